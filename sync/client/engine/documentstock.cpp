#include "documentstock.h"

#include "tuning.h"

#include <algorithm>
#include <limits>

namespace Counterfoil {

void DocumentStock::clear()
{
    const AheadRule rule = std::move(m_rule);
    *this = DocumentStock();
    m_rule = rule;
}

void DocumentStock::setRule(const AheadRule &rule)
{
    m_rule = rule;
}

void DocumentStock::take(const ShelfStock &stock)
{
    std::vector<ShelfEntry> passedOver;
    passedOver.reserve(m_passedOver.size());
    for (const Place &place : m_passedOver)
        passedOver.push_back(*find(place.second));
    clear();
    for (const ShelfEntry &entry : stock.entries)
        put(entry);
    for (const ShelfEntry &old : passedOver) {
        const ShelfEntry *entry = find(old.key);
        if (entry && entry->account == old.account && entry->sha256 == old.sha256)
            passOver(old.key);
    }
    if (stock.more)
        m_knownSince = m_missing.empty() ? Instant{std::numeric_limits<std::int64_t>::max()}
                                         : m_missing.begin()->first;
    m_known = stock.known;
    m_more = stock.more;
    m_allMoved = true;
}

void DocumentStock::index(const ShelfEntry &entry)
{
    m_keys[entry.id] = entry.key;
    m_moved.insert(entry.id);
    if (entry.pinned)
        m_pinned.insert(entry.key);
    if (entry.here) {
        m_here.emplace(entry.dated, entry.key);
        m_bytes += entry.bytes;
    } else if (entry.pinned) {
        m_missingPinned.emplace(entry.dated, entry.key);
    } else if (m_rule.takes(entry)) {
        m_missing.emplace(entry.dated, entry.key);
    }
}

void DocumentStock::unindex(const ShelfEntry &entry)
{
    const Place place(entry.dated, entry.key);
    m_keys.erase(entry.id);
    m_moved.insert(entry.id);
    m_pinned.erase(entry.key);
    m_missing.erase(place);
    m_missingPinned.erase(place);
    m_passedOver.erase(place);
    if (m_here.erase(place) > 0)
        m_bytes -= entry.bytes;
}

template <class Change> void DocumentStock::change(const std::string &key, Change change)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    unindex(found->second);
    change(found->second);
    index(found->second);
}

const ShelfEntry *DocumentStock::find(const std::string &key) const
{
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : &found->second;
}

void DocumentStock::put(ShelfEntry entry)
{
    const auto found = m_entries.find(entry.key);
    if (found != m_entries.end()) {
        const ShelfEntry &old = found->second;
        // A record that does not say so yet may be of a file that has just been fetched.
        const bool sameFile
            = old.account == entry.account && (old.sha256 == entry.sha256 || entry.sha256.empty());
        if (!entry.here && old.here && sameFile) {
            entry.here = true;
            entry.sha256 = old.sha256;
            entry.bytes = old.bytes;
            entry.opened = old.opened;
        }
        entry.pinned = old.pinned; // what was read may be from before it was changed
        unindex(old);
        m_entries.erase(found);
    }
    index(entry);
    std::string key = entry.key;
    m_entries.emplace(std::move(key), std::move(entry));
}

std::optional<ShelfEntry> DocumentStock::remove(std::int64_t id)
{
    const auto known = m_keys.find(id);
    if (known == m_keys.end())
        return std::nullopt;
    const auto found = m_entries.find(known->second);
    ShelfEntry entry = std::move(found->second);
    m_entries.erase(found);
    unindex(entry);
    return entry;
}

void DocumentStock::removeAccounts(const std::vector<std::string> &accounts)
{
    std::vector<std::int64_t> rows;
    for (const auto &[key, entry] : m_entries) {
        if (std::ranges::find(accounts, entry.account) != accounts.end())
            rows.push_back(entry.id);
    }
    for (const std::int64_t row : rows)
        remove(row);
    m_known = std::max<std::int64_t>(m_known - static_cast<std::int64_t>(rows.size()), 0);
}

void DocumentStock::arrived(const std::string &key, const Transferred &file, Instant opened)
{
    change(key, [&](ShelfEntry &entry) {
        entry.here = true;
        entry.sha256 = file.sha256;
        entry.bytes = file.bytes;
        entry.opened = opened;
    });
}

void DocumentStock::opened(const std::string &key, Instant at)
{
    change(key, [at](ShelfEntry &entry) { entry.opened = at; });
}

void DocumentStock::lost(const std::string &key)
{
    change(key, [](ShelfEntry &entry) { entry.here = false; });
}

void DocumentStock::passOver(const std::string &key)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    const Place place(found->second.dated, key);
    if (m_missing.erase(place) > 0 || m_missingPinned.erase(place) > 0)
        m_passedOver.insert(place);
}

void DocumentStock::reconsider()
{
    for (const Place &place : std::exchange(m_passedOver, {}))
        change(place.second, [](ShelfEntry &) {});
}

void DocumentStock::setPinned(const std::string &key, bool pinned)
{
    change(key, [pinned](ShelfEntry &entry) { entry.pinned = pinned; });
}

const ShelfEntry *DocumentStock::nextAhead(Instant since) const
{
    if (!m_missingPinned.empty())
        return find(m_missingPinned.rbegin()->second);
    // What was given up for room, or an old record that changed, is not the next while newer ones are not
    // known.
    if (m_missing.empty() || m_missing.rbegin()->first < std::max(since, m_knownSince))
        return nullptr;
    return find(m_missing.rbegin()->second);
}

std::optional<std::vector<ShelfEntry>> DocumentStock::makeRoom(std::int64_t mostBytes, Instant kept,
                                                               const ShelfEntry *newcomer) const
{
    std::int64_t bytes = m_bytes;
    std::size_t count = m_here.size();
    if (newcomer) {
        bytes += newcomer->bytes > 0 ? newcomer->bytes : Tuning::aheadGuessBytes;
        ++count;
    }
    std::vector<ShelfEntry> going;
    for (auto oldest = m_here.begin(); bytes > mostBytes || count > Tuning::aheadCount; ++oldest) {
        const bool stays = newcomer && newcomer->pinned;
        if (oldest == m_here.end() || (newcomer && !stays && oldest->first >= newcomer->dated))
            return newcomer && !stays ? std::nullopt : std::optional(std::move(going));
        const ShelfEntry &entry = *find(oldest->second);
        if (entry.pinned || (entry.opened > kept && entry.opened > entry.dated))
            continue;
        bytes -= entry.bytes;
        --count;
        going.push_back(entry);
    }
    return going;
}

FilesHere DocumentStock::takeMoves()
{
    FilesHere files;
    files.all = std::exchange(m_allMoved, false);
    for (const std::int64_t id : std::exchange(m_moved, {})) {
        const auto known = m_keys.find(id);
        const ShelfEntry *entry = known == m_keys.end() ? nullptr : find(known->second);
        if (entry && entry->here) {
            if (m_told.insert(id).second)
                files.came.push_back(id);
        } else if (m_told.erase(id) > 0) {
            files.went.push_back(id);
        }
    }
    return files;
}

DocumentPort::Holdings DocumentStock::holdings() const
{
    const auto here = static_cast<qint64>(m_here.size());
    return {std::max<qint64>(m_known, here), here, m_bytes, static_cast<qint64>(m_pinned.size())};
}

} // namespace Counterfoil

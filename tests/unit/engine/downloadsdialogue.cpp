#include "downloadsdialogue.h"

#include <algorithm>

namespace Counterfoil {

DownloadsDialogue::DownloadsDialogue(const DocumentPort::Ahead &ahead)
{
    take(downloads.setAhead(now, ahead));
}

void DownloadsDialogue::put(const std::string &key, std::int64_t dated, const std::string &sha256,
                            const std::string &account, std::int64_t bytes)
{
    ShelfEntry entry;
    entry.id = static_cast<std::int64_t>(records.size()) + 1;
    entry.key = key;
    entry.account = account;
    entry.sha256 = sha256.empty() ? std::string() : sha256 + key;
    entry.dated = Instant{now.wall.ms + dated};
    entry.bytes = bytes;
    records[key] = entry;
}

void DownloadsDialogue::open()
{
    take(downloads.opened(now));
    take(downloads.tokenChanged(now, "bearer"));
}

void DownloadsDialogue::mode(SyncStatus::Mode mode, bool byPerson)
{
    SyncStatus status;
    status.mode = mode;
    status.disconnectedByPerson = byPerson;
    take(downloads.statusChanged(now, status));
}

void DownloadsDialogue::pass(std::int64_t ms)
{
    const std::int64_t end = now.boot.ms + ms;
    while (m_wakeAt && *m_wakeAt <= end) {
        now.wall.ms += *m_wakeAt - now.boot.ms;
        now.boot.ms = *std::exchange(m_wakeAt, std::nullopt);
        take(downloads.woke(now));
    }
    now.wall.ms += end - now.boot.ms;
    now.boot.ms = end;
}

std::set<std::string> DownloadsDialogue::fetching() const
{
    std::set<std::string> keys;
    for (const auto &[id, what] : m_transfers)
        keys.insert(what.key);
    return keys;
}

TransferId DownloadsDialogue::transfer(const std::string &key) const
{
    const auto found
        = std::ranges::find_if(m_transfers, [&](const auto &each) { return each.second.key == key; });
    return found == m_transfers.end() ? 0 : found->first;
}

void DownloadsDialogue::arrives(const std::string &key)
{
    const TransferId id = transfer(key);
    m_transfers.erase(id);
    ShelfEntry &entry = records[key];
    entry.here = true;
    if (entry.sha256.empty())
        entry.sha256 = "new" + key;
    take(downloads.transferred(now, id, {entry.sha256, entry.bytes}));
}

void DownloadsDialogue::fails(const std::string &key, ErrorKind kind, bool wrongBytes, bool gained)
{
    const TransferId id = transfer(key);
    m_transfers.erase(id);
    const Error error{kind, QStringLiteral("It failed."), QStringLiteral("test")};
    take(downloads.transferFailed(now, id, {error, wrongBytes, gained}));
}

void DownloadsDialogue::answer(const TakeStock &what)
{
    ++stocks;
    ShelfStock stock;
    stock.known = static_cast<std::int64_t>(records.size());
    std::vector<ShelfEntry> missing;
    for (const auto &[key, entry] : records) {
        if (entry.here || entry.pinned)
            stock.entries.push_back(entry);
        else if (entry.dated >= what.since && what.rule.takes(entry))
            missing.push_back(entry);
    }
    std::ranges::sort(missing, std::greater(), &ShelfEntry::dated);
    stock.more = missing.size() > what.missing;
    missing.resize(std::min(missing.size(), what.missing));
    std::ranges::move(missing, std::back_inserter(stock.entries));
    take(downloads.stockTaken(now, stock));
}

void DownloadsDialogue::answer(const ReadRecords &what)
{
    RecordsRead read;
    read.known = static_cast<std::int64_t>(records.size());
    std::set<std::int64_t> found;
    for (const auto &[key, entry] : records) {
        const bool asked = std::ranges::find(what.ids, entry.id) != what.ids.end()
            || std::ranges::find(what.keys, key) != what.keys.end();
        if (asked) {
            read.entries.push_back(entry);
            found.insert(entry.id);
        }
    }
    std::ranges::copy_if(what.ids, std::back_inserter(read.gone),
                         [&](std::int64_t id) { return !found.contains(id); });
    take(downloads.recordsRead(now, read));
}

void DownloadsDialogue::answer(const OpenFile &what)
{
    const auto found = records.find(what.key);
    FileState state = FileState::Missing;
    if (damaged.erase(what.key) > 0) {
        state = FileState::Damaged;
        found->second.here = false;
    } else if (found != records.end() && found->second.here) {
        state = FileState::Sound;
        found->second.opened = what.at;
    }
    take(downloads.fileOpened(now, what.key, state));
}

void DownloadsDialogue::take(DocumentEffects effects)
{
    for (DocumentEffect &effect : effects) {
        if (auto *start = std::get_if<StartTransfer>(&effect)) {
            m_transfers[start->id] = *start;
            started.push_back(*start);
        } else if (auto *abort = std::get_if<AbortTransfer>(&effect))
            m_transfers.erase(abort->id);
        else if (auto *remove = std::get_if<RemoveFile>(&effect)) {
            removed.push_back(remove->sha256);
            for (auto &[key, entry] : records)
                entry.here = entry.here && entry.sha256 != remove->sha256;
        } else if (auto *purge = std::get_if<RemoveAccounts>(&effect))
            purged.push_back(*purge);
        else if (auto *token = std::get_if<RefuseToken>(&effect))
            refused.push_back(token->bearer);
        else if (auto *wake = std::get_if<WakeIn>(&effect))
            m_wakeAt = now.boot.ms + wake->ms;
        else if (auto *good = std::get_if<TellReady>(&effect))
            ready.push_back(good->key);
        else if (auto *bad = std::get_if<TellFailed>(&effect))
            failed.emplace_back(bad->key, bad->error);
        else if (auto *held = std::get_if<TellHoldings>(&effect))
            holdings = held->holdings;
        else if (auto *told = std::get_if<TellPins>(&effect))
            pins = told->keys;
        else if (auto *keep = std::get_if<KeepPin>(&effect)) {
            records[keep->key].pinned = keep->pinned;
            keep->pinned ? (void)keptPins.insert(keep->key) : (void)keptPins.erase(keep->key);
        } else if (auto *stock = std::get_if<TakeStock>(&effect))
            answer(*stock);
        else if (auto *read = std::get_if<ReadRecords>(&effect))
            answer(*read);
        else if (auto *file = std::get_if<OpenFile>(&effect))
            answer(*file);
    }
}

} // namespace Counterfoil

#include "heldlists.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t touchesMost = 20'000; // of all kinds together

} // namespace

std::uint64_t HeldLists::moment() const
{
    const std::lock_guard lock(m_mutex);
    return m_moment;
}

std::optional<HeldLists::Held> HeldLists::find(const What &what)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(what);
    if (found == m_entries.end())
        return std::nullopt;
    Entry &entry = found->second;
    Held held = entry.held;
    const auto since = std::ranges::lower_bound(m_touches, entry.moment + 1, std::less<>(), &Touch::moment);
    for (auto touch = since; touch != m_touches.end(); ++touch) {
        if (touch->kind == what.kind)
            held.touched.push_back(touch->id);
    }
    std::ranges::sort(held.touched);
    held.touched.erase(std::ranges::unique(held.touched).begin(), held.touched.end());
    if (held.touched.size() > touchedMost) {
        m_entries.erase(found);
        return std::nullopt;
    }
    entry.lastUse = ++m_use;
    return held;
}

void HeldLists::keep(const What &what, Held held, std::uint64_t moment)
{
    const std::lock_guard lock(m_mutex);
    const auto tooOld = m_tooOldOf.find(what.kind);
    if (moment < m_tooOld || (tooOld != m_tooOldOf.end() && moment < tooOld->second))
        return;
    Entry &entry = m_entries[what];
    if (entry.moment > moment)
        return;
    held.touched.clear();
    entry = {std::move(held), moment, ++m_use};
    makeRoom();
}

void HeldLists::note(const ChangeNotice &notice)
{
    m_items.note(notice);
    const std::lock_guard lock(m_mutex);
    ++m_moment;
    if (notice.everything) {
        if (notice.kinds.empty())
            forget(nullptr);
        for (const KindNotice &kind : notice.kinds)
            forget(kind.kind, !notice.wordsOnly);
        return;
    }
    for (const KindNotice &kind : notice.kinds) {
        for (const auto *ids : {&kind.inserted, &kind.updated, &kind.removed}) {
            for (const std::int64_t id : *ids)
                m_touches.push_back({m_moment, kind.kind, static_cast<RowId>(id)});
        }
    }
    if (m_touches.size() <= touchesMost)
        return;
    // Whole moments, so that what is said of a moment stays all of it.
    const std::uint64_t last = m_touches[m_touches.size() - touchesMost].moment;
    while (!m_touches.empty() && m_touches.front().moment <= last)
        m_touches.pop_front();
    m_tooOld = last;
    std::erase_if(m_entries, [last](const auto &entry) { return entry.second.moment < last; });
}

void HeldLists::forget(const RecordType *kind, bool orders)
{
    if (kind)
        m_tooOldOf[kind] = m_moment;
    else
        m_tooOld = m_moment;
    std::erase_if(m_entries, [kind, orders](const auto &entry) {
        return (!kind || entry.first.kind == kind) && (orders || !entry.second.held.order);
    });
}

std::size_t HeldLists::bytesOf(const Entry &entry)
{
    return (entry.held.order ? entry.held.order->capacity() * sizeof(RowId) : 0)
        + (entry.held.rows ? entry.held.rows->bytes() : 0);
}

void HeldLists::makeRoom()
{
    std::size_t bytes = 0;
    for (const auto &[what, entry] : m_entries)
        bytes += bytesOf(entry);
    while (bytes > bytesMost) {
        const auto oldest = std::ranges::min_element(m_entries, std::less<>(),
                                                     [](const auto &entry) { return entry.second.lastUse; });
        bytes -= bytesOf(oldest->second);
        m_entries.erase(oldest);
    }
}

} // namespace Counterfoil

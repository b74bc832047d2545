#include "heldrows.h"

#include <algorithm>
#include <vector>

namespace Counterfoil {

const std::string &HeldRows::Row::key() const
{
    return stored.record.type().findFlag(Key)->in<std::string>(record());
}

const HeldRows::Row *HeldRows::find(std::int64_t id) const
{
    const auto found = m_rows.find(id);
    if (found == m_rows.end())
        return nullptr;
    found->second.lastUse = ++m_use;
    return &found->second;
}

bool HeldRows::isFresh(std::int64_t id) const
{
    const auto found = m_rows.find(id);
    return found != m_rows.end() && !found->second.stale;
}

std::int64_t HeldRows::idOf(const std::string &key) const
{
    const auto found
        = std::ranges::find_if(m_rows, [&key](const auto &entry) { return entry.second.key() == key; });
    return found == m_rows.end() ? 0 : found->first;
}

void HeldRows::put(CachedRecord row, bool stale)
{
    Row &entry = m_rows[row.id];
    entry.stored = std::move(row);
    entry.stale = stale;
    entry.lastUse = ++m_use;
    makeRoom();
}

void HeldRows::putChanged(CachedRecord row, std::int64_t now)
{
    const std::int64_t id = row.id;
    const auto held = m_rows.find(id);
    // What this computer adds to a record, such as the text of its file, is no news of it.
    const bool same = held != m_rows.end() && held->second.stored.sequence == row.sequence;
    const std::int64_t changedAt = same ? held->second.changedAt : now;
    put(std::move(row));
    m_rows[id].changedAt = changedAt;
}

void HeldRows::markAllStale()
{
    for (auto &[id, row] : m_rows)
        row.stale = true;
}

// A quarter at a time, so that looking for the oldest is rare.
void HeldRows::makeRoom()
{
    if (m_rows.size() <= capacity)
        return;
    std::vector<std::uint64_t> uses;
    uses.reserve(m_rows.size());
    for (const auto &[id, row] : m_rows)
        uses.push_back(row.lastUse);
    const auto quarter = uses.begin() + static_cast<std::ptrdiff_t>(capacity / 4);
    std::ranges::nth_element(uses, quarter);
    const std::uint64_t oldest = *quarter;
    std::erase_if(m_rows, [oldest](const auto &entry) { return entry.second.lastUse < oldest; });
}

} // namespace Counterfoil

#pragma once

#include "cachedrecord.h"

#include <unordered_map>

namespace Counterfoil {

// The rows of a list that are in memory: at most `capacity`, the longest unused go first.
class HeldRows
{
public:
    static constexpr std::size_t capacity = 4096;

    struct Row
    {
        CachedRecord stored;
        std::int64_t changedAt = 0; // BootTime ms of the last live change; 0: none since it was first read
        bool stale = false;         // still shown, and read anew as soon as somebody looks
        std::uint64_t lastUse = 0;

        const void *record() const { return stored.record.data(); }
        const std::string &key() const;
    };

    const Row *find(std::int64_t id) const; // and counts as use
    bool holds(std::int64_t id) const { return m_rows.contains(id); }
    bool isFresh(std::int64_t id) const;
    std::int64_t idOf(const std::string &key) const; // 0 when the row is not in memory

    void put(CachedRecord row, bool stale = false);
    void putChanged(CachedRecord row, std::int64_t now); // by a live change
    void remove(std::int64_t id) { m_rows.erase(id); }
    void clear() { m_rows.clear(); }
    void markAllStale();

private:
    void makeRoom();

    mutable std::unordered_map<std::int64_t, Row> m_rows;
    mutable std::uint64_t m_use = 0;
};

} // namespace Counterfoil

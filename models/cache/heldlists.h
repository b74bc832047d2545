#pragma once

#include "changenotice.h"
#include "itemsearch.h"
#include "rowset.h"

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace Counterfoil {

// What the lists of one profile have in memory together, so that the next key, filter or order is answered by
// looking instead of asking the disk: all rows of a kind in an order, and the rows that have a word or meet a
// restriction. What committed batches touched since is said with each, to be looked at again. Used by all
// reader threads and the one that hears of commits.
class HeldLists
{
public:
    static constexpr std::size_t bytesMost = 32 * 1024 * 1024; // the longest unused goes first
    // More rows of a kind than this are not held in order, 4 bytes each: they are listed up to this number,
    // in the order that SQLite finds for each list anew, and counted to the end.
    static constexpr std::size_t rowsMost = 3'000'000;
    // Beyond that many rows touched, reading all anew is quicker than looking at them one by one.
    static constexpr std::size_t touchedMost = 400;

    explicit HeldLists(std::size_t mostRows = rowsMost)
        : m_rowsMost(mostRows)
    { }

    struct What // of a kind: which restriction or word, or which order
    {
        const RecordType *kind = nullptr;
        std::string text;

        auto operator<=>(const What &) const = default;
    };
    struct Held
    {
        RowIdList order; // nullptr in what is a set, or of a kind that has too many rows
        std::shared_ptr<const RowSet> rows;
        bool descending = false;    // which way `order` is
        std::vector<RowId> touched; // since it was read; each once, rising
    };

    std::size_t mostRows() const { return m_rowsMost; }

    // Committed batches are counted. To be asked for before the cache is read.
    std::uint64_t moment() const;
    std::optional<Held> find(const What &what);
    // What was true at `moment`; `touched` is left out.
    void keep(const What &what, Held held, std::uint64_t moment);
    void note(const ChangeNotice &notice);
    HeldItems &items() { return m_items; }

private:
    struct Entry
    {
        Held held;
        std::uint64_t moment = 0;
        std::uint64_t lastUse = 0;
    };
    struct Touch
    {
        std::uint64_t moment;
        const RecordType *kind;
        RowId id;
    };
    static std::size_t bytesOf(const Entry &entry);
    void forget(const RecordType *kind, bool orders = true); // nullptr: every kind
    void makeRoom();

    const std::size_t m_rowsMost;
    HeldItems m_items;
    mutable std::mutex m_mutex;
    std::map<What, Entry> m_entries;
    std::uint64_t m_moment = 1;
    std::uint64_t m_use = 0;
    // What was true before cannot be brought up to date: of all kinds, and of each.
    std::uint64_t m_tooOld = 0;
    std::map<const RecordType *, std::uint64_t> m_tooOldOf;
    std::deque<Touch> m_touches; // moments rising
};

} // namespace Counterfoil

#pragma once

#include "itemindex.h"
#include "recordquery.h"
#include "result.h"

#include <cstdint>
#include <memory>
#include <mutex>

namespace Counterfoil {

class CacheReader;
struct ChangeNotice;

// The index of the items in the cache that all lists of one profile share, and how far it is up to date.
// Several threads.
class HeldItems
{
public:
    void note(const ChangeNotice &notice);

private:
    friend class ItemSearch;

    std::mutex m_reading; // one thread reads all items, the others wait for it
    std::mutex m_mutex;
    std::shared_ptr<const ItemIndex> m_index;
    std::uint64_t m_changes = 1; // of items, counted
    std::uint64_t m_read = 0;    // how many of them the index has seen
    std::int64_t m_took = 0;     // ms, to read it
    std::int64_t m_readAt = 0;   // ms of the boot-time clock
};

// Answers lists of items that are searched for a text: the best first, whatever they are sorted by.
class ItemSearch
{
public:
    // While much changes, as during a fill, all items are read again for at most a tenth of the time.
    static constexpr int pausePerRead = 9;

    explicit ItemSearch(CacheReader &cache)
        : m_cache(cache)
    { }

    static bool answers(const RecordQuery &query); // the query is of items, and for a text
    Result<ItemIndex::Found> find(const RecordQuery &query);
    // Read when first asked for, which takes long where there are many, and again after items changed.
    Result<std::shared_ptr<const ItemIndex>> index();

private:
    Result<std::shared_ptr<const ItemIndex>> read();

    CacheReader &m_cache;
};

} // namespace Counterfoil

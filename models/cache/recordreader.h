#pragma once

#include "cachereader.h"
#include "recordquery.h"
#include "rowset.h"

#include <span>
#include <string>
#include <vector>

namespace Counterfoil {

// What is to be added up of one currency: the open records, or all where the kind has no OpenMark.
struct CurrencyTotal
{
    std::string currency; // empty where the kind has none
    std::int64_t count = 0;
    Amount sum; // of the Summed field

    bool operator==(const CurrencyTotal &) const = default;
};

struct RecordTotals
{
    std::int64_t count = 0;                // all that the query finds
    std::int64_t listed = 0;               // of those, as far as a list goes: HeldLists::mostRows()
    bool widened = false;                  // nothing has the words as typed: these are like them
    std::int64_t unsearched = 0;           // at most so many more may have the query's words
    std::vector<CurrencyTotal> byCurrency; // those that there are, the one with most records first
};

// A value that a filter can be set to, and how many records have it.
struct FacetValue
{
    std::string value;
    std::int64_t count = 0;

    bool operator==(const FacetValue &) const = default;
};

// Answers what lists ask about the records of any one kind. The rows themselves come from the
// CacheReader.
class RecordReader
{
public:
    static constexpr int facetValues = 200;

    explicit RecordReader(CacheReader &cache)
        : m_cache(cache)
    { }

    // All rows in the query's order; at most HeldLists::mostRows() of them.
    Result<RowIdList> list(const RecordQuery &query);
    // The first `most` of them, or all; or where looking on would take long, at least `enough`.
    struct First
    {
        RowIdList rows;
        bool isAll = false; // there are no more
    };
    Result<First> first(const RecordQuery &query, std::size_t most, std::size_t enough);
    // The same as plain ids; at most `limit` of them, all when it is negative.
    Result<std::vector<std::int64_t>> ids(const RecordQuery &query, std::int64_t limit = -1);
    Result<RecordTotals> totals(const RecordQuery &query);
    // The values of a Text field, most frequent first, at most facetValues of them.
    Result<std::vector<FacetValue>> facets(const RecordType &kind, std::string_view field,
                                           const std::vector<std::string> &accounts);

    // Those of the ids that the query finds now, in its order.
    Result<std::vector<std::int64_t>> matching(const RecordQuery &query, std::span<const std::int64_t> ids);
    // Where in `list`, which is in the query's order, the record with row id `id` belongs: the index of the
    // first row that comes after it. Reads about log2(list.size()) rows.
    Result<std::size_t> placeOf(const RecordQuery &query, std::int64_t id, const RowIds &list);

private:
    Result<RowIdList> ranked(const RecordQuery &query); // of an ItemSearch
    Result<std::vector<std::int64_t>> rankedOf(const RecordQuery &query, std::span<const std::int64_t> ids);
    bool isLoading(const RecordType &kind);
    Outcome addKept(const RecordQuery &query, RecordTotals &totals);
    Outcome addRows(const RecordQuery &query, RecordTotals &totals);

    CacheReader &m_cache;
};

} // namespace Counterfoil

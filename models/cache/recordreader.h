#pragma once

#include "cachereader.h"
#include "recordquery.h"

#include <string>
#include <vector>

namespace Counterfoil {

// Sums over the records of one currency that a query finds; over all of them where the kind has none.
struct CurrencyTotal
{
    std::string currency;
    std::int64_t count = 0;
    std::int64_t openCount = 0; // 0 where the kind has no OpenMark
    Amount sum;                 // of the Summed field, over the open ones where the kind has an OpenMark
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

    // Row ids in the query's order; at most `limit` of them, all when it is negative.
    Result<std::vector<std::int64_t>> ids(const RecordQuery &query, std::int64_t limit = -1);
    Result<std::vector<CurrencyTotal>> totals(const RecordQuery &query);
    // The values of a Text field, most frequent first, at most facetValues of them.
    Result<std::vector<FacetValue>> facets(const RecordType &kind, std::string_view field,
                                           const std::vector<std::string> &accounts);

    // Those of the ids that the query finds now, in its order.
    Result<std::vector<std::int64_t>> matching(const RecordQuery &query, std::span<const std::int64_t> ids);
    // Where in `list`, which is in the query's order, the record with row id `id` belongs: the index of the
    // first row that comes after it. Reads about log2(list.size()) rows.
    Result<std::size_t> placeOf(const RecordQuery &query, std::int64_t id,
                                std::span<const std::int64_t> list);

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

#pragma once

#include "cachereader.h"
#include "orderquery.h"

#include <string>
#include <vector>

namespace Counterfoil {

// Sums over the orders of one currency that a query finds.
struct CurrencyTotal
{
    std::string currency;
    std::int64_t count = 0;
    std::int64_t openCount = 0;
    Amount openAmount; // sum of Order::total over the open ones
};

// A value that a filter can be set to, and how many orders have it.
struct FacetValue
{
    std::string value;
    std::int64_t count = 0;

    bool operator==(const FacetValue &) const = default;
};

struct OrderFacets
{
    std::vector<FacetValue> statuses; // most frequent first, as all three
    std::vector<FacetValue> origins;
    std::vector<FacetValue> shipTos; // at most OrderReader::facetValues of each
};

// Answers what the panes ask about orders. Rows and whole orders come from the CacheReader itself.
class OrderReader
{
public:
    static constexpr int facetValues = 200;

    explicit OrderReader(CacheReader &cache)
        : m_cache(cache)
    { }

    // Row ids in the query's order; at most `limit` of them, all when it is negative.
    Result<std::vector<std::int64_t>> ids(const OrderQuery &query, std::int64_t limit = -1);
    Result<std::vector<CurrencyTotal>> totals(const OrderQuery &query);
    Result<OrderFacets> facets(const std::vector<std::string> &accounts);

    // Those of the ids that the query finds now, in its order.
    Result<std::vector<std::int64_t>> matching(const OrderQuery &query, std::span<const std::int64_t> ids);
    // Where in `list`, which is in the query's order, the order with row id `id` belongs: the index of the
    // first row that comes after it. Reads about log2(list.size()) rows.
    Result<std::size_t> placeOf(const OrderQuery &query, std::int64_t id, std::span<const std::int64_t> list);

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

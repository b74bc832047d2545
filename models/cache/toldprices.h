#pragma once

#include "quote.h"
#include "result.h"

#include <optional>
#include <vector>

namespace Counterfoil {

class CacheReader;

// What the ERP said last of an item's price and stock for an account: worth its age and no more.
struct ToldPrice
{
    std::string account;
    std::string sku;
    Instant at;
    std::string currency;
    std::string unit;
    Decimal quantity; // that was asked for
    Decimal unitPrice;
    std::string priceReason;
    Decimal available;
    Decimal inStock; // of `quantity`
    Date expectedOn; // of the rest

    bool operator==(const ToldPrice &) const = default;
};

// Of the lines that have a price.
std::vector<ToldPrice> pricesTold(const Quote &quote);

// Reads what CacheWriter::storeTold() has stored. Reader thread.
class ToldPrices
{
public:
    static constexpr int most = 20'000; // kept, the last told

    explicit ToldPrices(CacheReader &cache)
        : m_cache(cache)
    { }

    Result<std::optional<ToldPrice>> of(const std::string &account, const std::string &sku);

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

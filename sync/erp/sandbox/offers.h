#pragma once

#include "cartrules.h"
#include "company.h"
#include "quote.h"

#include <optional>

namespace Counterfoil::Sandbox {

// What the company sells, to whom, in which quantities and at what price, on a day of its own time.
// Everything follows from the company's seed and the day: contract prices are reviewed every quarter, some
// items are withdrawn one day and have a successor, some are not for every account.
class Offers
{
public:
    explicit Offers(const Company &company)
        : m_company(company)
    { }

    // For one unit of that quantity.
    Decimal price(const Customer &customer, const Product &product, Decimal quantity, std::int64_t day) const;
    // The smallest quantity first; empty: one price for all.
    std::vector<PriceBreak> breaks(const Customer &customer, const Product &product, std::int64_t day) const;
    static bool hasContract(const Customer &customer, const Product &product);
    Date pricesSince(const Customer &customer, std::int64_t day) const; // of the last review

    std::optional<std::int64_t> withdrawalDay(const Product &product) const; // nothing: it stays
    bool isWithdrawn(const Product &product, std::int64_t day) const;
    // What to take instead of a withdrawn item; nullptr: nothing.
    const Product *successor(const Product &product) const;
    // The same item, or what the company sells in its place on that day.
    const Product &sold(const Product &product, std::int64_t day) const;
    const Product *substitute(const Product &product) const; // that does as well; nullptr: nothing
    static bool maySell(const Customer &customer, const Product &product);

    Decimal multiple(const Product &product) const; // only multiples of this are sold
    Decimal minimum(const Product &product) const;  // a multiple of that

    // Of an order with this net.
    Amount freight(const Customer &customer, Amount net) const;
    Amount freeFreightFrom(const Customer &customer) const;
    Amount minimumOrder(const Customer &customer) const;

private:
    const Company &m_company;
};

} // namespace Counterfoil::Sandbox

#include "offers.h"

#include "chance.h"
#include "exactvalue.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t daysBetweenReviews = 91;
constexpr std::int64_t firstWithdrawal = 20'000; // days since 1970: in October 2024
constexpr std::int64_t daysOfWithdrawals = 1'500;
constexpr std::int64_t mostLookedAt = 300; // products, for one to take instead

Decimal share(Decimal price, std::int64_t permille, int places)
{
    return roundedPrice({price.millionths / 1'000 * permille + price.millionths % 1'000 * permille / 1'000},
                        places);
}

// Accounts are reviewed on different days.
std::int64_t reviewOf(const Customer &customer, std::int64_t day)
{
    return (day + customer.id * 7) / daysBetweenReviews;
}

} // namespace

bool Offers::hasContract(const Customer &customer, const Product &product)
{
    const auto found = std::ranges::lower_bound(customer.contract, product.id, {},
                                                &std::pair<std::int64_t, Decimal>::first);
    return found != customer.contract.end() && found->first == product.id;
}

Date Offers::pricesSince(const Customer &customer, std::int64_t day) const
{
    return {static_cast<std::int32_t>(reviewOf(customer, day) * daysBetweenReviews - customer.id * 7)};
}

Decimal Offers::price(const Customer &customer, const Product &product, Decimal quantity,
                      std::int64_t day) const
{
    SeededRandom random
        = chanceOf(m_company.seed(), ChanceOf::Price,
                   (product.id * 100'000 + customer.id) * 1'000 + reviewOf(customer, day) % 1'000);
    // One price in three stays as it was made out; the others go a little down or up.
    const std::int64_t reviewed = percent(random, 33) ? 1'000 : between(random, 960, 1'070);
    const std::int64_t discount = product.usualQuantity < 8            ? 0
        : quantity >= Decimal::fromInteger(product.usualQuantity * 10) ? 80
        : quantity >= Decimal::fromInteger(product.usualQuantity * 4)  ? 40
                                                                       : 0;
    return share(m_company.price(customer, product), reviewed - discount,
                 minorUnitPlaces(customer.account.currency));
}

std::vector<PriceBreak> Offers::breaks(const Customer &customer, const Product &product,
                                       std::int64_t day) const
{
    std::vector<PriceBreak> breaks;
    if (product.usualQuantity < 8)
        return breaks;
    for (const std::int64_t from : {std::int64_t{0}, product.usualQuantity * 4, product.usualQuantity * 10}) {
        const Decimal quantity = from == 0 ? minimum(product) : Decimal::fromInteger(from);
        const Decimal unitPrice = price(customer, product, quantity, day);
        if (breaks.empty() || breaks.back().unitPrice != unitPrice)
            breaks.push_back({quantity, unitPrice});
    }
    if (breaks.size() == 1)
        breaks.clear();
    return breaks;
}

std::optional<std::int64_t> Offers::withdrawalDay(const Product &product) const
{
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Withdrawal, product.id);
    if (!percent(random, 6))
        return std::nullopt;
    return firstWithdrawal + between(random, 0, daysOfWithdrawals);
}

bool Offers::isWithdrawn(const Product &product, std::int64_t day) const
{
    const auto from = withdrawalDay(product);
    return from && day >= *from;
}

const Product *Offers::successor(const Product &product) const
{
    // Of the same sort, and here to stay.
    const std::string sort = product.sku.substr(0, product.sku.find('-') + 1);
    const auto &products = m_company.products();
    const auto count = static_cast<std::int64_t>(products.size());
    for (std::int64_t step = 1; step <= std::min(mostLookedAt, count - 1); ++step) {
        const Product &other = m_company.product((product.id - 1 + step) % count + 1);
        if (other.sku.starts_with(sort) && !withdrawalDay(other))
            return &other;
    }
    return nullptr;
}

const Product *Offers::substitute(const Product &product) const
{
    const auto count = static_cast<std::int64_t>(m_company.products().size());
    for (std::int64_t step = 1; step <= std::min(mostLookedAt, count - 1); ++step) {
        const Product &other = m_company.product((product.id - 1 + step) % count + 1);
        if (other.good == product.good && other.unit == product.unit && !withdrawalDay(other)
            && assortmentOf(other).empty())
            return &other;
    }
    return nullptr;
}

const Product &Offers::sold(const Product &product, std::int64_t day) const
{
    const Product *instead = isWithdrawn(product, day) ? successor(product) : nullptr;
    return instead ? *instead : product;
}

bool Offers::maySell(const Customer &customer, const Product &product)
{
    const std::string assortment = assortmentOf(product);
    return assortment.empty()
        || std::ranges::find(customer.account.assortments, assortment, &AccountAssortment::assortment)
        != customer.account.assortments.end();
}

Decimal Offers::multiple(const Product &product) const
{
    if (product.unit == "m")
        return {Decimal::one / 2};
    // Small things are counted out by tens.
    const bool small = product.unit == "each" && product.usualQuantity >= 50;
    return Decimal::fromInteger(small && product.id % 2 == 0 ? 10 : 1);
}

Decimal Offers::minimum(const Product &product) const
{
    const bool small = product.unit == "each" && product.usualQuantity >= 50;
    return small ? Decimal::fromInteger(product.id % 2 == 0 ? 20 : 25) : multiple(product);
}

Amount Offers::freeFreightFrom(const Customer &customer) const
{
    return extended(Decimal::fromInteger(400), Decimal{customer.country->perPound},
                    minorUnitPlaces(customer.account.currency));
}

Amount Offers::freight(const Customer &customer, Amount net) const
{
    return net < freeFreightFrom(customer) ? extended({9'500'000}, Decimal{customer.country->perPound},
                                                      minorUnitPlaces(customer.account.currency))
                                           : Amount();
}

Amount Offers::minimumOrder(const Customer &customer) const
{
    return extended(Decimal::fromInteger(15), Decimal{customer.country->perPound},
                    minorUnitPlaces(customer.account.currency));
}

} // namespace Counterfoil::Sandbox

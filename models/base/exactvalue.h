#pragma once

#include "amount.h"
#include "decimal.h"

#include <optional>

namespace Counterfoil {

// quantity × price with all its decimals: whole units and trillionths, both of the same sign. Sums
// stay exact as long as the whole units fit 63 bits.
struct ExactValue
{
    static constexpr std::int64_t one = 1'000'000'000'000;

    std::int64_t whole = 0;
    std::int64_t trillionths = 0;

    static ExactValue of(Decimal value);
    static ExactValue of(Amount amount, int minorUnitPlaces);
    // Of factors that fit, as two below a thousand million do (see inRange), so that nothing overflows.
    static ExactValue product(Decimal quantity, Decimal price);
    static bool fits(Decimal quantity, Decimal price);
    static bool inRange(Decimal factor);

    auto operator<=>(const ExactValue &) const = default;
    ExactValue operator-() const { return {-whole, -trillionths}; }
    ExactValue &operator+=(ExactValue other);
    ExactValue &operator-=(ExactValue other) { return *this += -other; }

    // In the smallest unit of a currency that has this many decimals, halves away from zero.
    Amount rounded(int minorUnitPlaces) const;
    // With six decimals, halves away from zero; nothing when it is larger than a Decimal can be.
    std::optional<Decimal> decimal() const;
    std::string toString() const; // at least two decimals, and more only when they count
};

// The amount of `quantity` at `price`, rounded to the currency's smallest unit.
Amount extended(Decimal quantity, Decimal price, int minorUnitPlaces);

// `basisPoints` hundredths of a per cent of `net`, halves away from zero.
Amount taxOn(Amount net, std::int64_t basisPoints);

} // namespace Counterfoil

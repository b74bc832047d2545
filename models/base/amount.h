#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace Counterfoil {

// An amount in the smallest unit of the currency that its record names: pence, cents, yen.
struct Amount
{
    std::int64_t minor = 0;

    auto operator<=>(const Amount &) const = default;
    Amount operator+(Amount other) const { return {minor + other.minor}; }
    Amount operator-(Amount other) const { return {minor - other.minor}; }
    Amount operator-() const { return {-minor}; }
    Amount &operator+=(Amount other) { return *this = *this + other; }
};

// How many decimal places the currency's smallest unit has: 2 for most, 0 for JPY or KRW, 3 for KWD.
// Source: ISO 4217 list one; unknown codes have 2.
int minorUnitPlaces(std::string_view currency);

} // namespace Counterfoil

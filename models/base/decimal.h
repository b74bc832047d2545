#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Counterfoil {

// An exact number with six decimal places, for quantities and unit prices (ERPs keep three to five).
// parse() takes up to twelve digits before the point. Comparison and addition are exact.
struct Decimal
{
    static constexpr int places = 6;
    static constexpr std::int64_t one = 1'000'000;

    std::int64_t millionths = 0;

    static constexpr Decimal fromInteger(std::int64_t whole) { return {whole * one}; }

    // "12", "-0.5", "1.250000". Nothing else: no exponent, no grouping, no more than six places that count.
    static std::optional<Decimal> parse(std::string_view text);

    // The shortest text that parse() gives back unchanged: "12", "-0.5".
    std::string toString() const;

    bool isZero() const { return millionths == 0; }
    auto operator<=>(const Decimal &) const = default;
    Decimal operator+(Decimal other) const { return {millionths + other.millionths}; }
    Decimal operator-(Decimal other) const { return {millionths - other.millionths}; }
    Decimal operator-() const { return {-millionths}; }
    Decimal &operator+=(Decimal other) { return *this = *this + other; }
    Decimal &operator-=(Decimal other) { return *this = *this - other; }
};

} // namespace Counterfoil

#include "exactvalue.h"

#include <QtGlobal>

#include <cstdlib>

namespace Counterfoil {

ExactValue ExactValue::of(Decimal value)
{
    return {value.millionths / Decimal::one, value.millionths % Decimal::one * Decimal::one};
}

ExactValue ExactValue::of(Amount amount, int minorUnitPlaces)
{
    std::int64_t unitsPerWhole = 1;
    for (int i = 0; i < minorUnitPlaces; ++i)
        unitsPerWhole *= 10;
    return {amount.minor / unitsPerWhole, amount.minor % unitsPerWhole * (one / unitsPerWhole)};
}

ExactValue ExactValue::product(Decimal quantity, Decimal price)
{
    Q_ASSERT(fits(quantity, price));
    // (a + b) × (c + d) with a, c whole and b, d millionths; C++ division truncates, so all parts of a
    // factor have its sign, and so have all parts of the product.
    const std::int64_t a = quantity.millionths / Decimal::one;
    const std::int64_t b = quantity.millionths % Decimal::one;
    const std::int64_t c = price.millionths / Decimal::one;
    const std::int64_t d = price.millionths % Decimal::one;
    const std::int64_t millionths = a * d + b * c;
    ExactValue value{a * c + millionths / Decimal::one, 0};
    return value += {0, (millionths % Decimal::one) * Decimal::one + b * d};
}

// A whole is below ten million million, so that a whole times millionths fits by itself.
bool ExactValue::fits(Decimal quantity, Decimal price)
{
    constexpr std::int64_t most = 4'000'000'000'000'000'000;
    const std::int64_t a = std::abs(quantity.millionths / Decimal::one) + 1;
    const std::int64_t c = std::abs(price.millionths / Decimal::one) + 1;
    return a <= most / c && a <= most / Decimal::one && c <= most / Decimal::one;
}

bool ExactValue::inRange(Decimal factor)
{
    constexpr std::int64_t limit = 1'000'000'000 * Decimal::one;
    return factor.millionths > -limit && factor.millionths < limit;
}

ExactValue &ExactValue::operator+=(ExactValue other)
{
    whole += other.whole;
    trillionths += other.trillionths;
    whole += trillionths / one;
    trillionths %= one;
    if (whole > 0 && trillionths < 0) {
        --whole;
        trillionths += one;
    } else if (whole < 0 && trillionths > 0) {
        ++whole;
        trillionths -= one;
    }
    return *this;
}

Amount ExactValue::rounded(int minorUnitPlaces) const
{
    std::int64_t unitsPerWhole = 1;
    for (int i = 0; i < minorUnitPlaces; ++i)
        unitsPerWhole *= 10;
    const std::int64_t step = one / unitsPerWhole;
    std::int64_t minor = trillionths / step;
    const std::int64_t rest = trillionths % step;
    if (rest >= step / 2)
        ++minor;
    else if (rest <= -step / 2)
        --minor;
    return {whole * unitsPerWhole + minor};
}

std::optional<Decimal> ExactValue::decimal() const
{
    constexpr std::int64_t most = 1'000'000'000'000;
    if (whole <= -most || whole >= most)
        return {};
    const std::int64_t half = trillionths < 0 ? -Decimal::one / 2 : Decimal::one / 2;
    return Decimal{whole * Decimal::one + (trillionths + half) / Decimal::one};
}

std::string ExactValue::toString() const
{
    std::string fraction = std::to_string(std::abs(trillionths));
    fraction.insert(0, 12 - fraction.size(), '0');
    while (fraction.size() > 2 && fraction.back() == '0')
        fraction.pop_back();
    return (whole < 0 || trillionths < 0 ? "-" : "") + std::to_string(std::abs(whole)) + '.' + fraction;
}

Amount extended(Decimal quantity, Decimal price, int minorUnitPlaces)
{
    return ExactValue::product(quantity, price).rounded(minorUnitPlaces);
}

Amount taxOn(Amount net, std::int64_t basisPoints)
{
    const std::int64_t exact = net.minor * basisPoints;
    const std::int64_t half = exact < 0 ? -5'000 : 5'000;
    return {(exact + half) / 10'000};
}

} // namespace Counterfoil

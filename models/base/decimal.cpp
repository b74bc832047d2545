#include "decimal.h"

namespace Counterfoil {

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty()))
        return std::nullopt;
    while (fraction.size() > places && fraction.back() == '0')
        fraction.remove_suffix(1);
    // 12 digits before the point leave room for the six behind it.
    if (whole.size() > 12 || fraction.size() > places)
        return std::nullopt;

    std::int64_t value = 0;
    const auto take = [&value](char digit) {
        if (digit < '0' || digit > '9')
            return false;
        value = value * 10 + (digit - '0');
        return true;
    };
    for (char digit : whole) {
        if (!take(digit))
            return std::nullopt;
    }
    for (std::size_t i = 0; i < places; ++i) {
        if (!take(i < fraction.size() ? fraction[i] : '0'))
            return std::nullopt;
    }
    return Decimal{negative ? -value : value};
}

std::string Decimal::toString() const
{
    // Unsigned, because the lowest value has no positive counterpart.
    const auto magnitude = millionths < 0 ? 0 - static_cast<std::uint64_t>(millionths)
                                          : static_cast<std::uint64_t>(millionths);
    std::string text = (millionths < 0 ? "-" : "") + std::to_string(magnitude / one);
    std::string fraction = std::to_string(magnitude % one);
    fraction.insert(0, places - fraction.size(), '0');
    fraction.erase(fraction.find_last_not_of('0') + 1);
    if (!fraction.empty())
        text += '.' + fraction;
    return text;
}

} // namespace Counterfoil

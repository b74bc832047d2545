#include "byterange.h"

#include <algorithm>
#include <limits>

namespace Counterfoil {

namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Digits only; more than a file can have is as good as that.
std::optional<std::int64_t> readCount(std::string_view digits)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (digits.empty())
        return std::nullopt;
    std::int64_t count = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        count = count > (most - 9) / 10 ? most : count * 10 + (c - '0');
    }
    return count;
}

bool isBytesUnit(std::string_view unit)
{
    constexpr std::string_view bytes = "bytes";
    return std::ranges::equal(unit, bytes, [](char a, char b) { return (a | 0x20) == b; });
}

} // namespace

RangeWish readRangeHeader(std::string_view header, std::int64_t size)
{
    const auto equals = header.find('=');
    if (equals == std::string_view::npos || !isBytesUnit(trimmed(header.substr(0, equals))))
        return {};
    const std::string_view range = trimmed(header.substr(equals + 1));
    const auto dash = range.find('-');
    if (dash == std::string_view::npos || range.find(',') != std::string_view::npos)
        return {};
    const auto first = readCount(range.substr(0, dash));
    const auto last = readCount(range.substr(dash + 1));
    if (dash == 0) {
        if (!last)
            return {};
        const std::int64_t bytes = std::min(*last, size);
        return bytes > 0 ? RangeWish{RangeKind::Part, {size - bytes, bytes}}
                         : RangeWish{RangeKind::Unsatisfiable, {}};
    }
    const bool open = dash + 1 == range.size();
    if (!first || (!open && (!last || *last < *first)))
        return {};
    if (*first >= size)
        return {RangeKind::Unsatisfiable, {}};
    const std::int64_t end = open ? size : std::min(*last, size - 1) + 1;
    return {RangeKind::Part, {*first, end - *first}};
}

bool namesTag(std::string_view header, std::string_view tag)
{
    while (!header.empty()) {
        const auto comma = std::min(header.find(','), header.size());
        std::string_view known = trimmed(header.substr(0, comma));
        if (known.starts_with("W/"))
            known.remove_prefix(2);
        if (known == tag || known == "*")
            return true;
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return false;
}

} // namespace Counterfoil

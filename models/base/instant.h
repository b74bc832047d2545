#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace Counterfoil {

inline constexpr std::int64_t msPerHour = 3'600'000;
inline constexpr std::int64_t msPerDay = 24 * msPerHour;

// A point in time, in UTC milliseconds since 1970-01-01. The default is "none".
struct Instant
{
    std::int64_t ms = std::numeric_limits<std::int64_t>::min();

    bool isSet() const { return *this != Instant(); }
    auto operator<=>(const Instant &) const = default;

    // RFC 3339 in UTC, "2026-11-21T08:12:00.000Z"; the fraction may have any length, or be absent. Years 1900
    // to 9999.
    static std::optional<Instant> parse(std::string_view text);
    std::string toString() const; // empty for none
};

// A calendar date without a time: a due date, a promised day. The default is "none".
struct Date
{
    std::int32_t daysSinceEpoch = std::numeric_limits<std::int32_t>::min(); // 0 is 1970-01-01

    bool isSet() const { return *this != Date(); }
    auto operator<=>(const Date &) const = default;

    static Date fromCivil(int year, int month, int day);
    static std::optional<Date> parse(std::string_view text); // "2026-11-21", years 1900 to 9999
    std::string toString() const;                            // empty for none
};

} // namespace Counterfoil

#include "instant.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace Counterfoil {

namespace {

namespace chrono = std::chrono;

// Reads exactly `count` digits and steps over them.
std::optional<int> digits(std::string_view &text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (char c : text.substr(0, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool skip(std::string_view &text, char expected)
{
    if (text.empty() || text.front() != expected)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> takeDate(std::string_view &text)
{
    const auto year = digits(text, 4);
    if (!year || !skip(text, '-'))
        return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !skip(text, '-'))
        return std::nullopt;
    const auto day = digits(text, 2);
    if (!day || *year < 1900)
        return std::nullopt;
    const chrono::year_month_day civil{chrono::year(*year), chrono::month(static_cast<unsigned>(*month)),
                                       chrono::day(static_cast<unsigned>(*day))};
    if (!civil.ok())
        return std::nullopt;
    return Date{static_cast<std::int32_t>(chrono::sys_days(civil).time_since_epoch().count())};
}

// Milliseconds of an optional ".123"; digits past the third are dropped.
std::optional<int> takeFraction(std::string_view &text)
{
    if (!skip(text, '.'))
        return 0;
    int ms = 0;
    int place = 100;
    std::size_t count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        ms += (text.front() - '0') * place;
        place /= 10;
        text.remove_prefix(1);
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    return ms;
}

} // namespace

std::optional<Instant> Instant::parse(std::string_view text)
{
    const auto date = takeDate(text);
    if (!date || !skip(text, 'T'))
        return std::nullopt;
    const auto hour = digits(text, 2);
    if (!hour || *hour > 23 || !skip(text, ':'))
        return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute || *minute > 59 || !skip(text, ':'))
        return std::nullopt;
    const auto second = digits(text, 2);
    if (!second || *second > 59)
        return std::nullopt;
    const auto fraction = takeFraction(text);
    if (!fraction || text != "Z")
        return std::nullopt;
    return Instant{date->daysSinceEpoch * msPerDay + *hour * 3'600'000LL + *minute * 60'000LL
                   + *second * 1000LL + *fraction};
}

std::string Instant::toString() const
{
    if (!isSet())
        return {};
    const auto point = chrono::sys_time<chrono::milliseconds>(chrono::milliseconds(ms));
    const auto day = chrono::floor<chrono::days>(point);
    const chrono::hh_mm_ss time(point - day);
    std::array<char, 16> clock{};
    std::snprintf(clock.data(), clock.size(), "%02d:%02d:%02d.%03d",
                  static_cast<int>(time.hours().count()) % 24, static_cast<int>(time.minutes().count()) % 60,
                  static_cast<int>(time.seconds().count()) % 60,
                  static_cast<int>(time.subseconds().count()) % 1000);
    return Date{static_cast<std::int32_t>(day.time_since_epoch().count())}.toString() + 'T' + clock.data()
        + 'Z';
}

Date Date::fromCivil(int year, int month, int day)
{
    const chrono::year_month_day civil{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                       chrono::day(static_cast<unsigned>(day))};
    return civil.ok() ? Date{static_cast<std::int32_t>(chrono::sys_days(civil).time_since_epoch().count())}
                      : Date();
}

std::optional<Date> Date::parse(std::string_view text)
{
    const auto date = takeDate(text);
    return date && text.empty() ? date : std::nullopt;
}

std::string Date::toString() const
{
    if (!isSet())
        return {};
    const chrono::year_month_day civil{chrono::sys_days(chrono::days(daysSinceEpoch))};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(civil.year()),
                  static_cast<unsigned>(civil.month()) % 100, static_cast<unsigned>(civil.day()) % 100);
    return text.data();
}

} // namespace Counterfoil

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Counterfoil::Sandbox {

// What the sandbox knows about a country in order to make believable companies there. Lists are
// separated by '|'. In patterns {s} is a stem, {c} a city, {n} a number.
struct Country
{
    const char *code; // ISO 3166-1 alpha-2
    const char *name; // English, as history files spell it
    const char *currency;
    std::int64_t taxBasisPoints; // hundredths of a per cent
    std::int64_t perPound;       // millionths of the currency for one GBP
    int warehouse;               // the one that serves it first
    int utcOffsetHours;          // of its business hours
    int share;                   // of accounts, relative
    const char *cities;
    const char *companies; // patterns of names
    const char *stems;
    const char *streets; // patterns
    const char *people;
    const char *postalCodes; // one pattern for each city, in their order; see filledIn()
    const char *phone;       // a pattern of numbers
};

// Where the sandbox has accounts.
std::span<const Country> countries();
const Country &countryOf(std::string_view code); // Britain for one that is not among them

// As it is printed in addresses, in English, also for countries where the sandbox has no accounts.
std::string countryName(std::string_view code);

// The ISO code for a country as English-language exports name it ("EIRE", "USA"); empty when not known.
std::string_view countryCode(std::string_view englishName);

// The elements of a list separated by '|'.
std::vector<std::string_view> listed(std::string_view list);

// `pattern` with `text` where `mark` stands in it first.
std::string filled(std::string_view pattern, std::string_view mark, std::string_view text);

// What the tax on goods is called there.
std::string taxName(std::string_view country);

struct Warehouse
{
    const char *name;
    const char *country;
};
std::span<const Warehouse> warehouses();
inline constexpr std::size_t warehouseCount = 4;

} // namespace Counterfoil::Sandbox

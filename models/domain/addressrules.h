#pragma once

#include <span>
#include <string>
#include <string_view>

namespace Counterfoil {

// How addresses of a country are written, as far as that can be told without asking its post.
struct CountryRules
{
    std::string_view code; // ISO 3166-1 alpha-2
    // Shapes of its postal codes, '|' between: 'd' stands for a digit, 'l' for a letter, 'x' for either,
    // everything else for itself. Empty: it has no postal codes.
    std::string_view shapes;
    std::string_view example; // of a postal code
    bool postalFirst = false; // the code stands before the city
    // Those that belong into an address, "AL=Alabama|…", with the code that stands there; empty: none do,
    // or they are not known here.
    std::string_view regions = {};
};

const CountryRules *countryRules(std::string_view country); // nullptr: nothing is known of that country

bool isCountry(std::string_view code); // that there is one with that code, known here or not

// The postal code as the country writes it, in capitals with its spaces and hyphens: "SW1A 1AA" for
// "sw1a1aa", "8001" for "CH-8001". Empty: it has none of the country's shapes.
std::string spelledPostalCode(const CountryRules &rules, std::string_view typed);

// The region's code for its code or name, in whatever case; empty: not one of the country's.
std::string regionCode(const CountryRules &rules, std::string_view typed);

} // namespace Counterfoil

#include "addresstext.h"

#include "addressrules.h"
#include "countries.h"

#include <utility>

namespace Counterfoil::Sandbox {

namespace {

void addLine(std::string &text, const std::string &line)
{
    if (line.empty())
        return;
    if (!text.empty())
        text += '\n';
    text += line;
}

std::string joined(const std::string &first, const char *between, const std::string &second)
{
    return first.empty() || second.empty() ? first + second : first + between + second;
}

// Whether this is nothing but a postal code, of whichever country.
bool looksLikePostalCode(std::string_view text)
{
    const bool hasDigit = text.find_first_of("0123456789") != std::string_view::npos;
    for (const Country &country : countries()) {
        const CountryRules *rules = countryRules(country.code);
        if (hasDigit && rules && spelledPostalCode(*rules, text) == text)
            return true;
    }
    return false;
}

} // namespace

std::string addressText(const Address &address, const std::string &company)
{
    std::string text;
    addLine(text, company == address.name ? std::string() : company);
    addLine(text, address.attention);
    addLine(text, address.street);
    const CountryRules *rules = countryRules(address.country);
    const bool postalFirst = rules && rules->postalFirst;
    const std::string city = joined(address.city, ", ", address.region);
    addLine(text,
            postalFirst ? joined(address.postalCode, " ", city) : joined(city, " ", address.postalCode));
    addLine(text, countryName(address.country));
    return text;
}

std::string cityIn(const std::string &text)
{
    const std::size_t end = text.rfind('\n');
    const std::size_t begin = end == std::string::npos || end == 0 ? end : text.rfind('\n', end - 1);
    if (begin == std::string::npos)
        return text;
    const std::string line = text.substr(begin + 1, end - begin - 1);
    for (std::size_t gap = line.find(' '); gap != std::string::npos; gap = line.find(' ', gap + 1)) {
        const std::string before = line.substr(0, gap);
        const std::string after = line.substr(gap + 1);
        if (looksLikePostalCode(after))
            return before;
        // A code of two words: the city follows its second.
        const std::size_t next = line.find(' ', gap + 1);
        if (next != std::string::npos && looksLikePostalCode(line.substr(0, next)))
            return line.substr(next + 1);
        if (looksLikePostalCode(before))
            return after;
    }
    return line;
}

} // namespace Counterfoil::Sandbox

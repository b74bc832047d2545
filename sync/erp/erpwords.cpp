#include "erpwords.h"

#include <algorithm>
#include <cstdlib>

namespace Counterfoil {

std::string moneyText(Amount amount, const std::string &currency)
{
    const auto places = static_cast<std::size_t>(minorUnitPlaces(currency));
    std::string digits = std::to_string(std::abs(amount.minor));
    digits.insert(0, places + 1 - std::min(places + 1, digits.size()), '0');
    const std::string fraction = digits.substr(digits.size() - places);
    digits.resize(digits.size() - places);
    for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), 1, ',');
    return currency + ' ' + (amount.minor < 0 ? "-" : "") + digits + (places > 0 ? '.' + fraction : "");
}

std::string counted(std::int64_t count, const char *one, const char *many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

} // namespace Counterfoil

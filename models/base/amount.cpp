#include "amount.h"

#include <algorithm>
#include <array>

namespace Counterfoil {

int minorUnitPlaces(std::string_view currency)
{
    static constexpr std::array<std::string_view, 17> none
        = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
           "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
    static constexpr std::array<std::string_view, 7> three
        = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    if (std::ranges::find(none, currency) != none.end())
        return 0;
    return std::ranges::find(three, currency) != three.end() ? 3 : 2;
}

} // namespace Counterfoil

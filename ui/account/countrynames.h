#pragma once

#include "filterchip.h"

#include <QString>

#include <string>

namespace Counterfoil {

// The country's name for its ISO code; the code itself where there is no such country.
QString countryName(const std::string &code);

const QList<Choice> &allCountries(); // by name

} // namespace Counterfoil

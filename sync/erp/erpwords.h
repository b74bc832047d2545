#pragma once

#include "amount.h"

#include <string>

// Words that ERPs' sentences have in common. They are the supplier's own and English, not ours.
namespace Counterfoil {

std::string moneyText(Amount amount, const std::string &currency);          // "GBP 1,240.00"
std::string counted(std::int64_t count, const char *one, const char *many); // "1 parcel", "2 parcels"

} // namespace Counterfoil

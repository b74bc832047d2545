#pragma once

#include "change.h"
#include "order.h"
#include "return.h"
#include "returnrules.h"

#include <vector>

namespace Counterfoil {

// An order of which something may come back, and what is known beside it.
inline constexpr Instant delivered{1'795'100'000'000}; // two days before the fixture's clock
ReturnRules standardRules();
Order deliveredOrder();
std::vector<Change> deliveredThings(); // the order with its shipment, its invoice and the rules
Return askedFor();                     // of it, by the buyer; nobody has decided yet

} // namespace Counterfoil

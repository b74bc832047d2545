#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of orders.
ListDescription ordersList();

} // namespace Counterfoil

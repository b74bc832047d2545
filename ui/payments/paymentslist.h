#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of payments: what was received, how, and what it was applied to.
ListDescription paymentsList();

} // namespace Counterfoil

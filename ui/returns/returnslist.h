#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of returns: what comes back, why, where it stands, and what is credited for it.
ListDescription returnsList();

} // namespace Counterfoil

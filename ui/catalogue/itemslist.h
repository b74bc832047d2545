#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of everything that the person may buy, searched forgivingly.
ListDescription itemsList();

} // namespace Counterfoil

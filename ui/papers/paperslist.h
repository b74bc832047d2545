#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of every document, found by its number and by the words in it.
ListDescription papersList();

} // namespace Counterfoil

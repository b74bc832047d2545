#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of orders above somebody's limit: those that wait to be approved, and what became of the others.
ListDescription approvalsList();

} // namespace Counterfoil

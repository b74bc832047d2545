#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of shipments.
ListDescription shipmentsList();

// What is under way and should have arrived before today.
void restrictToLate(RecordQuery &query, Date today);

} // namespace Counterfoil

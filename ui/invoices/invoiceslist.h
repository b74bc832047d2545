#pragma once

#include "listdescription.h"

namespace Counterfoil {

// The list of invoices and credit memos.
ListDescription invoicesList();

// What is to be paid and was due before today.
void restrictToOverdue(RecordQuery &query, Date today);

} // namespace Counterfoil

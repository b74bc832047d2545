#pragma once

#include <QDir>

namespace Counterfoil {

// Every PDF and XML file of the folder as a row of a table on standard output. What an exit status is made
// of: 0 when each was read, whatever the check found, for that is not ours to mend.
int verifyEInvoices(const QDir &folder);

} // namespace Counterfoil

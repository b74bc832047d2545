#pragma once

#include "accountstatement.h"
#include "result.h"

#include <QString>

namespace Counterfoil {

// Writes the statement as a PDF, A4 or US Letter as the account's country has it, with the header of the
// table on every page. `supplier`: whose statement it is. Takes milliseconds a page and is meant for a thread
// of its own. The file is there completely or not at all. Errors: Storage.
Outcome writeStatementPaper(const AccountStatement &statement, const QString &supplier, const QString &file);

} // namespace Counterfoil

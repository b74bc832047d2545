#pragma once

#include <QString>

class QTableView;

namespace Counterfoil {

// The selected rows of a table with their visible columns, in the order shown, as tab-separated text
// that pastes into a spreadsheet; with headings from two rows on. Empty without a selection.
QString selectedTableText(const QTableView &view);

} // namespace Counterfoil

#pragma once

#include <QString>

class QWidget;

namespace Counterfoil {

class Actions;

// Adds "Copy the selected rows": of the table in `window` that has the focus, or else the first with a
// selection.
void addCopyAction(Actions &actions, QWidget &window, const QString &group);

} // namespace Counterfoil

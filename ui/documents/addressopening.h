#pragma once

#include <QString>

class QWidget;

namespace Counterfoil {

// An address that a document wants to lead to, as it can be read: without what would make it look like
// another (characters without width or that turn the direction of writing, letters of other scripts).
QString readableAddress(const QString &address);

// Shows where an address leads and asks before the system's browser or mail program gets it; whoever wrote
// the document may mean harm. Addresses of other kinds are only shown, to be copied. `over`: a widget of the
// window that asks.
void askToOpenAddress(QWidget *over, const QString &address);

} // namespace Counterfoil

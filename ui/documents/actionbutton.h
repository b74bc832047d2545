#pragma once

class QAction;
class QPushButton;
class QWidget;

namespace Counterfoil {

// A quiet button with the picture of an action, whose state, name and hint it follows. A click leaves the
// keys with the pages.
QPushButton *buttonFor(QAction *action, QWidget *parent);

} // namespace Counterfoil

#pragma once

#include "outgoingdocument.h"

#include <functional>

class QMenu;
class QWidget;

namespace Counterfoil {

class Actions;
class OutgoingDesk;

// What takes documents out of a window. `chosen`: of which rows, at the moment an action runs.
void addOutgoingActions(Actions &actions, OutgoingDesk &desk, QWidget &window,
                        std::function<OutgoingRows()> chosen);

// The same in a menu.
void addOutgoingTo(QMenu &menu, const Actions &actions);

} // namespace Counterfoil

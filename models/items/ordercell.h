#pragma once

#include "order.h"

#include <QVariant>

namespace Counterfoil {

class StatusWording;

// What one cell of a list of orders answers for a role.
QVariant orderCell(const Order &order, const Field &field, int role, const StatusWording &wording);

// Numbers stand at the right, in cells and headers alike.
Qt::Alignment alignmentOf(const Field &field);

} // namespace Counterfoil

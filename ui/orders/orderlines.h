#pragma once

#include "linesmodel.h"
#include "order.h"
#include "shipment.h"

namespace Counterfoil {

class StatusWording;

// The lines of an order as the table of its detail shows them: quantities, prices for who may see them,
// which shipments carried how many in which parcel, and what is still to come.
QList<LinesColumn> orderLineColumns(bool withPrices);
QList<LineWords> orderLineWords(const Order &order, const std::vector<Shipment> &shipments,
                                const StatusWording &wording, bool withPrices);

} // namespace Counterfoil

#pragma once

#include "order.h"
#include "tokens.h"

#include <QString>

namespace Counterfoil {

// What of an order's line is still to come, in words.
struct LineOutlook
{
    Decimal toCome; // ordered, neither shipped nor cancelled
    QString text;   // "28 of 40 to come, expected 3 Dec"; empty when nothing is
    Tone tone = Tone::Neutral;
};

LineOutlook outlookOf(const OrderLine &line, const Order &order);

} // namespace Counterfoil

#include "lineoutlook.h"

#include "display.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

class LineOutlookText
{
    Q_DECLARE_TR_FUNCTIONS(LineOutlook)
};

} // namespace

LineOutlook outlookOf(const OrderLine &line, const Order &order)
{
    LineOutlook outlook;
    outlook.toCome = line.ordered - line.shipped - line.cancelled;
    if (outlook.toCome <= Decimal())
        return {};
    const bool all = outlook.toCome == line.ordered;
    const bool backordered = line.backordered > Decimal();
    const QString quantity = all
        ? Display::quantity(outlook.toCome)
        : LineOutlookText::tr("%1 of %2", "a quantity still to come of the quantity ordered")
              .arg(Display::quantity(outlook.toCome), Display::quantity(line.ordered));
    outlook.tone = backordered ? Tone::Warn : Tone::Neutral;
    if (line.expectedOn.isSet())
        outlook.text = LineOutlookText::tr("%1 to come, expected %2", "a quantity and a date")
                           .arg(quantity, Display::shortDate(line.expectedOn));
    else if (backordered)
        outlook.text = LineOutlookText::tr("%1 to come, no date known", "a quantity").arg(quantity);
    else if (order.promisedOn.isSet())
        outlook.text = LineOutlookText::tr("%1 to come, promised for %2", "a quantity and a date")
                           .arg(quantity, Display::shortDate(order.promisedOn));
    else
        outlook.text = LineOutlookText::tr("%1 to come", "a quantity").arg(quantity);
    return outlook;
}

} // namespace Counterfoil

#include "orderlines.h"

#include "display.h"
#include "lineoutlook.h"
#include "statuswording.h"

#include <QCoreApplication>

#include <ranges>

namespace Counterfoil {

namespace {

constexpr qsizetype mostNotes = 6; // a line; the list of parcels has them all

class OrderLinesText
{
    Q_DECLARE_TR_FUNCTIONS(OrderLines)
};

QString orNothing(Decimal quantity)
{
    return quantity.isZero() ? QString() : Display::quantity(quantity);
}

// "12 in SH-5521 · 1Z999AA10123456784", one for each part of a shipment that carried some.
QStringList carriedBy(const OrderLine &line, const std::vector<Shipment> &shipments)
{
    QStringList notes;
    int untold = 0;
    for (const Shipment &shipment : std::views::reverse(shipments)) { // oldest first
        for (const ShipmentLine &part : shipment.lines) {
            if (part.orderLine != line.lineNumber)
                continue;
            if (notes.size() == mostNotes) {
                ++untold;
                continue;
            }
            const QString where
                = OrderLinesText::tr("%1 in %2", "a quantity and the shipment that carried it")
                      .arg(Display::quantity(part.quantity), Display::text(shipment.number));
            notes.append(
                part.trackingNumber.empty()
                    ? where
                    : OrderLinesText::tr("%1 · %2", "quantity, shipment, and the parcel's tracking number")
                          .arg(where, Display::text(part.trackingNumber)));
        }
    }
    if (untold > 0)
        notes.append(OrderLinesText::tr("and in %Ln more parcels", nullptr, untold));
    return notes;
}

} // namespace

QList<LinesColumn> orderLineColumns(bool withPrices)
{
    QList<LinesColumn> columns{
        {OrderLinesText::tr("Ordered"), 0},  {OrderLinesText::tr("Allocated"), 5},
        {OrderLinesText::tr("Shipped"), 1},  {OrderLinesText::tr("Backordered"), 4, true},
        {OrderLinesText::tr("Invoiced"), 6}, {OrderLinesText::tr("Cancelled"), 8}};
    if (withPrices)
        columns += {
            {OrderLinesText::tr("Price"), 3}, {OrderLinesText::tr("Tax"), 7}, {OrderLinesText::tr("Net"), 2}};
    return columns;
}

QList<LineWords> orderLineWords(const Order &order, const std::vector<Shipment> &shipments,
                                const StatusWording &wording, bool withPrices)
{
    QList<LineWords> all;
    for (const OrderLine &line : order.lines) {
        const StatusWording::Words state = wording.of("orderLine", line.status);
        const LineOutlook outlook = outlookOf(line, order);
        LineWords words{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
        if (!line.unit.empty() && line.unit != "each")
            words.description = OrderLinesText::tr("%1 · %2", "description and unit")
                                    .arg(words.description, Display::text(line.unit));
        words.state = state.label;
        words.symbol = state.symbol;
        words.tone = state.tone;
        words.outlook = outlook.text;
        words.outlookTone = outlook.tone;
        words.notes = carriedBy(line, shipments);
        for (const Decimal quantity :
             {line.ordered, line.allocated, line.shipped, line.backordered, line.invoiced, line.cancelled})
            words.values.append(orNothing(quantity));
        if (withPrices)
            words.values
                += {Display::unitPrice(line.unitPrice, order.currency),
                    Display::money(line.tax, order.currency), Display::money(line.net, order.currency)};
        all.append(words);
    }
    return all;
}

} // namespace Counterfoil

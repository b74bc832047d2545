#include "recordsummary.h"

#include "display.h"
#include "lineoutlook.h"
#include "statuswording.h"

#include <QCoreApplication>
#include <QStringList>

namespace Counterfoil {

namespace {

class SummaryText
{
    Q_DECLARE_TR_FUNCTIONS(RecordSummary)
};

QString quantities(const std::vector<ShipmentLine> &lines)
{
    QStringList items;
    for (const ShipmentLine &line : lines) {
        if (items.size() < RecordSummary::listedMost)
            items.append(SummaryText::tr("%1 × %2", "a quantity of an item")
                             .arg(Display::quantity(line.quantity), Display::text(line.sku)));
    }
    const auto rest = static_cast<int>(static_cast<qsizetype>(lines.size()) - items.size());
    if (rest > 0)
        items.append(SummaryText::tr("%Ln more items", nullptr, rest));
    return items.join(QStringLiteral(", "));
}

// What is still to come, a sentence a line of the order.
QStringList toCome(const Order &order)
{
    QStringList sentences;
    int rest = 0;
    for (const OrderLine &line : order.lines) {
        const QString outlook = outlookOf(line, order).text;
        if (outlook.isEmpty())
            continue;
        if (sentences.size() == RecordSummary::listedMost)
            ++rest;
        else
            sentences.append(
                SummaryText::tr("%1 %2: %3.", "an item, its description, and what is still to come")
                    .arg(Display::text(line.sku), Display::text(line.description), outlook));
    }
    if (rest > 0)
        sentences.append(SummaryText::tr("%Ln more lines are still to come.", nullptr, rest));
    return sentences;
}

} // namespace

QString RecordSummary::shipped(const Shipment &shipment) const
{
    QStringList parts;
    const QString number = Display::text(shipment.number);
    parts.append(
        shipment.shippedAt.isSet()
            ? SummaryText::tr("Shipment %1 left on %2 with %3.", "a number, a date and a carrier")
                  .arg(number, Display::shortDate(shipment.shippedAt), Display::text(shipment.carrier))
            : SummaryText::tr("Shipment %1 is getting ready.").arg(number));
    if (!shipment.tracking.empty())
        parts.append(
            shipment.parcelCount > 1
                ? SummaryText::tr("The first of %Ln parcels has the tracking number %1.", nullptr,
                                  static_cast<int>(shipment.parcelCount))
                      .arg(Display::text(shipment.tracking))
                : SummaryText::tr("Its tracking number is %1.").arg(Display::text(shipment.tracking)));
    if (shipment.deliveredAt.isSet()) {
        parts.append(
            shipment.receivedBy.empty()
                ? SummaryText::tr("It was delivered on %1.", "a time")
                      .arg(Display::dateAndTime(shipment.deliveredAt))
                : SummaryText::tr("It was delivered on %1 and received by %2.", "a time and a person")
                      .arg(Display::dateAndTime(shipment.deliveredAt), Display::text(shipment.receivedBy)));
        return parts.join(u' ');
    }
    const QString state = m_wording.of("shipment", shipment.status).label;
    if (!shipment.expectedOn.isSet())
        parts.append(SummaryText::tr("Its state is “%1”; no day is known for it.", "a state").arg(state));
    else if (m_today.isSet() && shipment.open && shipment.expectedOn < m_today)
        parts.append(
            SummaryText::tr("Its state is “%1”; it was expected on %2 and is late.", "a state and a date")
                .arg(state, Display::shortDate(shipment.expectedOn)));
    else
        parts.append(SummaryText::tr("Its state is “%1”; it is expected on %2.", "a state and a date")
                         .arg(state, Display::shortDate(shipment.expectedOn)));
    if (!shipment.events.empty())
        parts.append(SummaryText::tr("The carrier said last, on %1: %2.", "a time and the carrier's words")
                         .arg(Display::dateAndTime(shipment.events.back().at),
                              Display::text(shipment.events.back().text)));
    return parts.join(u' ');
}

QString RecordSummary::of(const Order &order, const std::vector<Shipment> &shipments) const
{
    QStringList head;
    const QString number = Display::text(order.number);
    const QString placed = Display::shortDate(order.placedAt);
    head.append(order.poReference.empty()
                    ? SummaryText::tr("Order %1 was placed on %2.", "a number and a date").arg(number, placed)
                    : SummaryText::tr("Order %1, your PO %2, was placed on %3.", "two numbers and a date")
                          .arg(number, Display::text(order.poReference), placed));
    head.append(SummaryText::tr("Its state is “%1”.").arg(m_wording.of("order", order.status).label));
    if (!order.holdReason.empty())
        head.append(SummaryText::tr("It is on hold: %1.", "why").arg(Display::text(order.holdReason)));
    head.append(SummaryText::tr("%1 of %2 units have been shipped.", "how many, of how many ordered")
                    .arg(Display::quantity(order.unitsShipped), Display::quantity(order.unitsOrdered)));
    if (m_withPrices)
        head.append(
            SummaryText::tr("It comes to %1.", "an amount").arg(Display::money(order.total, order.currency)));
    QStringList lines{head.join(u' ')};
    for (const Shipment &shipment : shipments) {
        if (lines.size() <= listedMost)
            lines.append(shipped(shipment));
    }
    const auto rest = static_cast<int>(static_cast<qsizetype>(shipments.size()) + 1 - lines.size());
    if (rest > 0)
        lines.append(SummaryText::tr("There are %Ln earlier shipments.", nullptr, rest));
    lines += toCome(order);
    return lines.join(u'\n');
}

QString RecordSummary::of(const Shipment &shipment) const
{
    QStringList lines{shipped(shipment)};
    if (!shipment.orderNumber.empty())
        lines.append(
            shipment.poReference.empty()
                ? SummaryText::tr("It belongs to order %1.").arg(Display::text(shipment.orderNumber))
                : SummaryText::tr("It belongs to order %1, your PO %2.")
                      .arg(Display::text(shipment.orderNumber), Display::text(shipment.poReference)));
    if (!shipment.lines.empty())
        lines.append(SummaryText::tr("In it: %1.", "quantities of items").arg(quantities(shipment.lines)));
    return lines.join(u'\n');
}

} // namespace Counterfoil

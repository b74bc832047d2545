#include "paperform.h"
#include "papertype.h"

#include <algorithm>

// The forms of what is no invoice.
namespace Counterfoil {

namespace {

using Kind = PaperForm::Column::Kind;

QString withTime(const PaperData &data, const PaperNumbers &numbers)
{
    const QString day = numbers.date(data.issuedOn);
    return data.issuedTime.empty() || day.isEmpty() ? day
                                                    : day + QStringLiteral(", ") + paperText(data.issuedTime);
}

// What both papers of a shipment say of it.
void fillShipment(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Shipment &shipment = data.shipment;
    form.parties
        = {{QStringLiteral("Ship to"), paperText(shipment.shipToName), paperText(shipment.shipToAddress)}};
    addFact(form.facts, "Shipment", form.number);
    addFact(form.facts, "Shipped", numbers.date(data.shippedOn));
    addFact(form.facts, "Account", paperText(data.accountNumber));
    addFact(form.facts, "Your PO", paperText(shipment.poReference));
    addFact(form.facts, "Our order", paperText(shipment.orderNumber));
    addFact(form.facts, "Carrier", paperText(shipment.carrier));
    form.columns = {{QStringLiteral("Item"), Kind::Item},
                    {QStringLiteral("Description"), Kind::Words},
                    {QStringLiteral("Qty"), Kind::Figure},
                    {QStringLiteral("Unit"), Kind::Unit, true},
                    {QStringLiteral("Parcel"), Kind::Figure, true}};
    for (const ShipmentLine &line : shipment.lines) {
        form.rows.push_back({{paperText(line.sku), paperText(line.description), numbers.plain(line.quantity),
                              paperText(line.unit), paperText(line.trackingNumber).left(30)},
                             {}});
    }
    if (!shipment.parcels.empty())
        form.sums.emplace_back(QStringLiteral("Parcels"), QString::number(shipment.parcels.size()));
}

} // namespace

void fillAcknowledgement(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Order &order = data.order;
    form.parties = {{QStringLiteral("Bill to"), paperText(order.billToName), paperText(order.billToAddress)},
                    {QStringLiteral("Ship to"), paperText(order.shipToName), paperText(order.shipToAddress)}};
    addFact(form.facts, "Order", form.number);
    addFact(form.facts, "Confirmed", numbers.date(data.issuedOn));
    addFact(form.facts, "Ordered", numbers.date(data.orderedOn));
    addFact(form.facts, "Ordered by", paperText(order.placedBy));
    addFact(form.facts, "Account", paperText(data.accountNumber));
    addFact(form.facts, "Your PO", paperText(order.poReference));
    addFact(form.facts, "Requested", numbers.date(order.requestedOn));
    addFact(form.facts, "Terms", paperText(order.terms));
    form.columns = {{{}, Kind::Figure, true},
                    {QStringLiteral("Item"), Kind::Item},
                    {QStringLiteral("Description"), Kind::Words},
                    {QStringLiteral("Qty"), Kind::Figure},
                    {QStringLiteral("Unit"), Kind::Unit, true},
                    {QStringLiteral("Price"), Kind::Figure},
                    {QStringLiteral("Net ") + paperText(order.currency).left(8), Kind::Figure, false,
                     numbers.amount(order.net) + QStringLiteral("  ")}};
    form.carries = true;
    for (const OrderLine &line : order.lines) {
        form.rows.push_back({{QString::number(line.lineNumber), paperText(line.sku),
                              paperText(line.description), numbers.plain(line.ordered), paperText(line.unit),
                              numbers.price(line.unitPrice), numbers.amount(line.net)},
                             line.net});
    }
    form.sums = {{QStringLiteral("Net"), numbers.amount(order.net)}};
    if (order.freight != Amount())
        form.sums.emplace_back(QStringLiteral("Freight"), numbers.amount(order.freight));
    form.sums.emplace_back(data.taxName.empty() ? QStringLiteral("Tax") : paperText(data.taxName).left(24),
                           numbers.amount(order.tax));
    form.total = {QStringLiteral("Total"), numbers.money(order.total)};
    form.sentences = {QStringLiteral("Thank you for your order, which we accept as it stands here."),
                      QStringLiteral("Please tell us at once if something is not what you ordered.")};
}

void fillPackingSlip(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    fillShipment(form, data, numbers);
    Decimal weight;
    bool allKnown = !data.shipment.parcels.empty();
    for (const Parcel &parcel : data.shipment.parcels) {
        weight += parcel.weight;
        allKnown = allKnown && !parcel.weight.isZero();
    }
    if (allKnown)
        form.sums.emplace_back(QStringLiteral("Weight"), numbers.plain(weight) + QStringLiteral(" kg"));
    form.sentences = {
        QStringLiteral("Please compare the goods with this slip when they arrive, and tell us within three "
                       "working days what is missing or damaged.")};
}

void fillProofOfDelivery(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    fillShipment(form, data, numbers);
    const Shipment &shipment = data.shipment;
    const auto handed = std::ranges::find(shipment.events, std::string("delivered"), &TrackingEvent::code);
    addFact(form.sums, "Delivered", withTime(data, numbers));
    addFact(form.sums, "Place",
            handed == shipment.events.end() ? paperText(shipment.shipToName) : paperText(handed->place));
    form.total = {QStringLiteral("Received by"), paperText(shipment.receivedBy)};
    form.sentences = {QStringLiteral("The goods above were handed over as stated here.")};
}

void fillReceipt(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Payment &payment = data.payment;
    form.parties = {{QStringLiteral("Received from"), paperText(data.accountName), {}}};
    addFact(form.facts, "Payment", form.number);
    addFact(form.facts, "Received", numbers.date(data.issuedOn));
    addFact(form.facts, "By", paperText(payment.method));
    addFact(form.facts, "Account", paperText(data.accountNumber));
    addFact(form.facts, "Your ref.", paperText(payment.reference));
    const QString currency = paperText(payment.currency).left(8);
    form.columns = {{QStringLiteral("For"), Kind::Words},
                    {QStringLiteral("Discount kept back"), Kind::Figure, true},
                    {QStringLiteral("Paid ") + currency, Kind::Figure, false,
                     numbers.amount(payment.amount) + QStringLiteral("   ")}};
    form.carries = true;
    Amount applied;
    for (const PaymentPart &part : payment.parts) {
        const bool credit = part.amount < Amount();
        form.rows.push_back({{(credit ? QStringLiteral("Credit memo ") : QStringLiteral("Invoice "))
                                  + paperText(part.invoiceNumber),
                              part.discount == Amount() ? QString() : numbers.amount(part.discount),
                              numbers.amount(part.amount)},
                             part.amount});
        applied += part.amount;
    }
    form.sums = {{QStringLiteral("Applied"), numbers.amount(applied)}};
    if (payment.unapplied != Amount())
        form.sums.emplace_back(QStringLiteral("Not applied yet"), numbers.amount(payment.unapplied));
    form.total = {QStringLiteral("Received"), numbers.money(payment.amount)};
    form.sentences = {QStringLiteral("Thank you for your payment.")};
}

void fillItemPaper(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const PaperItem &item = data.item;
    form.parties = {{QStringLiteral("Item"), paperText(item.sku), paperText(item.description)}};
    addFact(form.facts, "Number", form.number);
    addFact(form.facts, "Revision", paperText(item.revision));
    addFact(form.facts, "Dated", numbers.date(data.issuedOn));
    form.columns = {{QStringLiteral("Section"), Kind::Item}, {{}, Kind::Words}};
    for (const PaperFact &statement : item.statements)
        form.rows.push_back({{paperText(statement.label), paperText(statement.value)}, {}});
    if (item.superseded)
        form.sentences = {QStringLiteral("A later revision has taken the place of this one.")};
}

} // namespace Counterfoil

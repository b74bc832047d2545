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

// What all papers of a shipment say of it.
void fillShipmentFacts(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
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
}

// And what is in it.
void fillShipment(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Shipment &shipment = data.shipment;
    fillShipmentFacts(form, data, numbers);
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

// Of all parcels; empty where that of one is not known.
QString weightOf(const Shipment &shipment, const PaperNumbers &numbers)
{
    Decimal weight;
    for (const Parcel &parcel : shipment.parcels) {
        if (parcel.weight.isZero())
            return {};
        weight += parcel.weight;
    }
    return shipment.parcels.empty() ? QString() : numbers.plain(weight) + QStringLiteral(" kg");
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
    addFact(form.sums, "Weight", weightOf(data.shipment, numbers));
    form.sentences = {
        QStringLiteral("Please compare the goods with this slip when they arrive, and tell us within three "
                       "working days what is missing or damaged.")};
}

// What the carrier took over: packages, not articles.
void fillBillOfLading(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Shipment &shipment = data.shipment;
    fillShipmentFacts(form, data, numbers);
    form.parties.front().label = QStringLiteral("Consignee");
    form.parties.insert(
        form.parties.begin(),
        {QStringLiteral("Shipper"), paperText(data.issuer.name), paperText(data.issuer.address)});
    form.columns = {{QStringLiteral("Package"), Kind::Item},
                    {QStringLiteral("Said to contain"), Kind::Words},
                    {QStringLiteral("Weight kg"), Kind::Figure}};
    for (const Parcel &parcel : shipment.parcels) {
        QStringList contents;
        for (const ShipmentLine &line : shipment.lines) {
            if (line.trackingNumber == parcel.trackingNumber)
                contents.append(
                    QStringLiteral("%1 %2 %3")
                        .arg(numbers.plain(line.quantity), paperText(line.unit), paperText(line.sku)));
        }
        form.rows.push_back({{paperText(parcel.trackingNumber).left(30), contents.join(QStringLiteral("; ")),
                              parcel.weight.isZero() ? QString() : numbers.plain(parcel.weight)},
                             {}});
    }
    addFact(form.sums, "Packages", QString::number(shipment.parcels.size()));
    addFact(form.sums, "Gross weight", weightOf(shipment, numbers));
    form.sentences
        = {QStringLiteral("Taken over by the carrier in apparent good order and condition, in the packages "
                          "stated here. Contents as stated by the shipper."),
           QStringLiteral("Not negotiable.")};
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

void fillStatement(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const PaperStatement &statement = data.statement;
    form.parties = {{QStringLiteral("For"), paperText(data.accountName), {}}};
    addFact(form.facts, "Statement", form.number);
    addFact(form.facts, "Account", paperText(data.accountNumber));
    addFact(form.facts, "From", numbers.date(statement.from));
    addFact(form.facts, "To", numbers.date(statement.to));
    Amount charged;
    Amount takenOff;
    Amount balance = statement.opening;
    for (const PaperStatement::Movement &movement : statement.movements) {
        (movement.amount < Amount() ? takenOff : charged) += movement.amount;
        balance += movement.amount;
        form.rows.push_back(
            {{numbers.date(movement.on), paperText(movement.text), paperText(movement.theirs),
              numbers.date(movement.dueOn), numbers.amount(movement.amount), numbers.amount(balance)},
             movement.amount});
    }
    const QString currency = paperText(statement.currency).left(8);
    form.columns
        = {{QStringLiteral("Date"), Kind::Item},
           {{}, Kind::Words},
           {QStringLiteral("Your ref."), Kind::Unit, true},
           {QStringLiteral("Due"), Kind::Figure, true},
           {QStringLiteral("Amount ") + currency, Kind::Figure},
           {QStringLiteral("Balance"), Kind::Figure, false, numbers.amount(charged) + QStringLiteral("  ")}};
    form.sums = {{QStringLiteral("Owed before"), numbers.amount(statement.opening)},
                 {QStringLiteral("Charged"), numbers.amount(charged)},
                 {QStringLiteral("Paid and credited"), numbers.amount(takenOff)}};
    form.total = {QStringLiteral("Owed on ") + numbers.date(statement.to), numbers.money(balance)};
    form.sentences = {QStringLiteral("Please tell us within a month what does not agree with your books.")};
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

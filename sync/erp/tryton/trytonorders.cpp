#include "order.h"
#include "shipment.h"
#include "trytonthings.h"

#include <algorithm>
#include <set>

namespace Counterfoil {

namespace {

constexpr const char *orderFields[] = {"number",
                                       "reference",
                                       "state",
                                       "sale_date",
                                       "create_date",
                                       "party",
                                       "shipment_state",
                                       "origin",
                                       "shipping_date",
                                       "party.name",
                                       "shipment_party.name",
                                       "invoice_party.name",
                                       "shipment_address.full_address",
                                       "shipment_address.party_name",
                                       "invoice_address.full_address",
                                       "invoice_address.party_name",
                                       "payment_term.name",
                                       "currency.code",
                                       "untaxed_amount",
                                       "tax_amount",
                                       "total_amount",
                                       "create_uid.name",
                                       "shipments.state",
                                       "shipments.number",
                                       "shipments.effective_date",
                                       "invoices.number",
                                       "invoices.invoice_date",
                                       "invoices.state",
                                       "lines.type",
                                       "lines.shipment_cost",
                                       "lines.description",
                                       "lines.quantity",
                                       "lines.unit_price",
                                       "lines.amount",
                                       "lines.product.code",
                                       "lines.product.name",
                                       "lines.product.type",
                                       "lines.unit.name",
                                       "lines.unit.factor",
                                       "lines.taxes.rate",
                                       "lines.taxes.type",
                                       "lines.moves.quantity",
                                       "lines.moves.state",
                                       "lines.moves.shipment",
                                       "lines.moves.uom.factor",
                                       "lines.invoice_lines.quantity",
                                       "lines.invoice_lines.invoice.state",
                                       "lines.invoice_lines.unit.factor"};

bool isFreight(const TrytonRow &line)
{
    return line.has("shipment_cost");
}

// A quantity in one unit as that of another, by Tryton's factors of both.
Decimal converted(const TrytonRow &of, const char *unit, double factor)
{
    const double own = of.row(unit).real("factor");
    return own > 0 && factor > 0 && own != factor ? roundedQuantity(of.real("quantity") * own / factor)
                                                  : of.quantity("quantity");
}

class OrderReader
{
public:
    OrderReader(const TrytonRow &row, Order &order)
        : m_row(row)
        , m_order(order)
        , m_places(minorUnitPlaces(order.currency))
    {
        for (const TrytonRow &shipment : row.rows("shipments")) {
            const std::string state = shipment.text("state");
            if (state == "assigned" || state == "picked" || state == "packed")
                m_reserved.insert(shipment.id());
        }
    }

    void readLines()
    {
        for (const TrytonRow &line : m_row.rows("lines")) {
            if (line.text("type") != "line")
                continue;
            if (isFreight(line))
                m_order.freight += line.amount("amount", m_places);
            else
                readLine(line);
        }
        m_order.net = m_order.net - m_order.freight;
    }

    void readEvents()
    {
        m_order.events.push_back({m_order.placedAt, "placed", "Entered", {}});
        for (const TrytonRow &shipment : m_row.rows("shipments")) {
            if (shipment.text("state") == "done")
                add("shipped", "Shipped", shipment.date("effective_date"), shipment.text("number"));
        }
        for (const TrytonRow &invoice : m_row.rows("invoices")) {
            const std::string state = invoice.text("state");
            if (state == "posted" || state == "paid")
                add("invoiced", "Invoiced", invoice.date("invoice_date"), invoice.text("number"));
        }
        std::ranges::stable_sort(m_order.events, {}, &OrderEvent::at);
    }

private:
    void add(const char *code, const char *text, Date day, std::string reference)
    {
        m_order.events.push_back({noonOf(day), code, text, std::move(reference)});
    }

    void readLine(const TrytonRow &row)
    {
        OrderLine line;
        line.lineNumber = std::ssize(m_order.lines) + 1;
        line.sku = row.row("product").text("code");
        line.description = trytonDescription(row);
        line.unit = row.row("unit").text("name");
        line.ordered = row.quantity("quantity");
        const double factor = row.row("unit").real("factor");
        for (const TrytonRow &move : row.rows("moves")) {
            if (move.text("state") == "done")
                line.shipped += converted(move, "uom", factor);
            else if (m_reserved.contains(move.reference("shipment", "stock.shipment.out")))
                line.allocated += converted(move, "uom", factor);
        }
        for (const TrytonRow &billed : row.rows("invoice_lines")) {
            const std::string state = billed.row("invoice").text("state");
            if (state == "posted" || state == "paid")
                line.invoiced += converted(billed, "unit", factor);
        }
        if (m_order.status == "cancelled")
            line.cancelled = line.ordered - line.shipped;
        line.unitPrice = row.decimal("unit_price");
        line.net = row.amount("amount", m_places);
        line.tax = trytonTax(line.net, trytonTaxRate(row));
        line.status = orderStatusOf(line);
        if (row.row("product").text("type") != "service") {
            m_order.unitsOrdered += line.ordered;
            m_order.unitsShipped += line.shipped;
        }
        m_order.lines.push_back(std::move(line));
    }

    static const char *orderStatusOf(const OrderLine &line)
    {
        if (!line.cancelled.isZero())
            return "cancelled";
        if (!line.shipped.isZero())
            return line.shipped < line.ordered ? "part-shipped" : "shipped";
        return line.allocated.isZero() ? "open" : "allocated";
    }

    const TrytonRow &m_row;
    Order &m_order;
    int m_places;
    std::set<std::int64_t> m_reserved; // shipments for which goods were taken out
};

std::string nameOn(const TrytonRow &address, const TrytonRow &party)
{
    const std::string own = address.text("party_name");
    return own.empty() ? party.text("name") : own;
}

const char *orderStatusOf(const Order &order, const std::string &state, const std::string &shipping)
{
    if (state == "done")
        return "closed";
    if (shipping == "exception")
        return "exception";
    if (shipping == "sent")
        return "shipped";
    if (!order.unitsShipped.isZero())
        return "part-shipped";
    const bool picking
        = std::ranges::any_of(order.lines, [](const OrderLine &line) { return !line.allocated.isZero(); });
    return picking ? "picking" : "confirmed";
}

// Quotations and carts are no orders yet, and what came back of one is another matter.
void makeOrder(const TrytonRow &row, const TrytonLookups &, std::vector<AnyRecord> &records)
{
    const std::string state = row.text("state");
    if (state == "draft" || state == "quotation" || row.text("number").empty()
        || row.reference("origin", "sale.sale") != 0 || row.reference("origin", "sale.complaint") != 0)
        return;
    const auto order = std::make_shared<Order>();
    order->key = trytonKey("", row.id());
    order->account = trytonKey("", row.integer("party"));
    order->number = row.text("number");
    order->poReference = row.text("reference");
    const Instant entered = row.instant("create_date");
    const Instant placed = noonOf(row.date("sale_date"));
    constexpr std::int64_t halfADay = 43'200'000;
    const bool sameDay = entered.isSet() && placed.isSet() && entered.ms >= placed.ms - halfADay
        && entered.ms < placed.ms + halfADay;
    order->placedAt = sameDay || !placed.isSet() ? entered : placed;
    order->placedBy = row.row("create_uid").text("name");
    order->currency = row.row("currency").text("code");
    const TrytonRow party = row.row("party");
    const TrytonRow shipTo = row.row("shipment_party");
    const TrytonRow billTo = row.row("invoice_party");
    order->shipToName = nameOn(row.row("shipment_address"), shipTo.id() != 0 ? shipTo : party);
    order->shipToAddress = row.row("shipment_address").text("full_address");
    order->billToName = nameOn(row.row("invoice_address"), billTo.id() != 0 ? billTo : party);
    order->billToAddress = row.row("invoice_address").text("full_address");
    order->terms = row.row("payment_term").text("name");
    order->promisedOn = row.date("shipping_date");
    const int places = minorUnitPlaces(order->currency);
    order->net = row.amount("untaxed_amount", places);
    order->tax = row.amount("tax_amount", places);
    order->total = row.amount("total_amount", places);
    if (state == "cancelled")
        order->status = state;
    OrderReader reader(row, *order);
    reader.readLines();
    reader.readEvents();
    const std::string shipping = row.text("shipment_state");
    if (state != "cancelled")
        order->status = orderStatusOf(*order, state, shipping);
    order->open = (state == "confirmed" || state == "processing") && shipping != "sent";
    records.emplace_back(order);
}

constexpr const char *shipmentFields[] = {"number",
                                          "reference",
                                          "state",
                                          "customer",
                                          "carrier.party.name",
                                          "customer.name",
                                          "delivery_address.full_address",
                                          "delivery_address.party_name",
                                          "planned_date",
                                          "effective_date",
                                          "outgoing_moves.quantity",
                                          "outgoing_moves.origin",
                                          "outgoing_moves.state",
                                          "outgoing_moves.uom.name",
                                          "outgoing_moves.product.code",
                                          "outgoing_moves.product.name",
                                          "outgoing_moves.package.shipping_reference",
                                          "packages.shipping_reference",
                                          "packages.shipping_tracking_url",
                                          "packages.code"};

void wantOfShipment(const TrytonRow &row, TrytonThing::Wanted &wanted)
{
    for (const TrytonRow &move : row.rows("outgoing_moves")) {
        if (const auto line = move.reference("origin", "sale.line"); line != 0)
            wanted.saleLines.push_back(line);
    }
}

void readMoves(const TrytonRow &row, const TrytonLookups &lookups, Shipment &shipment)
{
    for (const TrytonRow &move : row.rows("outgoing_moves")) {
        if (move.text("state") == "cancelled")
            continue;
        ShipmentLine line;
        line.sku = move.row("product").text("code");
        line.description = move.row("product").text("name");
        line.unit = move.row("uom").text("name");
        line.quantity = move.quantity("quantity");
        line.trackingNumber = move.row("package").text("shipping_reference");
        const auto of = lookups.saleLines.find(move.reference("origin", "sale.line"));
        if (of != lookups.saleLines.end()) {
            line.orderLine = of->second.lineNumber;
            if (shipment.order.empty()) {
                shipment.order = trytonKey("", of->second.sale);
                shipment.orderNumber = of->second.number;
                shipment.poReference = of->second.reference;
                shipment.account = trytonKey("", of->second.party);
            }
        }
        shipment.lines.push_back(std::move(line));
    }
}

// What is still on the shelves is no shipment yet.
void makeShipment(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    const std::string state = row.text("state");
    if ((state != "packed" && state != "done") || row.text("number").empty())
        return;
    const auto shipment = std::make_shared<Shipment>();
    shipment->key = trytonKey("", row.id());
    shipment->account = trytonKey("", row.integer("customer"));
    shipment->number = row.text("number");
    shipment->open = state == "packed";
    shipment->status = shipment->open ? "ready" : "sent";
    shipment->carrier = row.row("carrier").row("party").text("name");
    shipment->shipToName = nameOn(row.row("delivery_address"), row.row("customer"));
    shipment->shipToAddress = row.row("delivery_address").text("full_address");
    if (state == "done")
        shipment->shippedAt = noonOf(row.date("effective_date"));
    else
        shipment->expectedOn = row.date("planned_date");
    for (const TrytonRow &package : row.rows("packages")) {
        Parcel parcel;
        parcel.trackingNumber = package.text("shipping_reference");
        parcel.trackingUrl = package.text("shipping_tracking_url");
        if (shipment->tracking.empty())
            shipment->tracking = parcel.trackingNumber;
        shipment->parcels.push_back(std::move(parcel));
    }
    shipment->parcelCount = std::ssize(shipment->parcels);
    readMoves(row, lookups, *shipment);
    records.emplace_back(shipment);
}

constexpr TrytonThing::Kind orderKinds[] = {{&Order::type, ""}};
constexpr TrytonThing::Kind shipmentKinds[] = {{&Shipment::type, ""}};

} // namespace

const TrytonThing trytonOrder{"sale.sale", "sale.sale", orderFields, "[]", orderKinds, makeOrder};
const TrytonThing trytonShipment{"stock.shipment.out", "stock.shipment.out", shipmentFields, "[]",
                                 shipmentKinds,        makeShipment,         wantOfShipment};

} // namespace Counterfoil

#include "addresstext.h"
#include "carriers.h"
#include "chance.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t maxParcels = 6;
constexpr std::int64_t linesPerParcel = 2;

// The carrier's scanner says the same of each parcel.
void scan(Shipment &record, const char *code, const std::string &text, std::string place, Instant at)
{
    for (Parcel &parcel : record.parcels) {
        parcel.status = text;
        parcel.statusAt = at;
        record.events.push_back({parcel.trackingNumber, at, code, text, place});
    }
}

bool hasFailedBefore(const Shipment &record)
{
    return std::ranges::any_of(record.events,
                               [](const TrackingEvent &event) { return event.code == "failed"; });
}

// Takes half of a line that has at least two units into a line of its own; false when there is none.
bool splitLine(std::vector<ShipmentLine> &lines, const std::string &trackingNumber)
{
    const auto found = std::ranges::max_element(lines, {}, &ShipmentLine::quantity);
    const std::int64_t half = found->quantity.millionths / 2 / Decimal::one;
    if (half == 0)
        return false;
    ShipmentLine other = *found;
    other.quantity = Decimal::fromInteger(half);
    other.trackingNumber = trackingNumber;
    found->quantity -= other.quantity;
    lines.push_back(std::move(other));
    return true;
}

} // namespace

// Every parcel holds something, and every line is in a parcel; what is much may be in two.
void Simulation::addParcels(Shipment &record, const std::string &country, Random &random)
{
    const Carrier &carrier = anyCarrier(random, country);
    record.carrier = carrier.name;
    const auto lines = static_cast<std::int64_t>(record.lines.size());
    const std::int64_t more = percent(random, 12) ? between(random, 1, 2) : 0;
    const std::int64_t wanted = std::min(maxParcels, between(random, 1, 1 + lines / linesPerParcel) + more);
    for (std::int64_t i = 0; i < wanted; ++i) {
        const std::string number = trackingNumber(random, carrier);
        if (i < lines)
            record.lines[static_cast<std::size_t>(i)].trackingNumber = number;
        else if (!splitLine(record.lines, number))
            break;
        Parcel &parcel = record.parcels.emplace_back();
        parcel.trackingNumber = number;
        parcel.trackingUrl = trackingPage(carrier, number);
        if (!percent(random, 6))
            parcel.weight = {between(random, 30, 2'400) * (Decimal::one / 100)};
    }
    for (ShipmentLine &line : record.lines) {
        if (line.trackingNumber.empty())
            line.trackingNumber = record.parcels[random.below(record.parcels.size())].trackingNumber;
    }
    std::ranges::stable_sort(record.lines, {}, &ShipmentLine::orderLine);
    record.parcelCount = static_cast<std::int64_t>(record.parcels.size());
    record.tracking = record.parcels.front().trackingNumber;
}

void Simulation::handOver(ActiveOrder &order, ActiveShipment &shipment, const std::string &what,
                          std::size_t warehouse, Random &random)
{
    Shipment &record = shipment.record;
    addParcels(record, order.customer->account.country, random);
    record.status = "in-transit";
    record.expectedOn = calendar(m_now + between(random, 1, 3) * msPerDay);
    const std::string from = warehouses()[warehouse].name;
    scan(record, "picked-up", "Collected from the sender", from, stamp());
    addEvent(order, "shipped",
             "Shipped " + what + " with " + record.carrier + ", "
                 + counted(record.parcelCount, "parcel", "parcels") + " from " + from,
             record.number);
    plan(between(random, 10 * msPerHour, 40 * msPerHour), Task::Track, order.id, shipment.id);
}

void Simulation::awaitCollection(ActiveOrder &order, ActiveShipment &shipment, const std::string &what,
                                 std::size_t warehouse, Random &random)
{
    Shipment &record = shipment.record;
    record.carrier = "Collected by customer";
    record.status = "ready";
    record.shipToName = std::string(warehouses()[warehouse].name) + " · collection";
    record.expectedOn = calendar(m_now + between(random, 1, 2) * msPerDay);
    addEvent(order, "shipped",
             "Ready for collection in " + std::string(warehouses()[warehouse].name) + ": " + what,
             record.number);
    plan(between(random, 4 * msPerHour, 40 * msPerHour), Task::Deliver, order.id, shipment.id);
}

void Simulation::track(ActiveOrder &order, ActiveShipment &shipment)
{
    SeededRandom random = taskChance(3);
    Shipment &record = shipment.record;
    shipment.changed = true;
    const Instant last = record.events.back().at;
    if (record.status == "in-transit") {
        const std::string hub = anyHub(random, record.carrier, order.customer->account.country);
        scan(record, "in-transit", "Sorted in the hub", hub, {last.ms + (stamp().ms - last.ms) / 2});
    }
    if (record.status == "in-transit" && percent(random, 7)) {
        record.status = "delayed";
        record.expectedOn = calendar(m_now + 2 * msPerDay);
        scan(record, "delayed", "Delayed: held at depot", record.events.back().place, stamp());
        addEvent(order, "delayed",
                 record.carrier + " reports a delay, now expected " + dayAndMonth(record.expectedOn),
                 record.number);
        plan(between(random, 12 * msPerHour, 36 * msPerHour), Task::Track, order.id, shipment.id);
        return;
    }
    record.status = "out-for-delivery";
    scan(record, "out-for-delivery", "Out for delivery", cityIn(record.shipToAddress), stamp());
    addEvent(order, "out-for-delivery",
             counted(record.parcelCount, "parcel", "parcels") + " out for delivery to " + record.shipToName,
             record.number);
    plan(between(random, 2 * msPerHour, 9 * msPerHour), Task::Deliver, order.id, shipment.id);
}

void Simulation::deliver(ActiveOrder &order, ActiveShipment &shipment)
{
    SeededRandom random = taskChance(4);
    Shipment &record = shipment.record;
    shipment.changed = true;
    if (record.status == "returning")
        return takeBack(order, shipment);
    const auto &people = m_addresses.of(order.record.account).people;
    const std::string &signedBy = people[random.below(people.size())];
    if (record.status == "ready") {
        record.deliveredAt = stamp();
        record.receivedBy = signedBy;
        addEvent(order, "delivered", "Collected by " + signedBy, record.number);
        return endDelivery(order, shipment, "collected");
    }
    if (percent(random, hasFailedBefore(record) ? 16 : 5))
        return failDelivery(order, shipment, random);
    record.deliveredAt = stamp();
    record.receivedBy = signedBy;
    scan(record, "delivered", "Delivered, signed for by " + signedBy, cityIn(record.shipToAddress), stamp());
    addEvent(order, "delivered", "Delivered to " + record.shipToName + ", signed for by " + signedBy,
             record.number);
    endDelivery(order, shipment, "delivered");
}

void Simulation::failDelivery(ActiveOrder &order, ActiveShipment &shipment, Random &random)
{
    Shipment &record = shipment.record;
    const bool again = !hasFailedBefore(record);
    static constexpr const char *reasons[]
        = {"nobody there to receive it", "the goods entrance was closed", "the address could not be found"};
    const std::string reason = reasons[random.below(std::size(reasons))];
    scan(record, "failed", "Delivery failed: " + reason, cityIn(record.shipToAddress), stamp());
    record.status = again ? "failed" : "returning";
    addEvent(order, "delivery-failed",
             record.carrier + " could not deliver: " + reason
                 + (again ? ". It is tried again" : ". The goods come back to us"),
             record.number);
    if (again)
        plan(between(random, 14 * msPerHour, 28 * msPerHour), Task::Track, order.id, shipment.id);
    else
        plan(between(random, 2 * msPerDay, 5 * msPerDay), Task::Deliver, order.id, shipment.id);
}

void Simulation::takeBack(ActiveOrder &order, ActiveShipment &shipment)
{
    if (shipment.invoice == 0) {
        // It can be credited only when it is billed.
        plan(msPerDay, Task::Deliver, order.id, shipment.id);
        return;
    }
    Shipment &record = shipment.record;
    const auto warehouse = static_cast<std::size_t>(order.customer->country->warehouse);
    for (const ShipmentLine &line : record.lines) {
        const std::int64_t product = order.lines[static_cast<std::size_t>(line.orderLine - 1)].product;
        const std::size_t place = placeOf(product, warehouse);
        m_stock[place].onHand += line.quantity;
        saveStock(place);
        m_books.writeMovement(product, static_cast<std::int64_t>(warehouse), stamp(), "return", line.quantity,
                              record.number);
    }
    scan(record, "returned", "Returned to the sender", warehouses()[warehouse].name, stamp());
    addEvent(order, "returned", "The goods came back to us and are credited", record.number);
    plan(2 * msPerHour, Task::Credit, shipment.invoice, 1);
    endDelivery(order, shipment, "returned");
}

void Simulation::endDelivery(ActiveOrder &order, ActiveShipment &shipment, const char *status)
{
    SeededRandom random = taskChance(10);
    if (shipment.record.deliveredAt.isSet() && !m_makingHistory && percent(random, 10))
        plan(between(random, 12, 72) * msPerHour, Task::AskForReturn, shipment.id);
    shipment.record.status = status;
    shipment.record.open = false;
    refreshStatus(order);
    planCloseWhenComplete(order);
}

} // namespace Counterfoil::Sandbox

#include "addresstext.h"
#include "chance.h"
#include "exactvalue.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t firstOrderNumber = 20'000;

const char *anyOrigin(Random &random)
{
    static constexpr const char *origins[]
        = {"web", "web", "web", "web", "edi", "edi", "email", "email", "phone", "app"};
    return origins[random.below(std::size(origins))];
}

Decimal anyQuantity(Random &random, const Product &product)
{
    // A quarter to twice the usual, most often near it; what is sold by the metre in halves.
    const std::int64_t quarters = (between(random, 1, 8) + between(random, 1, 8)) / 2;
    if (product.unit == "m")
        return {std::max<std::int64_t>(product.usualQuantity * quarters / 2, 1) * (Decimal::one / 2)};
    return Decimal::fromInteger(std::max<std::int64_t>(product.usualQuantity * quarters / 4, 1));
}

} // namespace

std::string Simulation::orderNumber(std::int64_t id)
{
    return "SO-" + std::to_string(firstOrderNumber + id);
}

std::int64_t Simulation::orderId(const std::string &number)
{
    return std::stoll(number.substr(3)) - firstOrderNumber;
}

std::int64_t Simulation::taxRateOf(const ActiveOrder &order, std::size_t line) const
{
    return m_company.taxRate(*order.customer, m_company.product(order.lines[line].product));
}

void Simulation::fillHeader(ActiveOrder &order, Random &random)
{
    const Customer &customer = *order.customer;
    Order &record = order.record;
    record.number = orderNumber(order.id);
    record.key = record.number;
    record.account = customer.account.key;
    record.placedAt = stamp();
    record.poReference
        = poReference(customer.poStyle, order.id, dateOf(record.placedAt), customer.account.number);
    record.origin = anyOrigin(random);
    const AddressBook::Entry &book = m_addresses.of(customer.account.key);
    record.placedBy = record.origin == "edi" ? "EDI" : book.people[random.below(book.people.size())];
    const bool elsewhere = !book.deliveries.empty() && percent(random, 40);
    const Address &site = elsewhere ? book.deliveries[random.below(book.deliveries.size())] : book.usual;
    record.shipToName = site.name;
    record.shipToAddress = addressText(site, customer.account.name);
    record.billToName = book.billing.name;
    record.billToAddress = addressText(book.billing, customer.account.name);
    record.terms = customer.account.terms;
    record.paymentMethod = customer.paymentMethod;
    record.currency = customer.account.currency;
    record.requestedOn
        = {dateOf(record.placedAt).daysSinceEpoch + static_cast<std::int32_t>(between(random, 2, 9))};
    record.promisedOn = record.requestedOn;
}

void Simulation::fillLines(ActiveOrder &order, Random &random)
{
    const Customer &customer = *order.customer;
    const bool large = m_company.isLarge(); // five lines on average instead of three or four
    const auto wanted = static_cast<std::size_t>(
        1 + std::min(between(random, 0, large ? 11 : 7), between(random, 0, large ? 20 : 13)));
    const std::int64_t day = m_now / msPerDay;
    while (order.lines.size() < wanted) {
        const bool known = percent(random, 70);
        const Product &drawn = known
            ? m_company.product(customer.contract[random.below(customer.contract.size())].first)
            : m_company.anyProduct(random);
        const Product &product = m_offers.sold(drawn, day);
        // An account with a short list may draw the same item for ever: then the order is a line shorter.
        if (std::ranges::any_of(order.lines, [&](const Line &line) { return line.product == product.id; })) {
            if (percent(random, 30))
                break;
            continue;
        }
        order.lines.push_back({product.id, {}});
        OrderLine &line = order.record.lines.emplace_back();
        line.lineNumber = static_cast<std::int64_t>(order.lines.size());
        line.sku = product.sku;
        line.description = product.description;
        line.unit = product.unit;
        line.ordered = anyQuantity(random, product);
        line.unitPrice = m_offers.price(customer, product, line.ordered, day);
    }
}

void Simulation::total(ActiveOrder &order)
{
    Order &record = order.record;
    const int places = minorUnitPlaces(record.currency);
    record.net = record.tax = {};
    record.unitsOrdered = record.unitsShipped = {};
    bool anythingLeft = false;
    for (std::size_t i = 0; i < record.lines.size(); ++i) {
        OrderLine &line = record.lines[i];
        line.net = extended(line.ordered - line.cancelled, line.unitPrice, places);
        line.tax = taxOn(line.net, taxRateOf(order, i));
        record.net += line.net;
        record.tax += line.tax;
        record.unitsOrdered += line.ordered;
        record.unitsShipped += line.shipped;
        anythingLeft = anythingLeft || line.cancelled != line.ordered;
    }
    // Carriage is settled when the order is placed.
    if (order.record.events.empty())
        record.freight = m_offers.freight(*order.customer, record.net);
    if (!anythingLeft)
        record.freight = {};
    record.tax += taxOn(record.freight, order.customer->taxBasisPoints);
    record.total = record.net + record.tax + record.freight;
}

void Simulation::review(ActiveOrder &order)
{
    SeededRandom random = taskChance(0);
    const bool overLimit = m_standings.isOverLimit(*order.customer);
    if (overLimit || percent(random, 2)) {
        order.record.holdReason
            = overLimit ? "The account is over its credit limit." : "Credit control is checking the account.";
        addEvent(order, "held",
                 overLimit ? "Put on hold: the account is over its credit limit"
                           : "Put on hold: credit control is checking the account");
        refreshStatus(order);
        plan(between(random, 6 * msPerHour, 40 * msPerHour), Task::Decide, order.id);
        return;
    }
    if (percent(random, 2))
        return cancelRemaining(order, "Cancelled at the customer’s request");
    allocate(order);
}

void Simulation::decide(ActiveOrder &order)
{
    SeededRandom random = taskChance(0);
    order.record.holdReason.clear();
    if (percent(random, 15))
        return cancelRemaining(order, "Cancelled: credit was not granted");
    addEvent(order, "released", "Released from hold by credit control");
    if (m_standings.isOverLimit(*order.customer) && percent(random, 50)) {
        const Amount limit = m_standings.raiseLimit(*order.customer);
        addEvent(order, "limit-raised", "The credit limit is now " + moneyText(limit, order.record.currency));
    }
    allocate(order);
}

void Simulation::cancelRemaining(ActiveOrder &order, const std::string &why)
{
    for (OrderLine &line : order.record.lines)
        line.cancelled = line.ordered;
    total(order);
    order.record.promisedOn = {};
    addEvent(order, "cancelled", why);
    refreshStatus(order);
    order.finished = true;
}

void Simulation::cancelBackorder(ActiveOrder &order, std::size_t index)
{
    OrderLine &line = order.record.lines[index];
    addEvent(order, "cancelled",
             "Cancelled " + line.backordered.toString() + " × " + line.sku
                 + " at the customer’s request: too late");
    line.cancelled += line.backordered;
    line.backordered = {};
    line.expectedOn = {};
    total(order);
    refreshPromise(order);
    refreshStatus(order);
    planCloseWhenComplete(order);
}

void Simulation::planCloseWhenComplete(ActiveOrder &order)
{
    const Order &record = order.record;
    const bool complete = std::ranges::all_of(
        record.lines, [](const OrderLine &line) { return line.shipped + line.cancelled == line.ordered; });
    const bool arrived = std::ranges::all_of(
        order.shipments, [](const ActiveShipment &shipment) { return !shipment.record.open; });
    if (!complete || !arrived)
        return;
    if (order.shipments.empty()) {
        order.finished = true;
        return;
    }
    SeededRandom random = taskChance(15);
    plan(between(random, 48 * msPerHour, 240 * msPerHour), Task::Close, order.id);
}

void Simulation::refreshStatus(ActiveOrder &order)
{
    Order &record = order.record;
    Decimal cancelled;
    Decimal allocated;
    Decimal backordered;
    for (OrderLine &line : record.lines) {
        cancelled += line.cancelled;
        allocated += line.allocated;
        backordered += line.backordered;
        if (line.cancelled == line.ordered)
            line.status = "cancelled";
        else if (line.shipped + line.cancelled == line.ordered)
            line.status = "shipped";
        else if (!line.shipped.isZero())
            line.status = "part-shipped";
        else if (!line.backordered.isZero())
            line.status = "backordered";
        else
            line.status = line.allocated.isZero() ? "open" : "allocated";
    }
    // What is not being picked yet.
    for (OrderLine &line : record.lines)
        line.cancellable = line.ordered - line.cancelled - line.shipped - line.allocated;
    const bool complete = record.unitsShipped + cancelled == record.unitsOrdered;
    const bool arrived = std::ranges::all_of(
        order.shipments, [](const ActiveShipment &shipment) { return !shipment.record.open; });
    record.open = true;
    if (!record.holdReason.empty()) {
        record.status = "on-hold";
    } else if (cancelled == record.unitsOrdered) {
        record.status = "cancelled";
        record.open = false;
    } else if (complete) {
        const bool kept = std::ranges::any_of(order.shipments, [](const ActiveShipment &shipment) {
            return shipment.record.status != "returned";
        });
        record.status = !arrived ? "shipped" : kept ? "delivered" : "returned";
    } else if (!record.unitsShipped.isZero()) {
        record.status = "part-shipped";
    } else if (!allocated.isZero()) {
        record.status = "picking";
    } else {
        record.status = backordered.isZero() ? "confirmed" : "backordered";
    }
}

} // namespace Counterfoil::Sandbox

// What people want changed about an order that was placed. The window is open for what is not being picked
// yet; whatever the client thought, this decides.

#include "order.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

Decimal inAll(const OrderLine &line)
{
    return line.ordered - line.cancelled;
}

std::string nameOfLine(const OrderLine &line)
{
    return "Line " + std::to_string(line.lineNumber) + " (" + line.sku + ')';
}

Objection changedMeanwhile(const std::string &text)
{
    return {"order-changed", text + " Look at the order again."};
}

Objection beingPicked(const OrderLine &line)
{
    return {"being-picked",
            nameOfLine(line) + ": " + (line.allocated + line.shipped).toString() + " of "
                + line.ordered.toString()
                + " are being picked or have left, so no fewer can be ordered. Ask "
                  "for a return once they are there."};
}

} // namespace

Simulation::ActiveOrder *Simulation::changeable(const std::string &order, Instant at)
{
    m_now = std::max(m_now, m_clock.companyTime(at));
    const auto found
        = std::ranges::find_if(m_active, [&](const auto &each) { return each.second.record.key == order; });
    return found == m_active.end() || found->second.finished ? nullptr : &found->second;
}

std::optional<Objection> Simulation::change(const std::string &key, const Order &base, const Order &wanted,
                                            const std::string &actor, Instant at)
{
    const Objection closed{"order-closed", "This order is closed, so nothing about it can be changed."};
    ActiveOrder *order = changeable(key, at);
    if (!order)
        return closed;
    // All of it is judged before any of it is done.
    ActiveOrder after = *order;
    Order &record = after.record;
    const bool newDay = base.requestedOn != wanted.requestedOn && record.requestedOn != wanted.requestedOn;
    if (newDay) {
        if (record.requestedOn != base.requestedOn)
            return changedMeanwhile("The requested day was changed meanwhile.");
        if (!record.unitsShipped.isZero())
            return Objection{"part-shipped", "Part of it has left, so the day cannot be changed any more."};
        if (wanted.requestedOn.isSet() && wanted.requestedOn < dateOf(at))
            return Objection{"wanted-past", "The day is over. Choose a later one."};
        record.requestedOn = wanted.requestedOn;
    }
    for (const OrderWish &wish : wanted.wishes) {
        if (auto objection = takeOff(after, wish, base))
            return objection;
    }
    *order = std::move(after);
    changed(*order, "Changed by " + actor);
    return std::nullopt;
}

std::optional<Objection> Simulation::takeOff(ActiveOrder &order, const OrderWish &wish, const Order &base)
{
    const auto found = std::ranges::find(order.record.lines, wish.lineNumber, &OrderLine::lineNumber);
    const auto seen = std::ranges::find(base.wishes, wish.lineNumber, &OrderWish::lineNumber);
    if (found == order.record.lines.end() || seen == base.wishes.end())
        return Objection{"line-missing", "The order has no line " + std::to_string(wish.lineNumber) + '.'};
    OrderLine &line = *found;
    if (inAll(line) == wish.quantity)
        return std::nullopt;
    if (inAll(line) != seen->quantity) {
        return changedMeanwhile(nameOfLine(line) + " is " + inAll(line).toString() + " by now, and not "
                                + seen->quantity.toString() + '.');
    }
    if (wish.quantity < Decimal())
        return Objection{"quantity-none", nameOfLine(line) + ": the quantity has to be 0 or above."};
    if (wish.quantity > inAll(line))
        return Objection{"more-is-new",
                         nameOfLine(line) + ": more of it is a new order, at the price of today."};
    const Decimal less = inAll(line) - wish.quantity;
    if (less > line.cancellable)
        return beingPicked(line);
    line.cancelled += less;
    line.backordered -= std::min(less, line.backordered);
    if (line.backordered.isZero())
        line.expectedOn = {};
    return std::nullopt;
}

std::optional<Objection> Simulation::cancel(const std::string &key, const std::string &actor, Instant at)
{
    ActiveOrder *order = changeable(key, at);
    if (!order)
        return Objection{"order-closed", "This order is closed, so it cannot be cancelled."};
    for (const OrderLine &line : order->record.lines) {
        if (!(line.allocated + line.shipped).isZero())
            return beingPicked(line);
    }
    order->record.holdReason.clear();
    for (OrderLine &line : order->record.lines) {
        line.cancelled = line.ordered;
        line.backordered = {};
        line.expectedOn = {};
    }
    order->record.promisedOn = {};
    changed(*order, "Cancelled by " + actor);
    return std::nullopt;
}

void Simulation::changed(ActiveOrder &order, const std::string &what)
{
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        if (order.record.lines[i].backordered.isZero())
            std::erase(m_stock[placeOf(order.lines[i].product,
                                       static_cast<std::size_t>(order.customer->country->warehouse))]
                           .waiting,
                       std::pair(order.id, i));
    }
    total(order);
    addEvent(order, "cancelled", what);
    refreshStatus(order);
    planCloseWhenComplete(order);
    m_touched.clear();
    flush(order);
    if (order.finished)
        m_active.erase(std::int64_t{order.id});
    m_standings.flush(m_books, stamp());
    saveCounters();
}

} // namespace Counterfoil::Sandbox

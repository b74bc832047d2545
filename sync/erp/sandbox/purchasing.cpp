#include "addresstext.h"
#include "chance.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace { } // namespace

std::int64_t Simulation::dayOf(Instant at) const
{
    return m_clock.companyTime(at) / msPerDay;
}

// A day of the company's time as people would name it: it passes faster than theirs.
Date Simulation::shownDate(Date companyDay) const
{
    return dateOf(m_clock.wall(companyDay.daysSinceEpoch * msPerDay));
}

Decimal Simulation::available(const Customer &customer, const Product &product) const
{
    const Stock &stock = m_stock[atHome(customer, product)];
    return std::max(stock.onHand - stock.allocated, Decimal());
}

Date Simulation::expectedOn(const Customer &customer, const Product &product) const
{
    const Stock &stock = m_stock[atHome(customer, product)];
    return stock.receiptAt == 0 ? Date() : calendar(std::max(stock.receiptAt, m_now));
}

std::vector<QuoteStock> Simulation::stock(const Customer &customer, const Product &product) const
{
    std::vector<QuoteStock> all;
    const auto home = static_cast<std::size_t>(customer.country->warehouse);
    for (std::size_t step = 0; step < warehouseCount; ++step) {
        const std::size_t warehouse = (home + step) % warehouseCount;
        const Stock &stock = m_stock[placeOf(product.id, warehouse)];
        all.push_back({warehouses()[warehouse].name, std::max(stock.onHand - stock.allocated, Decimal()),
                       stock.receiptAt == 0 ? Date() : calendar(std::max(stock.receiptAt, m_now))});
    }
    return all;
}

const CreditStanding &Simulation::standing(const Customer &customer)
{
    return m_standings.of(customer).record;
}

std::string Simulation::placeFor(const Purchase &purchase, Instant at)
{
    m_now = std::max(m_now, m_clock.companyTime(at));
    ActiveOrder &order = m_active[++m_lastOrder];
    order.id = m_lastOrder;
    order.customer = purchase.customer;
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Order, order.id);
    fillHeader(order, random);
    Order &record = order.record;
    record.origin = "app";
    record.placedBy = purchase.placedBy;
    record.poReference = purchase.poReference;
    if (purchase.wantedOn.isSet())
        record.requestedOn = record.promisedOn = purchase.wantedOn;
    const AddressBook::Entry &book = m_addresses.of(record.account);
    const Address &site = purchase.shipTo ? *purchase.shipTo : book.usual;
    record.shipToName = site.name;
    record.shipToAddress = addressText(site, purchase.customer->account.name);
    for (const Purchase::Item &item : purchase.items) {
        order.lines.push_back({item.product->id, {}});
        OrderLine &line = record.lines.emplace_back();
        line.lineNumber = static_cast<std::int64_t>(order.lines.size());
        line.sku = item.product->sku;
        line.description = item.product->description;
        line.unit = item.product->unit;
        line.ordered = item.quantity;
        line.unitPrice = item.unitPrice;
    }
    total(order);
    refreshStatus(order);
    addEvent(order, "placed",
             placedText(record.origin, record.placedBy) + ", "
                 + counted(std::ssize(order.lines), "line", "lines"));
    if (!purchase.notes.empty())
        addEvent(order, "note", notesText(purchase.notes));
    plan(between(random, msPerHour / 4, 4 * msPerHour), Task::Review, order.id);
    m_touched.clear();
    flush(order);
    m_standings.flush(m_books, stamp());
    saveCounters();
    return record.key;
}

} // namespace Counterfoil::Sandbox

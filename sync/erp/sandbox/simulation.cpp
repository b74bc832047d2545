#include "simulation.h"

#include "chance.h"
#include "contact.h"
#include "paperwork.h"
#include "wording.h"

#include <algorithm>
#include <cmath>

namespace Counterfoil::Sandbox {

namespace {

// Monday is 0.
std::int64_t weekday(std::int64_t day)
{
    return ((day + 3) % 7 + 7) % 7;
}

// The same time when somebody is at work then, or else a moment of the next working morning.
std::int64_t withinOfficeHours(std::int64_t at)
{
    constexpr std::int64_t opensMs = 7 * msPerHour;
    constexpr std::int64_t closesMs = 18 * msPerHour;
    std::int64_t day = at / msPerDay;
    const std::int64_t ofDay = at % msPerDay;
    if (weekday(day) < 5 && ofDay >= opensMs && ofDay < closesMs)
        return at;
    if (ofDay >= closesMs)
        ++day;
    while (weekday(day) >= 5)
        ++day;
    // Spread over three hours by the time that it would have been.
    return day * msPerDay + opensMs + (ofDay % (3 * msPerHour));
}

} // namespace

std::int64_t CompanyClock::companyTime(Instant wall) const
{
    return companyBase + std::llround(static_cast<double>(wall.ms - wallBase) * pace);
}

Instant CompanyClock::wall(std::int64_t companyTime) const
{
    return {wallBase + std::llround(static_cast<double>(companyTime - companyBase) / pace)};
}

Simulation::Simulation(Books &books, const Company &company, const CompanyClock &clock,
                       std::int64_t ordersPerDay)
    : m_books(books)
    , m_company(company)
    , m_clock(clock)
    , m_ordersPerDay(ordersPerDay)
    , m_stock(company.products().size() * warehouseCount)
    , m_standings(company, ordersPerDay)
    , m_offers(company)
    , m_addresses(books)
{ }

SeededRandom Simulation::taskChance(std::int64_t salt) const
{
    constexpr std::int64_t saltsPerTask = 16;
    return chanceOf(m_company.seed(), ChanceOf::Task, m_task * saltsPerTask + salt);
}

Date Simulation::calendar(std::int64_t companyTime) const
{
    // People plan in days of the calendar, however fast the company lives.
    return dateOf({stamp().ms + (companyTime - m_now)});
}

std::int64_t Simulation::plan(std::int64_t delayMs, Task task, std::int64_t subject, std::int64_t detail)
{
    std::int64_t at = m_now + delayMs;
    if (m_makingHistory)
        at = withinOfficeHours(at);
    const Plan plan{at, ++m_lastPlan, static_cast<std::int64_t>(task), subject, detail};
    m_agenda.insert(plan);
    if (!m_makingHistory)
        m_books.writePlan(plan);
    return at;
}

void Simulation::saveCounters()
{
    m_books.setMeta("lastPlan", std::to_string(m_lastPlan));
    m_books.setMeta("companyNow", std::to_string(m_now));
    m_books.setMeta("wallNow", std::to_string(stamp().ms));
}

void Simulation::addEvent(ActiveOrder &order, const char *code, std::string text, std::string reference)
{
    order.record.events.push_back({stamp(), code, std::move(text), std::move(reference)});
    m_touched.insert(order.id);
}

std::size_t Simulation::placeOf(std::int64_t product, std::size_t warehouse)
{
    return static_cast<std::size_t>(product - 1) * warehouseCount + warehouse;
}

std::int64_t Simulation::productAt(std::size_t place)
{
    return static_cast<std::int64_t>(place / warehouseCount) + 1;
}

// Where the account is served from first.
std::size_t Simulation::atHome(const Customer &customer, const Product &product)
{
    return placeOf(product.id, static_cast<std::size_t>(customer.country->warehouse));
}

void Simulation::saveStock(std::size_t place)
{
    if (m_makingHistory)
        return;
    const Stock &stock = m_stock[place];
    m_books.writeStock(
        {productAt(place), static_cast<std::int64_t>(place % warehouseCount), stock.onHand, stock.allocated});
}

void Simulation::place(std::int64_t companyTime)
{
    m_now = companyTime;
    turnMonth();
    ActiveOrder &order = m_active[++m_lastOrder];
    order.id = m_lastOrder;
    SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Order, order.id);
    order.customer = &m_company.anyCustomer(random);
    fillHeader(order, random);
    fillLines(order, random);
    total(order);
    refreshStatus(order);
    const auto lines = static_cast<std::int64_t>(order.lines.size());
    addEvent(order, "placed",
             placedText(order.record.origin, order.record.placedBy) + ", " + counted(lines, "line", "lines"));
    plan(between(random, msPerHour / 4, 4 * msPerHour), Task::Review, order.id);
    m_touched.clear();
    flush(order);
    if (!m_makingHistory)
        m_standings.flush(m_books, stamp());
}

void Simulation::step()
{
    const Plan next = *m_agenda.begin();
    m_agenda.erase(m_agenda.begin());
    if (!m_makingHistory)
        m_books.removePlan(next.id);
    m_now = next.at;
    m_task = next.id;
    turnMonth();
    const Task task = static_cast<Task>(next.task);
    if (task == Task::Receive) {
        receive(static_cast<std::size_t>(next.subject), {next.detail});
    } else if (task == Task::Tidy) {
        tidyUp();
    } else if (task == Task::CheckAddress || task == Task::CheckContact) {
        check(task == Task::CheckAddress ? Address::type : Contact::type, next.subject);
    } else if (task == Task::Withdraw) {
        withdraw(next.subject);
    } else if (task == Task::AskForReturn) {
        planNextOf(askForReturn(next.subject));
    } else if (task == Task::MoveReturn) {
        moveReturn(next.subject, next.detail);
        planNextOf(next.subject);
    } else if (task > Task::Receive) {
        performOnInvoice(next);
    } else if (const auto found = m_active.find(next.subject); found != m_active.end()) {
        m_touched.insert(next.subject);
        perform(next, found->second);
    }
    for (const std::int64_t id : std::exchange(m_touched, {})) {
        ActiveOrder &order = m_active.at(id);
        flush(order);
        if (order.finished)
            m_active.erase(id);
    }
    flushInvoices();
    if (!m_makingHistory)
        m_standings.flush(m_books, stamp());
}

void Simulation::perform(const Plan &plan, ActiveOrder &order)
{
    const auto shipment = std::ranges::find(order.shipments, plan.detail, &ActiveShipment::id);
    switch (static_cast<Task>(plan.task)) {
    case Task::Review:
        return review(order);
    case Task::Decide:
        return decide(order);
    case Task::Ship:
        return ship(order, static_cast<std::size_t>(plan.detail));
    case Task::Track:
        return track(order, *shipment);
    case Task::Deliver:
        return deliver(order, *shipment);
    case Task::Bill:
        return bill(order, *shipment);
    case Task::Close:
        return close(order);
    case Task::Receive:
    case Task::Pay:
    case Task::Dispute:
    case Task::Resolve:
    case Task::Credit:
    case Task::CheckAddress:
    case Task::CheckContact:
    case Task::Tidy:
    case Task::Withdraw:
    case Task::AskForReturn:
    case Task::MoveReturn:
        break;
    }
}

void Simulation::performOnInvoice(const Plan &plan)
{
    ActiveInvoice &invoice = fetchInvoice(plan.subject);
    switch (static_cast<Task>(plan.task)) {
    case Task::Pay:
        return pay(invoice, plan.detail != 0);
    case Task::Dispute:
        return dispute(invoice);
    case Task::Resolve:
        return resolve(invoice);
    default:
        return creditLater(invoice, plan.detail != 0);
    }
}

// Keeps the account's standing at what is ordered and not invoiced yet.
void Simulation::count(ActiveOrder &order)
{
    const Amount toCome = order.record.open ? order.record.total - order.invoiced : Amount();
    m_standings.addOpenOrders(*order.customer, toCome - order.counted);
    order.counted = toCome;
}

void Simulation::flush(ActiveOrder &order)
{
    count(order);
    if (m_makingHistory && !order.finished)
        return;
    const Instant at = stamp();
    if (order.inBooks)
        m_books.postAgain(Order::type, order.id, &order.record, at);
    else
        m_books.postNew(Order::type, order.id, &order.record, at);
    order.inBooks = true;
    if (!order.acknowledged) {
        if (auto paper = acknowledgementOf(order.record)) {
            m_books.postDocumentOnce(order.id, *std::move(paper), at);
            order.acknowledged = true;
        }
    }
    for (ActiveShipment &shipment : order.shipments)
        flush(shipment, at);
    std::vector<Allocation> allocations;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        for (std::size_t warehouse = 0; warehouse < warehouseCount; ++warehouse) {
            const Decimal quantity = order.lines[i].allocated[warehouse];
            if (!quantity.isZero())
                allocations.push_back(
                    {order.record.lines[i].lineNumber, static_cast<std::int64_t>(warehouse), quantity});
        }
    }
    m_books.writeAllocations(order.id, allocations);
}

// With the papers that go with the goods and come back from the customer.
void Simulation::flush(ActiveShipment &shipment, Instant at)
{
    if (!std::exchange(shipment.changed, false))
        return;
    const Shipment &record = shipment.record;
    if (std::exchange(shipment.inBooks, true)) {
        m_books.postAgain(Shipment::type, shipment.id, &record, at);
    } else {
        m_books.postNew(Shipment::type, shipment.id, &record, at);
        m_books.postDocument(shipment.id, packingSlipOf(record), at);
        if (auto paper = billOfLadingOf(record))
            m_books.postDocument(shipment.id, *std::move(paper), at);
    }
    if (auto paper = proofOfDeliveryOf(record))
        m_books.postDocumentOnce(shipment.id, *std::move(paper), at);
}

void Simulation::settle(std::int64_t companyTime)
{
    m_now = companyTime;
    planTidying();
    m_makingHistory = false;
    std::vector<std::int64_t> ids;
    for (const auto &[id, order] : m_active)
        ids.push_back(id);
    std::ranges::sort(ids);
    for (const std::int64_t id : ids)
        flush(m_active.at(id));
    for (const auto &[id, invoice] : m_invoices)
        m_touchedInvoices.insert(id);
    flushInvoices();
    const auto returns = openReturns();
    for (const std::int64_t id : std::exchange(m_touched, {}))
        flush(m_active.at(id));
    m_standings.flushAll(m_books, stamp());
    turnMonth();
    for (const Plan &plan : m_agenda)
        m_books.writePlan(plan);
    for (const std::int64_t id : returns)
        planNextOf(id);
    for (std::size_t place = 0; place < m_stock.size(); ++place)
        saveStock(place);
    saveCounters();
}

void Simulation::load()
{
    m_now = m_clock.companyBase;
    m_lastOrder = m_books.integer("SELECT max(id) FROM orders WHERE id<" + std::to_string(firstImported));
    m_lastShipment = m_books.lastId(Shipment::type);
    m_lastInvoice = m_books.integer("SELECT max(id) FROM invoices WHERE id<" + std::to_string(firstImported));
    m_lastPayment = m_books.lastId(Payment::type);
    m_standings.load(m_books);
    m_monthBegan = {m_books.integer(
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name='monthBegan'), 0)")};
    m_lastPlan = m_books.integer("SELECT CAST(value AS INTEGER) FROM meta WHERE name='lastPlan'");
    m_books.each(
        "SELECT product, warehouse, onHand, allocated FROM stock", [this](const Sqlite::Statement &row) {
            Stock &stock = m_stock[placeOf(row.integer(0), static_cast<std::size_t>(row.integer(1)))];
            stock.onHand = {row.integer(2)};
            stock.allocated = {row.integer(3)};
        });
    m_books.each("SELECT at, id, task, subject, detail FROM agenda", [this](const Sqlite::Statement &row) {
        m_agenda.insert({row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
    });
    // Not the imported ones: those are never open.
    std::vector<std::int64_t> open;
    m_books.each("SELECT id FROM orders WHERE open ORDER BY id",
                 [&open](const Sqlite::Statement &row) { open.push_back(row.integer(0)); });
    for (const std::int64_t id : open)
        loadOrder(id);
    for (const Plan &plan : m_agenda) {
        const Task task = static_cast<Task>(plan.task);
        if (task == Task::Receive)
            m_stock[static_cast<std::size_t>(plan.subject)].receiptAt = plan.at;
        else if (const auto found = m_active.find(plan.subject);
                 found != m_active.end() && task == Task::Ship)
            found->second.shipPlanned[static_cast<std::size_t>(plan.detail)] = true;
    }
}

void Simulation::loadOrder(std::int64_t id)
{
    ActiveOrder &order = m_active[id];
    order.id = id;
    order.inBooks = true;
    m_books.read(Order::type, id, &order.record);
    order.customer = m_company.findCustomer(order.record.account);
    order.lines.resize(order.record.lines.size());
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine &line = order.record.lines[i];
        const Product *product = m_company.findProduct(line.sku);
        if (!product || !order.customer) {
            m_books.fail({ErrorKind::StorageCorrupt, QStringLiteral("The sandbox's data file is damaged."),
                          QStringLiteral("order %1 names an unknown account or item").arg(id)});
            return;
        }
        order.lines[i].product = product->id;
        if (!line.backordered.isZero())
            m_stock[placeOf(product->id, static_cast<std::size_t>(order.customer->country->warehouse))]
                .waiting.emplace_back(id, i);
    }
    m_books.each("SELECT line, warehouse, quantity FROM allocations WHERE orderId=" + std::to_string(id),
                 [&order](const Sqlite::Statement &row) {
                     // Lines are numbered from 1 without holes.
                     Line &line = order.lines[static_cast<std::size_t>(row.integer(0) - 1)];
                     line.allocated[static_cast<std::size_t>(row.integer(1))] = {row.integer(2)};
                 });
    std::vector<std::int64_t> shipments;
    m_books.each("SELECT id FROM shipments WHERE \"order\"='" + order.record.key + "' ORDER BY id",
                 [&shipments](const Sqlite::Statement &row) { shipments.push_back(row.integer(0)); });
    for (const std::int64_t shipment : shipments) {
        ActiveShipment &loaded = order.shipments.emplace_back();
        loaded = {.id = shipment, .record = {}, .invoice = 0, .inBooks = true, .changed = false};
        m_books.read(Shipment::type, shipment, &loaded.record);
    }
    m_books.each("SELECT id, shipment, total FROM invoices WHERE credit=0 AND \"order\"='" + order.record.key
                     + "'",
                 [&order](const Sqlite::Statement &row) {
                     for (ActiveShipment &shipment : order.shipments) {
                         if (shipment.record.key == row.text(1))
                             shipment.invoice = row.integer(0);
                     }
                     order.invoiced += Amount{row.integer(2)};
                 });
    order.counted = order.record.total - order.invoiced;
}

} // namespace Counterfoil::Sandbox

#include "chance.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

std::string warehouseName(std::size_t warehouse)
{
    return warehouses()[warehouse].name;
}

} // namespace

std::int64_t Simulation::fullStock(const Product &product, std::int64_t dailyDemand) const
{
    const bool large = m_company.isLarge();
    return product.usualQuantity * (large ? 24 : 8) + dailyDemand * (large ? 80 : 40);
}

void Simulation::openStock()
{
    const Instant at = stamp();
    for (const Product &product : m_company.products()) {
        const std::int64_t demand = m_company.dailyDemand(product, m_ordersPerDay);
        for (std::size_t warehouse = 0; warehouse < warehouseCount; ++warehouse) {
            const std::size_t place = placeOf(product.id, warehouse);
            SeededRandom random
                = chanceOf(m_company.seed(), ChanceOf::Stock, static_cast<std::int64_t>(place));
            if (percent(random, m_company.isLarge() ? 1 : 8))
                continue;
            const std::int64_t units = fullStock(product, demand) * between(random, 30, 100) / 100;
            Stock &stock = m_stock[place];
            stock.onHand = Decimal::fromInteger(std::max<std::int64_t>(units, 1));
            m_books.writeMovement(product.id, static_cast<std::int64_t>(warehouse), at, "opening",
                                  stock.onHand, "");
        }
    }
}

Decimal Simulation::reserve(ActiveOrder &order, std::size_t line, std::size_t warehouse, Decimal wanted)
{
    const std::size_t place = placeOf(order.lines[line].product, warehouse);
    Stock &stock = m_stock[place];
    const Decimal taken = std::min(wanted, stock.onHand - stock.allocated);
    if (taken.isZero())
        return taken;
    stock.allocated += taken;
    order.lines[line].allocated[warehouse] += taken;
    order.record.lines[line].allocated += taken;
    saveStock(place);
    return taken;
}

void Simulation::allocate(ActiveOrder &order)
{
    SeededRandom random = taskChance(1);
    const auto home = static_cast<std::size_t>(order.customer->country->warehouse);
    Decimal allocated;
    std::set<std::size_t> used;
    std::vector<std::pair<std::size_t, Decimal>> missing;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        Decimal wanted = order.record.lines[i].ordered - order.record.lines[i].cancelled;
        // Some accounts take what another warehouse has, others would rather wait for one delivery.
        const std::size_t reach = percent(random, 45) ? warehouseCount : 1;
        for (std::size_t step = 0; step < reach && !wanted.isZero(); ++step) {
            const std::size_t warehouse = (home + step) % warehouseCount;
            const Decimal taken = reserve(order, i, warehouse, wanted);
            wanted -= taken;
            allocated += taken;
            if (!taken.isZero())
                used.insert(warehouse);
        }
        replenish(placeOf(order.lines[i].product, home), random);
        if (!wanted.isZero())
            missing.emplace_back(i, wanted);
    }
    if (!allocated.isZero()) {
        std::string names;
        for (const std::size_t warehouse : used)
            names += (names.empty() ? "" : " and ") + warehouseName(warehouse);
        addEvent(order, "allocated",
                 "Allocated " + allocated.toString() + " of " + order.record.unitsOrdered.toString()
                     + " units in " + names);
    }
    for (const auto &[line, quantity] : missing)
        backorder(order, line, quantity, random);
    for (const std::size_t warehouse : used)
        planShipping(order, warehouse, random);
    refreshPromise(order);
    refreshStatus(order);
}

void Simulation::planShipping(ActiveOrder &order, std::size_t warehouse, Random &random)
{
    if (std::exchange(order.shipPlanned[warehouse], true))
        return;
    plan(between(random, 4 * msPerHour, 30 * msPerHour), Task::Ship, order.id,
         static_cast<std::int64_t>(warehouse));
}

void Simulation::backorder(ActiveOrder &order, std::size_t index, Decimal quantity, Random &random)
{
    const std::size_t place
        = placeOf(order.lines[index].product, static_cast<std::size_t>(order.customer->country->warehouse));
    OrderLine &line = order.record.lines[index];
    line.backordered += quantity;
    Stock &stock = m_stock[place];
    stock.waiting.emplace_back(order.id, index);
    replenish(place, random);
    std::string text = "Backordered " + quantity.toString() + " × " + line.sku;
    if (percent(random, 15)) {
        text += ", no date known yet";
    } else {
        line.expectedOn = calendar(stock.receiptAt);
        text += ", expected " + dayAndMonth(line.expectedOn);
    }
    addEvent(order, "backordered", text);
}

void Simulation::refreshPromise(ActiveOrder &order)
{
    Order &record = order.record;
    Date promised = record.requestedOn;
    for (const OrderLine &line : record.lines) {
        if (line.backordered.isZero())
            continue;
        if (!line.expectedOn.isSet()) {
            record.promisedOn = {};
            return;
        }
        constexpr std::int32_t transitDays = 2;
        promised = std::max(promised, Date{line.expectedOn.daysSinceEpoch + transitDays});
    }
    record.promisedOn = promised;
}

void Simulation::ship(ActiveOrder &order, std::size_t warehouse)
{
    SeededRandom random = taskChance(2);
    order.shipPlanned[warehouse] = false;
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        if (!order.lines[i].allocated[warehouse].isZero())
            ready.push_back(i);
    }
    if (ready.empty())
        return;
    if (ready.size() > 1 && percent(random, 14)) {
        ready.resize((ready.size() + 1) / 2);
        planShipping(order, warehouse, random);
    }
    ActiveShipment &shipment = order.shipments.emplace_back();
    shipment.id = ++m_lastShipment;
    Shipment &record = shipment.record;
    record.number = "SH-" + std::to_string(5'000 + shipment.id);
    record.key = record.number;
    record.account = order.record.account;
    record.order = order.record.key;
    record.orderNumber = order.record.number;
    record.poReference = order.record.poReference;
    record.shipToName = order.record.shipToName;
    record.shipToAddress = order.record.shipToAddress;
    record.shippedAt = stamp();
    record.open = true;
    Decimal units;
    for (const std::size_t line : ready) {
        units += order.lines[line].allocated[warehouse];
        pack(order, shipment, warehouse, line);
    }
    total(order);
    const std::string what = units.toString() + (units == Decimal::fromInteger(1) ? " unit" : " units");
    const bool near = order.customer->account.country == warehouses()[warehouse].country;
    if (near && percent(random, 5))
        awaitCollection(order, shipment, what, warehouse, random);
    else
        handOver(order, shipment, what, warehouse, random);
    refreshStatus(order);
    plan(between(random, msPerHour, 6 * msPerHour), Task::Bill, order.id, shipment.id);
}

void Simulation::pack(ActiveOrder &order, ActiveShipment &shipment, std::size_t warehouse, std::size_t index)
{
    Line &line = order.lines[index];
    const Decimal quantity = std::exchange(line.allocated[warehouse], {});
    OrderLine &record = order.record.lines[index];
    record.allocated -= quantity;
    record.shipped += quantity;
    ShipmentLine &packed = shipment.record.lines.emplace_back();
    packed.orderLine = record.lineNumber;
    packed.sku = record.sku;
    packed.description = record.description;
    packed.unit = record.unit;
    packed.quantity = quantity;
    const std::size_t place = placeOf(line.product, warehouse);
    m_stock[place].onHand -= quantity;
    m_stock[place].allocated -= quantity;
    saveStock(place);
    m_books.writeMovement(line.product, static_cast<std::int64_t>(warehouse), stamp(), "shipment", -quantity,
                          shipment.record.number);
}

void Simulation::close(ActiveOrder &order)
{
    const bool billed = std::ranges::all_of(
        order.record.lines, [](const OrderLine &line) { return line.invoiced == line.shipped; });
    if (!billed) {
        plan(msPerDay, Task::Close, order.id);
        return;
    }
    order.record.status = "closed";
    order.record.open = false;
    const bool returned = std::ranges::any_of(
        order.shipments, [](const ActiveShipment &shipment) { return shipment.record.status == "returned"; });
    addEvent(order, "closed",
             returned ? "Closed: delivered or returned, and invoiced"
                      : "Closed: everything is delivered and invoiced");
    order.finished = true;
}

void Simulation::replenish(std::size_t place, Random &random)
{
    Stock &stock = m_stock[place];
    if (stock.receiptAt != 0)
        return;
    const Product &product = m_company.product(productAt(place));
    const std::int64_t demand = m_company.dailyDemand(product, m_ordersPerDay);
    Decimal waiting;
    for (const auto &[order, line] : stock.waiting) {
        if (const auto found = m_active.find(order); found != m_active.end())
            waiting += found->second.record.lines[line].backordered;
    }
    const Decimal available = stock.onHand - stock.allocated;
    const bool large = m_company.isLarge();
    const Decimal low
        = Decimal::fromInteger(product.usualQuantity * (large ? 8 : 1) + demand * (large ? 25 : 5));
    if (waiting.isZero() && available >= low)
        return;
    // Suppliers send whole units.
    const std::int64_t units
        = fullStock(product, demand) + (waiting.millionths + Decimal::one - 1) / Decimal::one;
    const std::int64_t days = percent(random, 8) ? between(random, 20, 40) : between(random, 4, 16);
    stock.receiptAt = plan(days * msPerDay, Task::Receive, static_cast<std::int64_t>(place),
                           Decimal::fromInteger(units).millionths);
}

void Simulation::receive(std::size_t place, Decimal quantity)
{
    SeededRandom random = taskChance(5);
    Stock &stock = m_stock[place];
    if (!stock.waiting.empty() && percent(random, 25))
        return slip(place, quantity, random);
    stock.receiptAt = 0;
    stock.onHand += quantity;
    saveStock(place);
    m_books.writeMovement(productAt(place), static_cast<std::int64_t>(place % warehouseCount), stamp(),
                          "receipt", quantity, "");
    serveWaiting(place, random);
    replenish(place, random);
}

void Simulation::slip(std::size_t place, Decimal quantity, Random &random)
{
    Stock &stock = m_stock[place];
    const std::int64_t days = between(random, 2, 6);
    stock.receiptAt
        = plan(days * msPerDay, Task::Receive, static_cast<std::int64_t>(place), quantity.millionths);
    std::vector<std::pair<std::int64_t, std::size_t>> still;
    for (const auto &[id, index] : stock.waiting) {
        ActiveOrder &order = m_active.at(id);
        OrderLine &line = order.record.lines[index];
        if (percent(random, 8)) {
            cancelBackorder(order, index);
            continue;
        }
        const Date before = std::exchange(line.expectedOn, calendar(stock.receiptAt));
        addEvent(order, "backordered",
                 line.sku + " is late: now expected " + dayAndMonth(line.expectedOn)
                     + (before.isSet() ? ", before " + dayAndMonth(before) : std::string()));
        refreshPromise(order);
        still.emplace_back(id, index);
    }
    stock.waiting = std::move(still);
}

void Simulation::serveWaiting(std::size_t place, Random &random)
{
    Stock &stock = m_stock[place];
    const std::size_t warehouse = place % warehouseCount;
    std::vector<std::pair<std::int64_t, std::size_t>> still;
    for (const auto &[id, index] : stock.waiting) {
        ActiveOrder &order = m_active.at(id);
        OrderLine &line = order.record.lines[index];
        const Decimal taken = reserve(order, index, warehouse, line.backordered);
        if (!taken.isZero()) {
            line.backordered -= taken;
            addEvent(order, "allocated",
                     taken.toString() + " × " + line.sku + " arrived in " + warehouseName(warehouse));
            planShipping(order, warehouse, random);
        }
        if (line.backordered.isZero())
            line.expectedOn = {};
        else
            still.emplace_back(id, index);
        refreshPromise(order);
        refreshStatus(order);
    }
    stock.waiting = std::move(still);
}

} // namespace Counterfoil::Sandbox

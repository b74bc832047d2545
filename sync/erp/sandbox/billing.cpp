#include "chance.h"
#include "exactvalue.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t firstInvoiceNumber = 80'000;
constexpr std::int64_t firstMemoNumber = 3'000;

// Most pay about when it is due, some much later.
std::int64_t daysAfterDue(Random &random)
{
    const std::int64_t draw = between(random, 1, 100);
    if (draw <= 70)
        return between(random, -4, 10);
    if (draw <= 92)
        return between(random, 10, 40);
    return draw <= 98 ? between(random, 40, 90) : between(random, 90, 150);
}

} // namespace

void Simulation::bill(ActiveOrder &order, ActiveShipment &shipment)
{
    SeededRandom random = taskChance(6);
    const Customer &customer = *order.customer;
    Invoice invoice;
    invoice.account = order.record.account;
    invoice.order = order.record.key;
    invoice.orderNumber = order.record.number;
    invoice.poReference = order.record.poReference;
    invoice.shipment = shipment.record.key;
    invoice.shipmentNumber = shipment.record.number;
    invoice.dueOn = calendar(m_now + customer.dueDays * msPerDay);
    invoice.billToName = order.record.billToName;
    invoice.billToAddress = order.record.billToAddress;
    invoice.shipToName = order.record.shipToName;
    invoice.shipToAddress = order.record.shipToAddress;
    invoice.terms = order.record.terms;
    invoice.currency = order.record.currency;
    const bool first = std::ranges::all_of(order.record.lines,
                                           [](const OrderLine &line) { return line.invoiced.isZero(); });
    if (first)
        invoice.freight = order.record.freight;
    invoice.tax = taxOn(invoice.freight, customer.taxBasisPoints);
    addInvoiceLines(order, shipment.record, invoice);
    invoice.total = invoice.net + invoice.tax + invoice.freight;
    if (customer.discountDays > 0) {
        invoice.discountUntil = calendar(m_now + customer.discountDays * msPerDay);
        invoice.discount
            = taxOn(invoice.total, customer.discountPercent * 100); // the same per cent of the whole
    }
    const ActiveInvoice &issued = issue(std::move(invoice));
    shipment.invoice = issued.id;
    order.invoiced += issued.record.total;
    planPayment(issued, customer, random);
    addEvent(order, "invoiced",
             "Invoiced " + moneyText(issued.record.total, issued.record.currency) + ", due "
                 + dayAndMonth(issued.record.dueOn),
             issued.record.number);
}

void Simulation::addInvoiceLines(ActiveOrder &order, const Shipment &shipment, Invoice &invoice)
{
    const int places = minorUnitPlaces(invoice.currency);
    for (const ShipmentLine &shipped : shipment.lines) {
        const auto index = static_cast<std::size_t>(shipped.orderLine - 1);
        OrderLine &ordered = order.record.lines[index];
        const std::int64_t taxRate = taxRateOf(order, index);
        // What is in two parcels is one line here. Each invoice bears what the amount up to here exceeds the
        // amount before, so that partial invoices add up to the line to the penny.
        if (invoice.lines.empty() || invoice.lines.back().orderLine != shipped.orderLine) {
            InvoiceLine &line = invoice.lines.emplace_back();
            line.lineNumber = static_cast<std::int64_t>(invoice.lines.size());
            line.orderLine = ordered.lineNumber;
            line.sku = ordered.sku;
            line.description = ordered.description;
            line.unit = ordered.unit;
            line.unitPrice = ordered.unitPrice;
            line.taxRate = {taxRate * (Decimal::one / 100)};
        }
        InvoiceLine &line = invoice.lines.back();
        const Amount before = extended(ordered.invoiced, ordered.unitPrice, places);
        ordered.invoiced += shipped.quantity;
        const Amount after = extended(ordered.invoiced, ordered.unitPrice, places);
        const Amount tax = taxOn(after, taxRate) - taxOn(before, taxRate);
        line.quantity += shipped.quantity;
        line.net += after - before;
        line.tax += tax;
        invoice.net += after - before;
        invoice.tax += tax;
    }
}

void Simulation::planPayment(const ActiveInvoice &invoice, const Customer &customer, Random &random)
{
    std::int64_t days = customer.dueDays + daysAfterDue(random);
    // Early enough that a weekend in between does no harm.
    const bool early = customer.discountDays > 0 && percent(random, 65);
    if (early)
        days = customer.discountDays - between(random, 4, 8);
    plan(std::max<std::int64_t>(days, 1) * msPerDay, Task::Pay, invoice.id, early ? 1 : 0);
    if (percent(random, 6))
        plan(between(random, 1, 9) * msPerDay, Task::Dispute, invoice.id);
    else if (percent(random, 3))
        plan(between(random, 2, 20) * msPerDay, Task::Credit, invoice.id);
}

Simulation::ActiveInvoice &Simulation::issue(Invoice record)
{
    const std::int64_t id = ++m_lastInvoice;
    ActiveInvoice &invoice = m_invoices[id];
    invoice.id = id;
    record.number = record.credit ? "CM-" + std::to_string(firstMemoNumber + id)
                                  : "INV-" + std::to_string(firstInvoiceNumber + id);
    record.key = record.number;
    record.issuedAt = stamp();
    record.status = record.credit ? "credit-open" : "open";
    invoice.record = std::move(record);
    setOpenAmount(invoice, invoice.record.total);
    return invoice;
}

Simulation::ActiveInvoice &Simulation::fetchInvoice(std::int64_t id)
{
    m_touchedInvoices.insert(id);
    const auto found = m_invoices.find(id);
    if (found != m_invoices.end())
        return found->second;
    ActiveInvoice &invoice = m_invoices[id];
    invoice = {.id = id, .record = {}, .inBooks = true, .changed = false};
    m_books.read(Invoice::type, id, &invoice.record);
    return invoice;
}

// An invoice is open above nothing, a credit memo below.
void Simulation::setOpenAmount(ActiveInvoice &invoice, Amount open)
{
    Invoice &record = invoice.record;
    const Customer &customer = *m_company.findCustomer(record.account);
    m_standings.addOpenInvoices(customer, open - record.openAmount);
    record.openAmount = open;
    record.open = open != Amount();
    Standings::Standing &standing = m_standings.of(customer);
    std::set<std::int64_t> &stillOpen = record.credit ? standing.memos : standing.invoices;
    if (record.open)
        stillOpen.insert(invoice.id);
    else
        stillOpen.erase(invoice.id);
    invoice.changed = true;
    m_touchedInvoices.insert(invoice.id);
}

void Simulation::flushInvoices()
{
    for (const std::int64_t id : std::exchange(m_touchedInvoices, {})) {
        ActiveInvoice &invoice = m_invoices.at(id);
        if (m_makingHistory && invoice.record.open)
            continue;
        if (std::exchange(invoice.changed, false)) {
            if (invoice.inBooks)
                m_books.postAgain(Invoice::type, id, &invoice.record, stamp());
            else
                m_books.postNewInvoice(id, invoice.record, stamp());
        }
        m_invoices.erase(id);
    }
}

// Says it in the order's events, whether the order is still active or done with.
void Simulation::tellOrder(const std::string &key, const char *code, std::string text, std::string reference)
{
    const std::int64_t id = orderId(key);
    if (const auto found = m_active.find(id); found != m_active.end())
        return addEvent(found->second, code, std::move(text), std::move(reference));
    Order record;
    if (!m_books.read(Order::type, id, &record))
        return;
    record.events.push_back({stamp(), code, std::move(text), std::move(reference)});
    m_books.postAgain(Order::type, id, &record, stamp());
}

} // namespace Counterfoil::Sandbox

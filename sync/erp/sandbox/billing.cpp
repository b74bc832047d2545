#include "chance.h"
#include "exactvalue.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t msPerDay = 86'400'000;
constexpr std::int64_t paymentsAtOnce = 200;
constexpr std::int64_t daysToSecondPart = 9;

} // namespace

void Simulation::bill(ActiveOrder &order, const ActiveShipment &shipment)
{
    SeededRandom random = taskChance(6);
    const std::int64_t taxRate = order.customer->country->taxBasisPoints;
    const int places = minorUnitPlaces(order.record.currency);
    Invoice invoice;
    invoice.id = ++m_lastInvoice;
    invoice.order = order.id;
    invoice.shipment = shipment.id;
    invoice.number = "INV-" + std::to_string(80'000 + invoice.id);
    invoice.account = order.record.account;
    invoice.currency = order.record.currency;
    invoice.issuedAt = stamp();
    invoice.dueOn = calendar(m_now + order.customer->dueDays * msPerDay);
    invoice.payAt = m_now + (order.customer->dueDays + between(random, -4, 21)) * msPerDay;
    const bool first = std::ranges::all_of(order.record.lines,
                                           [](const OrderLine &line) { return line.invoiced.isZero(); });
    if (first)
        invoice.freight = order.record.freight;
    for (const ShipmentLine &shipped : shipment.record.lines) {
        OrderLine &line = order.record.lines[static_cast<std::size_t>(shipped.orderLine - 1)];
        // Each invoice bears what the amount up to here exceeds the amount before, so that partial
        // invoices add up to the line to the penny.
        const Amount before = extended(line.invoiced, line.unitPrice, places);
        line.invoiced += shipped.quantity;
        const Amount after = extended(line.invoiced, line.unitPrice, places);
        const Amount tax = taxOn(after, taxRate) - taxOn(before, taxRate);
        invoice.lines.push_back({line.lineNumber, shipped.quantity, after - before, tax});
        invoice.net += after - before;
        invoice.tax += tax;
    }
    invoice.tax += taxOn(invoice.freight, taxRate);
    invoice.total = invoice.net + invoice.tax + invoice.freight;
    m_books.writeInvoice(invoice);
    addEvent(order, "invoiced",
             "Invoiced " + moneyText(invoice.total, invoice.currency) + ", due " + dayAndMonth(invoice.dueOn),
             invoice.number);
}

std::size_t Simulation::collectPayments(std::int64_t companyTime)
{
    struct Due
    {
        std::int64_t invoice;
        Amount total;
        Amount open;
        std::int64_t payAt;
    };
    std::vector<Due> due;
    m_books.each("SELECT id, total, open, payAt FROM invoices WHERE open<>0 AND payAt<="
                     + std::to_string(companyTime) + " ORDER BY payAt LIMIT "
                     + std::to_string(paymentsAtOnce),
                 [&due](const Sqlite::Statement &row) {
                     due.push_back({row.integer(0), {row.integer(1)}, {row.integer(2)}, row.integer(3)});
                 });
    for (const Due &item : due) {
        SeededRandom random = chanceOf(m_company.seed(), ChanceOf::Payment, item.invoice);
        static constexpr const char *methods[] = {"Bank transfer", "Direct debit", "Card", "Cheque"};
        const char *method = methods[random.below(std::size(methods))];
        const bool inParts = item.open == item.total && item.total.minor > 10'000 && percent(random, 10);
        const Amount amount = inParts ? Amount{item.total.minor * 6 / 10} : item.open;
        m_books.writePayment(item.invoice, m_clock.wall(item.payAt), amount, method);
        if (inParts)
            m_books.postponePayment(item.invoice, item.payAt + daysToSecondPart * msPerDay);
    }
    return due.size();
}

} // namespace Counterfoil::Sandbox

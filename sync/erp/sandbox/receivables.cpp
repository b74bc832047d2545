#include "chance.h"
#include "exactvalue.h"
#include "paperwork.h"
#include "simulation.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t firstPaymentNumber = 50'000;
constexpr std::int64_t daysToSecondPart = 9;
constexpr std::size_t mostPartsOfPayment = 12;

std::string payerReference(Random &random, const Invoice &invoice, Date day)
{
    switch (random.below(3)) {
    case 0:
        return "RUN " + day.toString();
    case 1:
        return "REM " + std::to_string(between(random, 100'000, 999'999));
    default:
        return invoice.number;
    }
}

} // namespace

void Simulation::pay(ActiveInvoice &first, bool early)
{
    if (!first.record.open || first.record.status == "disputed")
        return; // paid together with another, or waiting for its dispute
    const Customer &customer = *m_company.findCustomer(first.record.account);
    applyRests(first, customer);
    if (!first.record.open)
        return;
    SeededRandom random = taskChance(9);
    Payment payment;
    payment.account = first.record.account;
    payment.currency = first.record.currency;
    payment.receivedAt = stamp();
    payment.reference = payerReference(random, first.record, dateOf(stamp()));
    static constexpr const char *methods[]
        = {"Bank transfer", "Bank transfer", "Direct debit", "Card", "Cheque"};
    payment.method = methods[random.below(std::size(methods))];
    const Amount open = first.record.openAmount;
    const bool untouched = open == first.record.total;
    if (untouched && open.minor > 10'000 && percent(random, 8)) {
        addPart(payment, first, {open.minor * 6 / 10}, {});
        plan(daysToSecondPart * msPerDay, Task::Pay, first.id);
    } else {
        const bool inTime = untouched && dateOf(stamp()) <= first.record.discountUntil;
        const Amount discount = early && inTime ? first.record.discount : Amount();
        addPart(payment, first, open - discount, discount);
        if (customer.paysTogether)
            payOthers(payment, first, customer);
        useCredits(payment, customer);
        // Paid twice, or rounded up: something is over.
        if (percent(random, 2))
            payment.unapplied = open;
        else if (percent(random, 2))
            payment.unapplied = {between(random, 1, 99) * 10};
    }
    payment.amount += payment.unapplied;
    payment.status = payment.unapplied == Amount() ? "applied" : "part-applied";
    const std::int64_t id = ++m_lastPayment;
    payment.number = "PAY-" + std::to_string(firstPaymentNumber + id);
    payment.key = payment.number;
    m_books.postNew(Payment::type, id, &payment, stamp());
    m_books.postDocument(id, documentOf(payment), stamp());
    if (payment.unapplied != Amount())
        m_standings.of(customer).unapplied.insert(id);
}

// What the account owes by about the same day. Its older invoices are due before its newer ones.
void Simulation::payOthers(Payment &payment, const ActiveInvoice &first, const Customer &customer)
{
    constexpr std::int32_t daysTogether = 7;
    const std::set<std::int64_t> &open = m_standings.of(customer).invoices;
    for (auto next = open.begin(); next != open.end() && payment.parts.size() < mostPartsOfPayment;) {
        ActiveInvoice &other = fetchInvoice(*next++); // paying it removes it
        const Invoice &record = other.record;
        if (record.dueOn.daysSinceEpoch > first.record.dueOn.daysSinceEpoch + daysTogether)
            return;
        if (record.status != "disputed")
            addPart(payment, other, record.openAmount, {});
    }
}

// The account pays less where it has something to its credit.
void Simulation::useCredits(Payment &payment, const Customer &customer)
{
    const std::set<std::int64_t> &open = m_standings.of(customer).memos;
    for (auto next = open.begin(); next != open.end() && payment.parts.size() < mostPartsOfPayment;) {
        ActiveInvoice &memo = fetchInvoice(*next++);
        if (payment.amount + memo.record.openAmount > Amount())
            addPart(payment, memo, memo.record.openAmount, {});
    }
}

void Simulation::addPart(Payment &payment, ActiveInvoice &invoice, Amount amount, Amount discount)
{
    Invoice &record = invoice.record;
    payment.parts.push_back({record.key, record.number, amount, discount});
    payment.amount += amount;
    setOpenAmount(invoice, record.openAmount - amount - discount);
    if (record.credit)
        record.status = record.open ? "credit-open" : "credit-used";
    else
        record.status = record.open ? "part-paid" : "paid";
}

// What was left of earlier payments goes first.
void Simulation::applyRests(ActiveInvoice &invoice, const Customer &customer)
{
    Standings::Standing &standing = m_standings.of(customer);
    const std::set<std::int64_t> rests = standing.unapplied;
    for (const std::int64_t id : rests) {
        if (!invoice.record.open)
            return;
        Payment payment;
        if (!m_books.read(Payment::type, id, &payment))
            return;
        const Amount taken = std::min(payment.unapplied, invoice.record.openAmount);
        const Amount received = payment.amount;
        addPart(payment, invoice, taken, {});
        payment.amount = received;
        payment.unapplied = payment.unapplied - taken;
        if (payment.unapplied == Amount()) {
            payment.status = "applied";
            standing.unapplied.erase(id);
        }
        m_books.postAgain(Payment::type, id, &payment, stamp());
    }
}

} // namespace Counterfoil::Sandbox

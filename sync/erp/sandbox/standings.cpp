#include "standings.h"

#include "chance.h"

namespace Counterfoil::Sandbox {

namespace {

// Limits are round: 1, 2 or 5 with noughts, in whole units of the currency.
Amount roundLimit(Amount atLeast, int minorUnitPlaces)
{
    std::int64_t unit = 1'000;
    for (int i = 0; i < minorUnitPlaces; ++i)
        unit *= 10;
    for (;; unit *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (factor * unit >= atLeast.minor)
                return {factor * unit};
        }
    }
}

} // namespace

Standings::Standings(const Company &company, std::int64_t ordersPerDay)
    : m_company(company)
{
    for (const Customer &customer : company.customers()) {
        CreditStanding &record = m_standings.emplace_back().record;
        record.key = record.account = customer.account.key;
        record.currency = customer.account.currency;
        SeededRandom random = chanceOf(company.seed(), ChanceOf::Limit, customer.id);
        record.limited = !percent(random, 8);
        if (record.limited) {
            // What comes in while invoices wait to be paid, with something to spare.
            const std::int64_t days = customer.dueDays + between(random, 40, 110);
            const Amount usual = company.usualDay(customer, ordersPerDay);
            record.limit = roundLimit({usual.minor * days}, minorUnitPlaces(customer.account.currency));
        }
        refresh(customer);
    }
    m_changed.clear();
}

void Standings::load(Books &books)
{
    for (const Customer &customer : m_company.customers()) {
        Standing &standing = of(customer);
        standing.inBooks = books.read(CreditStanding::type, customer.id, &standing.record);
    }
    const std::string ours = " AND id<" + std::to_string(firstImported);
    books.each("SELECT id, account, credit FROM invoices WHERE \"open\"" + ours,
               [this](const Sqlite::Statement &row) {
                   if (const Customer *customer = m_company.findCustomer(std::string(row.text(1)))) {
                       Standing &standing = of(*customer);
                       (row.integer(2) != 0 ? standing.memos : standing.invoices).insert(row.integer(0));
                   }
               });
    books.each("SELECT id, account FROM payments WHERE unapplied<>0", [this](const Sqlite::Statement &row) {
        if (const Customer *customer = m_company.findCustomer(std::string(row.text(1))))
            of(*customer).unapplied.insert(row.integer(0));
    });
}

void Standings::refresh(const Customer &customer)
{
    CreditStanding &record = of(customer).record;
    record.used = record.openOrders + record.openInvoices;
    record.available = record.limited ? record.limit - record.used : Amount();
    record.holdReason = record.available < Amount()
        ? "The credit limit is exceeded: credit control releases each new order."
        : "";
    m_changed.insert(customer.id);
}

void Standings::addOpenOrders(const Customer &customer, Amount difference)
{
    if (difference == Amount())
        return;
    of(customer).record.openOrders += difference;
    refresh(customer);
}

void Standings::addOpenInvoices(const Customer &customer, Amount difference)
{
    if (difference == Amount())
        return;
    of(customer).record.openInvoices += difference;
    refresh(customer);
}

bool Standings::isOverLimit(const Customer &customer)
{
    return of(customer).record.available < Amount();
}

Amount Standings::raiseLimit(const Customer &customer)
{
    CreditStanding &record = of(customer).record;
    const Amount spare{record.used.minor / 4};
    record.limit = roundLimit(std::max(record.limit + record.limit, record.used + spare),
                              minorUnitPlaces(record.currency));
    refresh(customer);
    return record.limit;
}

void Standings::flush(Books &books, Instant at)
{
    for (const std::int64_t id : std::exchange(m_changed, {})) {
        Standing &standing = of(m_company.customer(id));
        if (std::exchange(standing.inBooks, true))
            books.postAgain(CreditStanding::type, id, &standing.record, at);
        else
            books.postNew(CreditStanding::type, id, &standing.record, at);
    }
}

void Standings::flushAll(Books &books, Instant at)
{
    for (const Customer &customer : m_company.customers())
        m_changed.insert(customer.id);
    flush(books, at);
}

} // namespace Counterfoil::Sandbox

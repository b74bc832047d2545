#pragma once

#include "books.h"

#include <set>

namespace Counterfoil::Sandbox {

// How each account stands: what it may owe, what it has ordered and owes, which invoices and credit memos
// are open, and which payments have something left. Sums are kept as they change, so that a step costs what
// it touches and not what the account has.
class Standings
{
public:
    Standings(const Company &company, std::int64_t ordersPerDay);
    void load(Books &books);

    struct Standing
    {
        CreditStanding record;
        std::set<std::int64_t> invoices; // the open ones, as the next two
        std::set<std::int64_t> memos;
        std::set<std::int64_t> unapplied; // payments
        bool inBooks = false;
    };
    Standing &of(const Customer &customer) { return m_standings[static_cast<std::size_t>(customer.id - 1)]; }

    void addOpenOrders(const Customer &customer, Amount difference);
    void addOpenInvoices(const Customer &customer, Amount difference);
    bool isOverLimit(const Customer &customer);
    Amount raiseLimit(const Customer &customer); // to the new one
    void flush(Books &books, Instant at);        // each account that changed since, once
    void flushAll(Books &books, Instant at);

private:
    void refresh(const Customer &customer);
    const Company &m_company;
    std::vector<Standing> m_standings; // by the customer's id less one
    std::set<std::int64_t> m_changed;  // customers
};

} // namespace Counterfoil::Sandbox

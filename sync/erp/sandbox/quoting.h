#pragma once

#include "simulation.h"

namespace Counterfoil::Sandbox {

// Says what an order would come to if it were placed now, and what is against it. Changes nothing.
class Quoting
{
public:
    Quoting(Books &books, Simulation &simulation, const Company &company, Instant now);

    // Nothing: there is no such account, or it is none that the company sells to.
    std::optional<Quote> quote(const QuoteRequest &request);

private:
    QuoteLine line(const Customer &customer, const QuoteWish &wish);
    void forbid(QuoteLine &line, const Customer &customer, const Product &product);
    void price(QuoteLine &line, const Customer &customer, const Product &product);
    void stock(QuoteLine &line, const Customer &customer, const Product &product);
    void total(Quote &quote, const Customer &customer);
    void credit(Quote &quote, const Customer &customer);
    void look(Quote &quote, const QuoteRequest &request, const Customer &customer);
    void lookAtReference(Quote &quote, const QuoteRequest &request, const Customer &customer);
    bool isPlaceOfDelivery(const std::string &address, const Customer &customer);

    Books &m_books;
    Simulation &m_simulation;
    const Company &m_company;
    const Instant m_now;
    const std::int64_t m_day; // of the company's time
};

// What an account's own orders have to say of its number.
bool needsReference(const Customer &customer);

} // namespace Counterfoil::Sandbox

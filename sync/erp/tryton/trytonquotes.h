#pragma once

#include "connector.h"
#include "trytonsession.h"

#include <QJsonObject>

namespace Counterfoil {

// Asks Tryton what an order would come to, by the module's buying.py: Tryton's own prices, taxes and freight.
class TrytonQuotes
{
public:
    TrytonQuotes(TrytonSession &session, const Clock &clock)
        : m_session(session)
        , m_clock(clock)
    { }

    // Where the whole is refused, so many lines are asked about alone to learn which is at fault.
    static constexpr std::size_t mostAskedAlone = 12;

    // As Connector::quote(). What Tryton refuses is an answer without amounts.
    Result<Quote> quote(const QuoteRequest &request);
    // The same, but Rejected with Tryton's own sentence where it refuses the whole.
    Result<Quote> price(const QuoteRequest &request);

    // What buying.py calls a wish; for an order, with the notes and prices that it is to have.
    static QJsonObject wish(const QuoteRequest &request);

private:
    Quote refusal(const QuoteRequest &request, const std::string &sentence);

    TrytonSession &m_session;
    const Clock &m_clock;
};

QJsonObject trytonDecimal(Decimal value);
// The number that is a key of ours; 0: it is none.
std::int64_t trytonId(const std::string &key);

} // namespace Counterfoil

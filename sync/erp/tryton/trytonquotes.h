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

    // As Connector::quote().
    Result<Quote> quote(const QuoteRequest &request);

    // What buying.py calls a wish; for an order, with the notes and prices that it is to have.
    static QJsonObject wish(const QuoteRequest &request);

private:
    TrytonSession &m_session;
    const Clock &m_clock;
};

QJsonObject trytonDecimal(Decimal value);
// The number that is a key of ours; 0: it is none.
std::int64_t trytonId(const std::string &key);

} // namespace Counterfoil

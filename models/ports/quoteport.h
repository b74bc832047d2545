#pragma once

#include "error.h"
#include "quote.h"

#include <QObject>

namespace Counterfoil {

// Today's prices, stock and eligibility, from the ERP at this moment; nothing is kept and nothing changes.
// Only with a connection. Lives on the GUI thread; never blocks; each ask() ends with one signal of its
// number, unless it was forgotten. Answers come in the order asked. At most a few wait at once: one more is
// answered with failed() (RateLimited), so ask again when the person has stopped typing, not at every key.
class QuotePort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual quint64 ask(const QuoteRequest &request) = 0; // -> answered, failed; never 0
    virtual void forget(quint64 number) = 0; // the answer is not wanted any more; no signal follows

Q_SIGNALS:
    // Its lines are those asked for, in the order asked.
    void answered(quint64 number, const Counterfoil::Quote &quote);
    void failed(quint64 number, const Counterfoil::Error &error);
};

} // namespace Counterfoil

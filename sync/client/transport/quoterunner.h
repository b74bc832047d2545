#pragma once

#include "quote.h"
#include "serialcalls.h"

namespace Counterfoil {

// Asks the gateway for quotes, on the sync thread; QuotePort's other half. Each question ends with one
// signal, within the bounds of tuning.h. None is asked twice: an old answer is worth nothing.
class QuoteRunner final : public QObject
{
    Q_OBJECT
public:
    explicit QuoteRunner(QObject *parent = nullptr);

    SerialCalls &calls() { return m_calls; }

    void ask(quint64 number, const QuoteRequest &request);
    void forget(quint64 number) { m_calls.forget(number); }

Q_SIGNALS:
    void answered(quint64 number, const Counterfoil::Quote &quote);
    void failed(quint64 number, const Counterfoil::Error &error);

private:
    SerialCalls m_calls;
};

} // namespace Counterfoil

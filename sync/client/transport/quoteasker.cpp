#include "quoteasker.h"

#include "quoterunner.h"

namespace Counterfoil {

QuoteAsker::QuoteAsker(QuoteRunner *runner)
    : m_runner(runner)
{
    // An answer may be on its way across the threads while its asker loses interest.
    connect(runner, &QuoteRunner::answered, this, [this](quint64 number, const Quote &quote) {
        if (m_open.erase(number) > 0)
            Q_EMIT answered(number, quote);
    });
    connect(runner, &QuoteRunner::failed, this, [this](quint64 number, const Error &error) {
        if (m_open.erase(number) > 0)
            Q_EMIT failed(number, error);
    });
}

quint64 QuoteAsker::ask(const QuoteRequest &request)
{
    const quint64 number = ++m_last;
    m_open.insert(number);
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner, number, request] { runner->ask(number, request); },
        Qt::QueuedConnection);
    return number;
}

void QuoteAsker::forget(quint64 number)
{
    if (m_open.erase(number) == 0)
        return;
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner, number] { runner->forget(number); }, Qt::QueuedConnection);
}

} // namespace Counterfoil

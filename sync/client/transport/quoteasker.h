#pragma once

#include "quoteport.h"

#include <set>

namespace Counterfoil {

class QuoteRunner;

// The face of a QuoteRunner on the GUI thread.
class QuoteAsker final : public QuotePort
{
    Q_OBJECT
public:
    explicit QuoteAsker(QuoteRunner *runner);

    quint64 ask(const QuoteRequest &request) override;
    void forget(quint64 number) override;

private:
    QuoteRunner *m_runner;
    quint64 m_last = 0;
    std::set<quint64> m_open; // asked, and neither answered nor forgotten
};

} // namespace Counterfoil

#pragma once

#include "gatewaystate.h"
#include "quote.h"

#include <deque>
#include <vector>

namespace Counterfoil {

// Answers what people ask about prices, stock and eligibility: asks the ERP, once for each, the longest
// waiting first. Nothing of an answer is kept, since a moment later another one may be true.
class QuoteDesk
{
public:
    explicit QuoteDesk(GatewayState &state)
        : m_state(state)
    { }

    HttpResponse answer(const HttpRequest &request);

    std::optional<GatewayCore::QuoteQuestion> question();
    LateAnswers take(const GatewayCore::QuoteQuestion &question, const Result<Quote> &answer);
    LateAnswers giveUp();

private:
    struct Waiting
    {
        WaitId id = 0;
        std::string user;
        BootTime since;
        std::string bearer; // rights may end while the ERP is asked
        QuoteRequest request;
        bool asked = false;
    };

    Answer<GatewayState::Admitted> permit(const std::string &bearer, const QuoteRequest &request);
    HttpResponse told(const Waiting &waiting, const Result<Quote> &answer);

    GatewayState &m_state;
    std::deque<Waiting> m_waiting; // the longest first
};

} // namespace Counterfoil

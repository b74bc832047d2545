#include "quotedesk.h"

#include "codec.h"
#include "commandrights.h"
#include "creditstanding.h"
#include "withheldcredit.h"

#include <QLoggingCategory>

#include <algorithm>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(quoteLog, "counterfoil.gateway.quotes")

constexpr std::int64_t quoteBusyRetryMs = 1'000;
constexpr std::int64_t quoteRetryMs = 5'000;
constexpr std::size_t mostReferenceBytes = 1'000; // of the buyer's own number

Refusal quoteUnavailable(const char *why)
{
    return {ProblemKind::QuoteUnavailable, why, quoteRetryMs};
}

Refusal quoteRefusal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
        return {ProblemKind::NotFound};
    case ErrorKind::Rejected:
        return {ProblemKind::QuotesNotOffered};
    default:
        return quoteUnavailable("the ERP did not answer");
    }
}

bool isWhole(const QuoteRequest &request)
{
    const auto isShort = [](const std::string &text) { return text.size() <= Limits::keyBytes; };
    return !request.lines.empty() && request.lines.size() <= mostCartLines && !request.account.empty()
        && isShort(request.account) && isShort(request.cart) && isShort(request.shipTo)
        && request.poReference.size() <= mostReferenceBytes
        && std::ranges::all_of(request.lines, isShort, &QuoteWish::sku);
}

} // namespace

Answer<GatewayState::Admitted> QuoteDesk::permit(const std::string &bearer, const QuoteRequest &request)
{
    auto admitted = m_state.admit(bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return *refusal;
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto permitted = permitQuote(m_state.store, caller.caller.user, *caller.scope, request);
    if (const auto *refusal = std::get_if<Refusal>(&permitted))
        return *refusal;
    return admitted;
}

HttpResponse QuoteDesk::answer(const HttpRequest &request)
{
    // Before the body is looked at: a stranger learns nothing of what would be well-formed.
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    auto wanted = decode<QuoteRequest>(request.body);
    if (!wanted || !isWhole(*wanted))
        return m_state.problem({ProblemKind::Malformed, "the body is no question about 1 to 250 lines"});
    const auto permitted = permit(request.bearer, *wanted);
    if (const auto *refusal = std::get_if<Refusal>(&permitted))
        return m_state.problem(*refusal);
    if (m_state.erpWatch.isDown())
        return m_state.problem(quoteUnavailable("the ERP cannot be reached"));
    const std::string &user = std::get<GatewayState::Admitted>(permitted).caller.user.name;
    if (m_waiting.size() >= m_state.settings.quoteWaits
        || static_cast<std::size_t>(std::ranges::count(m_waiting, user, &Waiting::user))
            >= m_state.settings.quoteWaitsOfUser)
        return m_state.problem({ProblemKind::Overloaded, "too many wait for quotes", quoteBusyRetryMs});
    m_waiting.push_back(
        {++m_state.lastWait, user, m_state.clock.sinceBoot(), request.bearer, *std::move(wanted)});
    HttpResponse later;
    later.wait = m_state.lastWait;
    later.asksErp = true;
    return later;
}

std::optional<GatewayCore::QuoteQuestion> QuoteDesk::question()
{
    const auto next = std::ranges::find(m_waiting, false, &Waiting::asked);
    if (next == m_waiting.end())
        return std::nullopt;
    next->asked = true;
    return GatewayCore::QuoteQuestion{next->id, next->request, next->user};
}

LateAnswers QuoteDesk::take(const GatewayCore::QuoteQuestion &question, const Result<Quote> &answer)
{
    if (!answer && answer.error().kind != ErrorKind::Rejected) {
        ++m_state.metrics.erpErrors;
        qCWarning(quoteLog, "A quote was not to be had: %s (%s)", name(answer.error().kind),
                  qUtf8Printable(answer.error().detail));
    }
    const auto waiting = std::ranges::find(m_waiting, question.wait, &Waiting::id);
    if (waiting == m_waiting.end())
        return {};
    LateAnswers answers{{waiting->id, told(*waiting, answer)}};
    m_waiting.erase(waiting);
    return answers;
}

// Rights may have ended while the ERP was asked.
HttpResponse QuoteDesk::told(const Waiting &waiting, const Result<Quote> &answer)
{
    const auto permitted = permit(waiting.bearer, waiting.request);
    if (const auto *refusal = std::get_if<Refusal>(&permitted))
        return m_state.problem(*refusal);
    if (!answer)
        return m_state.problem(quoteRefusal(answer.error()));
    if (!answer->at.isSet() || !answers(*answer, waiting.request)) {
        ++m_state.metrics.erpErrors;
        qCWarning(quoteLog, "The ERP answered another question than was asked about prices");
        return m_state.problem(quoteUnavailable("the ERP's answer is to another question"));
    }
    const Scope &scope = *std::get<GatewayState::Admitted>(permitted).scope;
    Quote quote = *answer;
    if (!scope.sees(CreditStanding::type))
        withholdCredit(quote);
    if (!scope.seesPrices())
        withholdPrices(Quote::type, &quote);
    return {200, "application/json", encode(quote), 0};
}

LateAnswers QuoteDesk::giveUp()
{
    LateAnswers answers;
    const std::int64_t now = m_state.clock.sinceBoot().ms;
    while (!m_waiting.empty() && now - m_waiting.front().since.ms >= m_state.settings.quoteMs) {
        answers.push_back(
            {m_waiting.front().id, m_state.problem(quoteUnavailable("the ERP takes too long"))});
        m_waiting.pop_front();
    }
    return answers;
}

} // namespace Counterfoil

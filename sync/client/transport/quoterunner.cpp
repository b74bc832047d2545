#include "quoterunner.h"

#include "codec.h"
#include "foreignanswer.h"
#include "problems.h"
#include "tuning.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Quotes", text)

Error needsSignIn()
{
    return {ErrorKind::Unauthorized, TEXT("Your sign-in has ended. Sign in again to see today’s prices."),
            QStringLiteral("no access token")};
}

Error needsConnection()
{
    return {ErrorKind::Offline,
            TEXT("Today’s prices come from the supplier. Connect to see them; the cart is kept meanwhile."),
            QStringLiteral("disconnected by the person")};
}

Error tooManyQuestions()
{
    return {ErrorKind::RateLimited,
            TEXT("The answers to your last questions have yet to come. Wait a moment."),
            QStringLiteral("too many quotes")};
}

Error tooManyLines()
{
    return {ErrorKind::BadInput,
            TEXT("A cart has 1 to %1 lines. Split it, then ask again.").arg(mostCartLines),
            QStringLiteral("a quote about too many lines, or none")};
}

#undef TEXT

} // namespace

QuoteRunner::QuoteRunner(QObject *parent)
    : QObject(parent)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { end(needsSignIn()); });
    connect(&m_network, &Network::replied, this, &QuoteRunner::replied);
    connect(&m_network, &Network::failed, this, [this](RequestId id, const Error &error) {
        if (id == m_sent)
            end(error);
    });
}

void QuoteRunner::setGateway(const QUrl &gateway)
{
    m_gateway = gateway;
}

void QuoteRunner::setBearer(const std::string &bearer)
{
    m_bearer = bearer;
    if (m_wait.isActive() && !bearer.empty() && bearer != m_refused)
        send();
}

void QuoteRunner::setConnected(bool connected)
{
    m_connected = connected;
    while (!connected && !m_questions.empty())
        end(needsConnection());
}

void QuoteRunner::shutDown()
{
    m_shutDown = true;
    m_wait.stop();
    m_questions.clear();
}

std::optional<Error> QuoteRunner::hindrance() const
{
    if (!m_connected)
        return needsConnection();
    if (m_bearer.empty())
        return needsSignIn();
    if (m_questions.size() >= Tuning::quoteQuestions)
        return tooManyQuestions();
    return std::nullopt;
}

void QuoteRunner::ask(quint64 number, const QuoteRequest &request)
{
    if (m_shutDown)
        return;
    if (const auto error = hindrance()) {
        Q_EMIT failed(number, *error);
        return;
    }
    if (request.lines.empty() || request.lines.size() > mostCartLines) {
        Q_EMIT failed(number, tooManyLines());
        return;
    }
    m_questions.push_back({number, request});
    if (m_questions.size() == 1)
        advance();
}

void QuoteRunner::forget(quint64 number)
{
    const auto found = std::ranges::find(m_questions, number, &Question::number);
    if (found == m_questions.end())
        return;
    found->forgotten = true;
    if (found == m_questions.begin())
        end();
    else
        m_questions.erase(found);
}

void QuoteRunner::advance()
{
    if (m_questions.empty())
        return;
    if (m_bearer.empty())
        end(needsSignIn());
    else
        send();
}

void QuoteRunner::send()
{
    m_wait.stop();
    m_sent = ++m_lastId;
    m_network.send(m_gateway,
                   {m_sent, "POST", "/v1/quotes", encode(m_questions.front().request), m_bearer,
                    Tuning::quoteTimeoutMs});
}

void QuoteRunner::replied(RequestId id, int status, const std::string &body)
{
    if (id != m_sent)
        return;
    m_sent = 0;
    Question &question = m_questions.front();
    if (status >= 200 && status < 300) {
        const auto quote = decode<Quote>(body);
        if (!quote || !answers(*quote, question.request)) {
            end(foreignAnswer(status));
            return;
        }
        Q_EMIT answered(question.number, *quote);
        end();
        return;
    }
    const auto problem = decode<Problem>(body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    if (type && type->kind == ProblemKind::TokenRefused && !std::exchange(question.renewed, true)) {
        m_refused = m_bearer;
        m_wait.start(static_cast<int>(Tuning::bearerWaitMs));
        Q_EMIT bearerRefused(m_bearer);
        return;
    }
    end(errorOfRefusal(status, body));
}

void QuoteRunner::end(const Error &error)
{
    if (!m_questions.front().forgotten)
        Q_EMIT failed(m_questions.front().number, error);
    end();
}

void QuoteRunner::end()
{
    m_wait.stop();
    if (m_sent != 0)
        m_network.abort(m_sent);
    m_sent = 0;
    m_questions.pop_front();
    if (m_connected)
        advance();
}

} // namespace Counterfoil

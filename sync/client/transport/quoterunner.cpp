#include "quoterunner.h"

#include "codec.h"
#include "foreignanswer.h"
#include "tuning.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Quotes", text)

Error pricesNeedSignIn()
{
    return {ErrorKind::Unauthorized, TEXT("Your sign-in has ended. Sign in again to see today’s prices."),
            QStringLiteral("no access token")};
}

Error pricesNeedConnection()
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
    , m_calls(Tuning::quoteQuestions, {&pricesNeedSignIn, &pricesNeedConnection, &tooManyQuestions}, this)
{ }

void QuoteRunner::ask(quint64 number, const QuoteRequest &request)
{
    const auto fail = [this, number](const Error &error) { Q_EMIT failed(number, error); };
    if (request.lines.empty() || request.lines.size() > mostCartLines)
        return fail(tooManyLines());
    const auto take = [this, number, request](const std::string &body) -> Result<std::string> {
        const auto quote = decode<Quote>(body);
        if (!quote || !answers(*quote, request))
            return foreignAnswer(200);
        Q_EMIT answered(number, *quote);
        return std::string();
    };
    m_calls.add({"POST", "/v1/quotes", encode(request), Tuning::quoteTimeoutMs, take, fail, number});
}

} // namespace Counterfoil

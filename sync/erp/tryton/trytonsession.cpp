#include "trytonsession.h"

#include "trytontext.h"

#include <QEventLoop>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int unauthorized = 401;

Error refusedAccount(const QString &detail)
{
    return {
        ErrorKind::Unauthorized,
        TrytonText::tr(
            "Tryton does not let the gateway's service account in. Check its name and password, then start "
            "the gateway again."),
        detail};
}

Error notTryton(const QString &detail)
{
    return {ErrorKind::BadReply,
            TrytonText::tr(
                "What answers at Tryton's address does not answer as Tryton 6.0 does. Check the address, and "
                "what stands in between."),
            detail};
}

Error tooLarge(qint64 bytes)
{
    return {
        ErrorKind::BadReply,
        TrytonText::tr("Tryton answers with more at once than Counterfoil takes. The gateway asks for less."),
        QStringLiteral("more than %1 bytes").arg(bytes)};
}

Error networkError(const QNetworkReply &reply, bool late)
{
    if (late || reply.error() == QNetworkReply::TimeoutError) {
        return {ErrorKind::Timeout,
                TrytonText::tr("Tryton takes too long to answer. The gateway goes on trying."),
                reply.errorString()};
    }
    return {ErrorKind::Offline, TrytonText::tr("Tryton cannot be reached. The gateway goes on trying."),
            reply.errorString()};
}

// What an HTTP status says when there is no result.
Error statusError(int status, const QByteArray &method)
{
    const QString detail = QStringLiteral("HTTP %1, %2").arg(status).arg(QString::fromLatin1(method));
    switch (status) {
    case unauthorized:
        return refusedAccount(detail);
    case 403:
        return {
            ErrorKind::Forbidden,
            TrytonText::tr(
                "Tryton's service account may not do what Counterfoil needs, or Counterfoil's module is not "
                "activated in Tryton."),
            detail};
    case 429:
        return {ErrorKind::RateLimited,
                TrytonText::tr("Tryton wants fewer attempts. The gateway waits, then goes on."), detail,
                TrytonSession::refusedPauseMs};
    default:
        if (status >= 500)
            return {ErrorKind::ServerDown,
                    TrytonText::tr("Tryton has a fault of its own. The gateway goes on trying."), detail};
        return notTryton(detail);
    }
}

// ["UserError", ["sentence", …]] and the like; the second part differs by the first.
Error trytonError(const QJsonValue &error, const QString &method)
{
    const QJsonArray parts = error.toArray();
    const QString what = parts.at(0).toString();
    const QString sentence = parts.at(1).isArray() ? parts.at(1).toArray().at(0).toString()
                                                   : parts.at(1).toString().section(u'\n', 0, 0);
    const QString detail = QStringLiteral("%1: %2 (%3)").arg(method, what, sentence).left(500);
    if (what == QLatin1String("UserError"))
        return {ErrorKind::Rejected, sentence, detail};
    if (what == QLatin1String("UserWarning"))
        return {ErrorKind::Rejected, parts.at(1).toArray().at(1).toString(), detail};
    if (what == QLatin1String("ConcurrencyException"))
        return {ErrorKind::Conflict,
                TrytonText::tr("Somebody else changed it in Tryton at the same moment. Try again."), detail};
    if (what == QLatin1String("LoginException"))
        return refusedAccount(method);
    return {
        ErrorKind::ServerDown,
        TrytonText::tr(
            "Tryton could not do what the gateway asked. Its version or its modules may be others than those "
            "that Counterfoil knows."),
        detail};
}

} // namespace

Outcome checkTrytonUrl(const QUrl &url)
{
    const auto bad = [&url](const QString &sentence) {
        return Error{ErrorKind::BadInput, sentence, url.toDisplayString(QUrl::RemoveUserInfo)};
    };
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty()
        || (scheme != QLatin1String("http") && scheme != QLatin1String("https")))
        return bad(TrytonText::tr("Tryton's address is like https://HOST/DATABASE."));
    if (!url.userInfo().isEmpty())
        return bad(
            TrytonText::tr("Tryton's address must not hold a name or password; --help says where they go."));
    if (url.path().size() < 2 || url.path().count(u'/') != 1 || url.hasQuery() || url.hasFragment())
        return bad(
            TrytonText::tr("Tryton's address ends with the name of its database: https://HOST/DATABASE."));
    const bool here = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if (scheme == QLatin1String("http") && !here)
        return bad(TrytonText::tr(
            "Tryton on another computer is asked by https alone, since the password travels there."));
    return Done();
}

TrytonSession::TrytonSession(TrytonAccess access, const Clock &clock)
    : m_access(std::move(access))
    , m_clock(clock)
{ }

// Tryton ends the connection after every answer, so nothing is lost by an access manager for each, and the
// session is bound to no thread.
Result<TrytonSession::Reply> TrytonSession::post(const QString &method, const QJsonArray &parameters,
                                                 const TrytonBudget &budget)
{
    QUrl url = m_access.url;
    url.setPath(url.path() + QLatin1Char('/'));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setMaximumRedirectsAllowed(0);
    if (!m_header.isEmpty())
        request.setRawHeader("Authorization", m_header);
    const QJsonObject question{{QStringLiteral("id"), 1},
                               {QStringLiteral("method"), method},
                               {QStringLiteral("params"), parameters}};

    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(
        network.post(request, QJsonDocument(question).toJson(QJsonDocument::Compact)));
    Reply answer;
    bool late = false;
    bool large = false;
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&] {
        answer.body += reply->readAll();
        large = answer.body.size() > budget.bytes;
        if (large)
            reply->abort();
    });
    QTimer::singleShot(budget.ms, &loop, [&] {
        late = true;
        reply->abort();
    });
    if (!reply->isFinished())
        loop.exec();
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.type = reply->header(QNetworkRequest::ContentTypeHeader).toByteArray();
    if (large)
        return tooLarge(budget.bytes);
    if (late || answer.status == 0)
        return networkError(*reply, late);
    answer.body += reply->readAll();
    return answer;
}

Error TrytonSession::paused(Error error, std::int64_t leastMs)
{
    m_pauseMs = std::clamp(m_pauseMs * 2, firstPauseMs, longestPauseMs);
    m_silentUntil = {m_clock.sinceBoot().ms + std::max(m_pauseMs, leastMs)};
    m_lastError = error;
    return error;
}

Outcome TrytonSession::signIn()
{
    m_header.clear();
    const QJsonObject secret{{QStringLiteral("password"), QString::fromUtf8(m_access.password)}};
    const QString method = QStringLiteral("common.db.login");
    const auto reply = post(method, {m_access.user, secret, QStringLiteral("en")}, {});
    if (!reply)
        return paused(reply.error(), 0);
    if (reply->status != 200) {
        const bool refused = reply->status == 401 || reply->status == 429;
        return paused(statusError(reply->status, "common.db.login"), refused ? refusedPauseMs : 0);
    }
    const QJsonObject answer = QJsonDocument::fromJson(reply->body).object();
    const QJsonArray session = answer.value(QStringLiteral("result")).toArray();
    if (session.size() == 2 && session.at(1).isString()) {
        m_header = "Session "
            + QStringLiteral("%1:%2:%3")
                  .arg(m_access.user)
                  .arg(session.at(0).toInt())
                  .arg(session.at(1).toString())
                  .toUtf8()
                  .toBase64();
        return Done();
    }
    if (answer.isEmpty())
        return paused(notTryton(QString::fromLatin1(reply->type)), 0);
    // Nothing of the answer is kept: it may repeat what was sent.
    return paused(refusedAccount(method), refusedPauseMs);
}

Result<QJsonValue> TrytonSession::ask(const QString &method, const QJsonArray &parameters,
                                      const TrytonBudget &budget)
{
    const auto failed = [&](const Error &error) { return budget.alone ? error : paused(error, 0); };
    const auto reply = post(method, parameters, budget);
    if (!reply)
        return failed(reply.error());
    if (reply->status == unauthorized) {
        m_header.clear();
        return statusError(reply->status, method.toLatin1());
    }
    if (reply->status != 200)
        return failed(statusError(reply->status, method.toLatin1()));
    QJsonParseError trouble;
    const QJsonObject answer = QJsonDocument::fromJson(reply->body, &trouble).object();
    if (answer.contains(QStringLiteral("error"))) {
        const Error error = trytonError(answer.value(QStringLiteral("error")), method);
        if (error.kind == ErrorKind::ServerDown)
            return failed(error);
        m_pauseMs = 0; // it is there, and has an opinion
        return error;
    }
    if (!answer.contains(QStringLiteral("result")))
        return failed(
            notTryton(method + u' ' + QString::fromLatin1(reply->type) + u' ' + trouble.errorString()));
    m_pauseMs = 0;
    return answer.value(QStringLiteral("result"));
}

Result<QJsonValue> TrytonSession::call(const QString &method, QJsonArray parameters,
                                       const TrytonBudget &budget)
{
    if (m_pauseMs > 0 && m_clock.sinceBoot() < m_silentUntil)
        return m_lastError;
    parameters.append(QJsonObject{{QStringLiteral("company"), static_cast<qint64>(m_access.company)},
                                  {QStringLiteral("active_test"), false}});
    for (int attempt = 0;; ++attempt) {
        if (m_header.isEmpty()) {
            if (const auto done = signIn(); !done)
                return done.error();
        }
        auto answer = ask(method, parameters, budget);
        // A session ends after a month, and whenever an administrator says so.
        if (answer || !m_header.isEmpty())
            return answer;
        if (attempt == 1)
            return paused(answer.error(), refusedPauseMs);
    }
}

} // namespace Counterfoil

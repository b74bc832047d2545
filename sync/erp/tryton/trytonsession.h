#pragma once

#include "clock.h"
#include "result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonValue>
#include <QUrl>

namespace Counterfoil {

// Where a Tryton is, and whom its service account is.
struct TrytonAccess
{
    QUrl url; // http://HOST:PORT/DATABASE or https://…; see checkTrytonUrl()
    QString user;
    QByteArray password;      // never logged
    std::int64_t company = 1; // Tryton's number of the company whose facts are read
};

// BadInput unless the address can be one: it names a database, holds no password, and is https where it is
// not on this machine.
Outcome checkTrytonUrl(const QUrl &url);

// What one question may take.
struct TrytonBudget
{
    int ms = 30'000;                 // posting an invoice and making its PDF take seconds
    qint64 bytes = 32 * 1024 * 1024; // of the answer
    // The question is so particular that its failure says nothing about Tryton: no pause follows from it.
    bool alone = false;
};

// Tryton's JSON-RPC as its server 6.0 speaks it (trytond/protocols/jsonrpc.py), one call at a time. Signs in
// when needed, and once more when the session is refused. A call blocks the thread that makes it, with an
// event loop of its own, as long as its budget says and no longer. Any thread, one at a time.
class TrytonSession
{
public:
    static constexpr std::int64_t firstPauseMs = 500; // after a failure, doubled with each
    static constexpr std::int64_t longestPauseMs = 60'000;
    // After a refused password: Tryton slows down for everybody who tries one again and again.
    static constexpr std::int64_t refusedPauseMs = 300'000;

    TrytonSession(TrytonAccess access, const Clock &clock);

    // method("model.sale.sale.read", {ids, fields}): the context goes last by itself. Offline, Timeout,
    // Unauthorized (the service account is refused), Forbidden, RateLimited, ServerDown, BadReply (no
    // Tryton, another version, or more than the budget allows), Conflict, and Rejected with Tryton's own
    // sentence. After a failure that is not Tryton's own opinion, calls fail at once with the same error
    // until the pause is over.
    Result<QJsonValue> call(const QString &method, QJsonArray parameters, const TrytonBudget &budget = {});

private:
    struct Reply
    {
        int status = 0;
        QByteArray type;
        QByteArray body;
    };
    Result<Reply> post(const QString &method, const QJsonArray &parameters, const TrytonBudget &budget);
    Result<QJsonValue> ask(const QString &method, const QJsonArray &parameters, const TrytonBudget &budget);
    Outcome signIn();
    Error paused(Error error, std::int64_t leastMs);

    TrytonAccess m_access;
    const Clock &m_clock;
    QByteArray m_header; // empty: not signed in
    Error m_lastError;
    BootTime m_silentUntil;
    std::int64_t m_pauseMs = 0; // 0: the last call went well
};

} // namespace Counterfoil

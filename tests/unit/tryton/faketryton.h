#pragma once

#include "clock.h"
#include "trytonsession.h"

#include <QJsonObject>
#include <QTcpServer>

#include <functional>
#include <map>

namespace Counterfoil {

// A clock that stands until it is moved, so that no test waits for a pause to be over.
class HandClock final : public Clock
{
public:
    Instant now() const override { return {1'700'000'000'000 + ms}; }
    BootTime sinceBoot() const override { return {ms}; }
    std::int64_t ms = 1'000;
};

// Something that speaks Tryton's JSON-RPC, in the test's own thread: for what no real Tryton does when asked.
class FakeTryton
{
public:
    FakeTryton();

    TrytonAccess access() const;

    // model → id → the row that search_read gives. What is not there is no row.
    std::map<QString, std::map<qint64, QJsonObject>> rows;
    // What the journal answers.
    QJsonObject journal{{QStringLiteral("identity"), QStringLiteral("one")},
                        {QStringLiteral("snapshot"), QStringLiteral("5.5.")},
                        {QStringLiteral("version"), QStringLiteral("1")},
                        {QStringLiteral("rows"), QJsonArray()},
                        {QStringLiteral("gap"), false}};
    // Asked before anything else: an answer of its own, {"error": …} or {"result": …}; empty: as usual.
    std::function<QJsonObject(const QString &method, const QJsonArray &parameters)> instead;
    QStringList asked; // methods, since it was emptied

private:
    QJsonObject answer(const QString &method, const QJsonArray &parameters);
    QJsonArray search(const QString &model, const QJsonArray &parameters);

    QTcpServer m_server;
};

QJsonObject traceback(); // as of a fault in Tryton
// The ids that a question is about; empty: it does not say.
QList<qint64> idsOf(const QJsonArray &parameters);

} // namespace Counterfoil

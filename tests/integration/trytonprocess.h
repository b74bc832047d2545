#pragma once

#include "clock.h"
#include "trytonerp.h"

#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <memory>

namespace Counterfoil {

namespace TrytonWords {
QString s(const char *text);
}

// A Tryton of the test's own with a company in it, started and stopped by packaging/erp/tryton/tryton.sh.
class TrytonProcess
{
public:
    ~TrytonProcess(); // stops it

    static bool isInstalled();
    // Makes the company when nobody did before, which takes a minute or two.
    bool start();
    bool restart(); // ends Tryton with SIGKILL, and starts it again
    // As an administrator does it: ends Tryton, updates the module in its database, and starts it again. Who
    // was signed in is so no longer.
    bool upgrade();

    TrytonAccess access() const; // the service account's
    std::unique_ptr<TrytonErp> connector() const { return std::make_unique<TrytonErp>(access(), m_clock); }

    // As somebody at the supplier does it: an administrator's call. Fails the test's way: with a warning, and
    // null.
    QJsonValue call(const QString &method, const QJsonArray &parameters);
    // SQL in a transaction that stays open until endTransaction(), as of a slow action of Tryton's; `which`
    // of two that may be open at a time.
    bool beginTransaction(const QByteArray &sql, int which = 0);
    bool endTransaction(const QByteArray &how = "commit", int which = 0);
    bool sql(const QByteArray &sql);

private:
    QStringList psql() const;

    QTemporaryDir m_folder;
    SystemClock m_clock;
    QUrl m_url;
    int m_databasePort = 0;
    std::unique_ptr<TrytonSession> m_admin;
    std::array<QProcess, 2> m_transactions;
};

} // namespace Counterfoil

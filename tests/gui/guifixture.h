#pragma once

#include "documentport.h"
#include "signinport.h"
#include "syncport.h"
#include "testcache.h"
#include "windowports.h"

#include <QTemporaryDir>

// What a window needs, without a network: a real cache that the test writes to, and ports that say
// what the test wants.
namespace Counterfoil {

// The state of synchronisation as the test sets it; remembers what was asked of it.
class SetSyncPort final : public SyncPort
{
    Q_OBJECT
public:
    SyncStatus status() const override { return m_status; }
    void setConnected(bool connected) override;
    void retryNow() override { ++retries; }

    void set(const SyncStatus &status);
    void setMode(SyncStatus::Mode mode, const Clock &clock);

    int retries = 0;

private:
    SyncStatus m_status;
};

// Takes any sign-in and answers when told to.
class SetSignInPort final : public SignInPort
{
    Q_OBJECT
public:
    void signIn(const QUrl &gateway, const QString &user, const QString &password) override;
    void signOut() override { ++signOuts; }

    QUrl gateway;
    QString user;
    QString password;
    int signIns = 0;
    int signOuts = 0;
};

// Has no document at hand and remembers which were wanted.
class SetDocumentPort final : public DocumentPort
{
    Q_OBJECT
public:
    void want(const QString &document) override;
    void forget(const QString &document) override { wanted.removeAll(document); }

    QStringList wanted;
};

// Stands still until the test moves it.
class SetClock final : public Clock
{
public:
    Instant now() const override { return wall; }
    BootTime sinceBoot() const override { return boot; }
    void advance(qint64 ms);

    Instant wall{1'795'248'720'000}; // 2026-11-21, a Saturday morning
    BootTime boot{100'000'000};
};

QList<DemoPerson> demoPeople();
Person buyer();  // sees all
Person viewer(); // neither prices nor invoices

} // namespace Counterfoil

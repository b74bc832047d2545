#pragma once

#include "clock.h"
#include "error.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <optional>

namespace Counterfoil {

// How the cache stands to the gateway, as one value; what every pane says about age comes from here.
struct SyncStatus
{
    enum class Mode {
        SignedOut,
        Connecting, // nothing known yet since start or loss; the cache is as of `asOf`
        Filling,    // first download, or again after the log was lost; `progress` says how far
        CatchingUp, // replaying what was missed; `progress` says how far
        Live,       // pushed changes, answered heartbeats
        Polling,    // WebSockets do not get through; asks at intervals
        Offline,    // no answer, or disconnected by the person
    };

    struct KindProgress
    {
        QString kind; // RecordType::name; empty: missed changes of any kind
        qint64 done = 0;
        qint64 total = 0; // 0: not known yet
    };

    Mode mode = Mode::SignedOut;
    bool disconnectedByPerson = false;
    // The cache is known to hold everything the ERP had committed by then. None: never.
    // Age now = sinceBoot() - provenAt, rounded up; already counts the gateway's lag behind the ERP.
    std::optional<BootTime> provenAt;
    Instant asOf;                 // the same moment on the wall clock, to be shown when offline; none: never
    bool erpDown = false;         // the gateway answers, but cannot reach its ERP
    QList<KindProgress> progress; // empty unless Filling or CatchingUp
    std::optional<Error> lastError; // cleared by the next success
    qint64 nextAttemptInMs = 0;     // while offline: until the next attempt; 0: none is planned
    qint64 changesReceived = 0;     // since start, for the panel
};

// That this person may see other things than before.
struct ScopeChange
{
    QStringList gained;           // keys of accounts; what belongs to them is being fetched
    QStringList lost;             // keys of accounts; nothing of them is on this computer any more
    bool withheldDiffers = false; // prices or invoices: Person says which are seen now
    bool ended = false;           // no access at all any more; everything was removed

    bool operator==(const ScopeChange &) const = default;
};

// What a pane may ask of synchronisation. Lives on the GUI thread; never blocks.
class SyncPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual SyncStatus status() const = 0;

    // The person's own switch: false takes the client off the network until it is switched on again.
    virtual void setConnected(bool connected) = 0;
    virtual void retryNow() = 0; // instead of waiting for the next attempt

Q_SIGNALS:
    void statusChanged(const Counterfoil::SyncStatus &status);
    // Once for each change, to be shown once.
    void scopeChanged(const Counterfoil::ScopeChange &change);
};

} // namespace Counterfoil

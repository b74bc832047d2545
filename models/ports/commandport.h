#pragma once

#include "error.h"
#include "outboxentry.h"

#include <QObject>
#include <QString>

namespace Counterfoil {

// What a person asks for. Lives on the GUI thread; never blocks; answers by signal. Everything said here is
// on disk before it is said.
class CommandPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual OutboxEntries entries() const = 0; // never null

    // Stores the wish; queued() or notQueued() follows. `key` and `madeAt` of the command are made here; the
    // key is returned, so that the one that asked knows its answer.
    virtual QString submit(const Command &command) = 0;

    // Of an entry that needs a decision: makes a new command of it, on top of `baseVersion` and `base`, and
    // of every one that was held for it a new one that depends on this. queued() or notQueued() follows.
    virtual QString resubmit(const QString &key, const Command &changed) = 0;

    virtual void retryNow(const QString &key) = 0; // instead of waiting for the next attempt
    virtual void cancel(const QString &key) = 0;   // Queued alone; what depends on it is held
    virtual void dismiss(const QString &key) = 0;  // one that is finished

Q_SIGNALS:
    void entriesChanged();
    void queued(const QString &key);
    void notQueued(const QString &key, const Counterfoil::Error &error);
    void failed(const Counterfoil::Error &error); // the outbox's file cannot be read or written
};

} // namespace Counterfoil

#pragma once

#include "commandport.h"
#include "outboxworker.h"

#include <functional>

namespace Counterfoil {

// The face of the outbox on the GUI thread.
class CommandDesk final : public CommandPort
{
    Q_OBJECT
public:
    // `retry` asks for an attempt with the entry of that key.
    CommandDesk(OutboxWorker *worker, std::function<void(const QString &key)> retry);

    void setProfile(const QString &directory); // empty: nobody is signed in

    OutboxEntries entries() const override { return m_entries; }
    QString submit(const Command &command) override;
    QString resubmit(const QString &key, const Command &changed) override;
    void retryNow(const QString &key) override;
    void cancel(const QString &key) override;
    void dismiss(const QString &key) override;

private:
    template <class Work> void onWorker(Work work);
    Command made(Command command);
    void take(const QString &directory, const OutboxEntries &entries);

    OutboxWorker *m_worker;
    std::function<void(const QString &)> m_retry;
    SystemClock m_clock;
    SystemRandom m_random;
    QString m_directory;
    OutboxEntries m_entries;
};

} // namespace Counterfoil

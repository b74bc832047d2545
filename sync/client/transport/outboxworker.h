#pragma once

#include "clock.h"
#include "commandeffects.h"
#include "outboxfile.h"
#include "profile.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace Counterfoil {

// The one hand on a profile's outbox. Lives on the outbox thread, so that no download holds up what a person
// does; may block there. Calls arrive by queued invocation and are done in order. Entries are told with the
// folder of the profile that they belong to.
class OutboxWorker final : public QObject
{
    Q_OBJECT
public:
    OutboxWorker(ProfileStore profiles, const QString &vfs);
    ~OutboxWorker() override;

    // opened() follows, also when it is open already; that of another person is closed first. One that cannot
    // be opened is tried again.
    void open(const Profile &profile);
    void close();

    // The person's wishes. What was meant for another profile's outbox is not taken into this one.
    void submit(const QString &directory, const Command &command);
    void resubmit(const QString &directory, const QString &key, const Command &changed);
    void cancel(const QString &key);
    void dismiss(const QString &key);

    void carryOut(const OutboxWork &work, const std::function<void(const Result<OutboxEntries> &)> &answer);
    // Of these accounts, or everything.
    void withdraw(const RemoveAccounts &what, const std::function<void(const Outcome &)> &answer);
    // Of the accounts that the profile's cache, which is complete, does not show: of these.
    void withdrawUnseen(const std::function<void(const Result<RemoveAccounts> &)> &answer);

Q_SIGNALS:
    void opened(const Counterfoil::Profile &profile, const Counterfoil::OutboxEntries &entries);
    void changed(const QString &directory, const Counterfoil::OutboxEntries &entries);
    void closed(); // nothing of it is told afterwards
    void queued(const QString &key);
    void notQueued(const QString &key, const Counterfoil::Error &error);
    void failed(const Counterfoil::Error &error); // its file cannot be read or written

private:
    void leave();
    Outcome openFile();
    template <class Work> Outcome change(Work work); // work(file), and tells of what became of it
    void queue(const QString &directory, const QString &key,
               const std::function<Outcome(OutboxFile &)> &work);
    void tell(const Outcome &outcome);
    void tidy();

    ProfileStore m_profiles;
    std::string m_vfs;
    SystemClock m_clock;
    SystemRandom m_random;
    Profile m_profile;
    std::unique_ptr<OutboxFile> m_file;
    OutboxEntries m_told;
    QTimer m_retry{this};
    QTimer m_tidy{this};
};

} // namespace Counterfoil

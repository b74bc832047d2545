#pragma once

#include "clock.h"
#include "commandsender.h"
#include "network.h"
#include "profile.h"

#include <QTimer>

#include <deque>
#include <functional>

namespace Counterfoil {

class AttachmentShelf;
class OutboxWorker;

// Runs CommandSender on the sync thread: feeds it events with the time, carries out its effects in order.
// All calls belong on that thread. Its connections are its own, so that no page holds up a command.
class CommandsRunner final : public QObject
{
    Q_OBJECT
public:
    // `outbox` and `files` live on threads of their own, which have ended before this is deleted.
    CommandsRunner(OutboxWorker *outbox, AttachmentShelf *files, Random &random, QObject *parent = nullptr);

    void open(const Profile &profile); // somebody is signed in; nothing of another's is sent any more
    void close();
    void setStatus(const SyncStatus &status);
    void setBearer(const std::string &bearer);
    void nudge(const AskOutcomes &what);
    void retryNow(const QString &key);
    // Accounts are lost: nothing is sent until withdraw() has done away with what the outbox has of them, and
    // then with their files.
    void purging();
    void withdraw(const RemoveAccounts &what, std::function<void(const Outcome &)> done);
    void withdrawUnseen();
    void shutDown(); // nothing is sent or received afterwards

Q_SIGNALS:
    void bearerRefused(const std::string &bearer);

private:
    using Finish = std::function<void(const Outcome &)>;
    void withdrawFiles(const RemoveAccounts &what, const Outcome &before, const Finish &finish);
    Now now() const;
    void carryOut(SenderEffects effects);

    void perform(const SendRequest &effect);
    void perform(const AbortRequest &effect);
    void perform(const OutboxWork &effect);
    void perform(const ReadPiece &effect);
    void perform(const RefuseToken &effect);
    void perform(const WakeIn &effect);

    OutboxWorker *m_outbox;
    AttachmentShelf *m_files;
    SystemClock m_clock;
    CommandSender m_sender;
    Network m_network{this};
    QTimer m_wake{this};
    QString m_directory; // whose outbox is to be open; empty: nobody's
    QUrl m_gateway;
    std::string m_bearer;
    std::deque<SenderEffect> m_pending; // bounded by what one event yields
    bool m_carrying = false;
    bool m_shutDown = false;
};

} // namespace Counterfoil

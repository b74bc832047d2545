#pragma once

#include "attachmentrunner.h"
#include "clock.h"
#include "commandsrunner.h"
#include "downloadsrunner.h"
#include "engine.h"
#include "network.h"
#include "peoplerunner.h"
#include "profile.h"
#include "quoterunner.h"
#include "storeworker.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>

namespace Counterfoil {

// Runs the engine on the sync thread: feeds it events with the time, carries out its effects in order.
// All calls belong on that thread; its signals may be connected from others.
class EngineRunner final : public QObject
{
    Q_OBJECT
public:
    // `store` lives on the writer thread, `shelf` on the documents thread, `outbox` and `files` on their
    // own, all for longer.
    EngineRunner(ProfileStore profiles, StoreWorker *store, DocumentShelf *shelf, OutboxWorker *outbox,
                 AttachmentShelf *files);

    void resume(const Profile &profile, const QString &refreshToken);
    void signIn(const QUrl &gateway, const QString &user, const QString &password, const QString &device);
    void signOut();
    void setConnected(bool connected);
    void retryNow();
    void retryCommand(const QString &key);
    DownloadsRunner &documents() { return m_documents; }
    PeopleRunner &people() { return m_people; }
    QuoteRunner &quotes() { return m_quotes; }
    AttachmentRunner &attachments() { return m_attachments; }
    void shutDown(); // nothing is sent or received afterwards

Q_SIGNALS:
    void statusChanged(const Counterfoil::SyncStatus &status);
    void scopeChanged(const Counterfoil::ScopeChange &change);
    void signedIn(const Counterfoil::Profile &profile);
    void signInFailed(const Counterfoil::Error &error);
    void signInNeeded(const Counterfoil::Error &reason);
    void tokensChanged(const QString &refreshToken); // empty: to be forgotten

private:
    Now now() const;
    void carryOut(Effects effects);
    void startWatching();
    void lookForSleep();
    void watchNetwork();
    void refuseBearer(const std::string &bearer);
    void store(const StoreWork &work, const Outcome &before); // which is reported where the work succeeds

    void perform(const SendRequest &effect);
    void perform(const AbortRequest &effect);
    void perform(const OpenSocket &effect);
    void perform(const CloseSocket &effect);
    void perform(const SendText &effect);
    void perform(const DropConnections &effect);
    void perform(const StartTimer &effect);
    void perform(const StopTimer &effect);
    void perform(const StoreWork &effect);
    void perform(const SaveTokens &effect);
    void perform(const ForgetTokens &effect);
    void perform(const Publish &effect);
    void perform(const TellScope &effect);
    void perform(const WithdrawUnseen &effect);
    void perform(const AskOutcomes &effect);
    void perform(const SignedIn &effect);
    void perform(const SignInFailed &effect);
    void perform(const SignInNeeded &effect);

    QTimer &timer(TimerId id) { return *m_timers[static_cast<std::size_t>(id)]; }

    ProfileStore m_profiles;
    StoreWorker *m_store;
    SystemClock m_clock;
    SystemRandom m_random;
    Engine m_engine{m_random};
    Network m_network{this};
    DownloadsRunner m_documents;
    CommandsRunner m_commands;
    PeopleRunner m_people{this};
    QuoteRunner m_quotes{this};
    AttachmentRunner m_attachments{this};
    std::string m_bearer; // as documents, people, quotes and attachments were told last
    QTimer *m_timers[3];
    QTimer m_sleepWatch{this};
    BootTime m_watchedBoot;
    std::chrono::steady_clock::time_point m_watchedAwake;
    QUrl m_gateway;
    QUrl m_askedGateway;          // of a sign-in under way; empty: none
    std::deque<Effect> m_pending; // bounded by what one event yields
    bool m_watchingNetwork = false;
    bool m_carrying = false;
    bool m_shutDown = false;
};

} // namespace Counterfoil

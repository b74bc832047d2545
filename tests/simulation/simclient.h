#pragma once

#include "cachereader.h"
#include "cachewriter.h"
#include "commandsender.h"
#include "engine.h"
#include "memorydisk.h"
#include "outboxfile.h"
#include "simgateway.h"

#include <deque>
#include <map>

namespace Counterfoil {

class SimClient;

Error scripted(ErrorKind kind); // a failure of chance's making

// Whoever judges a client is told at once.
class ClientWitness
{
public:
    virtual ~ClientWitness() = default;
    virtual void published(SimClient &client) = 0;                         // a status that the person sees
    virtual void cacheChanged(SimClient &client) = 0;                      // something was committed
    virtual void outboxChanged(SimClient &client) = 0;                     // or was opened
    virtual void submitted(SimClient &client, const Command &command) = 0; // and stored
    // What the outbox has of the accounts, or all of it, is about to go.
    virtual void withdrawing(SimClient &client, const std::vector<std::string> &accounts, bool all) = 0;
    virtual void purged(SimClient &client, const std::vector<std::string> &accounts) = 0; // from all files
};

// The real engine, cache, outbox and sender of commands, with the world as their sockets, timers, threads
// and disk.
class SimClient
{
public:
    SimClient(World &world, const Faults &faults, SimGateway &gateway, ClientWitness &witness,
              std::size_t number);

    void start();             // with what an earlier life has left behind
    void die(bool powerLost); // and starts again after a while
    void stop();              // as when its person closes it
    void dieSoon();           // between two writes
    bool isUp() const { return m_engine != nullptr; }
    void cutSocket(bool noticed);
    void setPlugged(bool plugged); // the cable; nobody is told
    void setSocketsBlocked(bool blocked) { m_socketsBlocked = blocked; }
    void sleep(std::int64_t ms); // the machine; time goes on
    void setClock(std::int64_t shiftMs) { m_clock.shiftMs = shiftMs; }
    void openFilesOnce(); // and close them again: what a failing disk kept from being done is made up for
    void forgetKind();    // as if the cache had been made by a program that did not know it; while down
    MemoryDisk &disk() { return m_disk; }

    // What the person does; what was stored is seen by the witness.
    Outcome submit(const Command &command);
    // `key` by value, since it may be of an entry that goes.
    Outcome resubmit(std::string key, const Command &changed);
    Outcome cancel(std::string key);
    Outcome dismiss(std::string key);
    void retryNow(const std::string &key);

    std::size_t number() const { return m_number; }
    const std::string &user() const { return m_user; }
    const std::string &name() const { return m_name; } // in stories
    const SyncStatus &status() const { return m_status; }
    std::optional<std::int64_t> provenAt() const; // in the world's time
    bool hasOutbox() const { return m_outbox != nullptr; }
    OutboxEntries entries() const;
    CacheReader &reader();
    CacheWriter *writer() { return m_cache.get(); }
    int storeWrites() const { return m_storeWrites; }

    static QString outboxFile() { return QStringLiteral("outbox.sqlite"); }

    int failStoreWrite = -1; // counted from 0: that one fails, once

private:
    using Replied = std::function<void(const Result<HttpAnswer> &)>;

    Now now() const;
    bool alive(std::uint64_t life) const { return life == m_life && m_engine; }
    bool survived(); // the call just made; false: it is down now
    void run(Effects effects);
    void later(std::int64_t ms, std::function<void()> what); // unless it dies before
    std::int64_t delay() { return m_world.between(1, m_faults.slowestMs); }

    void perform(const SendRequest &effect);
    void perform(const AbortRequest &) { }
    void perform(const OpenSocket &effect);
    void perform(const CloseSocket &effect);
    void perform(const SendText &effect);
    void perform(const DropConnections &) { }
    void perform(const StartTimer &effect);
    void perform(const StopTimer &effect) { ++m_timers[effect.id]; }
    void perform(const StoreWork &effect);
    void perform(const SaveTokens &effect);
    void perform(const ForgetTokens &) { m_token.clear(); }
    void perform(const Publish &effect);
    void perform(const TellScope &effect);
    void perform(const WithdrawUnseen &effect);
    void perform(const AskOutcomes &effect);
    void perform(const SignedIn &effect);
    void perform(const SignInFailed &effect);
    void perform(const SignInNeeded &effect);

    void send(const SendRequest &request, const Replied &replied);
    void exchange(const SendRequest &request, const Replied &replied);
    void frameFromGateway(SocketId id, ConnectionId connection, std::shared_ptr<const std::string> text);
    void signInLater();
    Result<StoredState> doStoreWork(const StoreWork &work);
    Outcome withdraw(const StoreWork &work);
    void tellWitness(const StoreWork &work);

    // simoutbox.cpp
    Result<OutboxFile *> outbox();
    void openOutbox();
    void runSender(const SenderEffects &effects);
    void performSender(const SendRequest &effect);
    void performSender(const AbortRequest &) { }
    void performSender(const OutboxWork &effect);
    void performSender(const ReadPiece &) { } // nobody here puts files to anything
    void performSender(const RefuseToken &effect);
    void performSender(const WakeIn &effect);
    void outboxTells(std::function<void()> what);
    Outcome changeOutbox(const std::function<Outcome(OutboxFile &)> &change);

    World &m_world;
    const Faults &m_faults;
    SimGateway &m_gateway;
    ClientWitness &m_witness;
    std::size_t m_number;
    std::string m_user;
    std::string m_name;
    MemoryDisk m_disk;
    SettableClock m_clock;
    std::int64_t m_bootOffset;

    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<CommandSender> m_sender;
    std::unique_ptr<CacheWriter> m_cache;
    std::unique_ptr<CacheReader> m_reader;
    std::unique_ptr<OutboxFile> m_outbox;
    std::string m_senderBearer;
    std::uint64_t m_lastWake = 0;
    std::uint64_t m_life = 0;
    std::int64_t m_dieAfter = -1;              // so many operations of the disk
    std::map<TimerId, std::uint64_t> m_timers; // a later start makes an earlier one void
    SocketId m_socket = 0;
    ConnectionId m_connection = 0;
    std::int64_t m_fromGatewayAt = 0; // frames arrive in order
    std::int64_t m_fromOutboxAt = 0;
    std::int64_t m_toGatewayAt = 0;

    bool m_plugged = true;
    bool m_socketsBlocked = false;
    bool m_asleep = false;
    std::deque<std::function<void()>> m_onWaking;
    std::string m_token;
    std::string m_earlierToken;
    std::int64_t m_tokenSavedAt = 0;
    Person m_person;
    Instant m_asOf; // as the profile has it, which is written seldom
    Instant m_asOfToSave;
    std::int64_t m_asOfSavedAt = 0;
    SyncStatus m_status;
    int m_storeWrites = 0;
};

} // namespace Counterfoil

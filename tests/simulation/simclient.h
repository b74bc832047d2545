#pragma once

#include "cachereader.h"
#include "cachewriter.h"
#include "engine.h"
#include "memorydisk.h"
#include "simgateway.h"

#include <deque>
#include <map>

namespace Counterfoil {

// The real engine and the real cache on a real file, with the world as its sockets, timers and threads.
class SimClient
{
public:
    SimClient(World &world, const Faults &faults, SimGateway &gateway, std::string user);

    void start(); // with what an earlier life has left behind
    void die();   // at once; the cache file and the stored token stay
    bool isUp() const { return m_engine != nullptr; }
    void cutSocket(bool noticed);
    void setPlugged(bool plugged); // the cable; nobody is told
    void setSocketsBlocked(bool blocked) { m_socketsBlocked = blocked; }
    void sleep(std::int64_t ms); // the machine; time goes on
    void retryNow();

    const SyncStatus &status() const { return m_status; }
    const std::string &user() const { return m_user; }
    const MemoryDisk &disk() const { return m_disk; }
    CacheReader &reader();
    CacheWriter *writer() { return m_cache.get(); }
    std::int64_t requests() const { return m_requests; }
    int storeWrites() const { return m_storeWrites; }

    std::function<void()> onPublished; // after every status
    int failStoreWrite = -1;           // counted from 0: that one fails, once

private:
    Now now() const;
    bool alive(std::uint64_t life) const { return life == m_life && m_engine; }
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
    void perform(const TellScope &) { }
    void perform(const AskOutcomes &) { }
    void perform(const SignedIn &effect) { m_person = effect.person; }
    void perform(const SignInFailed &);
    void perform(const SignInNeeded &);

    void exchange(const SendRequest &effect);
    void answer(RequestId id, const Result<HttpAnswer> &answer, std::int64_t inMs);
    void frameFromGateway(SocketId id, ConnectionId connection, std::shared_ptr<const std::string> text);
    void signInLater();
    Result<StoredState> doStoreWork(const StoreWork &work);

    World &m_world;
    const Faults &m_faults;
    SimGateway &m_gateway;
    std::string m_user;
    MemoryDisk m_disk;
    QString m_cachePath;
    std::int64_t m_bootOffset;

    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<CacheWriter> m_cache;
    std::unique_ptr<CacheReader> m_reader;
    std::uint64_t m_life = 0;
    std::map<TimerId, std::uint64_t> m_timers; // a later start makes an earlier one void
    SocketId m_socket = 0;
    ConnectionId m_connection = 0;
    std::int64_t m_fromGatewayAt = 0; // frames arrive in order
    std::int64_t m_toGatewayAt = 0;

    bool m_plugged = true;
    bool m_socketsBlocked = false;
    bool m_asleep = false;
    std::deque<std::function<void()>> m_onWaking;
    std::string m_token;
    std::string m_earlierToken;
    std::int64_t m_tokenSavedAt = 0;
    Person m_person;
    Instant m_asOf;
    SyncStatus m_status;
    std::int64_t m_requests = 0;
    int m_storeWrites = 0;
};

} // namespace Counterfoil

#pragma once

#include "anystream.h"
#include "gatewayserver.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace Counterfoil {

class ErpPump;
class LiveConnection;

// What the server's connections share. The core and the tables of who waits are touched on `coreStrand` only.
struct Shell
{
    Shell(GatewayCore &gatewayCore, const ServerSettings &given)
        : core(gatewayCore)
        , settings(given)
        , coreStrand(asio::make_strand(io))
    { }

    void carryOut(const LiveEffects &effects);
    void answerLate(LateAnswers answers);
    void askHooks(); // those that are to be called now
    void addLive(ConnectionId id, std::shared_ptr<LiveConnection> connection);
    void removeLive(ConnectionId id);

    GatewayCore &core;
    const ServerSettings settings;
    std::atomic<std::size_t> connections = 0; // before `io`, whose last handlers still count down
    asio::io_context io;
    asio::strand<asio::io_context::executor_type> coreStrand;
    std::unordered_map<ConnectionId, std::shared_ptr<LiveConnection>> live;
    ConnectionId lastConnection = 0;
    std::unordered_map<WaitId, std::function<void(HttpResponse)>> waits; // for a LateAnswer
    ErpPump *pump = nullptr;                                             // there before the first request is
    HookCaller *hooks = nullptr;                                         // null: there are none to call

    // For stop(), which waits a moment until the WebSockets have been told.
    std::mutex endMutex;
    std::condition_variable ended;
    std::size_t liveCount = 0;
};

// Counts a connection as long as it lives.
class ConnectionCount
{
public:
    explicit ConnectionCount(Shell &shell)
        : m_shell(&shell)
    {
        ++shell.connections;
    }
    ConnectionCount(ConnectionCount &&other) noexcept
        : m_shell(std::exchange(other.m_shell, nullptr))
    { }
    ConnectionCount &operator=(ConnectionCount &&) = delete;
    ~ConnectionCount()
    {
        if (m_shell)
            --m_shell->connections;
    }

private:
    Shell *m_shell;
};

} // namespace Counterfoil

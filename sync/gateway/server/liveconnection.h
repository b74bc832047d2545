#pragma once

#include "shell.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>

namespace Counterfoil {

using UpgradeRequest = beast::http::request<beast::http::string_body>;

// One WebSocket. What is sent waits in order, within a bound; who does not take it is disconnected.
class LiveConnection
{
public:
    static constexpr std::size_t maxQueuedBytes = 8 * 1024 * 1024;

    virtual ~LiveConnection() = default;
    virtual void start(UpgradeRequest request) = 0;                 // on the stream's strand
    virtual void send(std::shared_ptr<const std::string> text) = 0; // from any thread; null: close

    static std::shared_ptr<LiveConnection> make(Shell &shell, ConnectionId id, AnyStream stream,
                                                ConnectionCount count);
};

} // namespace Counterfoil

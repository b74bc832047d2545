#include "liveconnection.h"

#include <boost/beast/websocket/stream.hpp>

#include <chrono>
#include <deque>

namespace Counterfoil {

namespace {

namespace websocket = beast::websocket;

// A ping takes some twenty bytes.
constexpr std::size_t maxMessageBytes = 4096;
constexpr std::chrono::seconds handshakeTimeout{20};
constexpr std::chrono::seconds idleTimeout{60};

class WebSocketConnection final : public LiveConnection,
                                  public std::enable_shared_from_this<WebSocketConnection>
{
public:
    WebSocketConnection(Shell &shell, ConnectionId id, AnyStream stream, ConnectionCount count)
        : m_shell(shell)
        , m_id(id)
        , m_count(std::move(count))
        , m_socket(std::move(stream))
    { }

    void start(UpgradeRequest request) override;
    void send(std::shared_ptr<const std::string> text) override;

private:
    void enqueue(std::shared_ptr<const std::string> text);
    void write();
    void read();
    void received();
    void end();

    Shell &m_shell;
    const ConnectionId m_id;
    ConnectionCount m_count;
    websocket::stream<AnyStream, false> m_socket; // without compression, which few clients offer
    beast::flat_buffer m_incoming;
    UpgradeRequest m_request;
    std::deque<std::shared_ptr<const std::string>> m_queue; // null: close
    std::shared_ptr<const std::string> m_written;           // being written, also when the queue is given up
    std::size_t m_queuedBytes = 0;
    bool m_open = false;
    bool m_writing = false;
    bool m_ended = false;
};

void WebSocketConnection::start(UpgradeRequest request)
{
    m_request = std::move(request);
    m_socket.next_layer().tcp().expires_never();
    m_socket.set_option(websocket::stream_base::timeout{handshakeTimeout, idleTimeout, true});
    m_socket.read_message_max(maxMessageBytes);
    m_socket.text(true);
    m_socket.async_accept(m_request, [self = shared_from_this()](beast::error_code error) {
        if (error)
            return self->end();
        self->m_request = {};
        self->m_open = true;
        self->write();
        self->read();
    });
}

void WebSocketConnection::send(std::shared_ptr<const std::string> text)
{
    asio::post(m_socket.get_executor(), [self = shared_from_this(), text = std::move(text)]() mutable {
        self->enqueue(std::move(text));
    });
}

void WebSocketConnection::enqueue(std::shared_ptr<const std::string> text)
{
    if (m_ended)
        return;
    m_queuedBytes += text ? text->size() : 0;
    m_queue.push_back(std::move(text));
    if (m_queuedBytes > maxQueuedBytes) {
        beast_close_socket(m_socket.next_layer());
        return end();
    }
    write();
}

void WebSocketConnection::write()
{
    if (!m_open || m_writing || m_ended || m_queue.empty())
        return;
    m_writing = true;
    m_written = std::move(m_queue.front());
    m_queue.pop_front();
    if (!m_written) {
        m_socket.async_close(websocket::close_code::normal,
                             [self = shared_from_this()](beast::error_code) { self->end(); });
        return;
    }
    m_socket.async_write(asio::buffer(*m_written),
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             self->m_writing = false;
                             if (error)
                                 return self->end();
                             self->m_queuedBytes -= self->m_written->size();
                             self->write();
                         });
}

void WebSocketConnection::read()
{
    m_socket.async_read(m_incoming, [self = shared_from_this()](beast::error_code error, std::size_t) {
        if (error)
            return self->end();
        self->received();
    });
}

// The next message is read when the core is done with this one, so that nobody can flood it.
void WebSocketConnection::received()
{
    std::string text(static_cast<const char *>(m_incoming.data().data()), m_incoming.size());
    m_incoming.consume(m_incoming.size());
    asio::post(m_shell.coreStrand, [self = shared_from_this(), text = std::move(text)] {
        self->m_shell.carryOut(self->m_shell.core.receive(self->m_id, text));
        asio::post(self->m_socket.get_executor(), [self] {
            if (!self->m_ended)
                self->read();
        });
    });
}

void WebSocketConnection::end()
{
    if (std::exchange(m_ended, true))
        return;
    m_queue.clear();
    asio::post(m_shell.coreStrand, [self = shared_from_this()] {
        self->m_shell.core.closed(self->m_id);
        self->m_shell.removeLive(self->m_id);
    });
}

} // namespace

std::shared_ptr<LiveConnection> LiveConnection::make(Shell &shell, ConnectionId id, AnyStream stream,
                                                     ConnectionCount count)
{
    return std::make_shared<WebSocketConnection>(shell, id, std::move(stream), std::move(count));
}

} // namespace Counterfoil

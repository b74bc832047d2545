#include "httpconnection.h"

#include "gzip.h"
#include "liveconnection.h"
#include "messages.h"
#include "target.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <chrono>
#include <optional>

namespace Counterfoil {

namespace {

namespace http = beast::http;

constexpr std::uint32_t maxHeaderBytes = 16 * 1024;
constexpr std::size_t packFromBytes = 1400; // less fits into one packet anyway
constexpr std::size_t readBytes = 8 * 1024;

class HttpConnection final : public std::enable_shared_from_this<HttpConnection>
{
public:
    HttpConnection(Shell &shell, AnyStream stream, std::string peer, ConnectionCount count)
        : m_shell(shell)
        , m_count(std::move(count))
        , m_stream(std::move(stream))
        , m_peer(std::move(peer))
    { }

    void start();

private:
    using Parser = http::request_parser<http::string_body>;
    using Response = http::response<http::string_body>;

    void expireAfter(std::int64_t ms) { m_stream.tcp().expires_after(std::chrono::milliseconds(ms)); }
    void awaitRequest();
    void readRequest();
    void readFailed(beast::error_code error);
    void dispatch();
    void openLive(HttpRequest request);
    void answer(std::function<HttpResponse()> work, bool keepAlive);
    void send(HttpResponse content, bool keepAlive);
    void writeSome();
    void written();

    Shell &m_shell;
    ConnectionCount m_count;
    AnyStream m_stream;
    const std::string m_peer;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    bool m_packs = false;
    std::optional<Response> m_response;
    std::optional<http::response_serializer<http::string_body>> m_serializer;
};

void HttpConnection::start()
{
    expireAfter(m_shell.settings.requestMs);
    m_stream.handshake([self = shared_from_this()](beast::error_code error, std::size_t) {
        if (!error)
            self->awaitRequest();
    });
}

// A connection may rest between two requests, but a request that has begun has to get on.
void HttpConnection::awaitRequest()
{
    m_parser.emplace();
    m_parser->header_limit(maxHeaderBytes);
    m_parser->body_limit(Limits::requestBytes);
    if (m_buffer.size() > 0)
        return readRequest();
    expireAfter(m_shell.settings.idleMs);
    m_stream.async_read_some(m_buffer.prepare(readBytes),
                             [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
                                 if (error)
                                     return;
                                 self->m_buffer.commit(bytes);
                                 self->readRequest();
                             });
}

void HttpConnection::readRequest()
{
    expireAfter(m_shell.settings.requestMs);
    http::async_read(m_stream, m_buffer, *m_parser,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (error)
                             return self->readFailed(error);
                         self->dispatch();
                     });
}

void HttpConnection::readFailed(beast::error_code error)
{
    if (error == http::error::body_limit || error == http::error::header_limit) {
        answer([self = shared_from_this()] { return self->m_shell.core.refuse(ProblemKind::TooLarge, {}); },
               false);
    } else if (error.category() == http::make_error_code(http::error::bad_method).category()
               && error != http::error::end_of_stream && error != http::error::partial_message) {
        answer(
            [self = shared_from_this()] {
                return self->m_shell.core.refuse(ProblemKind::Malformed, "no HTTP");
            },
            false);
    }
    // Anything else is a connection that has gone, or that took too long: nobody is there to be answered.
}

void HttpConnection::dispatch()
{
    const auto &message = m_parser->get();
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.bearer
        = bearerOf({message[http::field::authorization].data(), message[http::field::authorization].size()});
    request.peer = m_peer;
    const auto encodings = message[http::field::accept_encoding];
    m_packs = (m_shell.settings.packForLoopback || !isLoopbackAddress(QString::fromStdString(m_peer)))
        && acceptsGzip({encodings.data(), encodings.size()});
    // A body, which every refusal has, would be taken for the next answer after HEAD.
    const bool keepAlive = message.keep_alive() && message.method() != http::verb::head;
    if (!readTarget({message.target().data(), message.target().size()}, request)) {
        answer(
            [self = shared_from_this()] {
                return self->m_shell.core.refuse(ProblemKind::Malformed, "no target");
            },
            keepAlive);
        return;
    }
    if (request.path == "/v1/live" && beast::websocket::is_upgrade(message))
        return openLive(std::move(request));
    request.body = message.body();
    answer([self = shared_from_this(),
            request = std::move(request)] { return self->m_shell.core.handle(request); },
           keepAlive);
}

void HttpConnection::openLive(HttpRequest request)
{
    asio::post(m_shell.coreStrand, [self = shared_from_this(), request = std::move(request)] {
        Shell &shell = self->m_shell;
        const ConnectionId id = ++shell.lastConnection;
        auto opening = shell.core.openLive(id, request);
        if (!opening.accepted) {
            asio::post(self->m_stream.get_executor(), [self, refusal = std::move(opening.refusal)]() mutable {
                self->send(std::move(refusal), false);
            });
            return;
        }
        // Frames from here on wait in its queue until the upgrade is done.
        const auto executor = self->m_stream.get_executor();
        auto live = LiveConnection::make(shell, id, std::move(self->m_stream), std::move(self->m_count));
        shell.addLive(id, live);
        shell.carryOut(opening.effects);
        asio::post(executor, [live, message = self->m_parser->release()]() mutable {
            live->start(std::move(message));
        });
    });
}

void HttpConnection::answer(std::function<HttpResponse()> work, bool keepAlive)
{
    // The core may take its time, and so may the queue before it.
    m_stream.tcp().expires_never();
    asio::post(m_shell.coreStrand, [self = shared_from_this(), work = std::move(work), keepAlive] {
        asio::post(self->m_stream.get_executor(), [self, content = work(), keepAlive]() mutable {
            self->send(std::move(content), keepAlive);
        });
    });
}

void HttpConnection::send(HttpResponse content, bool keepAlive)
{
    Response &response = m_response.emplace(static_cast<http::status>(content.status), 11);
    response.keep_alive(keepAlive);
    if (!content.contentType.empty())
        response.set(http::field::content_type, content.contentType);
    response.set(http::field::cache_control, "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    if (content.status == 401)
        response.set(http::field::www_authenticate, "Bearer");
    if (content.retryAfterMs > 0)
        response.set(http::field::retry_after, std::to_string((content.retryAfterMs + 999) / 1000));
    if (content.body.size() >= packFromBytes) {
        response.set(http::field::vary, "Accept-Encoding");
        if (auto packed = m_packs ? gzip(content.body) : std::nullopt) {
            response.set(http::field::content_encoding, "gzip");
            content.body = *std::move(packed);
        }
    }
    response.body() = std::move(content.body);
    response.prepare_payload();
    m_serializer.emplace(response);
    writeSome();
}

// A page may take a slow line minutes; what counts is that bytes go on being taken.
void HttpConnection::writeSome()
{
    expireAfter(m_shell.settings.writeMs);
    http::async_write_some(m_stream, *m_serializer,
                           [self = shared_from_this()](beast::error_code error, std::size_t) {
                               if (error)
                                   return;
                               if (self->m_serializer->is_done())
                                   self->written();
                               else
                                   self->writeSome();
                           });
}

void HttpConnection::written()
{
    const bool keepAlive = m_response->keep_alive();
    m_serializer.reset();
    m_response.reset();
    if (keepAlive)
        return awaitRequest();
    expireAfter(m_shell.settings.requestMs);
    m_stream.shutdown([self = shared_from_this()](beast::error_code, std::size_t) {});
}

} // namespace

void serveHttp(Shell &shell, AnyStream stream, const std::string &peer, ConnectionCount count)
{
    const auto executor = stream.get_executor();
    auto connection = std::make_shared<HttpConnection>(shell, std::move(stream), peer, std::move(count));
    asio::dispatch(executor, [connection] { connection->start(); });
}

} // namespace Counterfoil

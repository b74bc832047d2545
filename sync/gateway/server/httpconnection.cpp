#include "httpconnection.h"

#include "erppump.h"
#include "gzip.h"
#include "liveconnection.h"
#include "messages.h"
#include "target.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace Counterfoil {

namespace {

namespace http = beast::http;

constexpr std::uint32_t maxHeaderBytes = 16 * 1024;
constexpr std::size_t packFromBytes = 1400; // less fits into one packet anyway
constexpr std::size_t readBytes = 8 * 1024;
constexpr std::int64_t pieceBytes = 64 * 1024; // of a document in memory at once

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
    void readBody();
    void readFailed(beast::error_code error);
    void dispatch();
    void openLive();
    void ask();
    void refuse(ProblemKind kind, const char *detail);
    void post(HttpResponse content);
    void send(HttpResponse content);
    bool openDocument(const HttpResponse &content);
    void expireWrite();
    void writeSome();
    void writePiece();
    void written();

    Shell &m_shell;
    ConnectionCount m_count;
    AnyStream m_stream;
    const std::string m_peer;
    beast::flat_buffer m_buffer;
    std::optional<Parser> m_parser;
    std::shared_ptr<const HttpRequest> m_request;
    bool m_isHead = false;
    bool m_keepAlive = false;
    bool m_packs = false;
    bool m_askedAgain = false; // for a document that the store turned out not to hold
    std::optional<Response> m_response;
    std::optional<http::response_serializer<http::string_body>> m_serializer;
    std::chrono::steady_clock::time_point m_writeEnd; // of the answer as a whole
    std::unique_ptr<QFile> m_document;                // after the header
    std::int64_t m_documentLeft = 0;                  // bytes not read yet
    std::string m_piece;                              // being written
    std::size_t m_pieceWritten = 0;
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
    http::async_read_header(m_stream, m_buffer, *m_parser,
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                                if (error)
                                    return self->readFailed(error);
                                self->readBody();
                            });
}

// How much is taken in depends on where it goes, so that a stranger cannot fill the memory.
void HttpConnection::readBody()
{
    const auto target = m_parser->get().target();
    HttpRequest where;
    const bool known = readTarget({target.data(), target.size()}, where);
    const std::size_t most = GatewayCore::bodyBytes(known ? where.path : std::string());
    if (m_parser->content_length().value_or(0) > most)
        return readFailed(http::error::body_limit);
    m_parser->body_limit(most); // of a body that does not say its length
    // A slow line gets a photo through as well, piece by piece.
    const auto bytes = static_cast<std::int64_t>(m_parser->content_length().value_or(0));
    expireAfter(m_shell.settings.requestMs + bytes * 1000 / m_shell.settings.leastBytesPerSecond);
    http::async_read(m_stream, m_buffer, *m_parser,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         if (error)
                             return self->readFailed(error);
                         self->dispatch();
                     });
}

void HttpConnection::readFailed(beast::error_code error)
{
    m_isHead = m_keepAlive = m_packs = false;
    if (error == http::error::body_limit || error == http::error::header_limit) {
        refuse(ProblemKind::TooLarge, "");
    } else if (error.category() == http::make_error_code(http::error::bad_method).category()
               && error != http::error::end_of_stream && error != http::error::partial_message) {
        refuse(ProblemKind::Malformed, "no HTTP");
    }
    // Anything else is a connection that has gone, or that took too long: nobody is there to be answered.
}

void HttpConnection::dispatch()
{
    const auto &message = m_parser->get();
    const auto header = [&message](http::field field) {
        const auto value = message[field];
        return std::string(value.data(), value.size());
    };
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.bearer = bearerOf(header(http::field::authorization));
    request.peer = m_peer;
    request.range = header(http::field::range);
    request.ifRange = header(http::field::if_range);
    request.ifNoneMatch = header(http::field::if_none_match);
    m_isHead = message.method() == http::verb::head;
    m_keepAlive = message.keep_alive();
    m_askedAgain = false;
    m_packs = !m_isHead
        && (m_shell.settings.packForLoopback || !isLoopbackAddress(QString::fromStdString(m_peer)))
        && acceptsGzip(header(http::field::accept_encoding));
    if (!readTarget({message.target().data(), message.target().size()}, request))
        return refuse(ProblemKind::Malformed, "no target");
    request.body = message.body();
    m_request = std::make_shared<const HttpRequest>(std::move(request));
    if (m_request->path == "/v1/live" && beast::websocket::is_upgrade(message))
        return openLive();
    ask();
}

void HttpConnection::openLive()
{
    m_keepAlive = false;
    asio::post(m_shell.coreStrand, [self = shared_from_this(), request = m_request] {
        Shell &shell = self->m_shell;
        const ConnectionId id = ++shell.lastConnection;
        auto opening = shell.core.openLive(id, *request);
        if (!opening.accepted)
            return self->post(std::move(opening.refusal));
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

void HttpConnection::ask()
{
    // The core may take its time, and so may the queue before it, and the ERP behind it.
    m_stream.tcp().expires_never();
    asio::post(m_shell.coreStrand, [self = shared_from_this(), request = m_request] {
        Shell &shell = self->m_shell;
        HttpResponse content = shell.core.handle(*request);
        if (content.asksErp)
            shell.pump->wake();
        if (content.wait == 0)
            return self->post(std::move(content));
        shell.waits.emplace(content.wait, [self](HttpResponse late) { self->post(std::move(late)); });
    });
}

void HttpConnection::refuse(ProblemKind kind, const char *detail)
{
    m_stream.tcp().expires_never();
    asio::post(m_shell.coreStrand, [self = shared_from_this(), kind, detail] {
        self->post(self->m_shell.core.refuse(kind, detail));
    });
}

void HttpConnection::post(HttpResponse content)
{
    asio::post(m_stream.get_executor(), [self = shared_from_this(), content = std::move(content)]() mutable {
        self->send(std::move(content));
    });
}

void HttpConnection::send(HttpResponse content)
{
    const bool hasDocument = content.document.has_value();
    if (hasDocument && !m_isHead && !openDocument(content)) {
        // The store has noticed, so that asking again asks the ERP.
        if (std::exchange(m_askedAgain, true))
            return refuse(ProblemKind::Fault, "a document cannot be read");
        return ask();
    }
    Response &response = m_response.emplace(static_cast<http::status>(content.status), 11);
    response.keep_alive(m_keepAlive);
    if (!content.contentType.empty())
        response.set(http::field::content_type, content.contentType);
    response.set(http::field::cache_control, "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    if (content.status == 401)
        response.set(http::field::www_authenticate, "Bearer");
    if (content.retryAfterMs > 0)
        response.set(http::field::retry_after, std::to_string((content.retryAfterMs + 999) / 1000));
    for (const auto &[name, value] : content.headers)
        response.set(name, value);
    if (content.body.size() >= packFromBytes) {
        response.set(http::field::vary, "Accept-Encoding");
        if (auto packed = m_packs ? gzip(content.body) : std::nullopt) {
            response.set(http::field::content_encoding, "gzip");
            content.body = *std::move(packed);
        }
    }
    const auto bytes
        = hasDocument ? content.document->range.bytes : static_cast<std::int64_t>(content.body.size());
    if (content.status != 204 && content.status != 304) // which have no length of their own
        response.content_length(static_cast<std::uint64_t>(bytes));
    if (!m_isHead)
        response.body() = std::move(content.body);
    m_serializer.emplace(response);
    m_writeEnd = std::chrono::steady_clock::now()
        + std::chrono::milliseconds(m_shell.settings.writeMs
                                    + bytes * 1000 / m_shell.settings.leastBytesPerSecond);
    writeSome();
}

bool HttpConnection::openDocument(const HttpResponse &content)
{
    const HttpResponse::DocumentPart &part = *content.document;
    auto file = content.upload.empty() ? m_shell.core.documents().open(part.sha256)
                                       : m_shell.core.openUpload(content.upload);
    if (!file || !(*file)->seek(part.range.from))
        return false;
    m_document = *std::move(file);
    m_documentLeft = part.range.bytes;
    return true;
}

// An answer may take a slow line minutes; what counts is that bytes go on being taken, and enough of them.
void HttpConnection::expireWrite()
{
    const auto now = std::chrono::steady_clock::now();
    m_stream.tcp().expires_at(
        std::min(now + std::chrono::milliseconds(m_shell.settings.writeMs), m_writeEnd));
}

void HttpConnection::writeSome()
{
    expireWrite();
    http::async_write_some(m_stream, *m_serializer,
                           [self = shared_from_this()](beast::error_code error, std::size_t) {
                               if (error)
                                   return;
                               if (!self->m_serializer->is_done())
                                   self->writeSome();
                               else if (self->m_document)
                                   self->writePiece();
                               else
                                   self->written();
                           });
}

void HttpConnection::writePiece()
{
    if (m_pieceWritten == m_piece.size()) {
        if (m_documentLeft == 0)
            return written();
        const std::int64_t size = std::min(pieceBytes, m_documentLeft);
        m_piece.resize(static_cast<std::size_t>(size));
        // Nothing but the end of the connection can tell the client now.
        if (m_document->read(m_piece.data(), size) != size)
            return;
        m_pieceWritten = 0;
        m_documentLeft -= size;
    }
    expireWrite();
    m_stream.async_write_some(
        asio::const_buffer(m_piece.data() + m_pieceWritten, m_piece.size() - m_pieceWritten),
        [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
            if (error)
                return;
            self->m_pieceWritten += bytes;
            self->writePiece();
        });
}

void HttpConnection::written()
{
    m_serializer.reset();
    m_response.reset();
    m_document.reset();
    m_piece = {};
    m_pieceWritten = 0;
    if (m_keepAlive)
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

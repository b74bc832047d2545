#include "anystream.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace Counterfoil {

namespace {

class PlainBackend final : public AnyStream::Backend
{
public:
    explicit PlainBackend(asio::ip::tcp::socket socket)
        : m_stream(std::move(socket))
    { }
    beast::tcp_stream &tcp() override { return m_stream; }
    void handshake(AnyStream::Handler handler) override { handler({}, 0); }
    void read(asio::mutable_buffer buffer, AnyStream::Handler handler) override
    {
        m_stream.async_read_some(buffer, std::move(handler));
    }
    void write(const std::vector<asio::const_buffer> &buffers, AnyStream::Handler handler) override
    {
        m_stream.async_write_some(buffers, std::move(handler));
    }
    void shutdown(AnyStream::Handler handler) override
    {
        beast::error_code error;
        m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
        handler(error, 0);
    }

private:
    beast::tcp_stream m_stream;
};

class TlsBackend final : public AnyStream::Backend
{
public:
    TlsBackend(asio::ip::tcp::socket socket, asio::ssl::context &context)
        : m_stream(std::move(socket), context)
    { }
    beast::tcp_stream &tcp() override { return m_stream.next_layer(); }
    void handshake(AnyStream::Handler handler) override
    {
        m_stream.async_handshake(
            asio::ssl::stream_base::server,
            [handler = std::move(handler)](beast::error_code error) { handler(error, 0); });
    }
    void read(asio::mutable_buffer buffer, AnyStream::Handler handler) override
    {
        m_stream.async_read_some(buffer, std::move(handler));
    }
    void write(const std::vector<asio::const_buffer> &buffers, AnyStream::Handler handler) override
    {
        m_stream.async_write_some(buffers, std::move(handler));
    }
    void shutdown(AnyStream::Handler handler) override
    {
        m_stream.async_shutdown(
            [handler = std::move(handler)](beast::error_code error) { handler(error, 0); });
    }

private:
    beast::ssl_stream<beast::tcp_stream> m_stream;
};

} // namespace

AnyStream AnyStream::plain(asio::ip::tcp::socket socket)
{
    return AnyStream(std::make_unique<PlainBackend>(std::move(socket)));
}

AnyStream AnyStream::tls(asio::ip::tcp::socket socket, asio::ssl::context &context)
{
    return AnyStream(std::make_unique<TlsBackend>(std::move(socket), context));
}

void beast_close_socket(AnyStream &stream)
{
    stream.tcp().close();
}

void teardown(beast::role_type, AnyStream &stream, beast::error_code &error)
{
    // The rest goes when the object does: closing at once could overtake the last frame.
    stream.tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    error = {};
}

} // namespace Counterfoil

#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace Counterfoil {

namespace asio = boost::asio;
namespace beast = boost::beast;

// A connection, plain or TLS. One type for both, since every stream type that Beast's operations are
// instantiated with costs ten seconds of compiling.
class AnyStream
{
public:
    using Handler = std::function<void(beast::error_code, std::size_t)>;
    using executor_type = asio::any_io_executor;

    class Backend
    {
    public:
        virtual ~Backend() = default;
        virtual beast::tcp_stream &tcp() = 0;
        virtual void handshake(Handler handler) = 0;
        virtual void read(asio::mutable_buffer buffer, Handler handler) = 0;
        virtual void write(const std::vector<asio::const_buffer> &buffers, Handler handler) = 0;
        virtual void shutdown(Handler handler) = 0;
    };

    explicit AnyStream(std::unique_ptr<Backend> backend)
        : m_backend(std::move(backend))
    { }
    static AnyStream plain(asio::ip::tcp::socket socket);
    static AnyStream tls(asio::ip::tcp::socket socket, asio::ssl::context &context);

    executor_type get_executor() { return m_backend->tcp().get_executor(); }
    beast::tcp_stream &tcp() { return m_backend->tcp(); }
    void handshake(Handler handler) { m_backend->handshake(std::move(handler)); }
    void shutdown(Handler handler) { m_backend->shutdown(std::move(handler)); }

    template <class Buffers, class Token> auto async_read_some(const Buffers &buffers, Token &&token)
    {
        return asio::async_initiate<Token, void(beast::error_code, std::size_t)>(
            [this](auto handler, const Buffers &into) {
                asio::mutable_buffer first;
                for (auto it = asio::buffer_sequence_begin(into); it != asio::buffer_sequence_end(into);
                     ++it) {
                    first = *it;
                    if (first.size() > 0)
                        break;
                }
                m_backend->read(first, erased(std::move(handler)));
            },
            token, buffers);
    }

    template <class Buffers, class Token> auto async_write_some(const Buffers &buffers, Token &&token)
    {
        return asio::async_initiate<Token, void(beast::error_code, std::size_t)>(
            [this](auto handler, const Buffers &from) {
                std::vector<asio::const_buffer> all;
                for (auto it = asio::buffer_sequence_begin(from); it != asio::buffer_sequence_end(from); ++it)
                    all.push_back(*it);
                m_backend->write(all, erased(std::move(handler)));
            },
            token, buffers);
    }

private:
    // Beast's handlers can be moved only, and want to run where they belong.
    template <class Operation> Handler erased(Operation operation)
    {
        auto executor = asio::get_associated_executor(operation, get_executor());
        auto shared = std::make_shared<Operation>(std::move(operation));
        return [executor, shared](beast::error_code error, std::size_t bytes) {
            asio::dispatch(executor, [shared, error, bytes] { std::move (*shared)(error, bytes); });
        };
    }

    std::unique_ptr<Backend> m_backend;
};

// What Beast's WebSocket asks of the stream below it when it ends.
void beast_close_socket(AnyStream &stream);
void teardown(beast::role_type role, AnyStream &stream, beast::error_code &error);

template <class Operation>
void async_teardown(beast::role_type role, AnyStream &stream, Operation &&operation)
{
    beast::error_code error;
    teardown(role, stream, error);
    asio::post(stream.get_executor(),
               [error, operation = std::forward<Operation>(operation)]() mutable { operation(error); });
}

} // namespace Counterfoil

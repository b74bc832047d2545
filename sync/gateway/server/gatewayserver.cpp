#include "gatewayserver.h"

#include "erppump.h"
#include "httpconnection.h"
#include "liveconnection.h"

#include <QCoreApplication>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <optional>

namespace Counterfoil {

namespace {

using asio::ip::tcp;

constexpr std::chrono::seconds tickEvery{1};
constexpr std::chrono::milliseconds acceptPause{100}; // after a failure, such as too many open files
constexpr std::chrono::milliseconds farewell{500};

QString tr(const char *text)
{
    return QCoreApplication::translate("Gateway", text);
}

Error startError(const QString &userText, const beast::error_code &error = {})
{
    return {ErrorKind::BadInput, userText, error ? QString::fromStdString(error.message()) : QString()};
}

Result<tcp::endpoint> endpointOf(asio::io_context &io, const ServerSettings &settings)
{
    beast::error_code error;
    tcp::resolver resolver(io);
    const auto found = resolver.resolve(settings.host.toStdString(), std::to_string(settings.port),
                                        tcp::resolver::passive | tcp::resolver::numeric_service, error);
    if (error || found.empty())
        return startError(
            tr("The address %1 is not known on this machine. Check --listen.").arg(settings.host), error);
    const tcp::endpoint endpoint = found.begin()->endpoint();
    if (settings.certificateFile.isEmpty() && !endpoint.address().is_loopback())
        return startError(
            tr("Without a certificate the gateway listens on this machine's own addresses only, such as "
               "127.0.0.1. Give --tls-certificate and --tls-key to listen on %1.")
                .arg(settings.host));
    return endpoint;
}

Result<std::unique_ptr<asio::ssl::context>> tlsContext(const ServerSettings &settings)
{
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    beast::error_code error;
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1
                             | asio::ssl::context::no_tlsv1_1 | asio::ssl::context::single_dh_use,
                         error);
    context->use_certificate_chain_file(settings.certificateFile.toStdString(), error);
    if (error)
        return startError(
            tr("The certificate %1 cannot be used. Give a PEM file.").arg(settings.certificateFile), error);
    context->use_private_key_file(settings.keyFile.toStdString(), asio::ssl::context::pem, error);
    if (error)
        return startError(tr("The key %1 cannot be used. Give the certificate's own key as a PEM file.")
                              .arg(settings.keyFile),
                          error);
    return context;
}

} // namespace

bool isLoopbackAddress(const QString &host)
{
    beast::error_code error;
    const auto address = asio::ip::make_address(host.toStdString(), error);
    if (error)
        return false;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

void Shell::carryOut(const LiveEffects &effects)
{
    for (const LiveEffect &effect : effects) {
        if (const auto found = live.find(effect.connection); found != live.end())
            found->second->send(effect.text);
    }
}

void Shell::answerLate(LateAnswers answers)
{
    for (LateAnswer &answer : answers) {
        if (const auto waiting = waits.extract(answer.wait))
            waiting.mapped()(std::move(answer.response));
    }
}

void Shell::askHooks()
{
    if (!hooks)
        return;
    for (const HookQuestion &question : core.hookQuestions()) {
        hooks->call(question, [this, question](HookAnswer answer) {
            asio::post(coreStrand, [this, question, answer = std::move(answer)] {
                carryOut(core.takeHook(question, answer));
                pump->wake();
                askHooks();
            });
        });
    }
}

void Shell::addLive(ConnectionId id, std::shared_ptr<LiveConnection> connection)
{
    live.emplace(id, std::move(connection));
    const std::lock_guard lock(endMutex);
    liveCount = live.size();
}

void Shell::removeLive(ConnectionId id)
{
    live.erase(id);
    const std::lock_guard lock(endMutex);
    liveCount = live.size();
    ended.notify_all();
}

class GatewayServer::Private
{
public:
    Private(GatewayCore &gatewayCore, Connector &connector, HookCaller *hookCaller,
            Connector *papersConnector)
        : core(gatewayCore)
        , erp(connector)
        , hooks(hookCaller)
        , papers(papersConnector)
    { }

    void accept();
    void accepted(tcp::socket socket);
    void tick();

    GatewayCore &core;
    Connector &erp;
    HookCaller *hooks;
    Connector *papers;
    std::unique_ptr<Shell> shell;
    std::unique_ptr<asio::ssl::context> tls;
    std::optional<tcp::acceptor> acceptor;
    std::optional<asio::steady_timer> ticker;
    std::optional<asio::steady_timer> acceptTimer;
    std::unique_ptr<ErpPump> pump;
    std::vector<std::thread> threads;
};

void GatewayServer::Private::accept()
{
    acceptor->async_accept(asio::make_strand(shell->io), [this](beast::error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted)
            return;
        if (!error) {
            accepted(std::move(socket));
            return accept();
        }
        acceptTimer->expires_after(acceptPause);
        acceptTimer->async_wait([this](beast::error_code cancelled) {
            if (!cancelled)
                accept();
        });
    });
}

void GatewayServer::Private::accepted(tcp::socket socket)
{
    beast::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error || shell->connections >= shell->settings.connections)
        return;
    socket.set_option(tcp::no_delay(true), error);
    auto stream = tls ? AnyStream::tls(std::move(socket), *tls) : AnyStream::plain(std::move(socket));
    serveHttp(*shell, std::move(stream), peer.address().to_string(), ConnectionCount(*shell));
}

void GatewayServer::Private::tick()
{
    ticker->expires_after(tickEvery);
    ticker->async_wait([this](beast::error_code cancelled) {
        if (cancelled)
            return;
        shell->carryOut(core.tick());
        shell->answerLate(core.giveUpWaiting());
        shell->askHooks();
        tick();
    });
}

GatewayServer::GatewayServer(GatewayCore &core, Connector &erp, HookCaller *hooks, Connector *papers)
    : d(std::make_unique<Private>(core, erp, hooks, papers))
{ }

GatewayServer::~GatewayServer()
{
    stop();
}

Result<QString> GatewayServer::start(const ServerSettings &settings)
{
    auto shell = std::make_unique<Shell>(d->core, settings);
    const auto endpoint = endpointOf(shell->io, settings);
    if (!endpoint)
        return endpoint.error();
    if (!settings.certificateFile.isEmpty()) {
        auto context = tlsContext(settings);
        if (!context)
            return context.error();
        d->tls = *std::move(context);
    }
    beast::error_code error;
    // On a strand of its own, since it is closed from another thread than the one it accepts on.
    tcp::acceptor acceptor(asio::make_strand(shell->io));
    acceptor.open(endpoint->protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(*endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return startError(tr("The gateway cannot listen on %1, port %2. Is it in use already?")
                              .arg(settings.host)
                              .arg(settings.port),
                          error);
    const std::uint16_t port = acceptor.local_endpoint().port();
    shell->hooks = d->hooks;
    d->shell = std::move(shell);
    d->acceptor.emplace(std::move(acceptor));
    d->ticker.emplace(d->shell->coreStrand);
    d->acceptTimer.emplace(d->acceptor->get_executor());
    asio::post(d->acceptor->get_executor(), [this] { d->accept(); });
    asio::post(d->shell->coreStrand, [this] { d->tick(); });
    d->pump = std::make_unique<ErpPump>(*d->shell, d->erp, d->papers);
    d->shell->pump = d->pump.get();
    for (int i = 0; i < std::max(1, settings.threads); ++i)
        d->threads.emplace_back([io = &d->shell->io] { io->run(); });
    const QString host = settings.host.contains(QLatin1Char(':'))
        ? QLatin1Char('[') + settings.host + QLatin1Char(']')
        : settings.host;
    return QStringLiteral("%1://%2:%3")
        .arg(d->tls ? QLatin1String("https") : QLatin1String("http"), host)
        .arg(port);
}

void GatewayServer::setHooks(std::vector<Hook> hooks)
{
    if (!d->shell) // not started: nobody else uses the core yet
        return d->core.setHooks(std::move(hooks));
    asio::post(d->shell->coreStrand, [this, hooks = std::move(hooks)]() mutable {
        d->core.setHooks(std::move(hooks));
        d->shell->askHooks();
    });
}

void GatewayServer::stop()
{
    if (!d->shell)
        return;
    d->pump->stop();
    Shell &shell = *d->shell;
    asio::post(shell.coreStrand, [this, &shell] {
        d->ticker->cancel();
        for (const auto &[id, connection] : shell.live)
            connection->send(nullptr);
    });
    asio::post(d->acceptor->get_executor(), [this] {
        beast::error_code ignored;
        d->acceptor->close(ignored);
        d->acceptTimer->cancel();
    });
    {
        std::unique_lock lock(shell.endMutex);
        shell.ended.wait_for(lock, farewell, [&shell] { return shell.liveCount == 0; });
    }
    shell.io.stop();
    for (std::thread &thread : d->threads)
        thread.join();
    d->threads.clear();
    if (d->hooks)
        d->hooks->stop(); // before the io_context goes, to which their answers are given
    // Connections end with the handlers that the io_context still holds; the shell has to outlive them.
    shell.live.clear();
    shell.waits.clear();
    d->pump.reset();
    d->ticker.reset();
    d->acceptTimer.reset();
    d->acceptor.reset();
    d->shell.reset();
    d->tls.reset();
}

} // namespace Counterfoil

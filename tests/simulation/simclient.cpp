#include "simclient.h"

#include "storework.h"

#include <QUrl>

namespace Counterfoil {

namespace {

HttpRequest requestOf(const std::string &method, const std::string &target, const std::string &bearer,
                      const std::string &body, const std::string &peer)
{
    HttpRequest request{method, {}, {}, bearer, body, peer};
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    std::string rest = mark == std::string::npos ? std::string() : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string pair = rest.substr(0, end);
        rest = end == std::string::npos ? std::string() : rest.substr(end + 1);
        const auto equals = pair.find('=');
        request.query[pair.substr(0, equals)]
            = QByteArray::fromPercentEncoding(QByteArray::fromStdString(pair.substr(equals + 1)))
                  .toStdString();
    }
    return request;
}

Error scripted(ErrorKind kind)
{
    return {kind, QStringLiteral("scripted"), QStringLiteral("scripted")};
}

} // namespace

SimClient::SimClient(World &world, const Faults &faults, SimGateway &gateway, std::string user)
    : m_world(world)
    , m_faults(faults)
    , m_gateway(gateway)
    , m_user(std::move(user))
    , m_disk(QStringLiteral("/simulated/") + QString::fromStdString(m_user))
    , m_cachePath(m_disk.path(QStringLiteral("cache.sqlite")))
    , m_bootOffset(world.between(0, 1'000'000'000))
{ }

Now SimClient::now() const
{
    return {{m_world.ms() + m_bootOffset}, m_world.now()};
}

CacheReader &SimClient::reader()
{
    if (!m_reader)
        m_reader = std::make_unique<CacheReader>(m_cachePath);
    return *m_reader;
}

void SimClient::start()
{
    if (m_engine)
        return;
    ++m_life;
    m_asleep = false;
    m_onWaking.clear();
    m_engine = std::make_unique<Engine>(m_world.random);
    if (m_person.user.isEmpty())
        signInLater();
    else
        run(m_engine->resume(now(), m_person, m_token, m_asOf));
}

void SimClient::die()
{
    if (!m_engine)
        return;
    cutSocket(true);
    ++m_life;
    m_engine.reset();
    m_reader.reset();
    m_cache.reset();
    m_status = SyncStatus();
    // What was handed to the key store a moment ago may not have got there.
    if (m_world.ms() - m_tokenSavedAt < 50 && m_world.chance(0.5))
        m_token = m_earlierToken;
}

void SimClient::later(std::int64_t ms, std::function<void()> what)
{
    m_world.after(ms, [this, life = m_life, what = std::move(what)] {
        if (!alive(life))
            return;
        if (m_asleep)
            m_onWaking.push_back(what);
        else
            what();
    });
}

void SimClient::run(Effects effects)
{
    for (const Effect &effect : effects)
        std::visit([this](const auto &what) { perform(what); }, effect);
}

void SimClient::perform(const SendRequest &effect)
{
    ++m_requests;
    if (!m_plugged || m_world.chance(m_faults.requestLost)) {
        answer(effect.id, scripted(ErrorKind::Timeout), effect.timeoutMs);
        return;
    }
    m_world.after(delay(), [this, effect, life = m_life] {
        if (m_world.chance(m_faults.requestTwice))
            exchange(effect);
        if (life == m_life)
            exchange(effect);
    });
}

void SimClient::exchange(const SendRequest &effect)
{
    if (!m_gateway.isUp()) {
        answer(effect.id, scripted(ErrorKind::Offline), delay());
        return;
    }
    auto response
        = m_gateway.handle(requestOf(effect.method, effect.target, effect.bearer, effect.body, m_user));
    if (response.status == 0 || !m_plugged) {
        answer(effect.id, scripted(response.status == 0 ? ErrorKind::Offline : ErrorKind::Timeout),
               response.status == 0 ? delay() : effect.timeoutMs);
        return;
    }
    if (m_world.chance(m_faults.answerCut))
        response.body.resize(m_world.random.below(response.body.size() + 1));
    answer(effect.id, HttpAnswer{response.status, response.body}, delay());
}

void SimClient::answer(RequestId id, const Result<HttpAnswer> &answer, std::int64_t inMs)
{
    later(inMs, [this, id, answer] { run(m_engine->replied(now(), id, answer)); });
}

void SimClient::perform(const OpenSocket &effect)
{
    ++m_requests;
    m_socket = effect.id;
    m_connection = m_gateway.nextConnection();
    m_fromGatewayAt = m_toGatewayAt = m_world.ms();
    later(delay(), [this, effect, connection = m_connection] {
        if (m_connection != connection || !m_plugged)
            return; // nothing comes back; the engine's own patience ends it
        const auto deliver = [this, id = effect.id, connection](std::shared_ptr<const std::string> text) {
            frameFromGateway(id, connection, std::move(text));
        };
        int refused = 502;
        if (!m_socketsBlocked && m_gateway.isUp()) {
            // The upgrade arrives before the first frame.
            m_fromGatewayAt = m_world.ms() + delay();
            later(m_fromGatewayAt - m_world.ms(), [this, id = effect.id, connection] {
                if (m_connection == connection)
                    run(m_engine->socketOpened(now(), id));
            });
            refused = m_gateway.openLive(connection,
                                         requestOf("GET", effect.target, effect.bearer, {}, m_user), deliver);
        }
        if (refused != 0) {
            m_connection = 0;
            later(delay(), [this, id = effect.id] {
                run(m_engine->socketClosed(now(), id, scripted(ErrorKind::Offline)));
            });
        }
    });
}

void SimClient::frameFromGateway(SocketId id, ConnectionId connection,
                                 std::shared_ptr<const std::string> text)
{
    if (m_connection != connection || !m_plugged)
        return;
    if (text && m_world.chance(m_faults.frameLost))
        return;
    const bool cut = !text || m_world.chance(m_faults.socketCut);
    m_fromGatewayAt = std::max(m_fromGatewayAt + 1, m_world.ms() + delay());
    const int copies = text && m_world.chance(m_faults.frameTwice) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
        later(m_fromGatewayAt - m_world.ms(), [this, id, connection, text, cut] {
            if (m_connection != connection || !m_plugged)
                return;
            if (cut) {
                m_connection = 0;
                m_gateway.closed(connection);
                run(m_engine->socketClosed(now(), id, scripted(ErrorKind::Offline)));
            } else {
                run(m_engine->socketReceived(now(), id, *text));
            }
        });
    }
}

void SimClient::perform(const CloseSocket &effect)
{
    if (effect.id == m_socket)
        cutSocket(false);
}

void SimClient::cutSocket(bool noticed)
{
    const ConnectionId connection = std::exchange(m_connection, 0);
    if (connection == 0)
        return;
    m_gateway.closed(connection);
    if (noticed) {
        later(delay(), [this, id = m_socket] {
            run(m_engine->socketClosed(now(), id, scripted(ErrorKind::Offline)));
        });
    }
}

void SimClient::perform(const SendText &effect)
{
    if (effect.id != m_socket || m_connection == 0 || !m_plugged)
        return;
    m_toGatewayAt = std::max(m_toGatewayAt + 1, m_world.ms() + delay());
    m_world.after(m_toGatewayAt - m_world.ms(), [this, connection = m_connection, text = effect.text] {
        if (m_plugged)
            m_gateway.receive(connection, text);
    });
}

void SimClient::perform(const StartTimer &effect)
{
    const std::uint64_t run = ++m_timers[effect.id];
    later(effect.inMs, [this, id = effect.id, run] {
        if (m_timers[id] == run)
            this->run(m_engine->timerFired(now(), id));
    });
}

void SimClient::perform(const StoreWork &effect)
{
    const auto result = doStoreWork(effect);
    // The work is done on another thread: it stands, even when the client dies before it hears of it.
    later(m_world.between(0, 20), [this, result] { run(m_engine->stored(now(), result)); });
}

Result<StoredState> SimClient::doStoreWork(const StoreWork &work)
{
    static constexpr ErrorKind kinds[]
        = {ErrorKind::StorageLocked, ErrorKind::StorageFull, ErrorKind::StorageReadOnly,
           ErrorKind::StorageCorrupt, ErrorKind::Storage};
    const auto broken = [this] { return scripted(kinds[m_world.random.below(std::size(kinds))]); };
    if (!m_cache) {
        auto cache = CacheWriter::open(m_cachePath);
        if (!cache)
            qFatal("the cache does not open: %s", qUtf8Printable(cache.error().detail));
        m_cache = *std::move(cache);
    }
    const bool write = !std::holds_alternative<LoadState>(work);
    if ((write && m_storeWrites++ == failStoreWrite) || m_world.chance(m_faults.storeFails))
        return broken();
    auto done = carryOut(*m_cache, work);
    if (!done)
        qFatal("store work failed by itself: %s", qUtf8Printable(done.error().detail));
    if (m_world.chance(m_faults.storeFailsAfter))
        return broken();
    return std::move(done->state);
}

void SimClient::perform(const SaveTokens &effect)
{
    m_earlierToken = std::exchange(m_token, effect.refreshToken);
    m_tokenSavedAt = m_world.ms();
}

void SimClient::perform(const Publish &effect)
{
    m_status = effect.status;
    if (m_status.mode != SyncStatus::Mode::SignedOut)
        m_asOf = m_status.asOf;
    if (onPublished)
        onPublished();
}

void SimClient::perform(const SignInFailed &)
{
    if (m_token.empty())
        signInLater();
}

void SimClient::perform(const SignInNeeded &)
{
    signInLater();
}

void SimClient::signInLater()
{
    later(m_world.between(200, 60'000), [this] {
        if (m_status.mode == SyncStatus::Mode::SignedOut)
            run(m_engine->signIn(now(), m_user, SimGateway::password, "simulated"));
    });
}

void SimClient::setPlugged(bool plugged)
{
    m_plugged = plugged;
}

void SimClient::sleep(std::int64_t ms)
{
    if (!m_engine || m_asleep)
        return;
    m_asleep = true;
    m_world.after(ms, [this, life = m_life] {
        if (!alive(life))
            return;
        m_asleep = false;
        while (!m_onWaking.empty()) {
            const auto what = std::move(m_onWaking.front());
            m_onWaking.pop_front();
            what();
        }
        run(m_engine->woke(now()));
    });
}

void SimClient::retryNow()
{
    if (m_engine)
        run(m_engine->retryNow(now()));
}

} // namespace Counterfoil

// A client's line to the gateway, and what goes wrong on it.
#include "simclient.h"

namespace Counterfoil {

namespace {

HttpRequest requestOf(const SendRequest &sent, const std::string &peer)
{
    HttpRequest request{sent.method, {}, {}, sent.bearer, sent.body, peer};
    const auto mark = sent.target.find('?');
    request.path = sent.target.substr(0, mark);
    std::string rest = mark == std::string::npos ? std::string() : sent.target.substr(mark + 1);
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

} // namespace

Error scripted(ErrorKind kind)
{
    return {kind, QStringLiteral("scripted"), QStringLiteral("scripted")};
}

void SimClient::send(const SendRequest &request, const Replied &replied)
{
    const auto answer = [this, replied](std::int64_t inMs, const Result<HttpAnswer> &what) {
        later(inMs, [replied, what] { replied(what); });
    };
    if (!m_plugged || m_world.chance(m_faults.requestLost)) {
        m_world.goesWrong(Fault::MessageLost, m_name);
        answer(request.timeoutMs, scripted(ErrorKind::Timeout));
        return;
    }
    if (m_world.chance(m_faults.requestTwice)) {
        // A copy that takes its own way, and may come long after everything that was said since; but nobody
        // keeps one for as long as putting a backup back takes.
        m_world.goesWrong(Fault::MessageTwice, m_name);
        m_world.after(delay() * m_world.between(1, 40), [this, request, restores = m_gateway.restores()] {
            if (m_gateway.isUp() && m_gateway.restores() == restores)
                (void)m_gateway.handle(requestOf(request, m_user));
        });
    }
    m_world.after(delay(), [this, request, replied] { exchange(request, replied); });
}

void SimClient::exchange(const SendRequest &request, const Replied &replied)
{
    const auto answer = [this, &replied](std::int64_t inMs, const Result<HttpAnswer> &what) {
        later(inMs, [replied, what] { replied(what); });
    };
    if (!m_gateway.isUp()) {
        answer(delay(), scripted(ErrorKind::Offline));
        return;
    }
    auto response = m_gateway.handle(requestOf(request, m_user));
    if (response.status == 0) {
        answer(delay(), scripted(ErrorKind::Offline));
    } else if (!m_plugged || m_world.chance(m_faults.requestLost)) {
        m_world.goesWrong(Fault::MessageLost, m_name);
        answer(request.timeoutMs, scripted(ErrorKind::Timeout));
    } else {
        if (m_world.chance(m_faults.answerCut)) {
            m_world.goesWrong(Fault::MessageCut, m_name);
            response.body.resize(m_world.random.below(response.body.size() + 1));
        }
        answer(delay(), HttpAnswer{response.status, response.body});
    }
}

void SimClient::perform(const OpenSocket &effect)
{
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
            refused = m_gateway.openLive(
                connection, requestOf({0, "GET", effect.target, {}, effect.bearer, 0}, m_user), deliver);
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
    if (text && m_world.chance(m_faults.frameLost)) {
        m_world.goesWrong(Fault::MessageLost, m_name);
        return;
    }
    const bool cut = !text || m_world.chance(m_faults.socketCut);
    if (text && cut)
        m_world.goesWrong(Fault::ConnectionCut, m_name);
    m_fromGatewayAt = std::max(m_fromGatewayAt + 1, m_world.ms() + delay());
    const int copies = text && m_world.chance(m_faults.frameTwice) ? 2 : 1;
    if (copies == 2)
        m_world.goesWrong(Fault::MessageTwice, m_name);
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

void SimClient::setPlugged(bool plugged)
{
    if (m_plugged && !plugged)
        m_world.goesWrong(Fault::Unplugged, m_name);
    m_plugged = plugged;
}

} // namespace Counterfoil

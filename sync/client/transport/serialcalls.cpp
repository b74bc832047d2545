#include "serialcalls.h"

#include "codec.h"
#include "foreignanswer.h"
#include "problems.h"
#include "tuning.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

SerialCalls::SerialCalls(std::size_t most, Hindrances hindrances, QObject *parent)
    : QObject(parent)
    , m_most(most)
    , m_hindrances(std::move(hindrances))
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { end(m_hindrances.signIn()); });
    connect(&m_network, &Network::replied, this, &SerialCalls::replied);
    connect(&m_network, &Network::failed, this, [this](RequestId id, const Error &error) {
        if (id == m_sent)
            end(error);
    });
}

void SerialCalls::setGateway(const QUrl &gateway)
{
    m_gateway = gateway;
}

void SerialCalls::setBearer(const std::string &bearer)
{
    m_bearer = bearer;
    if (m_wait.isActive() && !bearer.empty() && bearer != m_refused)
        send();
}

void SerialCalls::setConnected(bool connected)
{
    m_connected = connected;
    while (!connected && !m_calls.empty())
        end(m_hindrances.connection());
}

void SerialCalls::endAll(const Error &error)
{
    m_wait.stop();
    if (m_sent != 0)
        m_network.abort(m_sent);
    m_sent = 0;
    const auto ended = std::exchange(m_calls, {});
    for (const Call &call : ended)
        call.failed(error);
}

void SerialCalls::shutDown()
{
    m_shutDown = true;
    m_wait.stop();
    if (m_sent != 0)
        m_network.abort(m_sent);
    m_sent = 0; // an answer that is on its way finds nobody
    m_calls.clear();
}

std::optional<Error> SerialCalls::hindrance() const
{
    if (!m_connected)
        return m_hindrances.connection();
    if (m_bearer.empty())
        return m_hindrances.signIn();
    if (m_calls.size() >= m_most)
        return m_hindrances.tooMany();
    return std::nullopt;
}

void SerialCalls::add(Call call)
{
    if (m_shutDown)
        return;
    if (const auto error = hindrance()) {
        call.failed(*error);
        return;
    }
    m_calls.push_back(std::move(call));
    if (m_calls.size() == 1)
        advance();
}

void SerialCalls::forget(quint64 number)
{
    const auto found = std::ranges::find(m_calls, number, &Call::number);
    if (found == m_calls.end())
        return;
    if (found == m_calls.begin())
        end();
    else
        m_calls.erase(found);
}

void SerialCalls::refuseBearer()
{
    Q_EMIT bearerRefused(m_bearer);
}

void SerialCalls::advance()
{
    if (m_calls.empty())
        return;
    if (m_bearer.empty())
        end(m_hindrances.signIn());
    else
        send();
}

void SerialCalls::send()
{
    m_wait.stop();
    const Call &call = m_calls.front();
    m_sent = ++m_lastId;
    m_network.send(m_gateway, {m_sent, call.method, call.target, call.body, m_bearer, call.timeoutMs});
}

void SerialCalls::replied(RequestId id, int status, const std::string &body)
{
    if (id != m_sent)
        return;
    m_sent = 0;
    Call &call = m_calls.front();
    if (status >= 200 && status < 300) {
        const auto next = call.answered(body);
        if (!next) {
            end(next.error());
        } else if (next->empty()) {
            end();
        } else {
            call.target = *next;
            send();
        }
        return;
    }
    const auto problem = decode<Problem>(body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    if (type && type->kind == ProblemKind::TokenRefused && !std::exchange(call.renewed, true)) {
        m_refused = m_bearer;
        m_wait.start(static_cast<int>(Tuning::bearerWaitMs));
        refuseBearer();
        return;
    }
    end(errorOfRefusal(status, body));
}

void SerialCalls::end(const Error &error)
{
    m_calls.front().failed(error);
    end();
}

void SerialCalls::end()
{
    m_wait.stop();
    if (m_sent != 0)
        m_network.abort(m_sent);
    m_sent = 0;
    m_calls.pop_front();
    if (m_connected)
        advance();
}

} // namespace Counterfoil

#pragma once

#include "network.h"

#include <QTimer>

#include <deque>
#include <functional>

namespace Counterfoil {

// Calls to the gateway on behalf of the person, one after the other, on the sync thread. Each ends once,
// within its time. Nothing is tried again by itself but what an access token that has just expired spoilt.
class SerialCalls final : public QObject
{
    Q_OBJECT
public:
    struct Call
    {
        std::string method;
        std::string target;
        std::string body;
        std::int64_t timeoutMs = 0;
        // Takes what the gateway answered: the call ends, goes on at the target that is returned, or fails.
        std::function<Result<std::string>(const std::string &body)> answered;
        std::function<void(const Error &error)> failed;
        quint64 number = 0;   // to forget it by
        bool renewed = false; // tried again with another access token
    };
    // What is told when there is no way, by what it is that was to be done.
    struct Hindrances
    {
        std::function<Error()> signIn;
        std::function<Error()> connection;
        std::function<Error()> tooMany;
    };

    // At most `most` wait, the one under way among them.
    SerialCalls(std::size_t most, Hindrances hindrances, QObject *parent = nullptr);

    void setGateway(const QUrl &gateway);
    void setBearer(const std::string &bearer); // empty: nobody is signed in
    void setConnected(bool connected);         // by the person
    void endAll(const Error &error);           // nobody is to have what they bring any more
    void shutDown();

    void add(Call call);
    void forget(quint64 number); // nothing more is said of it
    void refuseBearer();         // it is about to say something outdated of the person

Q_SIGNALS:
    void bearerRefused(const std::string &bearer); // not taken any more

private:
    void advance();
    void send();
    void replied(RequestId id, int status, const std::string &body);
    void end(const Error &error);
    void end();
    std::optional<Error> hindrance() const;

    const std::size_t m_most;
    const Hindrances m_hindrances;
    Network m_network{this};
    QTimer m_wait{this}; // for another access token
    QUrl m_gateway;
    std::string m_bearer;
    std::string m_refused;
    bool m_connected = true;
    bool m_shutDown = false;
    RequestId m_lastId = 0;
    RequestId m_sent = 0; // 0: none
    std::deque<Call> m_calls;
};

} // namespace Counterfoil

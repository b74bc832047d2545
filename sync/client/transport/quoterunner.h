#pragma once

#include "effects.h"
#include "network.h"
#include "quote.h"

#include <QTimer>

#include <deque>

namespace Counterfoil {

// Asks the gateway for quotes, one after the other, on the sync thread; QuotePort's other half. Each question
// ends with one signal, within the bounds of tuning.h. Nothing is tried again by itself but what an access
// token that has just expired spoilt: an old answer is worth nothing.
class QuoteRunner final : public QObject
{
    Q_OBJECT
public:
    explicit QuoteRunner(QObject *parent = nullptr);

    void setGateway(const QUrl &gateway);
    void setBearer(const std::string &bearer); // empty: nobody is signed in
    void setConnected(bool connected);         // by the person
    void shutDown();

    void ask(quint64 number, const QuoteRequest &request);
    void forget(quint64 number);

Q_SIGNALS:
    void answered(quint64 number, const Counterfoil::Quote &quote);
    void failed(quint64 number, const Counterfoil::Error &error);
    void bearerRefused(const std::string &bearer); // not taken any more

private:
    struct Question
    {
        quint64 number = 0;
        QuoteRequest request;
        bool renewed = false; // tried again with another access token
        bool forgotten = false;
    };

    void advance();
    void send();
    void replied(RequestId id, int status, const std::string &body);
    void end(const Error &error);
    void end();
    std::optional<Error> hindrance() const;

    Network m_network{this};
    QTimer m_wait{this}; // for another access token
    QUrl m_gateway;
    std::string m_bearer;
    std::string m_refused;
    bool m_connected = true;
    bool m_shutDown = false;
    RequestId m_lastId = 0;
    RequestId m_sent = 0; // 0: none
    std::deque<Question> m_questions;
};

} // namespace Counterfoil

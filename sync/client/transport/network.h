#pragma once

#include "effects.h"
#include "result.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

class QNetworkReply;
class QWebSocket;

namespace Counterfoil {

// Requests and the one live socket, over the real network. Redirects are not followed, certificate
// errors never passed over, answers beyond the protocol's limits refused. Lives on the sync thread;
// its signals never come from within a call.
class Network final : public QObject
{
    Q_OBJECT
public:
    explicit Network(QObject *parent = nullptr);
    ~Network() override;

    void send(const QUrl &gateway, const SendRequest &what);
    void abort(RequestId id);
    void open(const QUrl &gateway, const OpenSocket &what);
    void close(SocketId id);
    void sendText(SocketId id, const std::string &text);
    void dropConnections();

Q_SIGNALS:
    void replied(Counterfoil::RequestId id, int status, const std::string &body);
    void failed(Counterfoil::RequestId id, const Counterfoil::Error &error);
    void socketOpened(Counterfoil::SocketId id);
    void socketReceived(Counterfoil::SocketId id, const std::string &text);
    void socketClosed(Counterfoil::SocketId id, const Counterfoil::Error &error);

private:
    struct Exchange
    {
        QNetworkReply *reply = nullptr;
        std::string body;
        bool oversized = false;
    };

    void readBody(RequestId id);
    void finished(RequestId id);
    void dropSocket();

    QNetworkAccessManager m_access;
    QHash<RequestId, Exchange> m_exchanges;
    QWebSocket *m_socket = nullptr;
    SocketId m_socketId = 0;
};

} // namespace Counterfoil

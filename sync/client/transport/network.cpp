#include "network.h"

#include "messages.h"
#include "networkerrors.h"
#include "requests.h"

#include <QNetworkRequest>
#include <QWebSocket>
#include <QWebSocketProtocol>

namespace Counterfoil {

Network::Network(QObject *parent)
    : QObject(parent)
    , m_access(this)
{ }

Network::~Network()
{
    dropSocket();
    const auto exchanges = std::exchange(m_exchanges, {});
    for (const Exchange &exchange : exchanges) {
        exchange.reply->disconnect(this);
        exchange.reply->abort();
    }
}

void Network::send(const QUrl &gateway, const SendRequest &what)
{
    QNetworkRequest request = requestFor(urlOf(gateway, what.target), what.bearer);
    request.setTransferTimeout(static_cast<int>(what.timeoutMs));
    // Pages of like records pack better than 40 to 1, which Qt takes for a bomb; our own limit holds.
    request.setDecompressedSafetyCheckThreshold(static_cast<qint64>(Limits::pageBytes));
    const QByteArray body = QByteArray::fromStdString(what.body);
    if (!body.isEmpty() || what.method == "POST")
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          what.isFile ? QStringLiteral("application/octet-stream")
                                      : QStringLiteral("application/json"));
    QNetworkReply *reply = m_access.sendCustomRequest(request, QByteArray::fromStdString(what.method), body);
    const RequestId id = what.id;
    m_exchanges.insert(id, {reply, {}, false});
    connect(reply, &QNetworkReply::readyRead, this, [this, id] { readBody(id); });
    connect(reply, &QNetworkReply::finished, this, [this, id] { finished(id); });
}

void Network::abort(RequestId id)
{
    const auto found = m_exchanges.constFind(id);
    if (found == m_exchanges.cend())
        return;
    QNetworkReply *reply = found->reply;
    m_exchanges.erase(found);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void Network::readBody(RequestId id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end() || found->oversized)
        return;
    const QByteArray bytes = found->reply->readAll();
    if (found->body.size() + static_cast<std::size_t>(bytes.size()) > Limits::pageBytes) {
        found->oversized = true;
        found->body = {};
        found->reply->abort(); // leads to finished()
        return;
    }
    found->body.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

void Network::finished(RequestId id)
{
    if (!m_exchanges.contains(id))
        return;
    if (!m_exchanges[id].oversized && m_exchanges[id].reply->isOpen())
        readBody(id);
    const Exchange exchange = m_exchanges.take(id);
    exchange.reply->deleteLater();
    if (exchange.oversized) {
        Q_EMIT failed(id, oversizedAnswer());
        return;
    }
    const int status = exchange.reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = exchange.reply->error();
    // Refusals are answers too; an answer cut short is none, whatever its status said.
    const bool refusal = status >= 400 && error >= QNetworkReply::ContentAccessDenied;
    if (status > 0 && (error == QNetworkReply::NoError || refusal))
        Q_EMIT replied(id, status, exchange.body);
    else
        Q_EMIT failed(id, networkError(error, exchange.reply->errorString()));
}

void Network::open(const QUrl &gateway, const OpenSocket &what)
{
    dropSocket();
    QUrl url = urlOf(gateway, what.target);
    url.setScheme(url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    m_socketId = what.id;
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(Limits::frameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(Limits::frameBytes);
    const SocketId id = what.id;
    connect(m_socket, &QWebSocket::connected, this, [this, id] { Q_EMIT socketOpened(id); });
    connect(m_socket, &QWebSocket::textMessageReceived, this,
            [this, id](const QString &text) { Q_EMIT socketReceived(id, text.toStdString()); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this, id](const QByteArray &bytes) { Q_EMIT socketReceived(id, bytes.toStdString()); });
    connect(m_socket, &QWebSocket::stateChanged, this, [this, id](QAbstractSocket::SocketState state) {
        if (state != QAbstractSocket::UnconnectedState || m_socketId != id)
            return;
        const Error error = socketError(m_socket->error(), m_socket->errorString());
        dropSocket();
        Q_EMIT socketClosed(id, error);
    });
    m_socket->open(requestFor(url, what.bearer));
}

void Network::close(SocketId id)
{
    if (id == m_socketId)
        dropSocket();
}

void Network::dropSocket()
{
    m_socketId = 0;
    if (QWebSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void Network::sendText(SocketId id, const std::string &text)
{
    if (m_socket && id == m_socketId)
        m_socket->sendTextMessage(QString::fromStdString(text));
}

void Network::dropConnections()
{
    m_access.clearConnectionCache();
}

} // namespace Counterfoil

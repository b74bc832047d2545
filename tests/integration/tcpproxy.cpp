#include "tcpproxy.h"

namespace Counterfoil {

TcpProxy::TcpProxy(quint16 target)
    : m_target(target)
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port for the proxy");
}

QUrl TcpProxy::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
}

void TcpProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        ++m_accepted;
        auto *server = new QTcpSocket(client);
        m_pairs.insert(client, server);
        QObject::connect(client, &QTcpSocket::readyRead, server,
                         [this, client, server] { fromClient(client, server); });
        QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server] {
            const QByteArray bytes = server->readAll();
            countAnswer(server, bytes);
            if (client->isOpen() && (m_mode == Mode::Forward || m_mode == Mode::RefuseUpgrades))
                client->write(bytes);
        });
        QObject::connect(server, &QTcpSocket::disconnected, client, [this, client] {
            if (m_mode != Mode::Swallow)
                client->disconnectFromHost();
        });
        QObject::connect(server, &QTcpSocket::errorOccurred, client, [this, client] {
            if (m_mode == Mode::Forward || m_mode == Mode::RefuseUpgrades)
                client->abort();
        });
        QObject::connect(client, &QTcpSocket::disconnected, &m_server, [this, client] {
            m_tails.remove(m_pairs.take(client));
            client->deleteLater();
        });
        if (m_mode == Mode::Forward || m_mode == Mode::RefuseUpgrades)
            server->connectToHost(QHostAddress::LocalHost, m_target);
    }
}

void TcpProxy::count()
{
    m_counting = true;
    m_requests.clear();
    m_changes = 0;
}

// Requests are small and come in one piece.
QByteArray TcpProxy::counted(QByteArray fromClient)
{
    const auto end = fromClient.indexOf(" HTTP/1.1\r\n");
    if (!m_counting || end < 0)
        return fromClient;
    m_requests.append(QString::fromLatin1(fromClient.left(end)));
    return fromClient.replace("Accept-Encoding: ", "X-Not-Accepted:  ");
}

void TcpProxy::countAnswer(QTcpSocket *server, const QByteArray &bytes)
{
    if (!m_counting)
        return;
    static constexpr QByteArrayView mark("\n{\"seq\":");
    const QByteArray all = m_tails.value(server) + bytes;
    m_changes += static_cast<int>(all.count(mark));
    m_tails[server] = all.right(mark.size() - 1);
}

void TcpProxy::fromClient(QTcpSocket *client, QTcpSocket *server)
{
    const QByteArray bytes = counted(client->readAll());
    switch (m_mode) {
    case Mode::Swallow:
        return;
    case Mode::Garbage:
        if (!m_reply.isEmpty()) {
            client->write(m_reply);
            client->disconnectFromHost();
        }
        return;
    case Mode::RefuseUpgrades:
        if (bytes.toLower().contains("upgrade: websocket")) {
            client->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            client->disconnectFromHost();
            return;
        }
        break;
    case Mode::Forward:
        break;
    }
    if (server->isOpen())
        server->write(bytes);
}

void TcpProxy::cutAll()
{
    const auto clients = m_pairs.keys();
    for (QTcpSocket *client : clients)
        client->abort();
}

} // namespace Counterfoil

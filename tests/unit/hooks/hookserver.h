#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace Counterfoil::Testing {

// Somebody's hook: a real HTTP server on this machine, which answers as the test says, badly if it wants to.
class HookServer : public QTcpServer
{
public:
    struct Received
    {
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;
    };
    struct Reply
    {
        QByteArray bytes;     // as they are, HTTP or not
        bool closes = true;   // afterwards; otherwise the caller waits
        QByteArray drip = {}; // then this, again and again
    };

    HookServer()
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port for a hook");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }

    std::string url(const char *path = "/hook") const
    {
        return "http://127.0.0.1:" + std::to_string(serverPort()) + path;
    }
    static QByteArray http(int status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status)
            + " x\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n" + headers + "\r\n" + body;
    }

    std::function<Reply(const Received &)> answer = [](const Received &) { return Reply{http(200, "{}")}; };
    QList<Received> received;

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &bytes = m_pending[socket];
        bytes += socket->readAll();
        const auto end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Received request;
        const auto lines = bytes.left(end).split('\n');
        request.path = lines.value(0).split(' ').value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const auto colon = line.indexOf(':');
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
        }
        if (bytes.size() < end + 4 + request.headers.value("content-length").toInt())
            return;
        request.body = bytes.mid(end + 4);
        m_pending.remove(socket);
        received.append(request);
        const Reply reply = answer(request);
        socket->write(reply.bytes);
        if (!reply.drip.isEmpty()) {
            connect(socket, &QTcpSocket::bytesWritten, this, [socket, drip = reply.drip] {
                if (socket->bytesToWrite() == 0)
                    socket->write(drip);
            });
        } else if (reply.closes) {
            socket->disconnectFromHost();
        }
    }

    QHash<QTcpSocket *, QByteArray> m_pending;
};

} // namespace Counterfoil::Testing

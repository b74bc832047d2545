#include "documentserver.h"

#include <QCryptographicHash>

namespace Counterfoil {

DocumentServer::DocumentServer()
{
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
}

QUrl DocumentServer::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/base").arg(m_server.serverPort()));
}

void DocumentServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(socket); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [this, socket] {
            m_received.remove(socket);
            socket->deleteLater();
        });
    }
}

void DocumentServer::read(QTcpSocket *socket)
{
    QByteArray &received = m_received[socket];
    received += socket->readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    QList<QByteArray> lines = received.left(end).split('\n');
    received.remove(0, end + 4);
    Request request;
    const QByteArray path = lines.takeFirst().split(' ').value(1);
    request.document = QUrl::fromPercentEncoding(path).section(QStringLiteral("/v1/documents/"), 1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    requests.push_back(request);
    if (instead)
        instead(*socket, request);
    else
        answer(*socket, request);
}

QByteArray DocumentServer::digest(const QByteArray &bytes)
{
    return "sha-256=:" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toBase64() + ':';
}

void DocumentServer::send(QTcpSocket &socket, const QByteArray &status, const QByteArray &headers,
                          const QByteArray &body)
{
    socket.write("HTTP/1.1 " + status + "\r\n" + headers
                 + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

void DocumentServer::problem(QTcpSocket &socket, int status, const QByteArray &type)
{
    send(socket, QByteArray::number(status) + " No", "Content-Type: application/problem+json\r\n",
         R"({"type":"urn:counterfoil:problem:)" + type + R"(","title":"t","status":)"
             + QByteArray::number(status) + '}');
}

void DocumentServer::answer(QTcpSocket &socket, const Request &request)
{
    const QByteArray bytes = documents.value(request.document);
    const QByteArray etag = '"' + QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex() + '"';
    QByteArray headers
        = "ETag: " + etag + "\r\nRepr-Digest: " + digest(bytes) + "\r\nContent-Type: application/pdf\r\n";
    QByteArray status = "200 OK";
    qsizetype from = 0;
    const QByteArray range = request.headers.value("range");
    if (!range.isEmpty() && request.headers.value("if-range") == etag) {
        from = range.mid(6).chopped(1).toLongLong(); // "bytes=100-"
        status = "206 Partial Content";
        headers += "Content-Range: bytes " + QByteArray::number(from) + '-'
            + QByteArray::number(bytes.size() - 1) + '/' + QByteArray::number(bytes.size()) + "\r\n";
    }
    const qsizetype cut = std::exchange(cutAfter, -1);
    if (cut < 0) {
        send(socket, status, headers, bytes.mid(from));
        return;
    }
    headers += "Content-Length: " + QByteArray::number(bytes.size() - from) + "\r\n\r\n";
    socket.write("HTTP/1.1 " + status + "\r\n" + headers + bytes.mid(from, cut));
    socket.disconnectFromHost();
}

} // namespace Counterfoil

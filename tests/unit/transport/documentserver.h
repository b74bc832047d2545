#pragma once

#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace Counterfoil {

// Gives out documents over HTTP as the gateway does, or as it is told to.
class DocumentServer
{
public:
    struct Request
    {
        QString document;
        QHash<QByteArray, QByteArray> headers; // names in lower case
    };
    using Answer = std::function<void(QTcpSocket &, const Request &)>;

    DocumentServer();

    QUrl url() const;
    void answer(QTcpSocket &socket, const Request &request); // as the gateway does
    static QByteArray digest(const QByteArray &bytes);       // "sha-256=:...:"
    static void send(QTcpSocket &socket, const QByteArray &status, const QByteArray &headers,
                     const QByteArray &body); // with its length
    static void problem(QTcpSocket &socket, int status, const QByteArray &type);

    QHash<QString, QByteArray> documents;
    Answer instead;          // of answer(), while it is set
    qsizetype cutAfter = -1; // bytes of the next body; then as usual
    QList<Request> requests;

private:
    void accept();
    void read(QTcpSocket *socket);

    QHash<QTcpSocket *, QByteArray> m_received;
    QTcpServer m_server; // last, since its sockets say when they go
};

} // namespace Counterfoil

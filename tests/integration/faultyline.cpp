#include "faultyline.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace Counterfoil {

namespace {

constexpr int lateMs = 40;    // some questions of another attempt
constexpr int workingMs = 60; // in the midst of an order

bool isWhole(const QByteArray &question)
{
    const auto head = question.indexOf("\r\n\r\n");
    const auto length = question.toLower().indexOf("content-length:");
    if (head < 0 || length < 0 || length > head)
        return false;
    const auto end = question.indexOf('\r', length);
    return question.size() >= head + 4 + question.mid(length + 15, end - length - 15).trimmed().toLongLong();
}

} // namespace

FaultyLine::FaultyLine(const QUrl &server)
    : m_target(server)
{
    m_server.listen(QHostAddress::LocalHost);
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket *const asker = m_server.nextPendingConnection()) {
            const auto question = std::make_shared<QByteArray>();
            QObject::connect(asker, &QTcpSocket::disconnected, asker, &QObject::deleteLater);
            QObject::connect(asker, &QTcpSocket::readyRead, asker, [this, asker, question] {
                *question += asker->readAll();
                if (isWhole(*question))
                    take(asker, *question);
            });
        }
    });
}

QUrl FaultyLine::url() const
{
    QUrl url = m_target;
    url.setPort(m_server.serverPort());
    return url;
}

void FaultyLine::take(QTcpSocket *asker, const QByteArray &question)
{
    switch (fault ? fault(question) : Fault::None) {
    case Fault::None:
        return forward(question, asker, Answer::Passed);
    case Fault::Lost:
        return asker->abort();
    case Fault::Unanswered:
        return forward(question, asker, Answer::Lost);
    case Fault::Late:
        ++m_underWay;
        QTimer::singleShot(lateMs, &m_server, [this, question] {
            --m_underWay;
            forward(question, nullptr, Answer::Lost);
        });
        return asker->abort();
    case Fault::Killed:
        return forward(question, asker, Answer::Killed);
    }
}

void FaultyLine::forward(const QByteArray &question, QTcpSocket *asker, Answer answer)
{
    auto *const server = new QTcpSocket(&m_server);
    ++m_underWay;
    QObject::connect(server, &QObject::destroyed, &m_server, [this] { --m_underWay; });
    QObject::connect(server, &QTcpSocket::connected, server, [server, question] { server->write(question); });
    QObject::connect(server, &QTcpSocket::disconnected, server, &QObject::deleteLater);
    QObject::connect(server, &QTcpSocket::errorOccurred, server, &QObject::deleteLater);
    if (answer == Answer::Killed)
        QTimer::singleShot(workingMs, server, [this] { kill(); });
    if (asker) {
        QObject::connect(server, &QTcpSocket::readyRead, asker, [server, asker, answer] {
            if (answer == Answer::Lost)
                asker->abort();
            else
                asker->write(server->readAll());
        });
        QObject::connect(server, &QTcpSocket::disconnected, asker, [asker] { asker->disconnectFromHost(); });
        QObject::connect(server, &QTcpSocket::errorOccurred, asker, [asker](QTcpSocket::SocketError error) {
            // That it ended the connection after its answer is no error.
            if (error != QTcpSocket::RemoteHostClosedError)
                asker->abort();
        });
    }
    server->connectToHost(m_target.host(), quint16(m_target.port()));
}

} // namespace Counterfoil

#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace Counterfoil {

// Stands between client and gateway and does what networks do to people.
class TcpProxy
{
public:
    enum class Mode {
        Forward,
        Swallow,        // connections open and stay, nothing passes in either direction: a pulled cable
        RefuseUpgrades, // a company proxy that knows no WebSocket
        Garbage,        // something else answers
    };

    explicit TcpProxy(quint16 target);

    void setMode(Mode mode) { m_mode = mode; }
    void setReply(const QByteArray &reply) { m_reply = reply; } // what Garbage answers; empty: never anything
    void cutAll();
    QUrl url() const;
    int connections() const { return m_accepted; }

private:
    void accept();
    void fromClient(QTcpSocket *client, QTcpSocket *server);

    QTcpServer m_server;
    quint16 m_target;
    Mode m_mode = Mode::Forward;
    QByteArray m_reply;
    int m_accepted = 0;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; // client side, server side
};

} // namespace Counterfoil

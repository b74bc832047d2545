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

    // From now on: what is asked, "GET /v1/changes?…", and how many changes come in pages. Answers come
    // unpacked then.
    void count();
    const QStringList &requests() const { return m_requests; }
    int changes() const { return m_changes; }

private:
    void accept();
    void fromClient(QTcpSocket *client, QTcpSocket *server);
    QByteArray counted(QByteArray fromClient);
    void countAnswer(QTcpSocket *server, const QByteArray &bytes);

    QTcpServer m_server;
    quint16 m_target;
    Mode m_mode = Mode::Forward;
    QByteArray m_reply;
    int m_accepted = 0;
    bool m_counting = false;
    QStringList m_requests;
    int m_changes = 0;
    QHash<QTcpSocket *, QByteArray> m_tails;   // of what came last, in case a mark is cut
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; // client side, server side
};

} // namespace Counterfoil

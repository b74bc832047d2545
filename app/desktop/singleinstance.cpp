#include "singleinstance.h"

#include <QFileInfo>
#include <QLocalSocket>

namespace Counterfoil {

namespace {

constexpr int answerDeadlineMs = 1'000;

QString serverName(const QString &profileId)
{
    return QStringLiteral("counterfoil-") + profileId;
}

} // namespace

bool SingleInstance::claim(const QString &lockPath, const QString &profileId)
{
    if (m_lock && QFileInfo(m_lock->fileName()) == QFileInfo(lockPath))
        return true;
    auto lock = std::make_unique<QLockFile>(lockPath);
    // Only the death of its process makes a lock stale, never its age.
    lock->setStaleLockTime(0);
    if (!lock->tryLock()) {
        QLocalSocket socket;
        socket.connectToServer(serverName(profileId));
        socket.waitForConnected(answerDeadlineMs);
        return false;
    }
    m_lock = std::move(lock);
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *caller = m_server->nextPendingConnection())
            caller->deleteLater();
        Q_EMIT activated();
    });
    // What a crashed process left behind would keep the name taken; the lock says that nobody is there.
    QLocalServer::removeServer(serverName(profileId));
    m_server->listen(serverName(profileId));
    return true;
}

} // namespace Counterfoil

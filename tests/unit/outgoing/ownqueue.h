#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace Counterfoil {

// CUPS as the system has it, started for a test: with a folder, a socket and one queue of its own, whose
// printer is a file. Needs no rights, and does not touch the queues of the computer. Whoever prints in this
// process prints here, from start() on.
class OwnQueue
{
public:
    ~OwnQueue();

    static bool isInstalled(); // of Debian's, cups-daemon and cups-filters-core-drivers
    bool start();              // and waits until it listens
    QString name() const { return QStringLiteral("Desk"); }
    QByteArray printed() const; // the last job as it reached the printer; empty until all of it has
    QByteArray log() const;     // what CUPS says of itself, for a test that fails

private:
    bool write(const char *name, const QByteArray &bytes) const;
    QByteArray read(const char *name) const;

    QTemporaryDir m_folder;
    QProcess m_cups;
};

} // namespace Counterfoil

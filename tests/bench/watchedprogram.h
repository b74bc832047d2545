#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QProcess>

namespace Counterfoil {

// A program with a window, watched from outside: what is on the screen and what the system says of it and of
// its children. Linux, on an X display of its own.
class WatchedProgram
{
public:
    // Starts it; false: it does not start.
    bool start(const QString &program, const QStringList &arguments);
    void stop();

    // Milliseconds from the start to the last change of the picture where a table's rows stand, once nothing
    // has changed for a second; negative: nothing ever appeared there.
    double msToPicture();

    // Memory that no other process shares, in bytes.
    qint64 ownMemory() const;

    struct Work
    {
        qint64 wakeUps = 0; // times that a thread stopped waiting
        double cpuMs = 0;
    };
    Work work() const; // since the start

private:
    QList<qint64> processes() const;

    QProcess m_process;
    QElapsedTimer m_sinceStart;
};

} // namespace Counterfoil

#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace Counterfoil {

inline double elapsedMs(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

// Runs the program until `done`, or for a minute, asleep between events: with a time limit of its own
// processEvents() would not sleep, and take a processor from the readers.
template <class Done> bool runUntil(const Done &done)
{
    QTimer wake;
    wake.start(100);
    const QDeadlineTimer deadline(60'000);
    while (!done() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return done();
}

} // namespace Counterfoil

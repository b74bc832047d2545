#pragma once

#include <QElapsedTimer>
#include <QEvent>

#include <algorithm>

namespace Counterfoil {

// Longer than this, and a frame of the window is missed (60 a second).
constexpr double frameMs = 16.7;

// An application that notes how long each event holds its thread up, as the frames of a window would wait for
// it. Application: QCoreApplication or QApplication.
template <class Application> class TimedApplication : public Application
{
public:
    using Application::Application;

    bool notify(QObject *receiver, QEvent *event) override
    {
        // Events within events are of the one that is being timed.
        if (m_depth++ != 0) {
            const bool done = Application::notify(receiver, event);
            --m_depth;
            return done;
        }
        QElapsedTimer timer;
        timer.start();
        const QEvent::Type type = event->type();
        const bool done = Application::notify(receiver, event);
        --m_depth;
        note(static_cast<double>(timer.nsecsElapsed()) / 1e6, type);
        return done;
    }

    void forget()
    {
        longest = 0;
        missed = 0;
    }

    double longest = 0; // ms
    qint64 missed = 0;  // frames

protected:
    virtual void note(double ms, QEvent::Type)
    {
        longest = std::max(longest, ms);
        missed += static_cast<qint64>(ms / frameMs);
    }

private:
    int m_depth = 0;
};

} // namespace Counterfoil

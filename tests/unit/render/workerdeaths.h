#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace Counterfoil {

// How often a test ends the render worker: COUNTERFOIL_RENDER_KILLS, which ./dev kills makes 200, or as often
// as there is time for among all other tests.
inline int wantedKills()
{
    const int asked = qEnvironmentVariableIntValue("COUNTERFOIL_RENDER_KILLS");
    return asked > 0 ? asked : 40;
}

// The longest time between two turns of this thread's event loop.
class StallWatch
{
public:
    // What a window may stand still for where nothing else runs, and where all other tests do.
    static double mostMs() { return qEnvironmentVariableIsSet("COUNTERFOIL_RENDER_KILLS") ? 100 : 500; }

    StallWatch()
    {
        m_since.start();
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] {
            m_longestNs = std::max(m_longestNs, m_since.nsecsElapsed());
            m_since.start();
        });
        m_tick.start(0);
    }
    double longestMs() const { return double(m_longestNs) / 1e6; }

private:
    QTimer m_tick;
    QElapsedTimer m_since;
    qint64 m_longestNs = 0;
};

} // namespace Counterfoil

#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace Counterfoil {

// When to ask the cache again for what takes a while to read: at once the first time; after a change not
// before a second has passed, and so late that the reading takes a twentieth of the time at most.
class AskPace
{
public:
    static constexpr int shortestRestMs = 1'000;
    static constexpr int longestRestMs = 120'000;
    static constexpr int restPerRead = 19;

    // `ask` asks, and calls answered() when the answer is there.
    explicit AskPace(std::function<void()> ask)
        : m_ask(std::move(ask))
    {
        m_rest.setSingleShot(true);
        QObject::connect(&m_rest, &QTimer::timeout, &m_rest, [this] {
            if (m_again)
                wanted();
        });
    }

    // Another question than before: asks now, whatever is under way.
    void now()
    {
        m_again = false;
        m_underWay = true;
        m_rest.stop();
        m_took.start();
        m_ask();
    }
    // The answer may be another by now. Nothing is asked while nobody watches.
    void wanted()
    {
        m_again = true;
        if (m_watched && !m_underWay && !m_rest.isActive())
            now();
    }
    void answered()
    {
        m_underWay = false;
        const qint64 rest = std::clamp<qint64>(m_took.elapsed() * restPerRead, shortestRestMs, longestRestMs);
        m_rest.start(static_cast<int>(rest));
    }
    void setWatched(bool watched)
    {
        m_watched = watched;
        if (m_again)
            wanted();
    }
    bool isWatched() const { return m_watched; }

private:
    std::function<void()> m_ask;
    QTimer m_rest;
    QElapsedTimer m_took;
    bool m_again = false;
    bool m_underWay = false;
    bool m_watched = true;
};

} // namespace Counterfoil

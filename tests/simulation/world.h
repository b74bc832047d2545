#pragma once

#include "clock.h"
#include "random.h"

#include <functional>
#include <queue>
#include <vector>

namespace Counterfoil {

// Virtual time and seeded chance. What happens, happens in the order of its time.
class World final : public Clock
{
public:
    static constexpr std::int64_t epochMs = 1'790'000'000'000; // the wall clock at the beginning

    explicit World(std::uint64_t seed)
        : random(seed)
    { }

    Instant now() const override { return {epochMs + m_now}; }
    BootTime sinceBoot() const override { return {m_now}; }
    std::int64_t ms() const { return m_now; }

    void after(std::int64_t ms, std::function<void()> what)
    {
        m_events.push({m_now + ms, ++m_count, std::move(what)});
    }
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool chance(double part) { return static_cast<double>(random.below(1'000'000)) < part * 1'000'000.0; }

    void runUntil(std::int64_t end)
    {
        while (!m_events.empty() && m_events.top().at <= end) {
            const Event event = m_events.top();
            m_events.pop();
            m_now = event.at;
            event.what();
        }
        m_now = end;
    }

    SeededRandom random;

private:
    struct Event
    {
        std::int64_t at = 0;
        std::uint64_t order = 0;
        std::function<void()> what;

        bool operator<(const Event &other) const
        {
            return at != other.at ? at > other.at : order > other.order; // earliest on top
        }
    };
    std::priority_queue<Event> m_events;
    std::int64_t m_now = 1'000'000;
    std::uint64_t m_count = 0;
};

// How bad things are. All zero: a perfect world.
struct Faults
{
    double requestLost = 0;  // no answer ever comes
    double answerCut = 0;    // the body ends early, unnoticed by HTTP
    double requestTwice = 0; // the gateway gets it again
    double frameLost = 0;
    double frameTwice = 0;
    double socketCut = 0; // per frame
    double storeFails = 0;
    double storeFailsAfter = 0; // it was done, but reported as failed
    double gatewayDies = 0;     // per commit or request, after the store has it
    double erpDown = 0;         // per question
    std::int64_t slowestMs = 5; // of a message on the network
};

} // namespace Counterfoil

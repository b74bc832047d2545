#pragma once

#include "clock.h"
#include "random.h"

#include <array>
#include <functional>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

namespace Counterfoil {

// What goes wrong in a world, to be counted.
enum class Fault {
    MessageLost,
    MessageTwice,
    MessageCut, // in the middle of an answer
    ConnectionCut,
    Unplugged,
    ClientCrash,
    GatewayCrash,
    PowerLoss,
    DiskError, // one operation of a disk fails, or half of it
    DiskFull,
    ClockJump,
    Sleep,
    LongAbsence, // 60 days
    ScopeChange,
    AccountMove, // a record now belongs to another account
    LogExpiry,
    NewEpoch,
    Restore, // the gateway's disk is set back to a backup
    Upgrade, // the program learns a kind that its cache does not have
    ErpDown,
    ErpAnswerLost, // it was done, and nobody was told
    ErpRefusal,    // it broke over a command
};
inline constexpr std::size_t faultKinds = static_cast<std::size_t>(Fault::ErpRefusal) + 1;
const char *nameOf(Fault fault);

// Virtual time and seeded chance. What happens, happens in the order of its time. All that is noted goes into
// the trace, by which two runs are compared, and is told where a story is wanted.
class World final : public Clock
{
public:
    static constexpr std::int64_t epochMs = 1'790'000'000'000; // the wall clock at the beginning

    explicit World(std::uint64_t seed)
        : random(seed)
    { }

    // The true time, which nobody's clock need show.
    Instant now() const override { return {epochMs + m_now}; }
    BootTime sinceBoot() const override { return {m_now}; }
    std::int64_t ms() const { return m_now; }

    void after(std::int64_t ms, std::function<void()> what)
    {
        m_events.push({m_now + ms, ++m_count, std::move(what)});
    }
    void runUntil(std::int64_t end);
    void leap(std::int64_t ms) { m_now += ms; } // meanwhile nothing happens; what was due comes late
    std::function<void()> afterEach;            // event

    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool chance(double part) { return static_cast<double>(random.below(1'000'000)) < part * 1'000'000.0; }

    void note(std::string_view who, std::string_view what, std::string_view about = {});
    void goesWrong(Fault fault, std::string_view who, std::string_view about = {});
    int count(Fault fault) const { return m_faults[static_cast<std::size_t>(fault)]; }
    std::int64_t events() const { return m_happened; }
    std::uint64_t trace() const { return m_trace; }

    bool tellsStory = false;
    std::vector<std::string> story;

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
    std::int64_t m_happened = 0;
    std::uint64_t m_trace = 0xcbf29ce484222325;
    std::array<int, faultKinds> m_faults{};
};

// A clock that somebody may set.
class SettableClock final : public Clock
{
public:
    explicit SettableClock(const World &world)
        : m_world(world)
    { }

    Instant now() const override { return {m_world.now().ms + shiftMs}; }
    BootTime sinceBoot() const override { return m_world.sinceBoot(); }

    std::int64_t shiftMs = 0;

private:
    const World &m_world;
};

// How bad things are, as parts of one. All zero: a perfect world.
struct Faults
{
    double requestLost = 0;  // no answer ever comes
    double answerCut = 0;    // the body ends early, unnoticed by HTTP
    double requestTwice = 0; // the gateway gets it again, perhaps much later
    double frameLost = 0;
    double frameTwice = 0;
    double socketCut = 0; // per frame
    double storeFails = 0;
    double storeFailsAfter = 0; // it was done, but reported as failed
    double erpDown = 0;         // per question
    double erpAnswerLost = 0;   // per question
    std::int64_t slowestMs = 5; // of a message on the network
    std::int64_t slowestErpMs = 5;
};

} // namespace Counterfoil

#include "sandboxlife.h"

#include "sandboxerp.h"

#include <algorithm>
#include <chrono>

namespace Counterfoil {

namespace {

// The longest nap: bounds how late a changed wall clock is noticed.
constexpr std::int64_t longestNapMs = 250;
// The shortest: many small steps are committed together rather than one by one.
constexpr std::int64_t shortestNapMs = 20;
constexpr std::int64_t napAfterErrorMs = 2'000;

} // namespace

SandboxLife::SandboxLife(SandboxErp &erp, const Clock &clock, std::function<void(const Error &)> onError)
    : m_erp(erp)
    , m_clock(clock)
    , m_onError(std::move(onError))
    , m_thread([this] { run(); })
{ }

SandboxLife::~SandboxLife()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void SandboxLife::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        lock.unlock();
        const auto advanced = m_erp.advance(m_clock.now());
        std::int64_t napMs = longestNapMs;
        if (!advanced) {
            napMs = napAfterErrorMs;
            if (m_onError)
                m_onError(advanced.error());
        } else if (advanced->more) {
            napMs = 0;
        } else if (advanced->nextAt.isSet()) {
            napMs = std::clamp(advanced->nextAt.ms - m_clock.now().ms, shortestNapMs, longestNapMs);
        }
        lock.lock();
        m_wake.wait_for(lock, std::chrono::milliseconds(napMs), [this] { return m_stopping; });
    }
}

} // namespace Counterfoil

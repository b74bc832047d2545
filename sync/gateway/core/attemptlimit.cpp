#include "attemptlimit.h"

#include <algorithm>
#include <vector>

namespace Counterfoil {

std::int64_t AttemptLimit::waitMs(const std::string &name, BootTime now) const
{
    const auto found = m_clearAt.find(name);
    if (found == m_clearAt.end())
        return 0;
    const std::int64_t allowedDebt = (m_rule.burst - 1) * m_rule.refillMs;
    return std::max<std::int64_t>(0, found->second - now.ms - allowedDebt);
}

void AttemptLimit::failed(const std::string &name, BootTime now)
{
    if (m_clearAt.size() >= maxNames && !m_clearAt.contains(name))
        forgetSome(now);
    auto &clearAt = m_clearAt[name];
    clearAt = std::max(clearAt, now.ms) + m_rule.refillMs;
}

void AttemptLimit::forgetSome(BootTime now)
{
    std::erase_if(m_clearAt, [now](const auto &entry) { return entry.second <= now.ms; });
    if (m_clearAt.size() < maxNames)
        return;
    // A flood of made-up names must neither grow the table nor wash out who has failed most.
    std::vector<std::int64_t> times;
    times.reserve(m_clearAt.size());
    for (const auto &entry : m_clearAt)
        times.push_back(entry.second);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    const std::int64_t median = *middle;
    std::erase_if(m_clearAt, [median](const auto &entry) { return entry.second <= median; });
}

} // namespace Counterfoil

#include "heartbeat.h"

#include "codec.h"
#include "tuning.h"

namespace Counterfoil {

void Heartbeat::start(const Now &now)
{
    m_outstanding.clear();
    m_heardAt = now.boot;
}

std::string Heartbeat::ping(const Now &now)
{
    if (m_outstanding.size() >= mostOutstanding)
        m_outstanding.pop_front();
    m_outstanding.push_back({++m_last, now.boot});
    return encode(LivePing{m_last});
}

std::optional<BootTime> Heartbeat::answered(std::int64_t number)
{
    while (!m_outstanding.empty() && m_outstanding.front().number < number)
        m_outstanding.pop_front();
    if (m_outstanding.empty() || m_outstanding.front().number != number)
        return std::nullopt;
    m_heardAt = m_outstanding.front().at;
    m_outstanding.pop_front();
    return m_heardAt;
}

std::int64_t Heartbeat::msUntilSilent(const Now &now) const
{
    return Tuning::silenceMs - (now.boot.ms - m_heardAt.ms);
}

} // namespace Counterfoil

#include "erpwatch.h"

#include "gatewaycore.h"

namespace Counterfoil {

void ErpWatch::answered(BootTime askedAt, bool more)
{
    m_down = false;
    if (more)
        return;
    m_proven = true;
    m_proof = askedAt;
}

std::int64_t ErpWatch::lagMs() const
{
    return m_proven ? m_clock->sinceBoot().ms - m_proof.ms : unknownLagMs;
}

} // namespace Counterfoil

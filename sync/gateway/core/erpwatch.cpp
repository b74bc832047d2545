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
    if (m_proven)
        return m_clock->sinceBoot().ms - m_proof.ms;
    // A wall clock that was set back proves nothing.
    if (!m_storedProof.isSet() || m_clock->now() < m_storedProof)
        return unknownLagMs;
    return m_clock->now().ms - m_storedProof.ms;
}

} // namespace Counterfoil

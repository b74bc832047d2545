#include "freshnessproof.h"

#include "tuning.h"

#include <algorithm>

namespace Counterfoil {

namespace {

// A gateway that has never yet held everything that its ERP has says so by a lag of a hundred years.
constexpr std::int64_t meaninglessLagMs = 10LL * 365 * 24 * 3600 * 1000;

} // namespace

void FreshnessProof::note(const Now &now, const Proof &proof)
{
    const BootTime provenAt{proof.sentAt.ms - std::max<std::int64_t>(proof.lagMs, 0)};
    m_heardAt = m_heardAt ? std::max(*m_heardAt, proof.sentAt) : proof.sentAt;
    if (proof.lagMs >= meaninglessLagMs)
        return;
    if (m_provenAt && *m_provenAt >= provenAt)
        return;
    m_provenAt = provenAt;
    m_asOf = Instant{now.wall.ms - (now.boot.ms - provenAt.ms)};
}

void FreshnessProof::reset()
{
    *this = FreshnessProof();
}

std::int64_t FreshnessProof::msUntilStale(const Now &now) const
{
    return m_heardAt ? Tuning::silenceMs - (now.boot.ms - m_heardAt->ms) : 0;
}

} // namespace Counterfoil

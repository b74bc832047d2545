#pragma once

#include "effects.h"

#include <optional>

namespace Counterfoil {

// An answer from the gateway that said "you have everything": true as of the moment the question was
// sent, less the gateway's own lag behind its ERP.
struct Proof
{
    BootTime sentAt;
    std::int64_t lagMs = 0;
};

// How old the cache can be at most. Never understates: it counts from when a question was sent, and
// only once what the answer covers is stored.
class FreshnessProof
{
public:
    void restore(Instant asOf) { m_asOf = asOf; } // from an earlier run
    void note(const Now &now, const Proof &proof);
    void reset(); // the cache no longer holds what was proven

    std::optional<BootTime> provenAt() const { return m_provenAt; }
    Instant asOf() const { return m_asOf; }
    // How long the last answered question still counts as a heartbeat, whatever the gateway's lag; 0 or less:
    // it does not.
    std::int64_t msUntilStale(const Now &now) const;

private:
    std::optional<BootTime> m_provenAt;
    std::optional<BootTime> m_heardAt;
    Instant m_asOf;
};

} // namespace Counterfoil

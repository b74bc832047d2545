#pragma once

#include "clock.h"

namespace Counterfoil {

// How far the gateway may be behind its ERP.
class ErpWatch
{
public:
    // `provenAt`: from the store, by the wall clock; good until the ERP first answers this process.
    ErpWatch(const Clock &clock, Instant provenAt)
        : m_clock(&clock)
        , m_storedProof(provenAt)
    { }

    void answered(BootTime askedAt, bool more);
    void failed() { m_down = true; }

    bool isDown() const { return m_down; }
    bool hasRead() const { return m_proven; } // all of it, since this process began
    std::int64_t lagMs() const;               // since the ERP was last asked and had nothing more to tell

private:
    const Clock *m_clock;
    Instant m_storedProof;
    BootTime m_proof;
    bool m_proven = false;
    bool m_down = false;
};

} // namespace Counterfoil

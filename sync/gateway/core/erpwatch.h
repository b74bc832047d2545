#pragma once

#include "clock.h"
#include "error.h"

namespace Counterfoil {

// How far the gateway may be behind its ERP.
class ErpWatch
{
public:
    // `provenAt`: when the store was last complete; none: never.
    ErpWatch(const Clock &clock, Instant provenAt)
        : m_clock(&clock)
        , m_everRead(provenAt.isSet())
    { }

    void answered(BootTime askedAt, bool more);
    // Whether that is another reason than it was, or new.
    bool failed(ErrorKind reason)
    {
        const bool isNews = !m_down || reason != m_reason;
        m_down = true;
        m_reason = reason;
        return isNews;
    }

    bool isDown() const { return m_down; }
    bool hasRead() const { return m_proven; } // all of it, since this process began
    bool hasEverRead() const { return m_proven || m_everRead; }
    // Since the ERP was last asked and had nothing more to tell. Unknown until that happens in this process:
    // how long ago another one heard it, only a wall clock could say, which anybody may have set meanwhile.
    std::int64_t lagMs() const;

private:
    const Clock *m_clock;
    BootTime m_proof;
    bool m_everRead = false;
    bool m_proven = false;
    bool m_down = false;
    ErrorKind m_reason{}; // while it is down
};

} // namespace Counterfoil

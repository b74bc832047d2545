#pragma once

#include "clock.h"

// A clock that stands where the test puts it.
class FixedClock final : public Counterfoil::Clock
{
public:
    explicit FixedClock(Counterfoil::Instant at)
        : m_at(at)
    { }
    Counterfoil::Instant now() const override { return m_at; }
    Counterfoil::BootTime sinceBoot() const override { return {m_at.ms}; }
    void set(Counterfoil::Instant at) { m_at = at; }

private:
    Counterfoil::Instant m_at;
};

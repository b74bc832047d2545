#pragma once

#include "instant.h"

namespace Counterfoil {

// Milliseconds since this machine booted, time asleep included, so that an age never shrinks because
// the lid was closed or the wall clock was set.
struct BootTime
{
    std::int64_t ms = 0;

    auto operator<=>(const BootTime &) const = default;
};

// Where time comes from. The simulator passes its own; nothing below app/ reads a clock directly.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual BootTime sinceBoot() const = 0;
};

// The machine's own. Safe from any thread.
class SystemClock final : public Clock
{
public:
    Instant now() const override;
    BootTime sinceBoot() const override;
};

} // namespace Counterfoil

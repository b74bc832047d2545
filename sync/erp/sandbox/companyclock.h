#pragma once

#include "instant.h"

namespace Counterfoil::Sandbox {

// The company plans in company time: milliseconds like an Instant's, which pass as the wall clock's do
// while history is made, and faster, by `pace`, while it lives. What people read are wall times.
struct CompanyClock
{
    std::int64_t companyBase = 0;
    std::int64_t wallBase = 0;
    double pace = 1;

    std::int64_t companyTime(Instant wall) const;
    Instant wall(std::int64_t companyTime) const;
};

} // namespace Counterfoil::Sandbox

#pragma once

#include <cstdint>
#include <string>

namespace Counterfoil {

// How a storm of writes went.
struct StormReport
{
    std::uint64_t writes = 0;
    std::uint64_t sends = 0;  // each write is sent one to five times, and again where nothing came back
    std::uint64_t deaths = 0; // of the gateway
    std::uint64_t effects = 0;
    std::string violation; // empty: each write took effect once
};

// Many people's new addresses at once over one gateway that keeps dying: every one is sent one to five times
// in any order, and has to take effect at the ERP exactly once.
StormReport writeStorm(std::uint64_t seed, int writes);

} // namespace Counterfoil

#pragma once

#include "result.h"

#include <optional>
#include <string>

namespace Counterfoil {

// How far the log was told to an after-hook.
struct HookPlace
{
    std::string epoch;     // of the log
    std::int64_t told = 0; // up to and including this entry
};

// The places of after-hooks, in the gateway's store. The log itself is their queue: it is durable already,
// and bounded by its retention.
class HookPlaces
{
public:
    virtual ~HookPlaces() = default;

    virtual Result<std::optional<HookPlace>> place(const std::string &hook) = 0; // nothing: a new hook
    virtual Outcome put(const std::string &hook, const HookPlace &place) = 0;
};

} // namespace Counterfoil

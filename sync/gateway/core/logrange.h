#pragma once

#include "scope.h"

namespace Counterfoil {

// A stretch of the log as one scope shows it.
struct LogRange
{
    std::vector<std::string> lines;
    std::int64_t to = 0;        // the last entry covered
    std::int64_t remaining = 0; // changes in scope after `to`, about: what was not looked at counts in full
};

struct LogRangeBounds
{
    std::size_t lines = 0;
    std::size_t bytes = 0;
    std::int64_t scanned = 50'000; // entries looked at, so that a narrow scope cannot hold up the others
};

Result<LogRange> readRange(GatewayStore &store, const Scope &scope, std::int64_t after, std::int64_t last,
                           const LogRangeBounds &bounds);

} // namespace Counterfoil

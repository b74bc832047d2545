#pragma once

#include "sandboxerp.h"

namespace Counterfoil::Sandbox {

class Company;

// How many changes an order brings about from its placing to its end, on average.
inline constexpr std::int64_t changesPerOrder = 22;
inline constexpr std::int64_t historyDays = 730;

// The text by which a file says which company and which tables it holds; the same for the same
// program, seed and scale.
std::string madeBy(const Company &company);

// Makes a company with its history up to `now` in the file `path` unless that is there already; beside its
// final place, so that `path` is complete or not there.
Outcome makeIfMissing(const QString &path, const SandboxSettings &settings, Instant now,
                      const SandboxProgressCallback &progress);

} // namespace Counterfoil::Sandbox

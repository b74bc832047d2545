#pragma once

#include "random.h"
#include "result.h"

#include <string>
#include <string_view>

namespace Counterfoil {

// What making one password hash costs. The default is OWASP's first choice for Argon2id: about 25 ms,
// so that a table of stolen hashes is worth little and a sign-in does not hold up the gateway.
struct PasswordCost
{
    std::uint32_t memoryKiB = 19 * 1024;
    std::uint32_t passes = 2;
};

inline constexpr std::size_t maxPasswordBytes = 1024;

// Argon2id in its own text form, which holds salt and cost.
Result<std::string> hashPassword(std::string_view password, Random &random, PasswordCost cost = {});

bool verifyPassword(std::string_view password, const std::string &hash); // false for a hash that is none

} // namespace Counterfoil

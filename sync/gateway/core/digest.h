#pragma once

#include <string>
#include <string_view>

namespace Counterfoil {

std::string sha256Hex(std::string_view bytes); // 64 lower-case digits

// In a time that depends on the lengths alone.
bool equalInConstantTime(std::string_view a, std::string_view b);

} // namespace Counterfoil

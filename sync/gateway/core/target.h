#pragma once

#include "gatewaycore.h"

#include <string_view>

namespace Counterfoil {

// Splits a request's target into decoded path and query; false when it is none.
bool readTarget(std::string_view target, HttpRequest &request);

// The token of "Bearer TOKEN", or nothing.
std::string bearerOf(std::string_view authorization);

} // namespace Counterfoil

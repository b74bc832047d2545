#pragma once

#include <string>
#include <vector>

namespace Counterfoil {

// The statements that make a new SqliteGatewayStore, or bring one of an earlier version up to date.
std::vector<std::string> gatewaySchema();

} // namespace Counterfoil

#pragma once

#include <string>

namespace Counterfoil {

std::string gatewaySchema(); // the statements that make a new SqliteGatewayStore

} // namespace Counterfoil

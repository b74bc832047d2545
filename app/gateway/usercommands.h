#pragma once

#include "options.h"

namespace Counterfoil {

// Carries out a "user" command on the store, which a gateway may be using at the same time: it
// notices within a second.
Outcome runUserCommand(const GatewayOptions &options);

} // namespace Counterfoil

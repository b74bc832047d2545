#pragma once

#include "options.h"

namespace Counterfoil {

// Runs the gateway until it is told to end: by SIGTERM or SIGINT, or with --demo by its parent's end.
Outcome serve(const GatewayOptions &options);

} // namespace Counterfoil

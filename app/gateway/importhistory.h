#pragma once

#include "options.h"
#include "sandboxerp.h"

namespace Counterfoil {

// Takes --import into the company and says what became of it; refused rows are listed beside its file.
Outcome importHistory(SandboxErp &erp, const GatewayOptions &options);

} // namespace Counterfoil

#pragma once

#include "sandboxerp.h"

#include <QString>

namespace Counterfoil {

void say(const QString &text); // a line on standard error

// Says how far `what` has come, now and then.
SandboxProgressCallback progressOn(const QString &what);

} // namespace Counterfoil

#pragma once

#include "approval.h"

#include <QString>

namespace Counterfoil {

// How it ended, for who asked for it; empty where that is who ended it.
QString endOf(const Approval &approval);

} // namespace Counterfoil

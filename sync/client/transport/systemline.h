#pragma once

#include "meteredline.h"

#include <memory>

namespace Counterfoil {

// The line as the system tells of it: on Linux NetworkManager, which counts one that it guesses to be
// metered; and one by mobile radio is taken to be. Where no system tells, it is not metered. One at a time.
std::unique_ptr<MeteredLine> systemLine();

} // namespace Counterfoil

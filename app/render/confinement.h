#pragma once

namespace Counterfoil {

// What this process may use from here on, as far as the system lets us say so: memory, no files written,
// no core dump with somebody's invoice in it, and an end when the window that started us has ended.
// Returns false when the window is gone already.
bool confineOurselves();

} // namespace Counterfoil

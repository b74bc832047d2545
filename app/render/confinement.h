#pragma once

namespace Counterfoil {

// What this process may use from here on, as far as the system lets us say so: memory, no files written,
// no core dump with somebody's invoice in it, and an end when the window that started us has ended.
// A window that is gone before this takes effect has closed our input, which ends us as well.
void confineOurselves();

} // namespace Counterfoil

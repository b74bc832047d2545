#pragma once

namespace Counterfoil {

// Hands memory that was freed, and that the program's allocator keeps for later, back to the system. Takes
// milliseconds and any thread; worth it after much work, before a long rest. Nothing where the allocator
// cannot.
void returnFreedMemory();

} // namespace Counterfoil

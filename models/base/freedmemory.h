#pragma once

namespace Counterfoil {

// Hands memory that was freed, and that the program's allocator keeps for later, back to the system. Takes
// milliseconds and any thread; worth it after much work, before a long rest. Nothing where the allocator
// cannot.
void returnFreedMemory();

// The other way round: keeps up to so many bytes at hand that were freed, where the allocator would return
// them and take page after page from the system again. For a process that does one large thing after the
// other; to be said at its start. At most 32 MiB.
void keepFreedMemory(int bytes);

} // namespace Counterfoil

#pragma once

#include "renderprotocol.h"

namespace Counterfoil {

// What this process may do from here on, in two steps that cannot be taken back. A document is somebody
// else's program, and Poppler has been taken over by documents before: then it is in here with nothing worth
// having.

// At once, before anything is read: memory, no files written, no core dump with somebody's invoice in it, and
// an end when the window that started us has ended. A window that is gone before this takes effect has closed
// our input, which ends us as well.
void limitOurselves();

// Before the first document: no network, no files but the fonts and Poppler's own data, which are read, and
// no calls of the system but those that drawing takes. For one thread; what it starts later is held as well.
// Returns the doors for which this computer has no lock.
RenderDoors closeDoors();

// Processor time that the next request may take; who needs more is ended by the system. A window that is
// alive loses patience long before.
void grantProcessorTime();

} // namespace Counterfoil

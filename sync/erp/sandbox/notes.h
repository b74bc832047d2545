#pragma once

#include "books.h"
#include "connector.h"

namespace Counterfoil::Sandbox {

// Keeps what one of the supplier's people noted about a customer. Within a transaction of the caller's; what
// is not Applied has written nothing.
CommandEffect writeNote(Books &books, const Command &command, const Deed &deed, Instant now);

} // namespace Counterfoil::Sandbox

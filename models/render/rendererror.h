#pragma once

#include "error.h"
#include "renderprotocol.h"

namespace Counterfoil {

// The sentence for a person about what did not work, of a document or of one page of it.
Error renderError(RenderFault fault, const QString &detail);

// What is worth knowing about a computer that has no lock for these; empty when there is none.
QString cautionAbout(RenderDoors open);

} // namespace Counterfoil

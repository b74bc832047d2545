#pragma once

#include "cartrules.h"

#include <optional>

// What the supplier has against an address or a contact that somebody wants to save.
namespace Counterfoil::Sandbox {

// What its system refuses on the spot: it would not be a record.
std::optional<Objection> refusalOf(const AnyRecord &record);

bool isPrintable(const std::string &text, bool inLines); // whole UTF-8, without control characters

// What somebody finds who looks at it afterwards, as one sentence; empty: nothing.
std::string objectionTo(const AnyRecord &record);

} // namespace Counterfoil::Sandbox

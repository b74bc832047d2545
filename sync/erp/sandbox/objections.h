#pragma once

#include "fieldtable.h"

#include <optional>

// What the supplier has against an address or a contact that somebody wants to save.
namespace Counterfoil::Sandbox {

struct Objection
{
    std::string code;   // stable, for programs
    std::string reason; // one sentence for the person
};

// What its system refuses on the spot: it would not be a record.
std::optional<Objection> refusalOf(const AnyRecord &record);

// What somebody finds who looks at it afterwards, as one sentence; empty: nothing.
std::string objectionTo(const AnyRecord &record);

} // namespace Counterfoil::Sandbox

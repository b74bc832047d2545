#pragma once

#include "command.h"
#include "result.h"

// Whether a command is one that the outbox takes.
namespace Counterfoil::CommandCheck {

Outcome check(const Command &command); // BadInput

std::string shortened(const std::string &text); // to the longest text that is kept, at a character's end

} // namespace Counterfoil::CommandCheck

#pragma once

#include "command.h"
#include "commandoutcome.h"
#include "messages.h"
#include "result.h"

#include <span>

// Commands and their outcomes as JSON; docs/protocol.md, "Commands". As strict as codec.h says, and more so:
// what a person asks for is taken as a whole or not at all.
namespace Counterfoil {

// Only the Editable fields of `base` and `record` travel.
std::string encodeCommand(const Command &command);
// Refused too: a verb or kind that nobody may ask for, a reference that is no key, a field that cannot be
// asked for but has a value, a save without a record, a retirement or a new record of something that has
// none.
Result<Command> decodeCommand(std::string_view json);

// The same text for the same wish, whatever fields the field tables have gained since: what has its default
// is left out.
std::string commandDigestText(const Command &command);

bool isCommandKey(std::string_view text); // 1 to Limits::commandKeyBytes of a-z, A-Z, 0-9 and '-'

std::string_view stateName(CommandOutcome::State state); // "applied"

std::string encodeOutcome(const CommandOutcome &outcome);
Result<CommandOutcome> decodeOutcome(std::string_view json);

// The answer to an OutcomesRequest: {"outcomes":[…]}, in the order asked.
std::string encodeOutcomes(std::span<const CommandOutcome> outcomes);
Result<std::vector<CommandOutcome>> decodeOutcomes(std::string_view json); // at most Limits::outcomes

} // namespace Counterfoil

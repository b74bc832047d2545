#pragma once

#include "outboxentry.h"

#include <optional>
#include <string>
#include <string_view>

// How an entry lies in the file: pairs of a name and a value, each with its length before it, so that any
// bytes pass through unchanged and equal entries are equal bytes. Of a command's records the Editable fields
// are written, of the others' record all but the lists. Names that are missing leave defaults, unknown ones
// are passed over: an older file is read by a newer program without migration.
namespace Counterfoil::OutboxCodec {

std::string encode(const OutboxEntry &entry);
std::optional<OutboxEntry> decode(std::string_view bytes); // nothing: they are not of an entry

std::size_t size(const Command &command); // in bytes, as encoded

} // namespace Counterfoil::OutboxCodec

#pragma once

#include "fieldtable.h"

namespace Counterfoil {

inline constexpr std::size_t mostNoteCharacters = 1'000;

// What the supplier's people write about a customer for each other. Each is a record of its own, made by the
// command "save" and never changed. It is internal (kinds.h): it is sent to nobody else's machine.
struct Note
{
    std::string key;
    std::string account;
    std::string author; // a sign-in name
    Instant at;
    std::string text; // lines separated by \n, at most mostNoteCharacters

    static const RecordType type;
};

} // namespace Counterfoil

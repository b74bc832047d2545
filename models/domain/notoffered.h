#pragma once

#include "fieldtable.h"

#include <span>

namespace Counterfoil {

// Something that may be asked for by commandTypes(), and that this gateway's ERP cannot do: the window does
// not offer it, or says why, and the gateway refuses it with the same sentence.
struct NotOffered
{
    std::string verb;   // of the command; empty: every one of that kind
    std::string kind;   // the record's
    std::string field;  // the one field that is not kept; empty: the command as a whole
    std::string reason; // one sentence for the person

    static const RecordType type;
    bool operator==(const NotOffered &) const = default;
};

// Why it cannot be asked for; nullptr: it can.
const NotOffered *findNotOffered(std::span<const NotOffered> all, std::string_view verb,
                                 const RecordType &kind, std::string_view field = {});

} // namespace Counterfoil

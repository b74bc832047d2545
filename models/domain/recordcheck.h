#pragma once

#include "fieldtable.h"

#include <vector>

namespace Counterfoil {

// What is wrong, or may be, with a field that somebody filled in. The ERP decides in the end; this only
// spares the person its refusals, so what cannot be known for certain can be insisted on.
struct FieldIssue
{
    enum class Kind {
        Missing,
        TooLong,
        Unknown,  // no such country
        Odd,      // does not look like a postal code of the country, a region, a telephone number …
        Spelling, // `suggestion` is how it is usually written
    };

    const Field *field = nullptr;
    Kind kind = Kind::Missing;
    bool forbids = false;        // it cannot be sent like that
    std::string suggestion = {}; // what to put there instead; empty: none
    std::string example = {};    // of what belongs there; empty: none

    bool operator==(const FieldIssue &) const = default;
};

inline constexpr std::size_t mostFieldCharacters = 200; // of a text that somebody fills in
inline constexpr std::size_t mostStreetLines = 4;

// Of the Editable fields of an Address or a Contact, in the order of the table; of any other kind there is
// nothing to say. Expects a record that was tidied.
std::vector<FieldIssue> issuesOf(const AnyRecord &record);

// Without what nobody means: spaces at the ends and doubled, empty lines, control characters.
void tidy(AnyRecord &record);

} // namespace Counterfoil

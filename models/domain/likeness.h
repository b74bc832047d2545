#pragma once

#include "fieldtable.h"

#include <optional>
#include <span>

namespace Counterfoil {

// A record so like another that one of the two is probably not wanted.
struct Lookalike
{
    enum class Why {
        SamePlace,   // the same street, number and postal code, however they are written
        NearbyPlace, // but for one character of the postal code, or where one of the two has none
        SameEmail,
        SameName,         // the same words in whatever order, or one slip of the finger apart
        SameNameAndPhone, // names of which one may be short for the other, with the same number
    };

    std::size_t index = 0; // among the others
    Why why = Why::SamePlace;

    bool operator==(const Lookalike &) const = default;
};

// The first of the others, all of one kind, that an Address or a Contact is like; capitals, accents,
// punctuation and usual abbreviations do not count, house numbers do.
std::optional<Lookalike> findLookalike(const AnyRecord &record, std::span<const AnyRecord> others);

} // namespace Counterfoil

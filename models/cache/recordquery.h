#pragma once

#include "fieldtable.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace Counterfoil {

// Which records of one kind a list shows, and in which order. Empty members do not restrict. Fields are
// named as in the kind's field table; one that it does not have restricts nothing.
struct RecordQuery
{
    struct AnyOf // a Text field that has one of the values
    {
        std::string field;
        std::vector<std::string> values;

        bool operator==(const AnyOf &) const = default;
    };

    struct Range // a field stored as a number: an Instant's ms, a Date's days, an Amount's minor units
    {
        static constexpr std::int64_t open = std::numeric_limits<std::int64_t>::min();

        std::string field;
        std::int64_t from = open; // inclusive; open: no lower end, but a time that is not set is in no range
        std::int64_t before = open; // exclusive; open: no upper end

        bool operator==(const Range &) const = default;
    };

    struct Is // a Flag field
    {
        std::string field;
        bool value = true;

        bool operator==(const Is &) const = default;
    };

    const RecordType *kind = nullptr;
    std::vector<std::string> accounts;
    std::vector<AnyOf> anyOf;
    std::vector<Range> ranges;
    std::vector<Is> flags;
    bool fileHere = false; // only those whose file is on this computer, of a kind with a FileDigest
    // Words as typed; each must begin a word of a searchable field, of a list's too, or of the record's file.
    std::string text;
    // Of items, which are found by what is like the words too, the best first: by the words as typed alone.
    bool exactly = false;
    // A Sortable field; empty: the kind's first Sortable Instant. That time breaks ties, then the row id,
    // both in the same direction.
    std::string sortField;
    bool descending = true;

    bool operator==(const RecordQuery &) const = default;
};

// The field of time by which a kind's records are newest first; nullptr: it has none.
const Field *newestField(const RecordType &kind);

// The field that the query sorts by; nullptr: by row ids alone.
const Field *sortFieldOf(const RecordQuery &query);

} // namespace Counterfoil

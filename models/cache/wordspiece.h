#pragma once

#include "fieldtable.h"

#include <string>
#include <vector>

namespace Counterfoil {

// Rows of one kind that are here and that a text does not find yet: see WordsBehind.
struct WordsRange
{
    const RecordType *kind = nullptr;
    std::uint64_t number = 0; // of the range; no other in this process has it
    std::int64_t next = 0;    // the row ids from here on
    std::int64_t end = 0;     // and before this one

    bool isEmpty() const { return next >= end; }
};

// The words of the first rows of such a range, as they were when somebody looked.
struct WordsPiece
{
    struct Row
    {
        std::int64_t id = 0;
        std::string words;
    };

    WordsRange of;
    std::vector<Row> rows;
    std::int64_t next = 0; // every row of the range before this id is among them, or is not here

    WordsRange rest() const { return {of.kind, of.number, next, of.end}; }
};

} // namespace Counterfoil

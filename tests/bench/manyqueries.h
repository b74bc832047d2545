#pragma once

#include "manyrecords.h"
#include "recordquery.h"

namespace Counterfoil {

// What people type: numbers, the beginnings of POs, items, names, a letter; from the first key to the last.
std::vector<std::string> typedTexts(const ManyRecords &books);

// Every key pressed is a query: the beginnings of the text that end in a whole character.
std::vector<std::string> keystrokes(const std::string &text);

RecordQuery allOf(const RecordType &kind);

// What people filter a list by, wide and narrow, one and several things at once.
std::vector<RecordQuery> filters(const ManyRecords &books, const RecordType &kind);

} // namespace Counterfoil

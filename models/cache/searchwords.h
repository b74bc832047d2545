#pragma once

#include "fieldtable.h"

#include <string>

// How records and what people type become words. A part number such as "AB-12.5" is found as
// written, by its pieces, and without its dashes.
namespace Counterfoil::SearchWords {

// What the full-text table holds for a record: its Searchable fields, those of its lists included,
// and once more without punctuation each word that has some inside, and without blanks each short
// text that holds a digit.
std::string of(const RecordType &type, const void *record);

enum Match { Beginning, Whole };

// A full-text query that finds rows having, for every word of `typed`, a word that begins with it, or that is
// it. Empty when there is no word in it.
std::string query(std::string_view typed, Match match = Beginning);

// The word without ASCII punctuation and in lower case (ASCII); for comparing numbers as people write them.
std::string squeezed(std::string_view text);

} // namespace Counterfoil::SearchWords

#pragma once

#include "fieldtable.h"

#include <string>
#include <vector>

// How records and what people type become words. A word is what stands between blanks, in lower case and
// without diacritics and punctuation. A part number such as "AB-12.5" is found as written, by its pieces,
// from any of them on, and without its dashes: it is kept as "ab125", "125", "ab", "12" and "5". So a row has
// what was typed when it has a word that begins with it, which is all that is ever asked of the full-text
// table.
namespace Counterfoil::SearchWords {

// The text in lower case without diacritics, letters and digits alone: other signs are dots, blanks are
// blanks.
std::string folded(std::string_view text);
inline constexpr std::size_t typedBytesMost = 4'096; // of what follows in a pasted page nothing is looked at

// What the full-text table holds for a record: the words of its Searchable fields, those of its lists
// included, each once, with blanks between. It takes no word apart again.
std::string of(const RecordType &type, const void *record);

// The words of a text that is in no field, such as that of a record's file, in the same form. Of a word
// longer than 256 bytes the beginning counts; what is written without blanks between words, as Chinese is, is
// found from each of its characters on. At most insideWordsMost words.
inline constexpr std::size_t insideWordsMost = 20'000;
std::string inside(std::string_view text);

// The words typed, as they are looked for: each once, at most 16. What follows in a pasted page, and words
// longer than anybody's numbers, are passed over.
std::vector<std::string> typed(std::string_view text);

enum Match { Beginning, Whole };

// A full-text query that finds rows having, for every word of `text`, a word that begins with it, or that is
// it. Empty when there is no word in it.
std::string query(std::string_view text, Match match = Beginning);
// The same for one word of typed().
std::string beginningWith(std::string_view word);
// Whether among `words`, which is a text made by of(), one begins with each of the words typed.
bool hasAll(std::string_view words, const std::vector<std::string> &typed);

// The word without ASCII punctuation and in lower case (ASCII); for comparing numbers as people write them.
std::string squeezed(std::string_view text);

} // namespace Counterfoil::SearchWords

#pragma once

#include <string>
#include <vector>

// What people paste into the search-or-jump box, made ready to be looked up.
namespace Counterfoil::JumpText {

// The beginning of the text, at most a kilobyte, without marks that nobody sees: control characters,
// directions of writing, soft hyphens. All blanks are plain blanks, all dashes plain dashes, and digits
// of double width plain digits.
std::string cleaned(const std::string &pasted);

// What in the text may be the number of something, in the order in which it stands there: the words that
// hold a digit, what is before and after a colon or slash in them, and runs of short words that may be
// one number written with blanks, as on a label. Without punctuation and blanks, in lower case; each once,
// at most a hundred.
std::vector<std::string> numbers(const std::string &cleaned);

// The number without the letters that it begins with, as of "po4500771"; empty when that leaves too little.
std::string withoutLabel(const std::string &number);

} // namespace Counterfoil::JumpText

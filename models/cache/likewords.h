#pragma once

#include <string_view>

namespace Counterfoil::LikeWords {

// How many letters were left out, added, exchanged for others or swapped with their neighbours when `word`
// was typed as `typed`; above `most`: more than that, or too long to be told. Compares bytes.
int mistakes(std::string_view typed, std::string_view word, int most);

} // namespace Counterfoil::LikeWords

#pragma once

#include "openeddocument.h"

namespace Counterfoil {

// Poppler tells words as they stand on the paper, from the left, and so the letters of each, in the shapes
// that they take beside each other. Where a language is written from the right, people and searches want
// letters, in the order in which they are spoken: that is what words are put into.
void putInSpokenOrder(std::vector<TextBox> &words);

bool readsFromTheRight(const TextBox &word);

} // namespace Counterfoil

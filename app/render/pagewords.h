#pragma once

#include "openeddocument.h"

namespace Poppler {
class Page;
} // namespace Poppler

namespace Counterfoil {

// The words of a page in reading order, within RenderLimit.
std::vector<TextBox> wordsOf(const Poppler::Page &page);

// Where `words` stand on a page and what stands around them, within RenderLimit.
std::vector<TextHit> hitsOn(const Poppler::Page &page, const QString &words, bool matchCase);

} // namespace Counterfoil

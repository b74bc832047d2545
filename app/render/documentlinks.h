#pragma once

#include "openeddocument.h"

namespace Poppler {
class Document;
class Page;
} // namespace Poppler

namespace Counterfoil {

// Where the links of a page and the entries of a document's outline lead. What they would do besides
// (start a program, run a script, play a film) is left out: nothing of that is ever done.
std::vector<PageLink> linksOf(Poppler::Document &document, const Poppler::Page &page);

// In reading order, within RenderLimit; an outline that goes in circles ends there too.
std::vector<OutlineEntry> outlineOf(Poppler::Document &document);

} // namespace Counterfoil

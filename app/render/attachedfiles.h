#pragma once

#include "renderprotocol.h"

#include <QByteArray>

namespace Poppler {
class Document;
}

namespace Counterfoil {

// The files that are embedded in the document itself, in its own order; not those that are pinned to a page.
std::vector<AttachedFile> attachedFilesOf(const Poppler::Document &document);

// The bytes of one of them, by its place in that list. Damaged: there is none, or it cannot be unpacked;
// TooLarge.
QByteArray attachedBytes(const Poppler::Document &document, int index, RenderFault &fault);

} // namespace Counterfoil

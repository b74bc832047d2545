#pragma once

#include "packprotocol.h"

namespace Counterfoil {

// Puts the documents that lie in `bytes`, or the pages wanted of them, one behind the other, with a bookmark
// at the first page of each, and writes the result to `result`, which has room for PackLimit::mergedBytes.
// What would run by itself in a reader is left behind. The same documents make the same bytes.
PackAnswer mergePdfs(const MergeOrder &order, const unsigned char *bytes, unsigned char *result);

} // namespace Counterfoil

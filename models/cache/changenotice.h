#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// Which rows of one kind a committed batch touched, by their row ids in the cache.
struct KindNotice
{
    const RecordType *kind = nullptr;
    std::vector<std::int64_t> inserted;
    std::vector<std::int64_t> updated;
    std::vector<std::int64_t> removed;
};

// What a committed batch changed; models re-read just that.
struct ChangeNotice
{
    std::vector<KindNotice> kinds;
    bool everything = false; // too much to list (a fill, a purge): read anew

    bool isEmpty() const { return kinds.empty() && !everything; }
};

} // namespace Counterfoil

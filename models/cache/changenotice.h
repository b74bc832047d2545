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
    // Too much to list (a fill, a purge): read the kinds above anew, all kinds when none is named.
    bool everything = false;
    bool wordsOnly = false; // no row is another than before: a text finds more of them
    // Not 0: the cache now covers the gateway's log up to here, which decides what is pending no longer.
    std::int64_t covered = 0;

    bool isEmpty() const { return kinds.empty() && !everything && covered == 0; }

    const KindNotice *of(const RecordType &kind) const
    {
        for (const KindNotice &each : kinds) {
            if (each.kind == &kind)
                return &each;
        }
        return nullptr;
    }
    bool touches(const RecordType &kind) const { return of(kind) || (everything && kinds.empty()); }
    bool isAllOf(const RecordType &kind) const { return everything && touches(kind); }
};

} // namespace Counterfoil

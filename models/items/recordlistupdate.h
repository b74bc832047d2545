#pragma once

#include "cachereader.h"
#include "recordquery.h"
#include "rowset.h"

#include <memory>
#include <vector>

namespace Counterfoil {

// What a committed batch means for a list of records: rows by their place in the list as it was when
// asked. Computed on a reader thread.
struct RecordListUpdate
{
    struct Row
    {
        std::size_t place = 0; // updated: where it is. Inserted: before which row it comes
        CachedRecord record;
    };

    std::vector<std::size_t> removed; // rising
    std::vector<Row> updated;
    std::vector<Row> inserted; // places rising; of equal places in order

    // `list` is what the query found before, in order; `touched` rows changed or are new, `gone` rows went.
    static Result<RecordListUpdate> compute(CacheReader &reader, const RecordQuery &query, const RowIds &list,
                                            const std::vector<std::int64_t> &touched,
                                            const std::vector<std::int64_t> &gone);
};

} // namespace Counterfoil

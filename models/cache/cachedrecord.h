#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// A record as the cache holds it.
struct CachedRecord
{
    std::int64_t id = 0;       // its row; never used again for another record
    std::int64_t version = 0;  // the ERP's
    std::int64_t sequence = 0; // where in the gateway's log it came from
    Instant time;              // when the ERP committed this version
    AnyRecord record;
};

// Whether a read fetches the record's List fields too.
enum class WithLists { No, Yes };

} // namespace Counterfoil

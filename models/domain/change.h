#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// One entry of the change log as one person may see it: the whole record as it is now, or its removal.
struct Change
{
    const RecordType *kind = nullptr;
    std::string key;
    std::string account;       // empty: everybody's
    std::int64_t sequence = 0; // position in the gateway's log, from 1
    std::int64_t version = 0;  // the ERP's, from 1, rising per record
    Instant time;              // when the ERP committed it
    AnyRecord record;          // null: removed, or moved out of sight
};

} // namespace Counterfoil

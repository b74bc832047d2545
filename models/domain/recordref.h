#pragma once

#include "fieldtable.h"

#include <string>

namespace Counterfoil {

// A record, wherever it is.
struct RecordRef
{
    const RecordType *kind = nullptr; // nullptr: of nothing
    std::string key;

    bool isNull() const { return kind == nullptr || key.empty(); }
    bool operator==(const RecordRef &) const = default;
};

} // namespace Counterfoil

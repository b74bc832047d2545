#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// Every kind of record that is kept in sync, in the order in which a first fill fetches them.
std::span<const RecordType *const> allKinds();

// Only the supplier's own people see records of it, whatever their role; nothing of it leaves the gateway for
// anybody else.
bool isInternal(const RecordType &kind);

const RecordType *findKind(std::string_view name); // nullptr when there is none

} // namespace Counterfoil

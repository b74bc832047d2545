#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// Every kind of record that is kept in sync, in the order in which a first fill fetches them.
std::span<const RecordType *const> allKinds();

const RecordType *findKind(std::string_view name); // nullptr when there is none

} // namespace Counterfoil

#pragma once

#include "change.h"
#include "random.h"

namespace Counterfoil {

// Fills every field of the record, at every depth, with values of its type: the usual ones, and often
// those at which mistakes show (extremes, unset, empty, quotes, several scripts, line ends). Derived
// from the field table, so that a new field is tested wherever this is used. Values stay within what
// the protocol carries: decimals of twelve digits, instants and dates of the years 1900 to 9999.
void fillRandomly(const RecordType &type, void *record, Random &random);

AnyRecord randomRecord(const RecordType &type, Random &random);

// A change that stores such a record under the key and account, in its envelope and in itself.
Change randomChange(const RecordType &type, const std::string &key, const std::string &account,
                    std::int64_t sequence, Random &random);

} // namespace Counterfoil

#pragma once

#include "database.h"
#include "fieldtable.h"

// The first fill of a kind brings every row it will have. Keeping a dozen indexes in order row by row then
// costs several times what making them at the end does, and the same goes for the running totals. While a
// kind is loading it has the index of its keys, which tells whether a row is here already, and that of its
// newest rows, which lists show first; lists, details and filters work with those, only slower. A kind that
// comes on one page is not worth it: to alter the schema makes every connection read all of it again.
namespace Counterfoil::FirstLoad {

enum class State : std::int64_t {
    None,
    Loading,  // without most indexes; no row is from before the fill under way
    Loaded,   // the same with all of them, until that fill is finished
    Expected, // the same, before the first page has come
};

// All belong into the caller's transaction. begin() is for a kind without rows.
Outcome begin(Sqlite::Database &database, const RecordType &type);
Outcome end(Sqlite::Database &database, const RecordType &type);
Outcome mark(Sqlite::Database &database, const RecordType &type, State state);

} // namespace Counterfoil::FirstLoad

#pragma once

#include <QString>

namespace Counterfoil {

// What SQLite itself needs for the same rows: plain prepared inserts of everything that a filled cache holds
// into a new file of the same tables, 10,000 rows a transaction, indexes made at the end, everything on disk.
// Reading the rows, and everything that leads to them, costs nothing here.
struct StoreLimit
{
    double seconds = 0;       // without the full-text tables
    double searchSeconds = 0; // for those alone
    double mb = 0;            // of the file

    // seconds are 0 when something went wrong.
    static StoreLimit measure(const QString &cache, const QString &target, bool withSearch);
};

} // namespace Counterfoil

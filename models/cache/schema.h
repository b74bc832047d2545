#pragma once

#include "database.h"
#include "fieldtable.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// How a cache file is laid out, and how an older one becomes like that.
//
// Two parts. The few tables that steer synchronisation change by migrations, scripts that are never
// edited once released. The tables of the kinds are derived from the field tables and are compared
// with what the file has whenever it is opened: a new field becomes a new column, and its kind is
// then marked incomplete, so that it is filled anew. Adding a field therefore needs no migration.
namespace Counterfoil::Schema {

std::span<const std::string> migrations();

// The place in the log by which everything is here; 0 while any kind is incomplete.
inline constexpr std::string_view coveredSql
    = "SELECT iif(EXISTS(SELECT 1 FROM kinds WHERE complete=0), 0, covered) FROM sync";

// Brings the file to this program's schema and `kinds`: each of the two parts in one transaction, so that
// neither is ever half done.
Outcome bringUpToDate(Sqlite::Database &database, std::span<const RecordType *const> kinds);

} // namespace Counterfoil::Schema

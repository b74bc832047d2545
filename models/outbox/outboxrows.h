#pragma once

#include "database.h"
#include "outboxentry.h"

#include <set>
#include <span>
#include <string>
#include <vector>

// The rows of an outbox file: one an entry, with a digest, because SQLite itself does not notice a wrong byte
// in the middle of a text, and what a person asked for must not reach an ERP as something else.
namespace Counterfoil::OutboxRows {

std::span<const std::string> migrations(); // never edited once released

// Brings the file up to date and checks it. StorageCorrupt when anything of it is not as it was written.
Outcome prepare(Sqlite::Database &database);
Result<std::vector<OutboxEntry>> read(Sqlite::Database &database); // oldest first

// Those of the entries, sorted by `order`, that have the orders. Belongs into the caller's transaction.
Outcome write(Sqlite::Database &database, const std::vector<OutboxEntry> &entries,
              const std::set<std::int64_t> &orders);
Outcome remove(Sqlite::Database &database, const std::set<std::int64_t> &orders);

// What can be read of a damaged file, without changing it.
std::vector<OutboxEntry> readable(const QString &path, const std::string &vfs);

} // namespace Counterfoil::OutboxRows

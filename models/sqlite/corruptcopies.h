#pragma once

#include "result.h"

#include <QString>

// Copies of databases that were proven corrupt, kept beside the database that took their place.
namespace Counterfoil::Sqlite::CorruptCopies {

// Renames the database and SQLite's files beside it to the next free "PATH.corrupt-N".
Outcome moveAside(const QString &path);
// Removes the oldest, so that as many as said are left.
Outcome remove(const QString &path, std::size_t kept = 0);

} // namespace Counterfoil::Sqlite::CorruptCopies

#pragma once

#include "result.h"

#include <QString>

// The files of one profile's cache on disk: the database, SQLite's two beside it, and copies of
// databases that were proven corrupt.
namespace Counterfoil::CacheFile {

// Renames a corrupt database and the files beside it to the next free "PATH.corrupt-N". Of such
// copies the newest three are kept.
Outcome moveAside(const QString &path);
Outcome removeCorruptCopies(const QString &path); // they hold what a purge has to remove

// A read or write found damage. The next open() has the whole file checked before it is used.
void noteSuspicion(const QString &path, const Error &error);
bool isSuspect(const QString &path);
void clearSuspicion(const QString &path);

} // namespace Counterfoil::CacheFile

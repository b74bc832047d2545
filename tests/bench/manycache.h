#pragma once

#include "manyrecords.h"

class QDir;

namespace Counterfoil {

// The file of a cache that holds these books, words and all, kept in the folder; made if it is not there or
// is of another layout, which is told on standard error. Empty when that failed.
QString manyCache(const QDir &folder, const ManyRecords &books);

} // namespace Counterfoil

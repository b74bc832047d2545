#pragma once

#include "renderprotocol.h"

#include <QString>

namespace Counterfoil {

class SharedRegion;

// How the file of a document came into the region from which the worker reads it.
struct DocumentReading
{
    qint64 bytes = 0;
    qint64 written = 0; // of the region, by this and by what was read before: what follows is untouched
    RenderFault fault = RenderFault::None;
    QString detail; // for the log
};

// For a thread of its own, because a disk may take its time. Nothing stays of what was read before, of which
// `written` tells.
DocumentReading readInto(SharedRegion &region, const QString &path, qint64 written);

} // namespace Counterfoil

#pragma once

#include "renderprotocol.h"

#include <QString>

namespace Counterfoil {

class SharedRegion;

// How the file of a document came into the region from which the worker reads it.
struct DocumentReading
{
    qint64 bytes = 0;
    RenderFault fault = RenderFault::None;
    QString detail; // for the log
};

// For a thread of its own, because a disk may take its time.
DocumentReading readInto(SharedRegion &region, const QString &file);

} // namespace Counterfoil

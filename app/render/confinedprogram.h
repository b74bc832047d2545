#pragma once

#include "sharedregion.h"

#include <QFile>

namespace Counterfoil {

// How the window starts a program that is to be locked in: with the names of the region that it reads and of
// the one that it writes, and with a pipe for orders and one for answers.
struct ConfinedProgram
{
    QFile orders;
    QFile answers;
    std::unique_ptr<SharedRegion> given; // read only
    std::unique_ptr<SharedRegion> made;

    // Takes the first limits and opens all four; how large the regions are is agreed beforehand. Needs a
    // QCoreApplication. Returns 0, or the exit code to leave with.
    int begin(qint64 givenBytes, qint64 madeBytes, QIODevice::OpenMode ordersMode = QIODevice::ReadOnly);
};

} // namespace Counterfoil

#pragma once

#include "sidethread.h"

#include <vector>

namespace Counterfoil {

// Work of which no piece waits for another, such as files that a person saves to several places: one that
// does not answer keeps none of the others. Otherwise as SideThread.
class SideThreads
{
public:
    static constexpr std::size_t mostAtOnce = 4; // of SideThread::mostThreads, which all share

    // False: so many are at work that this one is not begun.
    bool start(SideThread::Work work);

private:
    std::vector<std::unique_ptr<SideThread>> m_threads; // that are at work
};

} // namespace Counterfoil

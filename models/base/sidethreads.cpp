#include "sidethreads.h"

namespace Counterfoil {

bool SideThreads::start(SideThread::Work work)
{
    if (m_threads.size() >= mostAtOnce)
        return false;
    SideThread *const thread = m_threads.emplace_back(std::make_unique<SideThread>()).get();
    thread->start([this, thread, work = std::move(work)]() -> SideThread::Then {
        return [this, thread, then = work()] {
            std::erase_if(m_threads, [thread](const auto &each) { return each.get() == thread; });
            if (then)
                then();
        };
    });
    return true;
}

} // namespace Counterfoil

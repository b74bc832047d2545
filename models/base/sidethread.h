#pragma once

#include <functional>
#include <memory>

namespace Counterfoil {

// Work that waits for disks and printers, one piece after the other, on a thread beside the window's. Its
// owner may go at any time and waits for nothing: a piece that runs then goes on with what it holds, which
// must not be its owner, and nobody hears of it. To be made, used and destroyed on one thread with an event
// loop.
class SideThread
{
public:
    // Threads of all of them together: one that a printer never answers is kept, and the others go on.
    static constexpr int mostThreads = 32;
    static constexpr int mostWaitAtEndMs = 2'000; // for what still runs when the program ends

    using Then = std::function<void()>; // may be empty
    using Work = std::function<Then()>;

    SideThread();
    ~SideThread();
    SideThread(const SideThread &) = delete;
    SideThread &operator=(const SideThread &) = delete;

    // What `work` returns is called on the owner's thread, unless the owner is gone.
    void start(Work work);

private:
    struct Queue;
    class Home;

    static void run(const std::shared_ptr<Queue> &queue);

    std::shared_ptr<Home> m_home;
    std::shared_ptr<Queue> m_queue;
};

} // namespace Counterfoil

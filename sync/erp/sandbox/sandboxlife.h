#pragma once

#include "clock.h"
#include "error.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace Counterfoil {

class SandboxErp;

// Lets a sandbox company live in real time, on a thread of its own, from construction to destruction.
class SandboxLife
{
public:
    // `onError` is called, on that thread, when a step failed; it is tried again after a pause. Both
    // `erp` and `clock` outlive this.
    SandboxLife(SandboxErp &erp, const Clock &clock, std::function<void(const Error &)> onError = {});
    ~SandboxLife();
    SandboxLife(const SandboxLife &) = delete;
    SandboxLife &operator=(const SandboxLife &) = delete;

private:
    void run();

    SandboxErp &m_erp;
    const Clock &m_clock;
    const std::function<void(const Error &)> m_onError;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace Counterfoil

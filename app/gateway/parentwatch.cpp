#include "parentwatch.h"

#include <array>
#include <csignal>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Counterfoil {

namespace {

sigset_t endSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

} // namespace

void endWithParent()
{
    struct stat information
    { };
    if (fstat(STDIN_FILENO, &information) != 0
        || !(S_ISFIFO(information.st_mode) || S_ISSOCK(information.st_mode)))
        return;
    std::thread([] {
        // The signal is for the main thread, which knows what to do with it.
        holdBackEndSignals();
        std::array<char, 256> ignored{};
        while (read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) { }
        kill(getpid(), SIGTERM);
    }).detach();
}

void holdBackEndSignals()
{
    const sigset_t signals = endSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void awaitEnd()
{
    const sigset_t signals = endSignals();
    int received = 0;
    sigwait(&signals, &received);
}

void awaitEnd(const std::function<void(bool)> &everySecond)
{
    constexpr timespec second{1, 0};
    const sigset_t signals = endSignals();
    for (;;) {
        const int received = sigtimedwait(&signals, nullptr, &second);
        if (received == SIGTERM || received == SIGINT)
            return;
        everySecond(received == SIGHUP);
    }
}

void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace Counterfoil

#include "endsignals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#if defined(Q_OS_UNIX)
#include <array>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>
#endif

namespace Counterfoil {

#if defined(Q_OS_UNIX)

namespace {

// A signal handler may do little more than write to a descriptor; this pair carries it to the event loop.
std::array<int, 2> wake{-1, -1};

void noteSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(wake[0], &byte, 1);
}

} // namespace

void quitOnEndSignals()
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, wake.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(wake[1], QSocketNotifier::Read, qApp);
    QObject::connect(notifier, &QSocketNotifier::activated, qApp, &QCoreApplication::quit);
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    action.sa_flags = SA_RESTART | SA_RESETHAND; // a second one ends the program at once
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

#else

void quitOnEndSignals() { }

#endif

} // namespace Counterfoil

#include "clock.h"

#include <QtGlobal>

#include <chrono>

#if defined(Q_OS_WIN)
#include <windows.h>

#include <realtimeapiset.h>
#else
#include <ctime>
#endif

namespace Counterfoil {

Instant SystemClock::now() const
{
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(time).count()};
}

BootTime SystemClock::sinceBoot() const
{
#if defined(Q_OS_WIN)
    ULONGLONG hundredNs = 0;
    QueryInterruptTime(&hundredNs);
    return {static_cast<std::int64_t>(hundredNs / 10'000)};
#else
    // On macOS CLOCK_MONOTONIC counts sleep; on Linux only CLOCK_BOOTTIME does.
#if defined(Q_OS_LINUX)
    constexpr clockid_t source = CLOCK_BOOTTIME;
#else
    constexpr clockid_t source = CLOCK_MONOTONIC;
#endif
    timespec time{};
    clock_gettime(source, &time);
    return {static_cast<std::int64_t>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000};
#endif
}

} // namespace Counterfoil

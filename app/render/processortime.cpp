#include "confinement.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace Counterfoil {

#ifdef Q_OS_UNIX

namespace {

constexpr rlim_t requestSeconds = 60;

} // namespace

void grantProcessorTime()
{
    rusage used{};
    rlimit limit{};
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0)
        return;
    limit.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + requestSeconds;
    setrlimit(RLIMIT_CPU, &limit);
}

#else

void grantProcessorTime() { }

#endif

} // namespace Counterfoil

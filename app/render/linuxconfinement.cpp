#include "confinement.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#endif

namespace Counterfoil {

#ifdef Q_OS_LINUX

namespace {

// The two shared regions are in it, with 128 MiB, and a page of 64 MiB several times over while it is drawn.
constexpr rlim_t addressBytes = 2048ULL * 1024 * 1024;

void limit(__rlimit_resource resource, rlim_t most)
{
    const rlimit both{most, most};
    setrlimit(resource, &both);
}

} // namespace

void confineOurselves()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    limit(RLIMIT_CORE, 0);
    // A write then fails instead of ending us: fontconfig likes to renew its cache.
    std::signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_FSIZE, 0);
#ifndef COUNTERFOIL_SANITIZED // a sanitizer reserves terabytes
    limit(RLIMIT_AS, addressBytes);
#endif
}

#else

void confineOurselves() { }

#endif

} // namespace Counterfoil

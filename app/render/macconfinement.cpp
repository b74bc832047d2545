// macOS: the sandbox that browsers' renderers are in, and setrlimit(2). Unverified: never built.

#include "confinement.h"

#include <csignal>
#include <sandbox.h>
#include <string>
#include <sys/resource.h>

namespace Counterfoil {

namespace {

// Reads of fonts and of the frameworks that find them; everything else is refused.
constexpr char profile[] = R"((version 1)
(deny default)
(allow file-read-metadata)
(allow file-read* (subpath "/System/Library") (subpath "/Library/Fonts") (subpath "/usr/share")
                  (subpath "/usr/lib") (subpath "/opt/homebrew/share") (subpath "/usr/local/share")
                  (subpath "/opt/homebrew/etc/fonts") (subpath "/usr/local/etc/fonts")
                  (regex #"/Library/Fonts/") (regex #"/var/cache/fontconfig"))
(allow mach-lookup (global-name "com.apple.fonts") (global-name "com.apple.FontObjectsServer"))
(allow sysctl-read)
)";

void limit(int resource, rlim_t most)
{
    const rlimit both{most, most};
    setrlimit(resource, &both);
}

} // namespace

void limitOurselves()
{
    limit(RLIMIT_CORE, 0);
    std::signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_FSIZE, 0);
}

RenderDoors closeDoors()
{
    RenderDoors open = RenderDoor::Memory; // the system takes no limit on it
    char *why = nullptr;
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations" // and nothing has taken its place
    if (sandbox_init(profile, 0, &why) != 0) {
        sandbox_free_error(why);
        open |= RenderDoor::Files | RenderDoor::Network | RenderDoor::Calls;
    }
#pragma clang diagnostic pop
    return open;
}

} // namespace Counterfoil

#include "fileidentity.h"

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sys/stat.h>
#endif

namespace Counterfoil {

std::string fileIdentity(const QString &path)
{
#ifdef Q_OS_LINUX
    struct statx information
    { };
    // A file system that does not know when a file was made may number its files anew at each mount.
    constexpr unsigned needed = STATX_INO | STATX_BTIME;
    if (::statx(AT_FDCWD, path.toUtf8().constData(), 0, needed, &information) == 0
        && (information.stx_mask & needed) == needed) {
        const auto &made = information.stx_btime;
        return std::to_string(information.stx_ino) + ':' + std::to_string(made.tv_sec) + '.'
            + std::to_string(made.tv_nsec);
    }
#else
    Q_UNUSED(path)
#endif
    return {};
}

} // namespace Counterfoil

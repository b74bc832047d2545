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
    if (::statx(AT_FDCWD, path.toUtf8().constData(), 0, STATX_INO | STATX_BTIME, &information) == 0) {
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

#include "storelock.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/file.h>

namespace Counterfoil {

Result<StoreLock> StoreLock::take(const QString &storeFile)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Gateway", text); };
    auto file = std::make_unique<QFile>(storeFile + QStringLiteral(".lock"));
    if (!file->open(QIODevice::ReadWrite))
        return Error{ErrorKind::Storage, tr("%1 cannot be written. Check its folder.").arg(file->fileName()),
                     file->errorString()};
    if (flock(file->handle(), LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorKind::StorageLocked,
                     tr("Another gateway uses %1. End it, or give another --store.").arg(storeFile)};
    return StoreLock(std::move(file));
}

} // namespace Counterfoil

#include "cachefile.h"

#include "corruptcopies.h"

#include <QFile>

namespace Counterfoil::CacheFile {

namespace {

constexpr std::size_t keptCorruptCopies = 3;

QString suspicionPath(const QString &path)
{
    return path + QLatin1String(".suspect");
}

} // namespace

Outcome moveAside(const QString &path)
{
    if (const auto moved = Sqlite::CorruptCopies::moveAside(path); !moved)
        return moved;
    clearSuspicion(path);
    return Sqlite::CorruptCopies::remove(path, keptCorruptCopies);
}

Outcome removeCorruptCopies(const QString &path)
{
    return Sqlite::CorruptCopies::remove(path);
}

void noteSuspicion(const QString &path, const Error &error)
{
    if (error.kind != ErrorKind::StorageCorrupt)
        return;
    QFile file(suspicionPath(path));
    if (file.open(QIODevice::WriteOnly))
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

bool isSuspect(const QString &path)
{
    return QFile::exists(suspicionPath(path));
}

void clearSuspicion(const QString &path)
{
    QFile::remove(suspicionPath(path));
}

} // namespace Counterfoil::CacheFile

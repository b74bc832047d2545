#include "corruptcopies.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace Counterfoil::Sqlite::CorruptCopies {

namespace {

const QString &corruptInfix()
{
    static const QString infix = QStringLiteral(".corrupt-");
    return infix;
}

// The numbers of the copies that are there, rising.
std::vector<int> copies(const QString &path)
{
    const QFileInfo info(path);
    const QString prefix = info.fileName() + corruptInfix();
    std::vector<int> numbers;
    const auto names = info.dir().entryList({prefix + QLatin1Char('*')}, QDir::Files | QDir::Hidden);
    for (const QString &name : names) {
        bool ok = false;
        const int number = name.mid(prefix.size()).section(QLatin1Char('-'), 0, 0).toInt(&ok);
        if (ok)
            numbers.push_back(number);
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

QStringList suffixes()
{
    return {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")};
}

QString copyPath(const QString &path, int number)
{
    return path + corruptInfix() + QString::number(number);
}

Outcome removeCopy(const QString &path, int number)
{
    for (const QString &suffix : suffixes()) {
        const QString name = copyPath(path, number) + suffix;
        if (QFile::exists(name) && !QFile::remove(name)) {
            return Error{
                ErrorKind::Storage,
                QCoreApplication::translate("Storage",
                                            "An old copy of the data file cannot be removed. Check the "
                                            "permissions of its folder."),
                name};
        }
    }
    return Done();
}

} // namespace

Outcome moveAside(const QString &path)
{
    const std::vector<int> existing = copies(path);
    const int number = existing.empty() ? 1 : existing.back() + 1;
    for (const QString &suffix : suffixes()) {
        const QString from = path + suffix;
        if (QFile::exists(from) && !QFile::rename(from, copyPath(path, number) + suffix)) {
            return Error{
                ErrorKind::StorageReadOnly,
                QCoreApplication::translate("Storage",
                                            "The data file is damaged and cannot be moved aside. Check the "
                                            "permissions of its folder."),
                from};
        }
    }
    return Done();
}

Outcome remove(const QString &path, std::size_t kept)
{
    const std::vector<int> existing = copies(path);
    for (std::size_t i = 0; i + kept < existing.size(); ++i) {
        if (const auto done = removeCopy(path, existing[i]); !done)
            return done;
    }
    return Done();
}

} // namespace Counterfoil::Sqlite::CorruptCopies

#include "manycache.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cstdio>

namespace Counterfoil {

namespace {

Outcome fillCache(const QString &path, const ManyRecords &books)
{
    const auto writer = CacheWriter::open(path);
    if (!writer)
        return writer.error();
    const auto filled = books.fill(**writer, [](std::int64_t done) {
        if (done % 100'000 == 0)
            std::fprintf(stderr, "\r%lld records", static_cast<long long>(done));
    });
    if (!filled)
        return filled;
    while ((*writer)->wordsWaiting()) {
        if (const auto stored = (*writer)->storeWords({}); !stored)
            return stored.error();
    }
    return Done();
}

bool isWhole(const QString &path)
{
    const auto writer = CacheWriter::open(path);
    const auto state = writer ? (*writer)->syncState() : writer.error();
    return state && state->cursor == "made" && !state->filling
        && std::ranges::find(state->incomplete, "order") == state->incomplete.end();
}

} // namespace

QString manyCache(const QDir &folder, const ManyRecords &books)
{
    folder.mkpath(QStringLiteral("."));
    QString path = folder.filePath(QStringLiteral("find-%1.sqlite").arg(books.orders()));
    if (isWhole(path))
        return path;
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QLatin1String(suffix));
    QElapsedTimer timer;
    timer.start();
    const auto filled = fillCache(path, books);
    std::fprintf(stderr, "\rcache of %lld orders made in %.1f s\n", static_cast<long long>(books.orders()),
                 static_cast<double>(timer.elapsed()) / 1e3);
    if (!filled)
        std::fprintf(stderr, "%s\n", qUtf8Printable(filled.error().detail));
    return filled ? path : QString();
}

} // namespace Counterfoil

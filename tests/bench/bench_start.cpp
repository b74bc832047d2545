// Starting with a very large cache: from the process's start to one's own orders standing on the screen, the
// memory that is the program's alone, and what it does while nothing happens. Beside it the least that a
// program with a window and a table can be. Needs an X display, on which nothing else moves.
//
//   bench_start [--runs N] [--cache FILE]

#include "benchcompany.h"
#include "benchtable.h"
#include "profile.h"
#include "watchedprogram.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr unsigned long settleSeconds = 4;
constexpr int longestSettling = 20; // times: what a start has others count behind it is not idleness
constexpr qint64 settledWakeUps = 60;
constexpr unsigned long idleSeconds = 10;
constexpr double mebibyte = 1024.0 * 1024.0;

struct Figures
{
    QList<double> warmMs;
    QList<double> coldMs;
    QList<double> memoryMiB;
    QList<double> wakeUps; // a second
    QList<double> cpuMs;   // a second
};

enum class Disk { Warm, Cold };

// Only root may; without, cold starts are not measured.
bool forgetFiles()
{
    QFile file(QStringLiteral("/proc/sys/vm/drop_caches"));
    return file.open(QIODevice::WriteOnly) && file.write("3") == 1 && file.flush();
}

void settle(const WatchedProgram &watched)
{
    for (int i = 0; i < longestSettling; ++i) {
        const auto before = watched.work();
        QThread::sleep(settleSeconds);
        if (watched.work().wakeUps - before.wakeUps < settledWakeUps)
            return;
    }
}

bool measure(const QString &program, const QStringList &arguments, Disk disk, Figures &figures)
{
    if (disk == Disk::Cold && !forgetFiles())
        return true;
    WatchedProgram watched;
    if (!watched.start(program, arguments)) {
        std::fprintf(stderr, "%s does not start.\n", qUtf8Printable(program));
        return false;
    }
    const double ms = watched.msToPicture();
    if (ms < 0)
        std::fprintf(stderr, "%s draws nothing where its rows should be.\n", qUtf8Printable(program));
    else
        (disk == Disk::Cold ? figures.coldMs : figures.warmMs).append(ms);
    if (ms >= 0 && disk == Disk::Warm) {
        settle(watched);
        const auto before = watched.work();
        QThread::sleep(idleSeconds);
        const auto after = watched.work();
        figures.memoryMiB.append(static_cast<double>(watched.ownMemory()) / mebibyte);
        figures.wakeUps.append(static_cast<double>(after.wakeUps - before.wakeUps) / idleSeconds);
        figures.cpuMs.append((after.cpuMs - before.cpuMs) / idleSeconds);
    }
    watched.stop();
    return ms >= 0;
}

// Somebody who left the orders open and starts again, with no gateway in reach.
bool makeProfile(const QDir &folder, const QString &cache)
{
    Person person;
    person.user = QStringLiteral("maya");
    person.displayName = QStringLiteral("Maya Chen");
    person.role = QStringLiteral("csr");
    person.speaksForSupplier = true;
    person.supplier = QStringLiteral("Northwind Supply");
    person.gateway = QUrl(QStringLiteral("http://127.0.0.1:1"));
    const ProfileStore store(folder.filePath(QStringLiteral("profiles")));
    Profile profile = store.profileOf(person);
    profile.asOf = Instant{1'795'000'000'000};
    if (!store.makeFolder(profile) || !store.save(profile) || !QFile::link(cache, profile.cachePath()))
        return false;
    QSettings(profile.directory + QStringLiteral("/window.ini"), QSettings::IniFormat)
        .setValue(QStringLiteral("pane"), QStringLiteral("orders"));
    return true;
}

BenchRow ratioRow(const QString &what, const QList<double> &ours, const QList<double> &least,
                  const QString &unit, double goal)
{
    BenchRow row;
    row.what = what;
    row.goal = QStringLiteral("≤ %1 ×").arg(decimals(goal, 1));
    if (ours.isEmpty() || least.isEmpty()) {
        row.verdict = BenchRow::Verdict::NotMeasured;
        return row;
    }
    const double ratio = median(ours) / median(least);
    row.figure = decimals(median(ours), 0) + unit;
    row.spread = spreadOf(ours, 0);
    row.against = QStringLiteral("empty window with a table: %1").arg(decimals(median(least), 0) + unit);
    row.ratio = decimals(ratio, 2) + QStringLiteral(" ×");
    row.verdict = metWhen(ratio <= goal);
    return row;
}

BenchRow boundRow(const QString &what, const QList<double> &ours, const QList<double> &least,
                  const QString &unit, double goal)
{
    BenchRow row;
    row.what = what;
    row.goal = QStringLiteral("≤ %1").arg(decimals(goal, 0) + unit);
    if (ours.isEmpty() || least.isEmpty()) {
        row.verdict = BenchRow::Verdict::NotMeasured;
        return row;
    }
    row.figure = decimals(median(ours), 2) + unit;
    row.spread = spreadOf(ours, 2);
    row.against = QStringLiteral("empty window: %1").arg(decimals(median(least), 2) + unit);
    row.verdict = metWhen(median(ours) <= goal);
    return row;
}

QString largestCache()
{
    for (const char *name : {"find-1000000.sqlite", "find-100000.sqlite"}) {
        const QString path = QDir(BenchCompany::root()).filePath(QLatin1String(name));
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("runs"), QStringLiteral("How often each program is started."),
                        QStringLiteral("N"), QStringLiteral("5")},
                       {QStringLiteral("cache"), QStringLiteral("The cache to start with."),
                        QStringLiteral("FILE"), largestCache()}});
    parser.process(application);
    const QString cache = QFileInfo(parser.value(QStringLiteral("cache"))).absoluteFilePath();
    const QTemporaryDir folder;
    if (!QFileInfo(cache).isFile() || !makeProfile(QDir(folder.path()), cache)) {
        std::fprintf(stderr, "There is no cache to start with: bench_find makes one.\n");
        return 1;
    }
    const QDir programs(QCoreApplication::applicationDirPath());
    const QString program = programs.filePath(QStringLiteral("counterfoil"));
    const QString least = programs.filePath(QStringLiteral("emptywindow"));
    const QStringList arguments{QStringLiteral("--data"), folder.path()};
    Figures ours;
    Figures theirs;
    // In turn, so that whatever else the machine does meets both.
    for (int run = parser.value(QStringLiteral("runs")).toInt(); run > 0; --run) {
        for (const Disk disk : {Disk::Cold, Disk::Warm}) {
            if (!measure(program, arguments, disk, ours) || !measure(least, {}, disk, theirs))
                return 1;
        }
    }
    BenchTable table;
    const QString size = QStringLiteral(", cache of %1 GB")
                             .arg(decimals(static_cast<double>(QFileInfo(cache).size()) / 1e9, 1));
    table.add(ratioRow(QStringLiteral("P6  start to own orders, warm") + size, ours.warmMs, theirs.warmMs,
                       QStringLiteral(" ms"), 1.6));
    table.add(ratioRow(QStringLiteral("P6  start to own orders, cold") + size, ours.coldMs, theirs.coldMs,
                       QStringLiteral(" ms"), 1.6));
    table.add(ratioRow(QStringLiteral("P7  memory of its own, idle"), ours.memoryMiB, theirs.memoryMiB,
                       QStringLiteral(" MiB"), 2));
    table.add(boundRow(QStringLiteral("P8  wake-ups a second, idle"), ours.wakeUps, theirs.wakeUps, {}, 5));
    table.add(boundRow(QStringLiteral("P8  work a second, idle"), ours.cpuMs, theirs.cpuMs,
                       QStringLiteral(" ms"), 1));
    return table.finish();
}

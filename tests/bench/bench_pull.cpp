// The first pull: everything that a real gateway process has, through HTTP, into a new profile's cache, until
// it is searchable and on disk. Beside it SQLite storing the same rows with nothing in between, and PouchDB
// pulling the same records.

#include "benchcompany.h"
#include "benchtable.h"
#include "demogateway.h"
#include "pouchpeer.h"
#include "pullclient.h"
#include "storelimit.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QGuiApplication>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace Counterfoil;

namespace {

constexpr int runDeadlineMs = 3'600'000;
constexpr std::int64_t pouchDocuments = 100'000;

// As measured on this project's machine (2 cores, x86-64, Debian 12) with 100,000 documents of 598 bytes.
constexpr double recordedPouchPerSecond = 4'643;
constexpr double recordedPouchMb = 203;

constexpr double leastOfPouch = 8;
constexpr double leastOfLimit = 0.7;
constexpr double mostOfLimitWithoutSearch = 1.4;
constexpr double firstPageMs = 500;

struct Runs
{
    QList<PullResult> pulls;
    StoreLimit limit;

    QList<double> all(double PullResult::*figure) const
    {
        QList<double> values;
        for (const PullResult &each : pulls)
            values.append(each.*figure);
        return values;
    }
};

QString cacheIn(const QString &profiles)
{
    const QDir folder(profiles);
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (QFile::exists(folder.filePath(name + QStringLiteral("/cache.sqlite"))))
            return folder.filePath(name + QStringLiteral("/cache.sqlite"));
    }
    return {};
}

bool startGateway(DemoGateway &gateway)
{
    QEventLoop loop;
    bool ready = false;
    QObject::connect(
        &gateway, &DemoGateway::ready, &loop,
        [&] {
            ready = true;
            loop.quit();
        },
        Qt::QueuedConnection);
    QObject::connect(&gateway, &DemoGateway::failed, &loop, [&loop](const Error &error) {
        std::fprintf(stderr, "%s (%s)\n", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
        loop.quit();
    });
    gateway.start();
    loop.exec();
    return ready;
}

std::optional<PullResult> pullOnce(const DemoGateway &gateway, const QString &folder, bool looks)
{
    QDir(folder).removeRecursively();
    if (!QDir().mkpath(folder))
        return std::nullopt;
    const auto person
        = std::ranges::find(gateway.people(), QStringLiteral("csr"), &DemoGateway::Person::role);
    if (person == gateway.people().end())
        return std::nullopt;
    QStringList arguments{QStringLiteral("--client"), gateway.url().toString(), person->user,
                          person->password, folder};
    if (looks)
        arguments.append(QStringLiteral("list"));
    QProcess client;
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    client.start(QCoreApplication::applicationFilePath(), arguments);
    if (!client.waitForFinished(runDeadlineMs) || client.exitCode() != 0)
        return std::nullopt;
    return PullResult::read(client.readAllStandardOutput());
}

// The cache of the last pull stays in the company's folder for the other benchmarks.
std::optional<Runs> measure(const BenchCompany &company, int runs, bool withSearch)
{
    Runs result;
    const QString folder = company.folder + QStringLiteral("/client");
    {
        DemoGateway gateway(company.folder, company.gatewayArguments());
        if (!startGateway(gateway))
            return std::nullopt;
        for (int run = 0; run < runs; ++run) {
            const auto pull = pullOnce(gateway, folder, run + 1 == runs);
            if (!pull)
                return std::nullopt;
            std::fprintf(stderr, "%s: orders %.1f s, usable %.1f s, searchable %.1f s, peak %.0f MB\n",
                         qUtf8Printable(BenchCompany::size(company.orders)), pull->ordersSeconds,
                         pull->usableSeconds, pull->searchableSeconds, pull->peakMb);
            result.pulls.append(*pull);
        }
    }
    const QString target = company.folder + QStringLiteral("/limit.sqlite");
    result.limit = StoreLimit::measure(cacheIn(folder + QStringLiteral("/profiles")), target, withSearch);
    QFile::remove(target);
    return result.limit.seconds > 0 ? std::optional(result) : std::nullopt;
}

QString rate(double perSecond, const char *what)
{
    return decimals(perSecond, 0) + u' ' + QString::fromLatin1(what) + QStringLiteral("/s");
}

void addFirstPull(BenchTable &table, const BenchCompany &company, const Runs &runs)
{
    const QString size = BenchCompany::size(company.orders);
    const auto records = static_cast<double>(runs.pulls.front().records);
    QList<double> rates;
    for (const double seconds : runs.all(&PullResult::searchableSeconds))
        rates.append(records / seconds);
    const double figure = median(rates);
    const double limit = records / (runs.limit.seconds + runs.limit.searchSeconds);
    table.add({QStringLiteral("P1 first pull until searchable and on disk, %1 orders, %2 records")
                   .arg(size, decimals(records, 0)),
               rate(figure, "records"), spreadOf(rates, 0),
               rate(limit, "records") + QStringLiteral(", SQLite + FTS5"), decimals(figure / limit, 2),
               QStringLiteral("≥ %1").arg(leastOfLimit), metWhen(figure >= leastOfLimit * limit)});
    PouchPeer peer;
    if (PouchPeer::isHere())
        peer = PouchPeer::measure(company.folder, pouchDocuments);
    const bool measured = peer.documents > 0;
    if (!measured)
        peer = {0, recordedPouchPerSecond, recordedPouchMb};
    const QString whose = measured
        ? QStringLiteral(", PouchDB, %1 of the records").arg(decimals(static_cast<double>(peer.documents), 0))
        : QStringLiteral(", PouchDB as recorded; it is not here");
    using enum BenchRow::Verdict;
    table.add({QStringLiteral("P1 the same"),
               rate(figure, "records"),
               {},
               rate(peer.perSecond, "records") + whose,
               decimals(figure / peer.perSecond, 1),
               QStringLiteral("≥ %1").arg(leastOfPouch),
               measured ? metWhen(figure >= leastOfPouch * peer.perSecond) : NotMeasured});
    const double mb = median(runs.all(&PullResult::peakMb));
    table.add({QStringLiteral("P1 peak memory of the client"), decimals(mb, 0) + QStringLiteral(" MB"),
               spreadOf(runs.all(&PullResult::peakMb), 0),
               decimals(peer.peakMb, 0) + QStringLiteral(" MB") + whose, decimals(mb / peer.peakMb, 2),
               QStringLiteral("≤ 1"), measured ? metWhen(mb <= peer.peakMb) : NotMeasured});
}

void addUsable(BenchTable &table, const BenchCompany &company, const Runs &runs, bool judged)
{
    const QString size = BenchCompany::size(company.orders);
    const double usable = median(runs.all(&PullResult::usableSeconds));
    using enum BenchRow::Verdict;
    table.add({QStringLiteral("P2 usable (lists, filters, detail), %1 orders").arg(size),
               decimals(usable, 1) + QStringLiteral(" s"), spreadOf(runs.all(&PullResult::usableSeconds), 1),
               decimals(runs.limit.seconds, 1) + QStringLiteral(" s, SQLite without FTS5"),
               decimals(usable / runs.limit.seconds, 2), QStringLiteral("≤ %1").arg(mostOfLimitWithoutSearch),
               judged ? metWhen(usable <= mostOfLimitWithoutSearch * runs.limit.seconds) : NoGoal});
    const double page = runs.pulls.back().firstPageSeconds * 1e3;
    table.add({QStringLiteral("P2 sign-in → newest orders in the list, %1 orders").arg(size),
               decimals(page, 0) + QStringLiteral(" ms"),
               {},
               {},
               {},
               QStringLiteral("≤ %1 ms").arg(firstPageMs),
               metWhen(page > 0 && page <= firstPageMs)});
}

void addMaking(BenchTable &table, const BenchCompany &company)
{
    if (company.madeSeconds == 0)
        return;
    table.add({QStringLiteral("making the company, then the gateway reading it, %1 orders")
                   .arg(BenchCompany::size(company.orders)),
               QStringLiteral("%1 s + %2 s")
                   .arg(decimals(company.madeSeconds, 0), decimals(company.readSeconds, 0)),
               {},
               QStringLiteral("peak %1 MB").arg(decimals(company.peakMb, 0)),
               {},
               {},
               {}});
}

int run(bool full)
{
    BenchTable table;
    for (const std::int64_t orders : {10'000, 100'000, 1'000'000}) {
        if (!full && orders != 100'000)
            continue;
        const BenchCompany company = BenchCompany::of(orders);
        addMaking(table, company);
        const auto runs = measure(company, orders > 100'000 ? 1 : 3, true);
        if (!runs) {
            std::fprintf(stderr, "The pull of %lld orders failed.\n", static_cast<long long>(orders));
            return 1;
        }
        if (orders == 100'000)
            addFirstPull(table, company, *runs);
        addUsable(table, company, *runs, orders == 1'000'000);
    }
    return table.finish();
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc > 1 && QByteArray(argv[1]) == "--client") {
        const QGuiApplication application(argc, argv); // which lists need
        return runPullClient(QCoreApplication::arguments().mid(2));
    }
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    return run(arguments.contains(QLatin1String("--full"))
               || qEnvironmentVariableIntValue("COUNTERFOIL_BENCH_FULL") != 0);
}

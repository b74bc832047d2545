// Search in a catalogue: from a keystroke to the first items at the list's model, over 100,000, and how long
// the index takes to be read before the first key.
//
//   bench_items [--data FOLDER]

#include "benchtable.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "cachewriter.h"
#include "clock.h"
#include "itemrecords.h"
#include "itemsearch.h"
#include "recordlistmodel.h"
#include "running.h"
#include "searchtable.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr std::int64_t items = 100'000;
constexpr double goalMs = 50; // between a key and what it finds

// A cache with all that the sandbox sells at its largest; made once.
bool makeCache(const QString &path)
{
    if (QFileInfo::exists(path))
        return true;
    const Sandbox::Company company(1, 10 * items);
    const Sandbox::Offers offers(company);
    auto writer = CacheWriter::open(path);
    if (!writer)
        return false;
    std::vector<Change> batch;
    for (const Sandbox::Product &product : company.products()) {
        const Item item = Sandbox::itemOf(offers, product, 0);
        Change change;
        change.kind = &Item::type;
        change.key = item.key;
        change.account = item.account;
        change.sequence = product.id;
        change.version = 1;
        change.record = AnyRecord(std::make_shared<Item>(item));
        batch.push_back(std::move(change));
        if (batch.size() < 2'000 && product.id < std::ssize(company.products()))
            continue;
        if (!(*writer)->applyChanges(batch, std::to_string(product.id)))
            return false;
        batch.clear();
    }
    return true;
}

void addRow(BenchTable &table, const QString &what, const QList<double> &values, double goal)
{
    BenchRow row;
    row.what = what;
    const double most = quantile(values, 0.99);
    row.figure = QStringLiteral("%1 / %2 ms").arg(decimals(median(values), 1), decimals(most, 1));
    row.spread = QStringLiteral("median / p99, %1 keys").arg(values.size());
    if (goal > 0) {
        row.goal = QStringLiteral("≤ %1 ms").arg(decimals(goal, 0));
        row.verdict = metWhen(most <= goal);
    }
    table.add(row);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication program(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("data"), QStringLiteral("where caches are kept"),
                       QStringLiteral("folder"), QStringLiteral("build/bench")});
    options.process(program);
    const QDir folder(options.value(QStringLiteral("data")));
    folder.mkpath(QStringLiteral("."));
    const QString path = folder.filePath(QStringLiteral("items.db"));
    if (!makeCache(path))
        return 1;
    QList<double> times;
    QList<double> reading;
    {
        CacheReader reader(path);
        QElapsedTimer timer;
        timer.start();
        if (!ItemSearch(reader).index())
            return 1;
        reading.append(elapsedMs(timer));
    }
    CacheReaders readers(path);
    const SystemClock clock;
    RecordListModel model(readers, clock, Item::type);
    bool isReset = false;
    QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [&isReset] { isReset = true; });
    runUntil([&] { return model.rowCount() > 0 && !model.isCounting(); });
    const auto type = [&](const std::string &text) {
        RecordQuery query = model.query();
        query.text = text;
        isReset = false;
        QElapsedTimer timer;
        timer.start();
        model.setQuery(query);
        runUntil([&] { return isReset; });
        return elapsedMs(timer);
    };
    type("x"); // reads the index, as opening the pane does
    for (const Testing::Typed &typed : Testing::searchTable) {
        const std::string text = typed.text;
        for (std::size_t size = 1; size <= text.size(); ++size) {
            if (text[size - 1] != ' ')
                times.append(type(text.substr(0, size)));
        }
    }
    BenchTable table;
    addRow(table, QStringLiteral("catalogue, keystroke → first items of 100,000"), times, goalMs);
    addRow(table, QStringLiteral("the same, its index read before the first"), reading, 0);
    return table.finish();
}

// Search inside documents: from a keystroke to the first documents that have the words typed, at the list's
// model, over the text of 100,000; then to the count of all, and to the words around each hit. Beside it what
// bare SQL takes on the same tables for the first rows.
//
//   bench_inside [--documents N] [--data FOLDER]

#include "benchtable.h"
#include "cachereaders.h"
#include "clock.h"
#include "database.h"
#include "document.h"
#include "documentnotes.h"
#include "manytexts.h"
#include "recordlistmodel.h"
#include "running.h"
#include "searchwords.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr double goalMs = 50;  // for the first hits
constexpr double soonMs = 150; // for what follows them
constexpr int rowsShown = 20;  // of whose hits the words around are seen

struct Times
{
    QList<double> first;
    QList<double> around;
    QList<double> all;
};

// A list as the window has it.
struct List
{
    explicit List(CacheReaders &readers)
        : notes(readers)
        , model(readers, clock, Document::type)
    {
        model.setNotes(&notes);
        QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [this] { isReset = true; });
        runUntil([this] { return model.rowCount() > 0 && !model.isCounting(); });
    }

    // The rows that a view would show have the words around their hit.
    bool isNoted()
    {
        const int column = model.columnOf(QStringLiteral("inside"));
        bool all = true;
        for (int row = 0; row < std::min(rowsShown, model.rowCount()); ++row)
            all = !model.index(row, column).data(Qt::DisplayRole).toString().isEmpty() && all;
        return all;
    }

    void type(const std::string &text, Times &times)
    {
        RecordQuery query = model.query();
        query.text = text;
        isReset = false;
        QElapsedTimer timer;
        timer.start();
        notes.setText(QString::fromStdString(text));
        model.setQuery(query);
        runUntil([this] { return isReset; });
        times.first.append(elapsedMs(timer));
        runUntil([this] { return !model.isCounting(); });
        times.all.append(elapsedMs(timer));
        runUntil([this] { return isNoted(); });
        times.around.append(elapsedMs(timer));
    }

    SystemClock clock;
    DocumentNotes notes;
    RecordListModel model;
    bool isReset = false;
};

// The first rows by SQLite's full-text search alone, on a connection of its own.
QList<double> bareTimes(const QString &path, const std::vector<std::string> &typed)
{
    QList<double> times;
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadOnly);
    auto select = database
        ? database->prepare("SELECT documents.* FROM documents_search CROSS JOIN documents ON "
                            "_id=documents_search.rowid WHERE documents_search MATCH ? ORDER BY "
                            "dated DESC, _id DESC LIMIT 100")
        : database.error();
    for (const std::string &text : typed) {
        const std::string words = SearchWords::query(text);
        if (!select || words.empty())
            continue;
        QElapsedTimer timer;
        timer.start();
        if (!select->with(words).run())
            return {};
        times.append(elapsedMs(timer));
    }
    return times;
}

void addRow(BenchTable &table, const QString &what, const QList<double> &values, double goal,
            const QList<double> &limit = {})
{
    BenchRow row;
    row.what = what;
    const double figure = quantile(values, 0.99);
    row.figure = QStringLiteral("%1 / %2 ms").arg(decimals(median(values), 1), decimals(figure, 1));
    row.spread = QStringLiteral("median / p99, %1 keys").arg(values.size());
    if (!limit.isEmpty()) {
        row.against = QStringLiteral("%1 / %2 ms, bare FTS5")
                          .arg(decimals(median(limit), 1), decimals(quantile(limit, 0.99), 1));
        row.ratio = QStringLiteral("%1 / %2").arg(decimals(median(values) / median(limit), 2),
                                                  decimals(figure / quantile(limit, 0.99), 2));
    }
    row.goal = QStringLiteral("≤ %1 ms").arg(decimals(goal, 0));
    row.verdict = metWhen(figure <= goal);
    table.add(row);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication program(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("documents"), QStringLiteral("how many documents"), QStringLiteral("n"),
                       QStringLiteral("100000")});
    options.addOption({QStringLiteral("data"), QStringLiteral("where caches are kept"),
                       QStringLiteral("folder"), QStringLiteral("build/bench")});
    options.process(program);
    const int documents = options.value(QStringLiteral("documents")).toInt();
    const QString path = manyTexts(QDir(options.value(QStringLiteral("data"))), documents);
    if (path.isEmpty())
        return 1;
    std::vector<std::string> keys;
    for (const std::string &text : typedInside(documents)) {
        for (std::size_t size = 1; size <= text.size(); ++size) {
            if (text[size - 1] != ' ')
                keys.push_back(text.substr(0, size));
        }
    }
    Times times;
    {
        CacheReaders readers(path);
        List list(readers);
        for (const std::string &typed : keys) {
            list.type(typed, times);
            if (qEnvironmentVariableIsSet("BENCH_EACH"))
                std::printf("  %-20s %8.1f %8.1f %8.1f  %d documents\n", typed.c_str(), times.first.last(),
                            times.around.last(), times.all.last(), list.model.rowCount());
        }
    }
    BenchTable table;
    const QString size = QStringLiteral("%1 documents’ text").arg(decimals(documents, 0));
    addRow(table, QStringLiteral("search inside, keystroke → first hits over %1").arg(size), times.first,
           goalMs, bareTimes(path, keys));
    addRow(table, QStringLiteral("the same, until the words around them are read"), times.around, soonMs);
    addRow(table, QStringLiteral("the same, until all are counted"), times.all, soonMs);
    std::printf("%s: %lld MB\n", qUtf8Printable(path),
                static_cast<long long>(QFileInfo(path).size() / 1'000'000));
    return table.finish();
}

// Lists of a very large cache, at their model: from a keystroke to the first rows, to the count and extent of
// all; from a jump to its rows; from another order or filter to its rows; and how long the thread of the
// window is ever held up, also while changes come in as fast as they can be stored. Beside it what bare SQL
// takes for the same answer.
//
//   bench_find [--full] [--orders N]... [--data FOLDER] [--seconds N]

#include "barequeries.h"
#include "benchtable.h"
#include "cachereaders.h"
#include "changestorm.h"
#include "clock.h"
#include "invoice.h"
#include "jumpmodel.h"
#include "manycache.h"
#include "manyqueries.h"
#include "manyrecords.h"
#include "order.h"
#include "random.h"
#include "recordlistmodel.h"
#include "running.h"
#include "timedapplication.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr double soonMs = 150;

using Program = TimedApplication<QCoreApplication>;

struct Times
{
    QList<double> first;
    QList<double> all;
    QList<double> sums;
};

// A list that is asked, and when it answered.
class List
{
public:
    List(CacheReaders &readers, const RecordType &kind)
        : model(readers, m_clock, kind)
    {
        QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [this] { m_reset = true; });
        QObject::connect(&model, &RecordListModel::totalsChanged, &model, [this] { m_summed = true; });
        QObject::connect(&model, &RecordListModel::failed, &model, [](const QString &text) {
            std::fprintf(stderr, "failed: %s\n", qUtf8Printable(text));
        });
    }

    // Until the first rows are there; the rest may follow.
    double first(const std::function<void()> &ask)
    {
        m_reset = m_summed = false;
        m_timer.start();
        ask();
        runUntil([this] { return m_reset; });
        return elapsedMs(m_timer);
    }
    void all(const std::function<void()> &ask, Times &times)
    {
        times.first.append(first(ask));
        runUntil([this] { return !model.isCounting(); });
        times.all.append(elapsedMs(m_timer));
        if (!qEnvironmentVariableIsSet("BENCH_NOSUMS"))
            runUntil([this] { return m_summed; });
        times.sums.append(elapsedMs(m_timer));
    }
    void text(RecordQuery query, const std::string &text, Times &times)
    {
        query.text = text;
        all([&] { model.setQuery(query); }, times);
    }
    // Until the row is there.
    double jump(int row)
    {
        QElapsedTimer timer;
        timer.start();
        runUntil([&] { return model.index(row, 0).data(ItemRole::Fetched).toBool(); });
        return elapsedMs(timer);
    }

private:
    SystemClock m_clock;
    QElapsedTimer m_timer;
    bool m_reset = false;
    bool m_summed = false;

public:
    RecordListModel model;
};

QString sizeOf(std::int64_t orders)
{
    return orders >= 1'000'000 ? QStringLiteral("%1 M").arg(orders / 1'000'000)
                               : QStringLiteral("%1 k").arg(orders / 1'000);
}

// Adds a row for the quantile that the goal is about.
void addRow(BenchTable &table, const QString &what, const QList<double> &values, double goal,
            const QList<double> &limit = {}, double share = 0.99)
{
    if (values.isEmpty())
        return;
    BenchRow row;
    row.what = what;
    const double figure = quantile(values, share);
    row.figure = QStringLiteral("p%1 %2 ms").arg(qRound(share * 100)).arg(decimals(figure, 1));
    row.spread = QStringLiteral("p50 %1, max %2, %3 times")
                     .arg(decimals(median(values), 1), decimals(quantile(values, 1), 1))
                     .arg(values.size());
    if (!limit.isEmpty()) {
        const double other = quantile(limit, share);
        row.against = QStringLiteral("bare SQL p%1 %2 ms, p50 %3")
                          .arg(qRound(share * 100))
                          .arg(decimals(other, 1), decimals(median(limit), 1));
        row.ratio = QStringLiteral("%1").arg(decimals(figure / other, 2));
    }
    row.goal = QStringLiteral("≤ %1 ms").arg(decimals(goal, 1));
    row.verdict = metWhen(figure <= goal);
    table.add(row);
}

void measureTyping(BenchTable &table, CacheReaders &readers, const ManyRecords &books, const QString &path)
{
    List list(readers, Order::type);
    runUntil([&] { return list.model.rowCount() > 0 && !list.model.isCounting(); });
    const std::vector<std::string> texts = typedTexts(books);
    const RecordQuery query = allOf(Order::type);
    Times paused;
    QList<double> quick;
    std::vector<std::string> all;
    for (const std::string &text : texts) {
        for (const std::string &typed : keystrokes(text)) {
            const qsizetype before = paused.first.size();
            list.text(query, typed, paused);
            all.push_back(typed);
            if (qEnvironmentVariableIsSet("BENCH_EACH"))
                std::printf("  %-24s %8.1f %8.1f %8.1f  %d rows\n", typed.c_str(), paused.first[before],
                            paused.all[before], paused.sums[before], list.model.rowCount());
        }
        list.first([&] { list.model.setQuery(query); });
    }
    // The next key comes as soon as the rows of the one before are there: nothing else is waited for.
    for (const std::string &text : texts) {
        for (const std::string &typed : keystrokes(text)) {
            RecordQuery next = query;
            next.text = typed;
            quick.append(list.first([&] { list.model.setQuery(next); }));
        }
        list.first([&] { list.model.setQuery(query); });
    }
    const BareTimes limit = bareTimes(path, all);
    const QString size = sizeOf(books.orders());
    addRow(table, QStringLiteral("P4  key → rows, %1 orders").arg(size), paused.first, frameMs, limit.first);
    addRow(table, QStringLiteral("P4  the same, typed at once"), quick, frameMs);
    addRow(table, QStringLiteral("P4  key → count and extent"), paused.all, soonMs, limit.count);
    addRow(table, QStringLiteral("P4  key → sums"), paused.sums, soonMs);
}

void measureLists(BenchTable &table, CacheReaders &readers, const ManyRecords &books)
{
    Times sorted;
    Times filtered;
    QList<double> jumps;
    SeededRandom random(11);
    for (const RecordType *kind : {&Order::type, &Invoice::type}) {
        List list(readers, *kind);
        runUntil([&] { return list.model.rowCount() > 0 && !list.model.isCounting(); });
        for (int i = 0; i < 200; ++i)
            jumps.append(
                list.jump(static_cast<int>(random.below(static_cast<std::uint64_t>(list.model.rowCount())))));
        for (int round = 0; round < 2; ++round) {
            for (int column = 0; column < list.model.columnCount(); ++column) {
                const Field *field = kind->find(list.model.fieldOf(column).toStdString());
                if (!field->is(Sortable))
                    continue;
                for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                    RecordQuery query = allOf(*kind);
                    query.sortField = field->name;
                    query.descending = order == Qt::DescendingOrder;
                    if (query == list.model.query())
                        continue;
                    list.all([&] { list.model.sort(column, order); }, sorted);
                    if (qEnvironmentVariableIsSet("BENCH_EACH"))
                        std::printf("  %-24s %8.1f %8.1f %8.1f\n", std::string(field->name).c_str(),
                                    sorted.first.last(), sorted.all.last(), sorted.sums.last());
                }
            }
        }
        list.all([&] { list.model.setQuery(allOf(*kind)); }, sorted);
        int number = 0;
        for (const RecordQuery &query : filters(books, *kind)) {
            list.all([&] { list.model.setQuery(query); }, filtered);
            if (qEnvironmentVariableIsSet("BENCH_EACH"))
                std::printf("  filter %-17d %8.1f %8.1f %8.1f  %d rows\n", ++number, filtered.first.last(),
                            filtered.all.last(), filtered.sums.last(), list.model.rowCount());
        }
    }
    const QString size = sizeOf(books.orders());
    addRow(table, QStringLiteral("P5  jump → rows, %1").arg(size), jumps, frameMs);
    addRow(table, QStringLiteral("P5  other order → rows"), sorted.first, soonMs);
    addRow(table, QStringLiteral("P5  other order → extent"), sorted.all, soonMs);
    addRow(table, QStringLiteral("P5  other filter → rows"), filtered.first, soonMs);
    addRow(table, QStringLiteral("P5  other filter → extent"), filtered.all, soonMs);
}

void measureStorm(BenchTable &table, Program &program, CacheReaders &readers, const ManyRecords &books,
                  const QString &path, int seconds)
{
    List list(readers, Order::type);
    runUntil([&] { return list.model.rowCount() > 0 && !list.model.isCounting(); });
    const std::vector<std::string> texts = typedTexts(books);
    Times typed;
    QList<double> jumps;
    SeededRandom random(3);
    ChangeStorm storm(path, books, readers);
    storm.start();
    program.forget();
    QElapsedTimer timer;
    timer.start();
    for (std::size_t i = 0; timer.elapsed() < seconds * 1'000; ++i) {
        RecordQuery query = allOf(Order::type);
        query.text = i % 3 == 0 ? std::string() : texts[i % texts.size()];
        query.sortField = i % 7 == 0 ? "total" : "";
        if (query == list.model.query())
            continue;
        list.all([&] { list.model.setQuery(query); }, typed);
        for (int jump = 0; jump < 5 && list.model.rowCount() > 0; ++jump)
            jumps.append(
                list.jump(static_cast<int>(random.below(static_cast<std::uint64_t>(list.model.rowCount())))));
    }
    const double frames = static_cast<double>(timer.elapsed()) / frameMs;
    BenchRow row;
    row.what = QStringLiteral("P5  frames held up, full-speed sync, %1").arg(sizeOf(books.orders()));
    const double share = static_cast<double>(program.missed) / frames * 100;
    row.figure = QStringLiteral("%1 %").arg(decimals(share, 3));
    row.spread = QStringLiteral("longest %1 ms; %2 changes/s stored")
                     .arg(decimals(program.longest, 1))
                     .arg(storm.stored() * 1'000 / timer.elapsed());
    row.goal = QStringLiteral("≤ 0.1 %");
    row.verdict = metWhen(share <= 0.1);
    table.add(row);
    addRow(table, QStringLiteral("    key or order → rows meanwhile"), typed.first, soonMs);
    addRow(table, QStringLiteral("    jump → rows meanwhile"), jumps, soonMs);
}

void measurePasting(BenchTable &table, CacheReaders &readers, const ManyRecords &books)
{
    JumpModel model(readers);
    bool answered = false;
    QObject::connect(&model, &JumpModel::answered, &model, [&] { answered = true; });
    QList<double> times;
    const auto ask = [&](const std::string &text) {
        QElapsedTimer timer;
        timer.start();
        answered = false;
        model.setText(QString::fromStdString(text));
        runUntil([&] { return answered; });
        times.append(elapsedMs(timer));
        if (qEnvironmentVariableIsSet("BENCH_EACH"))
            std::printf("  %-60.60s %8.1f  %d hits\n", text.c_str(), times.last(), model.rowCount());
    };
    for (std::int64_t part : {5, 30, 60, 90}) {
        const AnyRecord source = books.invoice(books.orders() * part / 100).record;
        const Invoice &invoice = *source.as<Invoice>();
        for (const std::string &typed : keystrokes(invoice.number))
            ask(typed);
        ask("FW: Re: Overdue reminder, your invoice " + invoice.number + " for PO " + invoice.poReference
            + " (account 10023) of 12/03, please advise by Friday");
        ask("Where is " + invoice.orderNumber + "?");
    }
    ask(std::string(10'000, 'x'));
    ask("\"OR\" NEAR(a b) 🚚 * ^ -");
    addRow(table, QStringLiteral("    search-or-jump box, %1").arg(sizeOf(books.orders())), times, soonMs);
}

} // namespace

int main(int argc, char *argv[])
{
    Program program(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("full"), QStringLiteral("10,000, 100,000 and 1,000,000 orders")});
    options.addOption({QStringLiteral("orders"), QStringLiteral("how many orders"), QStringLiteral("n")});
    options.addOption({QStringLiteral("data"), QStringLiteral("where caches are kept"),
                       QStringLiteral("folder"), QStringLiteral("build/bench")});
    options.addOption({QStringLiteral("seconds"), QStringLiteral("of use while changes are stored"),
                       QStringLiteral("n"), QStringLiteral("20")});
    options.process(program);
    QStringList sizes = options.values(QStringLiteral("orders"));
    if (sizes.isEmpty())
        sizes = {QStringLiteral("100000")};
    if (options.isSet(QStringLiteral("full")) || qEnvironmentVariableIntValue("COUNTERFOIL_BENCH_FULL") != 0)
        sizes = {QStringLiteral("10000"), QStringLiteral("100000"), QStringLiteral("1000000")};
    const QDir folder(options.value(QStringLiteral("data")));

    BenchTable table;
    for (const QString &size : std::as_const(sizes)) {
        const ManyRecords books(size.toLongLong());
        const QString path = manyCache(folder, books);
        if (path.isEmpty())
            return 1;
        CacheReaders readers(path);
        program.forget();
        measureTyping(table, readers, books, path);
        measureLists(table, readers, books);
        measurePasting(table, readers, books);
        BenchRow row;
        row.what
            = QStringLiteral("P5  longest hold-up of the window's thread, %1").arg(sizeOf(books.orders()));
        row.figure = QStringLiteral("%1 ms").arg(decimals(program.longest, 1));
        row.spread = QStringLiteral("%1 over a frame").arg(program.missed);
        row.goal = QStringLiteral("≤ %1 ms").arg(decimals(frameMs, 1));
        row.verdict = metWhen(program.longest <= frameMs);
        table.add(row);
        measureStorm(table, program, readers, books, path, options.value(QStringLiteral("seconds")).toInt());
    }
    return table.finish();
}

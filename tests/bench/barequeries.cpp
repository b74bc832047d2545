#include "barequeries.h"

#include "database.h"
#include "searchwords.h"

#include <QElapsedTimer>

#include <cstdio>

namespace Counterfoil {

namespace {

double timeOf(Sqlite::Statement &statement, const std::string &words)
{
    QElapsedTimer timer;
    timer.start();
    if (const auto done = statement.with(words).run(); !done)
        std::fprintf(stderr, "bare: %s\n", qUtf8Printable(done.error().detail));
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

BareTimes bareTimes(const QString &path, const std::vector<std::string> &texts)
{
    BareTimes times;
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadOnly);
    if (!database)
        return times;
    auto first = database->prepare(
        "SELECT orders.* FROM orders_search CROSS JOIN orders ON _id=orders_search.rowid WHERE "
        "orders_search MATCH ?1 ORDER BY placedAt DESC, _id DESC LIMIT 100");
    auto count = database->prepare("SELECT count(*) FROM orders_search WHERE orders_search MATCH ?1");
    if (!first || !count)
        return times;
    for (const std::string &text : texts) {
        const std::string words = SearchWords::query(text);
        if (words.empty())
            continue;
        times.first.append(timeOf(*first, words));
        times.count.append(timeOf(*count, words));
    }
    return times;
}

} // namespace Counterfoil

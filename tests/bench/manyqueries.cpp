#include "manyqueries.h"

#include "order.h"

#include <QString>

namespace Counterfoil {

std::vector<std::string> typedTexts(const ManyRecords &books)
{
    const auto order
        = [&](std::int64_t part) { return *books.order(books.orders() * part / 100).record.as<Order>(); };
    std::vector<std::string> texts{"s",        "r",   "brass",        "zürich",       "hex bolt",
                                   "reno pla", "M8",  "torque wrenc", "o'brien",      "engineering leeds",
                                   "napkins",  "X",   "heavy-duty",   "Müller foods", "4",
                                   "PO-1",     "450", "safety helm",  "box of 100",   "1"};
    for (std::int64_t part : {3, 48, 71, 99})
        texts.push_back(order(part).number);
    for (std::int64_t part : {11, 35, 64, 97})
        texts.push_back(order(part).poReference);
    for (std::int64_t part : {20, 85})
        texts.push_back(order(part).lines.front().sku);
    texts.push_back(order(50).number.substr(3));
    texts.push_back("no such thing");
    return texts;
}

std::vector<std::string> keystrokes(const std::string &text)
{
    std::vector<std::string> typed;
    const QString whole = QString::fromStdString(text);
    for (qsizetype i = 1; i <= whole.size(); ++i) {
        if (whole[i - 1] != QLatin1Char(' '))
            typed.push_back(whole.left(i).toStdString());
    }
    return typed;
}

RecordQuery allOf(const RecordType &kind)
{
    RecordQuery query;
    query.kind = &kind;
    return query;
}

std::vector<RecordQuery> filters(const ManyRecords &books, const RecordType &kind)
{
    std::vector<RecordQuery> queries;
    const auto add = [&](const std::function<void(RecordQuery &)> &restrict) {
        queries.push_back(allOf(kind));
        restrict(queries.back());
    };
    const std::int64_t late = books.order(books.orders() * 95 / 100).record.as<Order>()->placedAt.ms;
    add([](RecordQuery &query) { query.flags = {{"open", true}}; });
    add([](RecordQuery &query) { query.flags = {{"open", false}}; });
    add([](RecordQuery &query) { query.accounts = {"A00003"}; });
    add([](RecordQuery &query) {
        for (int i = 0; i < 20; ++i)
            query.accounts.push_back("A0000" + std::to_string(i % 10));
    });
    add([](RecordQuery &query) { query.anyOf = {{"status", {"delivered", "paid"}}}; });
    add([](RecordQuery &query) { query.anyOf = {{"status", {"cancelled", "open"}}}; });
    if (&kind == &Order::type) {
        add([&](RecordQuery &query) { query.ranges = {{"placedAt", late - 86'400'000LL * 365, late}}; });
        add([](RecordQuery &query) { query.anyOf = {{"origin", {"web"}}}; });
        add([](RecordQuery &query) { query.ranges = {{"total", 100'000, 900'000}}; });
    } else {
        add([&](RecordQuery &query) {
            query.flags = {{"open", true}, {"credit", false}};
            query.ranges = {{"dueOn", RecordQuery::Range::open, late / 86'400'000 + 30}};
        });
        add([](RecordQuery &query) { query.flags = {{"credit", true}}; });
        add([&](RecordQuery &query) {
            query.ranges = {{"dueOn", RecordQuery::Range::open, late / 86'400'000 + 30}};
        });
    }
    return queries;
}

} // namespace Counterfoil

#include "returnbook.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

template <class Record>
std::vector<Record> recordsOfOrder(Books &books, std::string_view sql, const std::string &order)
{
    std::vector<std::int64_t> ids;
    auto statement = books.database().prepare(sql);
    if (!statement) {
        books.fail(statement.error());
        return {};
    }
    statement->with(order);
    while (true) {
        const auto row = statement->step();
        if (!row)
            books.fail(row.error());
        if (!row || !*row)
            break;
        ids.push_back(statement->integer(0));
    }
    std::vector<Record> records;
    for (const std::int64_t id : ids)
        books.read(Record::type, id, &records.emplace_back());
    return records;
}

} // namespace

std::optional<ReturnBook> ReturnBook::of(Books &books, const std::string &orderKey)
{
    const auto id = books.idOf(Order::type, orderKey);
    ReturnBook book;
    if (!id || !books.read(Order::type, *id, &book.order))
        return std::nullopt;
    book.shipments
        = recordsOfOrder<Shipment>(books, "SELECT id FROM shipments WHERE \"order\"=? ORDER BY id", orderKey);
    // Two questions, each with an index of its own.
    book.invoices = recordsOfOrder<Invoice>(
        books, "SELECT id FROM invoices WHERE \"order\"=? AND credit=0 ORDER BY id", orderKey);
    for (Invoice &memo : recordsOfOrder<Invoice>(
             books, "SELECT id FROM invoices WHERE \"order\"=? AND credit=1 ORDER BY id", orderKey))
        book.invoices.push_back(std::move(memo));
    book.returns
        = recordsOfOrder<Return>(books, "SELECT id FROM returns WHERE \"order\"=? ORDER BY id", orderKey);
    for (const OrderLine &line : book.order.lines) {
        if (const auto item = books.idOf(Item::type, line.sku))
            books.read(Item::type, *item, &book.items.emplace_back());
    }
    book.policy = readReturnPolicy(books);
    return book;
}

ReturnFacts ReturnBook::factsFor(const Return &record, Instant now) const
{
    return {.order = &order,
            .shipments = shipments,
            .invoices = invoices,
            .returns = returns,
            .items = items,
            .rules = rulesFor(policy.rules, order.account),
            .now = now,
            .shipment = record.shipment,
            .invoice = record.invoice,
            .self = record.key};
}

} // namespace Counterfoil::Sandbox

#include "orderreader.h"

#include "database.h"
#include "order.h"
#include "recordlayout.h"
#include "searchwords.h"

#include <variant>

namespace Counterfoil {

namespace {

// A condition with the values for its parameters, in order.
struct Condition
{
    std::string sql = "1";
    std::vector<std::variant<std::int64_t, std::string>> values;

    void add(const std::string &term) { sql += " AND " + term; }
    void addIn(const char *column, const std::vector<std::string> &allowed)
    {
        if (allowed.empty())
            return;
        std::string term = std::string(column) + " IN (";
        for (const std::string &value : allowed) {
            term += &value == &allowed.front() ? "?" : ", ?";
            values.emplace_back(value);
        }
        add(term + ')');
    }
};

struct Source
{
    std::string from;
    Condition where;
};

Source sourceOf(const OrderQuery &query)
{
    Source source{"orders", {}};
    Condition &where = source.where;
    if (const std::string words = SearchWords::query(query.text); !words.empty()) {
        // CROSS JOIN keeps SQLite from walking all orders to look each up in the words.
        source.from = "orders_search CROSS JOIN orders ON orders._id = orders_search.rowid";
        where.add("orders_search MATCH ?");
        where.values.emplace_back(words);
    }
    where.addIn("orders.account", query.accounts);
    where.addIn("orders.status", query.statuses);
    where.addIn("orders.origin", query.origins);
    where.addIn("orders.shipToName", query.shipTos);
    if (query.openOnly)
        where.add("orders.open");
    if (query.placedFrom.isSet()) {
        where.add("orders.placedAt >= ?");
        where.values.emplace_back(query.placedFrom.ms);
    }
    if (query.placedBefore.isSet()) {
        where.add("orders.placedAt < ?");
        where.values.emplace_back(query.placedBefore.ms);
        if (!query.placedFrom.isSet()) // an order without a time lies in no range of time
            where.add("orders.placedAt > " + std::to_string(Instant().ms));
    }
    return source;
}

// The field that the query sorts by; what is not Sortable falls back to the default.
std::string sortColumn(const OrderQuery &query)
{
    const Field *field = Order::type.find(query.sortField);
    return "orders." + quoted(field && field->is(Sortable) ? field->name : std::string_view("placedAt"));
}

std::string selectIds(const Source &source, const OrderQuery &query)
{
    const char *direction = query.descending ? " DESC" : "";
    return "SELECT orders._id FROM " + source.from + " WHERE " + source.where.sql + " ORDER BY "
        + sortColumn(query) + direction + ", orders._id" + direction;
}

Result<Sqlite::Statement> prepare(CacheReader &cache, const std::string &sql, const Condition &where)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    auto statement = (*database)->prepare(sql);
    if (!statement)
        return statement;
    int index = 0;
    for (const auto &value : where.values) {
        ++index;
        if (const auto *text = std::get_if<std::string>(&value))
            statement->bind(index, std::string_view(*text));
        else
            statement->bind(index, std::get<std::int64_t>(value));
    }
    return statement;
}

// Calls `each` for every row.
template <class Each>
Outcome forEachRow(CacheReader &cache, const std::string &sql, const Condition &where, const Each &each)
{
    return cache.atOneMoment([&]() -> Outcome {
        auto statement = prepare(cache, sql, where);
        if (!statement)
            return statement.error();
        for (;;) {
            const auto row = statement->step();
            if (!row)
                return row.error();
            if (!*row)
                return Done();
            each(*statement);
        }
    });
}

Result<std::vector<std::int64_t>> readIds(CacheReader &cache, const std::string &sql, const Condition &where)
{
    std::vector<std::int64_t> ids;
    const auto outcome = forEachRow(cache, sql, where,
                                    [&ids](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
    if (!outcome)
        return outcome.error();
    return ids;
}

Result<std::vector<FacetValue>> facet(CacheReader &cache, const std::string &column, const Condition &where)
{
    std::vector<FacetValue> values;
    const auto outcome
        = forEachRow(cache,
                     "SELECT " + column + ", count(*) FROM orders WHERE " + where.sql
                         + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + std::to_string(OrderReader::facetValues),
                     where, [&values](const Sqlite::Statement &row) {
                         values.push_back({std::string(row.text(0)), row.integer(1)});
                     });
    if (!outcome)
        return outcome.error();
    return values;
}

} // namespace

Result<std::vector<std::int64_t>> OrderReader::ids(const OrderQuery &query, std::int64_t limit)
{
    const Source source = sourceOf(query);
    return readIds(m_cache, selectIds(source, query) + " LIMIT " + std::to_string(limit), source.where);
}

Result<std::vector<CurrencyTotal>> OrderReader::totals(const OrderQuery &query)
{
    const Source source = sourceOf(query);
    std::vector<CurrencyTotal> totals;
    const auto outcome = forEachRow(
        m_cache,
        "SELECT orders.currency, count(*), sum(orders.open), sum(CASE WHEN orders.open THEN orders.total "
        "ELSE 0 END) FROM "
            + source.from + " WHERE " + source.where.sql + " GROUP BY 1 ORDER BY 2 DESC, 1",
        source.where, [&totals](const Sqlite::Statement &row) {
            totals.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), {row.integer(3)}});
        });
    if (!outcome)
        return outcome.error();
    return totals;
}

Result<OrderFacets> OrderReader::facets(const std::vector<std::string> &accounts)
{
    Condition where;
    where.addIn("account", accounts);
    auto statuses = facet(m_cache, "status", where);
    if (!statuses)
        return statuses.error();
    auto origins = facet(m_cache, "origin", where);
    if (!origins)
        return origins.error();
    auto shipTos = facet(m_cache, "shipToName", where);
    if (!shipTos)
        return shipTos.error();
    return OrderFacets{std::move(*statuses), std::move(*origins), std::move(*shipTos)};
}

Result<std::vector<std::int64_t>> OrderReader::matching(const OrderQuery &query,
                                                        std::span<const std::int64_t> ids)
{
    Source source = sourceOf(query);
    std::string list;
    for (std::int64_t id : ids)
        list += (list.empty() ? "" : ",") + std::to_string(id);
    source.where.add("orders._id IN (" + list + ')');
    return readIds(m_cache, selectIds(source, query), source.where);
}

Result<std::size_t> OrderReader::placeOf(const OrderQuery &query, std::int64_t id,
                                         std::span<const std::int64_t> list)
{
    std::size_t low = 0;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        // SQLite compares, so that the place is by the same rules as the order itself.
        const std::string column = sortColumn(query);
        const char *before = query.descending ? ">" : "<";
        auto isBefore
            = (*database)->prepare("SELECT (" + column + ", orders._id) " + before + " (SELECT " + column
                                   + ", orders._id FROM orders WHERE _id=?2) FROM orders WHERE _id=?1");
        if (!isBefore)
            return isBefore.error();
        std::size_t high = list.size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            // A listed row may be gone from the cache already; the nearest one below stands in for it.
            std::size_t probe = middle;
            bool found = false;
            for (; probe < high; ++probe) {
                const auto row = isBefore->with(list[probe], id).step();
                if (!row)
                    return row.error();
                found = *row;
                if (found)
                    break;
            }
            if (found && isBefore->integer(0) != 0)
                low = probe + 1;
            else
                high = middle;
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return low;
}

} // namespace Counterfoil

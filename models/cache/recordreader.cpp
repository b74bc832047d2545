#include "recordreader.h"

#include "database.h"
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
    template <class Value> void add(const std::string &term, const Value &value)
    {
        add(term);
        values.emplace_back(value);
    }
    void addIn(const std::string &column, const std::vector<std::string> &allowed)
    {
        if (allowed.empty())
            return;
        std::string term = column + " IN (";
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

std::string columnOf(const RecordType &kind, const Field &field)
{
    return quoted(kind.plural) + '.' + quoted(field.name);
}

std::string idOf(const RecordType &kind)
{
    return quoted(kind.plural) + "._id";
}

// What a time that is not set is stored as.
std::int64_t unsetOf(const Field &field)
{
    return field.type == FieldType::Date ? Date().daysSinceEpoch : Instant().ms;
}

void addRange(Condition &where, const std::string &column, const Field &field,
              const RecordQuery::Range &range)
{
    const bool isTime = field.type == FieldType::Instant || field.type == FieldType::Date;
    const bool isNumber = isTime || field.type == FieldType::Amount || field.type == FieldType::Integer
        || field.type == FieldType::Decimal;
    if (!isNumber)
        return;
    if (range.from != RecordQuery::Range::open)
        where.add(column + " >= ?", range.from);
    else if (isTime && range.before != RecordQuery::Range::open)
        where.add(column + " > ?", unsetOf(field));
    if (range.before != RecordQuery::Range::open)
        where.add(column + " < ?", range.before);
}

Source sourceOf(const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    Source source{quoted(kind.plural), {}};
    Condition &where = source.where;
    if (const std::string words = SearchWords::query(query.text); !words.empty()) {
        if (const std::string search = KindLayout::searchTable(kind); !search.empty()) {
            // CROSS JOIN keeps SQLite from walking all rows to look each up in the words.
            source.from = quoted(search) + " CROSS JOIN " + source.from + " ON " + idOf(kind) + " = "
                + quoted(search) + ".rowid";
            where.add(quoted(search) + " MATCH ?", words);
        }
    }
    if (const Field *account = kind.findFlag(AccountKey))
        where.addIn(columnOf(kind, *account), query.accounts);
    for (const RecordQuery::AnyOf &any : query.anyOf) {
        if (const Field *field = kind.find(any.field); field && field->type == FieldType::Text)
            where.addIn(columnOf(kind, *field), any.values);
    }
    for (const RecordQuery::Is &flag : query.flags) {
        if (const Field *field = kind.find(flag.field); field && field->type == FieldType::Flag)
            where.add(columnOf(kind, *field) + " = ?", std::int64_t{flag.value});
    }
    for (const RecordQuery::Range &range : query.ranges) {
        if (const Field *field = kind.find(range.field))
            addRange(where, columnOf(kind, *field), *field, range);
    }
    return source;
}

// What the query sorts by, "a, b", ending in the row id; each followed by `direction`.
std::string sortTerms(const RecordQuery &query, const char *direction)
{
    const Field *field = sortFieldOf(query);
    return (field ? columnOf(*query.kind, *field) + direction + ", " : std::string()) + idOf(*query.kind)
        + direction;
}

std::string selectIds(const Source &source, const RecordQuery &query)
{
    return "SELECT " + idOf(*query.kind) + " FROM " + source.from + " WHERE " + source.where.sql
        + " ORDER BY " + sortTerms(query, query.descending ? " DESC" : "");
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

} // namespace

Result<std::vector<std::int64_t>> RecordReader::ids(const RecordQuery &query, std::int64_t limit)
{
    const Source source = sourceOf(query);
    return readIds(m_cache, selectIds(source, query) + " LIMIT " + std::to_string(limit), source.where);
}

Result<std::vector<CurrencyTotal>> RecordReader::totals(const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    const Source source = sourceOf(query);
    const Field *currency = kind.find("currency");
    const Field *mark = kind.findFlag(OpenMark);
    const Field *summed = kind.findFlag(Summed);
    const std::string open = mark ? columnOf(kind, *mark) : "0";
    std::string sum = summed ? columnOf(kind, *summed) : "0";
    if (summed && mark)
        sum = "CASE WHEN " + open + " THEN " + sum + " ELSE 0 END";
    std::vector<CurrencyTotal> totals;
    const auto outcome = forEachRow(
        m_cache,
        "SELECT " + (currency ? columnOf(kind, *currency) : "''") + ", count(*), sum(" + open + "), sum("
            + sum + ") FROM " + source.from + " WHERE " + source.where.sql + " GROUP BY 1 ORDER BY 2 DESC, 1",
        source.where, [&totals](const Sqlite::Statement &row) {
            totals.push_back({std::string(row.text(0)), row.integer(1), row.integer(2), {row.integer(3)}});
        });
    if (!outcome)
        return outcome.error();
    return totals;
}

Result<std::vector<FacetValue>> RecordReader::facets(const RecordType &kind, std::string_view field,
                                                     const std::vector<std::string> &accounts)
{
    const Field *counted = kind.find(field);
    Q_ASSERT(counted && counted->type == FieldType::Text);
    Condition where;
    if (const Field *account = kind.findFlag(AccountKey))
        where.addIn(columnOf(kind, *account), accounts);
    std::vector<FacetValue> values;
    const auto outcome = forEachRow(
        m_cache,
        "SELECT " + columnOf(kind, *counted) + ", count(*) FROM " + quoted(kind.plural) + " WHERE "
            + where.sql + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + std::to_string(facetValues),
        where, [&values](const Sqlite::Statement &row) {
            values.push_back({std::string(row.text(0)), row.integer(1)});
        });
    if (!outcome)
        return outcome.error();
    return values;
}

Result<std::vector<std::int64_t>> RecordReader::matching(const RecordQuery &query,
                                                         std::span<const std::int64_t> ids)
{
    Source source = sourceOf(query);
    std::string list;
    for (std::int64_t id : ids)
        list += (list.empty() ? "" : ",") + std::to_string(id);
    source.where.add(idOf(*query.kind) + " IN (" + list + ')');
    return readIds(m_cache, selectIds(source, query), source.where);
}

Result<std::size_t> RecordReader::placeOf(const RecordQuery &query, std::int64_t id,
                                          std::span<const std::int64_t> list)
{
    std::size_t low = 0;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const auto database = m_cache.database();
        if (!database)
            return database.error();
        // SQLite compares, so that the place is by the same rules as the order itself.
        const std::string terms = sortTerms(query, "");
        const std::string table = quoted(query.kind->plural);
        const char *before = query.descending ? ">" : "<";
        auto isBefore
            = (*database)->prepare("SELECT (" + terms + ") " + before + " (SELECT " + terms + " FROM " + table
                                   + " WHERE _id=?2) FROM " + table + " WHERE _id=?1");
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

#include "recordreader.h"

#include "database.h"
#include "recordlayout.h"
#include "searchwords.h"

#include <algorithm>
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
    bool searches = false; // `from` joins the words
};

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

bool asksForOpen(const RecordQuery &query)
{
    const Field *mark = query.kind->findFlag(OpenMark);
    return mark
        && std::ranges::find(query.flags, RecordQuery::Is{std::string(mark->name), true})
        != query.flags.end();
}

// What of the query the totals are kept apart by: accounts, states and whether they are open.
void addGroups(Condition &where, const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    if (const Field *account = kind.findFlag(AccountKey))
        where.addIn(quoted(account->name), query.accounts);
    for (const RecordQuery::AnyOf &any : query.anyOf) {
        if (const Field *field = kind.find(any.field); field && field->type == FieldType::Text)
            where.addIn(quoted(field->name), any.values);
    }
    for (const RecordQuery::Is &flag : query.flags) {
        // Literally, so that SQLite sees that the index of open rows has them all.
        if (const Field *field = kind.find(flag.field); field && field->type == FieldType::Flag)
            where.add(quoted(field->name) + (flag.value ? "=1" : "=0"));
    }
}

// `search` is where the words are.
Source sourceOf(const RecordQuery &query, const std::string &search)
{
    const RecordType &kind = *query.kind;
    Source source{quoted(kind.plural), {}};
    Condition &where = source.where;
    const std::string words = SearchWords::query(query.text);
    if (!words.empty() && !search.empty()) {
        source.searches = true;
        // CROSS JOIN keeps SQLite from walking all rows to look each up in the words.
        source.from
            = quoted(search) + " CROSS JOIN " + source.from + " ON _id = " + quoted(search) + ".rowid";
        where.add(quoted(search) + " MATCH ?", words);
    }
    addGroups(where, query);
    for (const RecordQuery::Range &range : query.ranges) {
        if (const Field *field = kind.find(range.field))
            addRange(where, quoted(field->name), *field, range);
    }
    return source;
}

Source sourceOf(const RecordQuery &query)
{
    return sourceOf(query, KindLayout::searchTable(*query.kind));
}

// Open rows are few, which SQLite, knowing no numbers, would not bet on.
Source walking(Source source, const RecordQuery &query)
{
    const std::string index = KindLayout::openIndex(*query.kind, !query.accounts.empty());
    if (!source.searches && !index.empty() && asksForOpen(query) && query.anyOf.empty())
        source.from += " INDEXED BY " + quoted(index);
    return source;
}

// What the query sorts by, "a, b", ending in the row id; each followed by `direction`.
std::string sortTerms(const RecordQuery &query, const char *direction)
{
    const Field *field = sortFieldOf(query);
    const Field *newest = newestField(*query.kind);
    std::string terms;
    if (field)
        terms = quoted(field->name) + direction + ", ";
    if (newest && newest != field)
        terms += quoted(newest->name) + direction + ", ";
    return terms + "_id" + direction;
}

std::string selectIds(const Source &source, const RecordQuery &query)
{
    return "SELECT _id FROM " + source.from + " WHERE " + source.where.sql + " ORDER BY "
        + sortTerms(query, query.descending ? " DESC" : "");
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

namespace {

// How many rows are tried one by one before all that have the words are gathered and sorted.
constexpr std::int64_t triedRows = 500;

std::string listOf(std::span<const std::int64_t> ids)
{
    std::string list;
    for (std::int64_t id : ids)
        list += (list.empty() ? "" : ",") + std::to_string(id);
    return list;
}

// Puts the words of these rows into a full-text table in memory, where looking for them costs what the rows
// are, not what the words are in a million others.
Outcome fillProbe(CacheReader &cache, const RecordType &kind, std::span<const std::int64_t> ids)
{
    const auto database = cache.database();
    if (!database)
        return database.error();
    return (*database)->execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.probe USING fts5(words, "
                                + std::string(KindLayout::searchTokens)
                                + ", content=''); INSERT INTO temp.probe(probe) VALUES('delete-all'); "
                                  "INSERT INTO temp.probe(rowid, words) SELECT rowid, words FROM "
                                + quoted(KindLayout::searchTable(kind)) + " WHERE rowid IN (" + listOf(ids)
                                + ')');
}

// Whether the rows come in the query's order from an index, so that the first few cost little.
bool comesInOrder(const RecordQuery &query)
{
    const Field *newest = newestField(*query.kind);
    const bool free = query.accounts.empty() && query.anyOf.empty() && query.flags.empty();
    return newest && (free || sortFieldOf(query) == newest)
        && std::ranges::all_of(query.ranges,
                               [newest](const auto &range) { return range.field == newest->name; });
}

} // namespace

Result<std::vector<std::int64_t>> RecordReader::ids(const RecordQuery &query, std::int64_t limit)
{
    const Source source = sourceOf(query);
    if (source.searches && limit > 0 && limit <= triedRows && comesInOrder(query)) {
        // A word that many rows have is found among the first of them; one that few have, quickly anyway.
        RecordQuery all = query;
        all.text.clear();
        const auto first = ids(all, triedRows);
        if (!first)
            return first;
        auto found = matching(query, *first);
        if (!found || static_cast<std::int64_t>(first->size()) < triedRows
            || static_cast<std::int64_t>(found->size()) >= limit) {
            if (found && static_cast<std::int64_t>(found->size()) > limit)
                found->resize(static_cast<std::size_t>(limit));
            return found;
        }
    }
    return readIds(m_cache, selectIds(walking(source, query), query) + " LIMIT " + std::to_string(limit),
                   source.where);
}

namespace {

bool isTotalledBy(const RecordType &kind, std::string_view field)
{
    return std::ranges::any_of(KindLayout::totalledBy(kind),
                               [field](const Field *each) { return each->name == field; });
}

// Whether the running totals answer for the query; otherwise its rows have to be added up.
bool isTotalled(const RecordQuery &query)
{
    const auto known = [&](const auto &each) {
        return !query.kind->find(each.field) || isTotalledBy(*query.kind, each.field);
    };
    return !KindLayout::totalsTable(*query.kind).empty() && query.ranges.empty()
        && SearchWords::query(query.text).empty() && std::ranges::all_of(query.anyOf, known)
        && std::ranges::all_of(query.flags, known);
}

} // namespace

Result<std::vector<CurrencyTotal>> RecordReader::totals(const RecordQuery &query)
{
    const RecordType &kind = *query.kind;
    const Field *currency = kind.find("currency");
    const Field *mark = kind.findFlag(OpenMark);
    const Field *summed = kind.findFlag(Summed);
    const bool kept = isTotalled(query);
    Source source;
    if (kept) {
        source.from = quoted(KindLayout::totalsTable(kind));
        addGroups(source.where, query);
    } else {
        source = walking(sourceOf(query), query);
    }
    const std::string count = kept ? "_count" : "1";
    const std::string amount = !summed ? "0" : kept ? "_sum" : quoted(summed->name);
    const std::string open = mark ? quoted(mark->name) : "0";
    const std::string counts = mark ? open : "1"; // towards the sum
    std::vector<CurrencyTotal> totals;
    const auto outcome = forEachRow(
        m_cache,
        "SELECT " + (currency ? quoted(currency->name) : "''") + ", sum(" + count + "), sum(" + open + '*'
            + count + "), sum(" + counts + '*' + amount + ") FROM " + source.from + " WHERE "
            + source.where.sql + " GROUP BY 1 ORDER BY 2 DESC, 1",
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
    RecordQuery query;
    query.kind = &kind;
    query.accounts = accounts;
    Condition where;
    addGroups(where, query);
    const bool kept = !KindLayout::totalsTable(kind).empty() && isTotalledBy(kind, field);
    std::vector<FacetValue> values;
    const auto outcome
        = forEachRow(m_cache,
                     "SELECT " + quoted(counted->name) + (kept ? ", sum(_count)" : ", count(*)") + " FROM "
                         + quoted(kept ? KindLayout::totalsTable(kind) : std::string(kind.plural)) + " WHERE "
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
    std::vector<std::int64_t> found;
    const auto outcome = m_cache.atOneMoment([&]() -> Outcome {
        const bool searches = sourceOf(query).searches;
        if (searches) {
            if (const auto done = fillProbe(m_cache, *query.kind, ids); !done)
                return done;
        }
        Source source = searches ? sourceOf(query, "probe") : sourceOf(query);
        if (!searches)
            source.where.add("_id IN (" + listOf(ids) + ')');
        auto read = readIds(m_cache, selectIds(source, query), source.where);
        if (!read)
            return read.error();
        found = std::move(*read);
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return found;
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

#pragma once

#include "cachereader.h"
#include "database.h"
#include "recordquery.h"

#include <variant>

// How a RecordQuery is said in SQL.
namespace Counterfoil::QueryTerms {

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
    void addIn(const std::string &column, const std::vector<std::string> &allowed);

    std::string text() const; // the same for the same condition with the same values
};

// One of the things that a row must meet to be found; each is looked for by itself.
struct Restriction
{
    std::string word; // a row has a word that begins with it; empty: it meets the condition
    Condition where;
    std::string index;   // that has few others; empty: whichever SQLite takes
    bool others = false; // the rows that do not meet it are meant, which are many

    std::string text() const { return word.empty() ? where.text() : '"' + word; }
};

// All that the query asks for, words last.
std::vector<Restriction> restrictionsOf(const RecordQuery &query);

// Everything but the words, as one condition.
Condition conditionOf(const RecordQuery &query);
// What of the query the totals are kept apart by: accounts, states and whether they are open.
void addGroups(Condition &where, const RecordQuery &query);
// The index of open rows, where the query asks for them; otherwise empty.
std::string openIndexOf(const RecordQuery &query);
// The kind's table, by that index. Without it when there is no such index: not while a kind is loading, and
// not by that name in a file of another program.
std::string tableBy(CacheReader &cache, const RecordType &kind, const std::string &index);
bool hasIndex(CacheReader &cache, const std::string &index);

// What the query sorts by, "a, b", ending in the row id; each followed by `direction`.
std::string sortTerms(const RecordQuery &query, const char *direction);

Result<Sqlite::Statement> prepare(CacheReader &cache, const std::string &sql, const Condition &where);

// Calls `each` for every row.
template <class Each>
Outcome forEachRow(CacheReader &cache, const std::string &sql, const Condition &where, const Each &each)
{
    return cache.atOneMoment([&]() -> Outcome {
        auto statement = prepare(cache, sql, where);
        if (!statement)
            return statement.error();
        return statement->forEachRow(each);
    });
}

std::string listOf(std::span<const std::int64_t> ids); // "1,2"

} // namespace Counterfoil::QueryTerms

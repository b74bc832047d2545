#include "schema.h"

#include "recordlayout.h"

#include <algorithm>
#include <map>
#include <set>

namespace Counterfoil::Schema {

namespace {

using Sqlite::Database;

// The first column of every row.
Result<std::vector<std::string>> texts(Database &database, std::string_view sql,
                                       std::string_view parameter = {})
{
    auto statement = database.prepare(sql);
    if (!statement)
        return statement.error();
    if (!parameter.empty())
        statement->bind(1, parameter);
    std::vector<std::string> values;
    if (const auto done
        = statement->forEachRow([&](const Sqlite::Statement &row) { values.emplace_back(row.text(0)); });
        !done)
        return done.error();
    return values;
}

// Drops the tables of a kind. The full-text table first: its shadow tables go with it.
Outcome dropKind(Database &database, const std::string &plural)
{
    if (const auto done = database.execute("DROP TABLE IF EXISTS " + quotedName(plural + "_search")); !done)
        return done;
    const auto tables = texts(
        database, "SELECT name FROM sqlite_master WHERE type='table' AND (name=?1 OR name GLOB ?1 || '_*')",
        plural);
    if (!tables)
        return tables.error();
    for (const std::string &table : *tables) {
        if (const auto done = database.execute("DROP TABLE " + quotedName(table)); !done)
            return done;
    }
    return Done();
}

Result<std::map<std::string, std::string>> columnTypes(Database &database, const std::string &table)
{
    auto statement = database.prepare("SELECT name, type FROM pragma_table_info(?)");
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(table));
    std::map<std::string, std::string> columns;
    if (const auto done = statement->forEachRow(
            [&](const Sqlite::Statement &row) { columns.emplace(row.text(0), row.text(1)); });
        !done)
        return done.error();
    return columns;
}

// Indexes that are not of the layout would be kept up to date for nothing, and would be in the way of
// dropping columns.
Outcome dropStaleIndexes(Database &database, const KindLayout &layout)
{
    std::vector<std::string> tables{layout.rows.name};
    for (const TableLayout &list : layout.lists)
        tables.push_back(list.name);
    for (const std::string &table : tables) {
        const std::string indexes
            = " FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name=? ORDER BY name";
        const auto existing = texts(database, "SELECT sql" + indexes, table);
        const auto names = texts(database, "SELECT name" + indexes, table);
        if (!existing || !names)
            return existing ? names.error() : existing.error();
        for (std::size_t i = 0; i < names->size(); ++i) {
            if (std::ranges::find(layout.indexes, (*existing)[i], &IndexLayout::createSql)
                != layout.indexes.end())
                continue;
            if (const auto done = database.execute("DROP INDEX " + quotedName((*names)[i])); !done)
                return done;
        }
    }
    return Done();
}

enum class Change { Adjusted, TypeChanged };

// Triggers would be in the way of dropping columns, too.
Outcome dropTriggers(Database &database, const KindLayout &layout)
{
    const auto names = texts(database, "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=?",
                             layout.rows.name);
    if (!names)
        return names.error();
    for (const std::string &name : *names) {
        if (const auto done = database.execute("DROP TRIGGER " + quotedName(name)); !done)
            return done;
    }
    return Done();
}

// The totals are counted anew: the columns that they are of may be others than before.
Outcome makeTotals(Database &database, const KindLayout &layout)
{
    if (layout.totals.name.empty())
        return Done();
    std::vector<std::string> statements{layout.totals.createSql(), layout.countAgainSql()};
    for (const TriggerLayout &trigger : layout.triggers)
        statements.push_back(trigger.createSql);
    return database.executeAll(statements);
}

// Adds the columns that the table lacks and drops those that no field has any more.
Result<Change> adjustTable(Database &database, const TableLayout &table)
{
    const auto existing = columnTypes(database, table.name);
    if (!existing)
        return existing.error();
    if (existing->empty()) {
        const auto done = database.execute(table.createSql());
        return done ? Result<Change>(Change::Adjusted) : done.error();
    }
    std::set<std::string> wanted;
    for (const TableColumn &column : table.columns) {
        wanted.insert(column.name);
        const auto found = existing->find(column.name);
        if (found == existing->end()) {
            const auto done = database.execute("ALTER TABLE " + quotedName(table.name) + " ADD COLUMN "
                                               + column.definition);
            if (!done)
                return done.error();
        } else if (found->second != column.type) {
            return Change::TypeChanged;
        }
    }
    for (const auto &[name, type] : *existing) {
        if (wanted.contains(name))
            continue;
        const auto done
            = database.execute("ALTER TABLE " + quotedName(table.name) + " DROP COLUMN " + quotedName(name));
        if (!done)
            return done.error();
    }
    return Change::Adjusted;
}

// Drops lists and words that the layout has no more, or has otherwise, and the totals.
Outcome dropStaleTables(Database &database, const KindLayout &layout)
{
    const auto tables = texts(database,
                              "SELECT name FROM sqlite_master WHERE type='table' AND name GLOB ?1 || '_*' "
                              "AND name <> ?1 || '_search' AND name NOT GLOB ?1 || '_search_*'",
                              layout.rows.name);
    if (!tables)
        return tables.error();
    for (const std::string &name : *tables) {
        if (std::ranges::find(layout.lists, name, &TableLayout::name) != layout.lists.end()
            || std::ranges::find(layout.files, name, &TableLayout::name) != layout.files.end())
            continue;
        if (const auto done = database.execute("DROP TABLE " + quotedName(name)); !done)
            return done;
    }
    // The words are made again as the kind is filled anew; those of rows that stay until then stay as they
    // are.
    const std::string search = layout.rows.name + "_search";
    const auto existing = texts(database, "SELECT sql FROM sqlite_master WHERE name=?", search);
    if (!existing)
        return existing.error();
    if (!existing->empty() && existing->front() == layout.searchSql)
        return Done();
    if (const auto done = database.execute("DROP TABLE IF EXISTS " + quotedName(search)); !done)
        return done;
    // The texts are read again, rather than gone through while a person waits for the start.
    const std::string kept = KindLayout::textsTable(*layout.type);
    if (const auto done
        = kept.empty() ? Outcome(Done()) : database.execute("DROP TABLE IF EXISTS " + quotedName(kept));
        !done)
        return done;
    return layout.searchSql.empty() ? Outcome(Done()) : database.execute(layout.searchSql);
}

Outcome adjustKind(Database &database, const KindLayout &layout)
{
    if (const auto done = dropStaleIndexes(database, layout); !done)
        return done;
    if (const auto done = dropTriggers(database, layout); !done)
        return done;
    if (const auto done = dropStaleTables(database, layout); !done)
        return done;
    std::vector<const TableLayout *> tables{&layout.rows};
    for (const TableLayout &list : layout.lists)
        tables.push_back(&list);
    for (const TableLayout &each : layout.files)
        tables.push_back(&each);
    for (const TableLayout *table : tables) {
        const auto change = adjustTable(database, *table);
        if (!change)
            return change.error();
        if (*change == Change::TypeChanged) {
            if (const auto done = dropKind(database, layout.rows.name); !done)
                return done;
            return database.executeAll(layout.createSql());
        }
    }
    for (const IndexLayout &index : layout.indexes) {
        const auto existing
            = texts(database, "SELECT name FROM sqlite_master WHERE type='index' AND name=?", index.name);
        if (!existing)
            return existing.error();
        if (!existing->empty())
            continue;
        if (const auto done = database.execute(index.createSql); !done)
            return done;
    }
    return makeTotals(database, layout);
}

// Creates or adjusts one kind's tables. What changed is incomplete: a fill under way begins it again,
// and rows listed before count as not listed.
Outcome bringKindUpToDate(Database &database, const RecordType &type)
{
    const KindLayout layout(type);
    const std::string text = layout.text();
    const std::string name(type.name);
    const auto known = texts(database, "SELECT layout FROM kinds WHERE name=?", name);
    if (!known)
        return known.error();
    if (!known->empty() && known->front() == text)
        return Done();
    const auto done = known->empty() ? database.executeAll(layout.createSql()) : adjustKind(database, layout);
    if (!done)
        return done;
    auto mark = database.prepare(
        "INSERT INTO kinds(name, plural, layout) VALUES(?1, ?2, ?3) ON CONFLICT(name) "
        "DO UPDATE SET plural=?2, layout=?3, generation=generation+1, complete=0, loading=0");
    auto restart
        = database.prepare("UPDATE fills SET next=(SELECT listing FROM sync), listed=0, done=0 WHERE kind=?");
    if (!mark || !restart)
        return mark ? restart.error() : mark.error();
    if (const auto marked = mark->with(name, layout.rows.name, text).run(); !marked)
        return marked;
    if (const auto restarted = restart->with(name).run(); !restarted)
        return restarted;
    return database.execute("UPDATE sync SET covered=0"); // not by what has just been emptied
}

Outcome dropUnknownKinds(Database &database, std::span<const RecordType *const> kinds)
{
    const auto plurals = texts(database, "SELECT plural FROM kinds");
    if (!plurals)
        return plurals.error();
    for (const std::string &plural : *plurals) {
        if (std::ranges::find(kinds, std::string_view(plural), &RecordType::plural) != kinds.end())
            continue;
        if (const auto done = dropKind(database, plural); !done)
            return done;
        auto forget
            = database.prepare("DELETE FROM fills WHERE kind IN (SELECT name FROM kinds WHERE plural=?)");
        auto remove = database.prepare("DELETE FROM kinds WHERE plural=?");
        if (!forget || !remove)
            return forget ? remove.error() : forget.error();
        if (const auto done = forget->with(plural).run(); !done)
            return done;
        if (const auto done = remove->with(plural).run(); !done)
            return done;
    }
    return Done();
}

} // namespace

std::span<const std::string> migrations()
{
    static const std::string scripts[] = {
        // 1. `scrub`: what a purge has still to do to the file, see cachewriter.cpp.
        R"(CREATE TABLE sync(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    cursor TEXT NOT NULL DEFAULT '',
    filling INTEGER NOT NULL DEFAULT 0,
    scrub INTEGER NOT NULL DEFAULT 0);
INSERT INTO sync(id) VALUES(1);
CREATE TABLE kinds(
    name TEXT PRIMARY KEY,
    plural TEXT NOT NULL UNIQUE,
    layout TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 1,
    complete INTEGER NOT NULL DEFAULT 0);
CREATE TABLE fills(
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL UNIQUE,
    next TEXT NOT NULL DEFAULT '',
    listed INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0);
)",
        // 2. `covered`: what the cursor stands for. `listing`: of a partial fill, where each kind begins.
        R"(ALTER TABLE sync ADD COLUMN covered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync ADD COLUMN listing TEXT NOT NULL DEFAULT '';
)",
        // 3. `loading` and the ids of rows whose words are stored behind, see firstload.h and wordsbehind.h.
        R"(ALTER TABLE kinds ADD COLUMN loading INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kinds ADD COLUMN wordsFirst INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kinds ADD COLUMN wordsNext INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kinds ADD COLUMN wordsEnd INTEGER NOT NULL DEFAULT 0;
)",
        // 4. What was told in answer to a question; no kind, since the gateway knows nothing of it.
        R"(CREATE TABLE toldPrices(
    account TEXT NOT NULL,
    sku TEXT NOT NULL,
    at INTEGER NOT NULL,
    currency TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unitPrice TEXT NOT NULL,
    priceReason TEXT NOT NULL,
    available TEXT NOT NULL,
    inStock TEXT NOT NULL,
    expectedOn TEXT NOT NULL,
    PRIMARY KEY(account, sku)) WITHOUT ROWID;
CREATE INDEX toldPrices_at ON toldPrices(at);
)",
    };
    return scripts;
}

Outcome bringUpToDate(Database &database, std::span<const RecordType *const> kinds)
{
    if (const auto done = database.migrate(migrations()); !done)
        return done;
    return database.transaction([&]() -> Outcome {
        if (const auto done = dropUnknownKinds(database, kinds); !done)
            return done;
        for (const RecordType *kind : kinds) {
            if (const auto done = bringKindUpToDate(database, *kind); !done)
                return done;
        }
        return Done();
    });
}

} // namespace Counterfoil::Schema

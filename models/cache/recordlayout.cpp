#include "recordlayout.h"

#include "amount.h"
#include "decimal.h"
#include "instant.h"
#include "recordquery.h"

#include <QtGlobal>

#include <algorithm>

namespace Counterfoil {

namespace {

// The field's default value as an SQL literal, read from a fresh record: what rows get that were
// stored before the field existed.
std::string defaultLiteral(const Field &field, const void *record)
{
    switch (field.type) {
    case FieldType::Text: {
        std::string text = field.in<std::string>(record);
        for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2))
            text.insert(at, 1, '\'');
        return '\'' + text + '\'';
    }
    case FieldType::Integer:
        return std::to_string(field.in<std::int64_t>(record));
    case FieldType::Flag:
        return field.in<bool>(record) ? "1" : "0";
    case FieldType::Instant:
        return std::to_string(field.in<Instant>(record).ms);
    case FieldType::Date:
        return std::to_string(field.in<Date>(record).daysSinceEpoch);
    case FieldType::Amount:
        return std::to_string(field.in<Amount>(record).minor);
    case FieldType::Decimal:
        return std::to_string(field.in<Decimal>(record).millionths);
    case FieldType::List:
        break;
    }
    Q_ASSERT(false);
    return {};
}

TableColumn integerColumn(const std::string &name)
{
    return {name, "INTEGER", quotedName(name) + " INTEGER NOT NULL DEFAULT 0"};
}

void appendFieldColumns(TableLayout &table, const RecordType &type)
{
    const auto defaults = type.create();
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List)
            continue;
        const std::string sqlType = field.type == FieldType::Text ? "TEXT" : "INTEGER";
        std::string definition = quotedName(field.name) + ' ' + sqlType + " NOT NULL DEFAULT "
            + defaultLiteral(field, defaults.get());
        if (field.type == FieldType::Text && field.is(Sortable))
            definition += " COLLATE NOCASE";
        table.columns.push_back({std::string(field.name), sqlType, std::move(definition)});
    }
}

IndexLayout index(const std::string &table, const std::string &suffix, const std::string &columns,
                  bool unique = false)
{
    const std::string name = table + '_' + suffix;
    return {name,
            std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX " + quotedName(name) + " ON "
                + quotedName(table) + '(' + columns + ')'};
}

// What lists ask of the rows of a small part, so that its index answers without a look at them.
std::string askedOf(const RecordType &type)
{
    std::string columns;
    for (const Field &field : type.fields) {
        const bool time = field.type == FieldType::Date || field.type == FieldType::Instant;
        const bool asked = (time && field.is(Sortable)) || field.is(Summed) || field.name == "currency"
            || (field.type == FieldType::Flag && !field.is(OpenMark));
        if (asked && &field != newestField(type))
            columns += ", " + quotedName(field.name);
    }
    return columns;
}

// Indexes of the rows that have a mark, which are few.
void addPartIndexes(std::vector<IndexLayout> &indexes, const RecordType &type, const std::string &table)
{
    const Field *newest = newestField(type);
    const auto add = [&](const std::string &name, const std::string &columns, const Field *mark) {
        indexes.push_back({name,
                           "CREATE INDEX " + quotedName(name) + " ON " + quotedName(table) + '(' + columns
                               + ')' + (mark ? " WHERE " + quotedName(mark->name) + "=1" : "")});
    };
    // What is open is looked at most and is a small part of all.
    const Field *open = type.findFlag(OpenMark);
    if (!KindLayout::openIndex(type, false).empty()) {
        const std::string account = quotedName(type.findFlag(AccountKey)->name);
        const std::string time = quotedName(newest->name);
        add(KindLayout::openIndex(type, false), time + ", " + account + askedOf(type), open);
        add(KindLayout::openIndex(type, true), account + ", " + time + askedOf(type), open);
    } else if (const std::string sums = KindLayout::sumsIndex(type); !sums.empty()) {
        const Field *currency = type.find("currency");
        add(sums,
            (currency ? quotedName(currency->name) + ", " : "") + quotedName(type.findFlag(Summed)->name),
            nullptr);
    }
    for (const Field &field : type.fields) {
        if (newest && field.type == FieldType::Flag && &field != open)
            add(table + "_marked_" + std::string(field.name), quotedName(newest->name), &field);
    }
}

// Row ids end every index entry, so they break ties in each of these without being named. Among equals,
// the time comes before them, so that the rows of one state or carrier are found newest first without
// sorting.
std::vector<IndexLayout> indexesOf(const RecordType &type, const std::string &table)
{
    std::vector<IndexLayout> indexes;
    if (const Field *key = type.findFlag(Key))
        indexes.push_back(index(table, "by_key", quotedName(key->name), true));
    const Field *account = type.findFlag(AccountKey);
    const Field *newest = newestField(type);
    const std::string byTime = newest ? ", " + quotedName(newest->name) : std::string();
    for (const Field &field : type.fields) {
        if (!field.is(Sortable) && !field.is(Link))
            continue;
        const bool tied = field.is(Sortable) && &field != newest;
        indexes.push_back(index(table, "by_" + std::string(field.name),
                                quotedName(field.name) + (tied ? byTime : std::string())));
    }
    if (account)
        indexes.push_back(index(table, "of_account", quotedName(account->name) + byTime));
    addPartIndexes(indexes, type, table);
    return indexes;
}

// So that the records whose list elements link to a record are found from it.
void appendLinkIndexes(std::vector<IndexLayout> &indexes, const RecordType &element, const std::string &table)
{
    for (const Field &field : element.fields) {
        if (field.is(Link))
            indexes.push_back(index(table, "by_" + std::string(field.name), quotedName(field.name)));
    }
}

// "a, b" for the columns that totals are kept apart by, each through `format`.
template <class Format>
std::string eachGroup(const RecordType &type, const char *separator, const Format &format)
{
    std::string sql;
    for (const Field *field : KindLayout::totalledBy(type))
        sql += (sql.empty() ? "" : separator) + format(quotedName(field->name));
    return sql;
}

std::string summedOf(const RecordType &type, const std::string &row)
{
    const Field *summed = type.findFlag(Summed);
    return summed ? row + quotedName(summed->name) : "0";
}

// The table of running totals and the triggers that keep it.
void addTotals(KindLayout &layout, const std::string &name)
{
    const RecordType &type = *layout.type;
    const auto plain = [](const std::string &column) { return column; };
    layout.totals.name = name;
    for (const Field *field : KindLayout::totalledBy(type)) {
        const auto column = std::ranges::find(layout.rows.columns, field->name, &TableColumn::name);
        layout.totals.columns.push_back(*column); // with its way of comparing
    }
    layout.totals.columns.push_back(integerColumn("_count"));
    layout.totals.columns.push_back(integerColumn("_sum"));
    layout.totals.tail = ", PRIMARY KEY(" + eachGroup(type, ", ", plain) + ")) WITHOUT ROWID";

    const std::string table = quotedName(name);
    const auto ofRow
        = [](const char *row) { return [row](const std::string &column) { return row + column; }; };
    const auto same = [&](const char *row) {
        return eachGroup(type, " AND ",
                         [row](const std::string &column) { return column + '=' + row + column; });
    };
    // No upsert and nothing that could abort half-way: for either SQLite would open a savepoint for each
    // row, at which a full-text table writes out all that it has gathered.
    const std::string add = "INSERT OR FAIL INTO " + table + " SELECT " + eachGroup(type, ", ", ofRow("new."))
        + ", 0, 0 WHERE NOT EXISTS(SELECT 1 FROM " + table + " WHERE " + same("new.") + "); UPDATE OR FAIL "
        + table + " SET _count=_count+1, _sum=_sum+" + summedOf(type, "new.") + " WHERE " + same("new.")
        + "; ";
    // An account that has no row left leaves no trace.
    const std::string take = "UPDATE OR FAIL " + table + " SET _count=_count-1, _sum=_sum-"
        + summedOf(type, "old.") + " WHERE " + same("old.") + "; DELETE FROM " + table + " WHERE "
        + same("old.") + " AND _count=0; ";
    std::string differs = eachGroup(
        type, " OR ", [](const std::string &column) { return "old." + column + "<>new." + column; });
    if (type.findFlag(Summed))
        differs += " OR " + summedOf(type, "old.") + "<>" + summedOf(type, "new.");
    const auto trigger = [&](const char *event, const std::string &when, const std::string &work) {
        const std::string triggerName = name + "_at_" + event;
        layout.triggers.push_back({triggerName,
                                   "CREATE TRIGGER " + quotedName(triggerName) + " AFTER " + event + " ON "
                                       + quotedName(layout.rows.name) + when + " BEGIN " + work + "END"});
    };
    trigger("insert", {}, add);
    trigger("delete", {}, take);
    trigger("update", " WHEN " + differs, take + add);
}

// One row for each record of which there is something to say.
void addFiles(std::vector<TableLayout> &files, const std::string &texts, const std::string &here)
{
    const TableColumn record{"_record", "INTEGER", "\"_record\" INTEGER PRIMARY KEY"};
    const auto text = [](const char *name) -> TableColumn {
        return {name, "TEXT", quotedName(name) + " TEXT NOT NULL DEFAULT ''"};
    };
    TableLayout read;
    read.name = texts;
    read.columns = {record,
                    text("digest"),
                    integerColumn("state"),
                    text("program"),
                    {"text", "BLOB", "\"text\" BLOB NOT NULL DEFAULT x''"}};
    read.tail = ")";
    files.push_back(std::move(read));
    TableLayout marks;
    marks.name = here;
    marks.columns = {record};
    marks.tail = ")";
    files.push_back(std::move(marks));
}

} // namespace

std::string quotedName(std::string_view identifier)
{
    Q_ASSERT(identifier.find('"') == std::string_view::npos);
    return '"' + std::string(identifier) + '"';
}

std::string TableLayout::createSql() const
{
    std::string sql = "CREATE TABLE " + quotedName(name) + '(';
    for (const TableColumn &column : columns)
        sql += (&column == &columns.front() ? "" : ", ") + column.definition;
    return sql + tail;
}

std::string KindLayout::listTable(const RecordType &type, const Field &list)
{
    return std::string(type.plural) + '_' + std::string(list.name);
}

std::string KindLayout::searchTable(const RecordType &type)
{
    return type.findFlag(Searchable) ? std::string(type.plural) + "_search" : std::string();
}

std::string KindLayout::storedWords(const RecordType &type)
{
    const std::string columns = type.findFlag(FileDigest) ? "c0 || ' ' || ifnull(c1, '')" : "c0";
    return columns + " FROM " + quotedName(searchTable(type) + "_content");
}

std::string KindLayout::totalsTable(const RecordType &type)
{
    const bool hasTotals = type.findFlag(AccountKey) && (type.findFlag(OpenMark) || type.findFlag(Summed));
    return hasTotals ? std::string(type.plural) + "_totals" : std::string();
}

std::string KindLayout::textsTable(const RecordType &type)
{
    return type.findFlag(FileDigest) ? std::string(type.plural) + "_texts" : std::string();
}

std::string KindLayout::filesTable(const RecordType &type)
{
    return type.findFlag(FileDigest) ? std::string(type.plural) + "_files" : std::string();
}

std::vector<const Field *> KindLayout::totalledBy(const RecordType &type)
{
    std::vector<const Field *> fields;
    for (const Field *field :
         {type.findFlag(AccountKey), type.find("status"), type.find("currency"), type.findFlag(OpenMark)}) {
        if (field)
            fields.push_back(field);
    }
    return fields;
}

std::string KindLayout::openIndex(const RecordType &type, bool ofAccount)
{
    if (!type.findFlag(OpenMark) || !type.findFlag(AccountKey) || !newestField(type))
        return {};
    return std::string(type.plural) + (ofAccount ? "_open_of_account" : "_open");
}

std::string KindLayout::sumsIndex(const RecordType &type)
{
    if (std::string open = openIndex(type, false); !open.empty())
        return open;
    return type.findFlag(Summed) ? std::string(type.plural) + "_sums" : std::string();
}

KindLayout::KindLayout(const RecordType &recordType)
    : type(&recordType)
{
    rows.name = recordType.plural;
    // AUTOINCREMENT, so that the id of a removed row never comes back as another record's.
    rows.columns.push_back({"_id", "INTEGER", "\"_id\" INTEGER PRIMARY KEY AUTOINCREMENT"});
    for (const char *name : {"_version", "_seq", "_time", "_fill"})
        rows.columns.push_back(integerColumn(name));
    appendFieldColumns(rows, recordType);
    rows.tail = ")";

    std::vector<IndexLayout> listIndexes;
    for (const Field &field : recordType.fields) {
        if (field.type != FieldType::List)
            continue;
        Q_ASSERT(std::ranges::none_of(field.element->fields, [](const Field &inner) { return inner.list; }));
        TableLayout table;
        table.name = listTable(recordType, field);
        table.columns = {integerColumn("_record"), integerColumn("_position")};
        appendFieldColumns(table, *field.element);
        table.tail = ", PRIMARY KEY(\"_record\", \"_position\")) WITHOUT ROWID";
        appendLinkIndexes(listIndexes, *field.element, table.name);
        lists.push_back(std::move(table));
    }
    indexes = indexesOf(recordType, rows.name);
    indexes.insert(indexes.end(), listIndexes.begin(), listIndexes.end());
    if (const std::string name = totalsTable(recordType); !name.empty())
        addTotals(*this, name);
    const std::string texts = textsTable(recordType);
    if (!texts.empty()) {
        addFiles(files, texts, filesTable(recordType));
        // So that they are counted, at each key that somebody types, without going through the texts.
        indexes.push_back(index(texts, "by_state", quotedName("state")));
    }
    search = searchTable(recordType);
    if (!search.empty()) {
        searchSql = "CREATE VIRTUAL TABLE " + quotedName(search) + " USING fts5(words, "
            + (texts.empty() ? "" : "inside, ") + searchOptions + ')';
    }
}

std::vector<std::string> KindLayout::createSql() const
{
    std::vector<std::string> statements{rows.createSql()};
    for (const TableLayout &list : lists)
        statements.push_back(list.createSql());
    for (const TableLayout &table : files)
        statements.push_back(table.createSql());
    if (!totals.name.empty())
        statements.push_back(totals.createSql());
    for (const IndexLayout &each : indexes)
        statements.push_back(each.createSql);
    for (const TriggerLayout &each : triggers)
        statements.push_back(each.createSql);
    if (!searchSql.empty())
        statements.push_back(searchSql);
    return statements;
}

std::vector<std::string> KindLayout::emptySql() const
{
    // Without the triggers, which would count down row by row what is emptied at once.
    std::vector<std::string> statements;
    statements.reserve(2 * triggers.size());
    for (const TriggerLayout &trigger : triggers)
        statements.push_back("DROP TRIGGER " + quotedName(trigger.name));
    if (!totals.name.empty())
        statements.push_back("DELETE FROM " + quotedName(totals.name));
    statements.push_back("DELETE FROM " + quotedName(rows.name));
    for (const TriggerLayout &trigger : triggers)
        statements.push_back(trigger.createSql);
    for (const TableLayout &list : lists)
        statements.push_back("DELETE FROM " + quotedName(list.name));
    for (const TableLayout &table : files)
        statements.push_back("DELETE FROM " + quotedName(table.name));
    if (!search.empty()) {
        statements.push_back("DROP TABLE " + quotedName(search));
        statements.push_back(searchSql);
    }
    return statements;
}

std::string KindLayout::countAgainSql() const
{
    if (totals.name.empty())
        return {};
    const std::string groups = eachGroup(*type, ", ", [](const std::string &column) { return column; });
    return "INSERT INTO " + quotedName(totals.name) + " SELECT " + groups + ", count(*), sum("
        + summedOf(*type, {}) + ") FROM " + quotedName(rows.name) + " GROUP BY " + groups;
}

namespace {

void appendSearchable(std::string &text, const RecordType &type)
{
    for (const Field &field : type.fields) {
        if (!field.is(Searchable))
            continue;
        text += ' ' + std::string(field.name);
        if (field.element)
            appendSearchable(text, *field.element);
    }
}

} // namespace

std::string KindLayout::text() const
{
    std::string text;
    for (const std::string &statement : createSql())
        text += statement + ";\n";
    // Which words are in the full-text table shows in no statement, but rows stored before it changed lack
    // them.
    text += "words, each once, pieces and whole:";
    appendSearchable(text, *type);
    return text;
}

} // namespace Counterfoil

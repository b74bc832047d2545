#include "recordlayout.h"

#include "amount.h"
#include "decimal.h"
#include "instant.h"

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
    return {name, "INTEGER", quoted(name) + " INTEGER NOT NULL DEFAULT 0"};
}

void appendFieldColumns(TableLayout &table, const RecordType &type)
{
    const auto defaults = type.create();
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List)
            continue;
        const std::string sqlType = field.type == FieldType::Text ? "TEXT" : "INTEGER";
        std::string definition = quoted(field.name) + ' ' + sqlType + " NOT NULL DEFAULT "
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
            std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX " + quoted(name) + " ON "
                + quoted(table) + '(' + columns + ')'};
}

// Row ids end every index entry, so they break ties in each of these without being named.
std::vector<IndexLayout> indexesOf(const RecordType &type, const std::string &table)
{
    std::vector<IndexLayout> indexes;
    if (const Field *key = type.findFlag(Key))
        indexes.push_back(index(table, "by_key", quoted(key->name), true));
    const Field *account = type.findFlag(AccountKey);
    const Field *newest = nullptr; // the field of time by which one account's rows are listed
    for (const Field &field : type.fields) {
        if (!field.is(Sortable) && !field.is(Link))
            continue;
        indexes.push_back(index(table, "by_" + std::string(field.name), quoted(field.name)));
        if (!newest && (field.type == FieldType::Instant || field.type == FieldType::Date))
            newest = &field;
    }
    if (account) {
        const std::string columns
            = quoted(account->name) + (newest ? ", " + quoted(newest->name) : std::string());
        indexes.push_back(index(table, "of_account", columns));
    }
    return indexes;
}

// So that the records whose list elements link to a record are found from it.
void appendLinkIndexes(std::vector<IndexLayout> &indexes, const RecordType &element, const std::string &table)
{
    for (const Field &field : element.fields) {
        if (field.is(Link))
            indexes.push_back(index(table, "by_" + std::string(field.name), quoted(field.name)));
    }
}

} // namespace

std::string quoted(std::string_view identifier)
{
    Q_ASSERT(identifier.find('"') == std::string_view::npos);
    return '"' + std::string(identifier) + '"';
}

std::string TableLayout::createSql() const
{
    std::string sql = "CREATE TABLE " + quoted(name) + '(';
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
    search = searchTable(recordType);
    if (!search.empty()) {
        searchSql = "CREATE VIRTUAL TABLE " + quoted(search)
            + " USING fts5(words, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')";
    }
}

std::vector<std::string> KindLayout::createSql() const
{
    std::vector<std::string> statements{rows.createSql()};
    for (const TableLayout &list : lists)
        statements.push_back(list.createSql());
    for (const IndexLayout &each : indexes)
        statements.push_back(each.createSql);
    if (!searchSql.empty())
        statements.push_back(searchSql);
    return statements;
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
    text += "words:";
    appendSearchable(text, *type);
    return text;
}

} // namespace Counterfoil

#include "recordtable.h"

#include "kinds.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

std::string quoted(std::string_view name)
{
    return '"' + std::string(name) + '"';
}

// Calls visit(field) for each field that is a column of its own.
template <class Visit> void eachColumn(const RecordType &type, const Visit &visit)
{
    for (const Field &field : type.fields) {
        if (field.type != FieldType::List)
            visit(field);
    }
}

template <class Time> void bindTime(Sqlite::Statement &statement, int index, Time time, std::int64_t number)
{
    if (time.isSet())
        statement.bind(index, number);
    else
        statement.bindNull(index);
}

void bindField(Sqlite::Statement &statement, int index, const Field &field, const void *record)
{
    switch (field.type) {
    case FieldType::Text:
        statement.bind(index, std::string_view(field.in<std::string>(record)));
        break;
    case FieldType::Integer:
        statement.bind(index, field.in<std::int64_t>(record));
        break;
    case FieldType::Flag:
        statement.bind(index, std::int64_t{field.in<bool>(record) ? 1 : 0});
        break;
    case FieldType::Instant:
        bindTime(statement, index, field.in<Instant>(record), field.in<Instant>(record).ms);
        break;
    case FieldType::Date:
        bindTime(statement, index, field.in<Date>(record), field.in<Date>(record).daysSinceEpoch);
        break;
    case FieldType::Amount:
        statement.bind(index, field.in<Amount>(record).minor);
        break;
    case FieldType::Decimal:
        statement.bind(index, field.in<Decimal>(record).millionths);
        break;
    case FieldType::List:
        break;
    }
}

void readField(const Sqlite::Statement &row, int column, const Field &field, void *record)
{
    switch (field.type) {
    case FieldType::Text:
        field.in<std::string>(record) = row.text(column);
        break;
    case FieldType::Integer:
        field.in<std::int64_t>(record) = row.integer(column);
        break;
    case FieldType::Flag:
        field.in<bool>(record) = row.integer(column) != 0;
        break;
    case FieldType::Instant:
        field.in<Instant>(record) = row.isNull(column) ? Instant() : Instant{row.integer(column)};
        break;
    case FieldType::Date:
        field.in<Date>(record)
            = row.isNull(column) ? Date() : Date{static_cast<std::int32_t>(row.integer(column))};
        break;
    case FieldType::Amount:
        field.in<Amount>(record).minor = row.integer(column);
        break;
    case FieldType::Decimal:
        field.in<Decimal>(record).millionths = row.integer(column);
        break;
    case FieldType::List:
        break;
    }
}

std::string columnList(const RecordType &type)
{
    std::string columns;
    eachColumn(type, [&](const Field &field) { columns += ", " + quoted(field.name); });
    return columns;
}

// Named after its elements; where several kinds have lists of such, after the other kinds' own names.
std::string listTable(const RecordType &kind, const Field &list)
{
    const auto has = [&list](const RecordType *other) {
        return std::ranges::find(other->fields, list.element, &Field::element) != other->fields.end();
    };
    const auto first = std::ranges::find_if(allKinds(), has);
    return first == allKinds().end() || *first == &kind
        ? std::string(list.element->plural)
        : std::string(kind.plural) + '_' + std::string(list.name);
}

std::string tableSchema(const std::string &name, const RecordType &type, bool isList)
{
    std::string sql = "CREATE TABLE " + quoted(name) + "(";
    sql += isList ? "owner INTEGER NOT NULL, position INTEGER NOT NULL" : "id INTEGER PRIMARY KEY";
    eachColumn(type, [&](const Field &field) {
        sql += ", " + quoted(field.name) + (field.type == FieldType::Text ? " TEXT NOT NULL" : " INTEGER");
    });
    return sql + (isList ? ", PRIMARY KEY(owner, position)) WITHOUT ROWID;\n" : ");\n");
}

} // namespace

std::string RecordTable::schema(const RecordType &type)
{
    std::string sql = tableSchema(std::string(type.plural), type, false);
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List)
            sql += tableSchema(listTable(type, field), *field.element, true);
    }
    return sql;
}

Result<RecordTable> RecordTable::prepare(Sqlite::Database &database, const RecordType &type)
{
    RecordTable table;
    table.m_levels.push_back({nullptr, &type, {}, {}, {}});
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List)
            table.m_levels.push_back({&field, field.element, {}, {}, {}});
    }
    for (Level &level : table.m_levels) {
        const std::string name
            = quoted(level.listField ? listTable(type, *level.listField) : std::string(type.plural));
        const std::string columns = columnList(*level.type);
        const bool isList = level.listField != nullptr;
        std::string marks = isList ? "?, ?" : "?";
        eachColumn(*level.type, [&](const Field &) { marks += ", ?"; });
        auto insert = database.prepare("INSERT INTO " + name + "(" + (isList ? "owner, position" : "id")
                                       + columns + ") VALUES(" + marks + ")");
        auto remove = database.prepare("DELETE FROM " + name + " WHERE " + (isList ? "owner" : "id") + "=?");
        auto select
            = database.prepare("SELECT " + std::string(isList ? "position" : "id") + columns + " FROM " + name
                               + " WHERE " + (isList ? "owner=? ORDER BY position" : "id=?"));
        for (const auto *statement : {&insert, &remove, &select}) {
            if (!*statement)
                return statement->error();
        }
        level.insert = std::move(*insert);
        level.remove = std::move(*remove);
        level.select = std::move(*select);
    }
    auto byKey = database.prepare("SELECT id FROM " + quoted(type.plural) + " WHERE "
                                  + quoted(type.findFlag(Key)->name) + "=?");
    if (!byKey)
        return byKey.error();
    table.m_byKey = std::move(*byKey);
    return table;
}

Result<std::int64_t> RecordTable::idOf(const std::string &key)
{
    const auto row = m_byKey.with(key).step();
    if (!row)
        return row.error();
    const std::int64_t id = *row ? m_byKey.integer(0) : 0;
    m_byKey.reset();
    return id;
}

Outcome RecordTable::insertLevel(Level &level, std::int64_t id, std::int64_t position, const void *record)
{
    level.insert.reset();
    int index = 0;
    level.insert.bind(++index, id);
    if (level.listField)
        level.insert.bind(++index, position);
    eachColumn(*level.type, [&](const Field &field) { bindField(level.insert, ++index, field, record); });
    return level.insert.run();
}

Outcome RecordTable::insert(std::int64_t id, const void *record)
{
    for (Level &level : m_levels) {
        if (!level.listField) {
            if (auto done = insertLevel(level, id, 0, record); !done)
                return done;
            continue;
        }
        // The list's access functions take it as mutable; nothing is changed through it.
        void *list = level.listField->address(const_cast<void *>(record));
        const std::size_t size = level.listField->list->size(list);
        for (std::size_t i = 0; i < size; ++i) {
            const void *element = level.listField->list->at(list, i);
            if (auto done = insertLevel(level, id, static_cast<std::int64_t>(i), element); !done)
                return done;
        }
    }
    return Done();
}

Outcome RecordTable::replace(std::int64_t id, const void *record)
{
    for (Level &level : m_levels) {
        if (auto done = level.remove.with(id).run(); !done)
            return done;
    }
    return insert(id, record);
}

Result<bool> RecordTable::read(std::int64_t id, void *record)
{
    for (Level &level : m_levels) {
        void *list = level.listField ? level.listField->address(record) : nullptr;
        if (list)
            level.listField->list->clear(list);
        bool found = false;
        const auto done = level.select.with(id).forEachRow([&](const Sqlite::Statement &row) {
            found = true;
            void *target = list ? level.listField->list->append(list) : record;
            int column = 0;
            eachColumn(*level.type, [&](const Field &field) { readField(row, ++column, field, target); });
        });
        if (!done)
            return done.error();
        if (!list && !found)
            return false;
    }
    return true;
}

} // namespace Counterfoil::Sandbox

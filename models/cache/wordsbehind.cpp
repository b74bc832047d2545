#include "wordsbehind.h"

#include "recordlayout.h"
#include "searchwords.h"

namespace Counterfoil {

namespace {

// How much a full-text table gathers before it writes a segment, which has to be merged with others later:
// SQLite's own measure, and that of a piece of a large fill, for which it makes indexing a third cheaper.
constexpr std::int64_t gatheredBytes = 1024 * 1024;
constexpr std::int64_t gatheredBytesBehind = 16 * 1024 * 1024;

bool isWordField(const Field &field)
{
    return field.is(Searchable) && field.type == FieldType::Text;
}

// ", "a", "b"": the texts that words come from.
std::string wordColumns(const RecordType &type)
{
    std::string sql;
    for (const Field &field : type.fields) {
        if (isWordField(field))
            sql += ", " + quotedName(field.name);
    }
    return sql;
}

void readTexts(const Sqlite::Statement &row, const RecordType &type, void *record)
{
    int column = 0;
    for (const Field &field : type.fields) {
        if (isWordField(field))
            field.in<std::string>(record) = row.text(++column);
    }
}

} // namespace

WordsBehind::WordsBehind(Sqlite::Database &database, const RecordType &type)
    : m_database(&database)
    , m_type(&type)
{
    m_rows = database.later("SELECT _id" + wordColumns(type) + " FROM " + quotedName(type.plural)
                            + " WHERE _id>=? AND _id<? ORDER BY _id LIMIT ?");
    m_insert = database.later("INSERT INTO " + quotedName(KindLayout::searchTable(type))
                              + "(rowid, words) VALUES(?, ?)");
    m_save = database.later("UPDATE kinds SET wordsFirst=?2, wordsNext=?3, wordsEnd=?4 WHERE name=?1");
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List && field.is(Searchable))
            m_lists.push_back(
                {&field,
                 database.later("SELECT _position" + wordColumns(*field.element) + " FROM "
                                + quotedName(KindLayout::listTable(type, field)) + " WHERE _record=?")});
    }
}

void WordsBehind::take(const Sqlite::Statement &row, int column)
{
    m_first = row.integer(column);
    m_next = row.integer(column + 1);
    m_end = row.integer(column + 2);
}

Outcome WordsBehind::save()
{
    return m_save.with(m_type->name, m_first, m_next, m_end).run();
}

Outcome WordsBehind::readLists(std::int64_t id, void *record)
{
    for (List &list : m_lists) {
        void *elements = list.field->address(record);
        list.field->list->clear(elements);
        const auto done = list.select.with(id).forEachRow([&](const Sqlite::Statement &row) {
            readTexts(row, *list.field->element, list.field->list->append(elements));
        });
        if (!done)
            return done;
    }
    return Done();
}

// The table keeps the setting, so it is undone.
Outcome WordsBehind::gatherInMemory(bool much)
{
    const std::string search = quotedName(KindLayout::searchTable(*m_type));
    return m_database->execute("INSERT INTO " + search + '(' + search + ", rank) VALUES('hashsize', "
                               + std::to_string(much ? gatheredBytesBehind : gatheredBytes) + ')');
}

// Records come newest first in a fill, so the lowest ids are the newest.
Outcome WordsBehind::storeNext(std::int64_t most)
{
    if (const auto done = gatherInMemory(true); !done)
        return done;
    const auto record = m_type->create();
    std::int64_t next = m_end;
    std::int64_t count = 0;
    const auto stored
        = m_rows.with(m_next, m_end, most).forEachRow([&](const Sqlite::Statement &row) -> Outcome {
              const std::int64_t id = row.integer(0);
              if (++count == most)
                  next = id + 1;
              readTexts(row, *m_type, record.get());
              if (const auto done = readLists(id, record.get()); !done)
                  return done;
              return m_insert.with(id, SearchWords::of(*m_type, record.get())).run();
          });
    if (!stored)
        return stored;
    m_next = next;
    const auto undone = gatherInMemory(false);
    return undone ? save() : undone;
}

} // namespace Counterfoil

#include "recordrows.h"

#include "searchwords.h"

namespace Counterfoil {

namespace {

using Sqlite::Statement;

void bindField(Statement &statement, int index, const Field &field, const void *record)
{
    switch (field.type) {
    case FieldType::Text:
        statement.bind(index, std::string_view(field.in<std::string>(record)));
        return;
    case FieldType::Integer:
        statement.bind(index, field.in<std::int64_t>(record));
        return;
    case FieldType::Flag:
        statement.bind(index, std::int64_t{field.in<bool>(record)});
        return;
    case FieldType::Instant:
        statement.bind(index, field.in<Instant>(record).ms);
        return;
    case FieldType::Date:
        statement.bind(index, std::int64_t{field.in<Date>(record).daysSinceEpoch});
        return;
    case FieldType::Amount:
        statement.bind(index, field.in<Amount>(record).minor);
        return;
    case FieldType::Decimal:
        statement.bind(index, field.in<Decimal>(record).millionths);
        return;
    case FieldType::List:
        return;
    }
}

void readField(const Statement &statement, int column, const Field &field, void *record)
{
    switch (field.type) {
    case FieldType::Text:
        field.in<std::string>(record) = statement.text(column);
        return;
    case FieldType::Integer:
        field.in<std::int64_t>(record) = statement.integer(column);
        return;
    case FieldType::Flag:
        field.in<bool>(record) = statement.integer(column) != 0;
        return;
    case FieldType::Instant:
        field.in<Instant>(record).ms = statement.integer(column);
        return;
    case FieldType::Date:
        field.in<Date>(record).daysSinceEpoch = static_cast<std::int32_t>(statement.integer(column));
        return;
    case FieldType::Amount:
        field.in<Amount>(record).minor = statement.integer(column);
        return;
    case FieldType::Decimal:
        field.in<Decimal>(record).millionths = statement.integer(column);
        return;
    case FieldType::List:
        return;
    }
}

void readFields(const Statement &statement, int firstColumn, const RecordType &type, void *record)
{
    for (const Field &field : type.fields) {
        if (field.type != FieldType::List)
            readField(statement, firstColumn++, field, record);
    }
}

// ", "a", "b"" for the scalar fields, each through `format`.
template <class Format> std::string eachColumn(const RecordType &type, const Format &format)
{
    std::string sql;
    for (const Field &field : type.fields) {
        if (field.type != FieldType::List)
            sql += ", " + format(field);
    }
    return sql;
}

std::string columnName(const Field &field)
{
    return quotedName(field.name);
}

std::string placeholder(const Field &)
{
    return "?";
}

std::string assignment(const Field &field)
{
    return quotedName(field.name) + "=?";
}

} // namespace

RecordRows::RecordRows(Sqlite::Database &database, const RecordType &type)
    : m_type(&type)
{
    const std::string table = quotedName(type.plural);
    const Field *key = type.findFlag(Key);
    Q_ASSERT(key);
    m_byId = database.later("SELECT _id, _version, _seq, _time" + eachColumn(type, columnName) + " FROM "
                            + table + " WHERE _id=?");
    m_byKey = database.later("SELECT _id FROM " + table + " WHERE " + quotedName(key->name) + "=?");
    for (const Field &field : type.fields) {
        if (field.type != FieldType::List)
            continue;
        m_lists.push_back({&field,
                           database.later("SELECT _position" + eachColumn(*field.element, columnName)
                                          + " FROM " + quotedName(KindLayout::listTable(type, field))
                                          + " WHERE _record=? ORDER BY _position")});
    }
}

Result<std::optional<CachedRecord>> RecordRows::read(std::int64_t id, WithLists lists)
{
    const auto found = m_byId.with(id).step();
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<CachedRecord>();
    CachedRecord row;
    row.id = m_byId.integer(0);
    row.version = m_byId.integer(1);
    row.sequence = m_byId.integer(2);
    row.time.ms = m_byId.integer(3);
    row.record = AnyRecord(*m_type);
    readFields(m_byId, 4, *m_type, row.record.data());
    m_byId.reset();
    if (lists == WithLists::No)
        return std::optional(std::move(row));

    for (List &list : m_lists) {
        void *elements = list.field->address(row.record.data());
        const auto done = list.select.with(id).forEachRow([&](const Sqlite::Statement &element) {
            readFields(element, 1, *list.field->element, list.field->list->append(elements));
        });
        if (!done)
            return done.error();
    }
    return std::optional(std::move(row));
}

Result<std::optional<std::int64_t>> RecordRows::idOf(const std::string &key)
{
    const auto found = m_byKey.with(key).step();
    if (!found)
        return found.error();
    const std::optional<std::int64_t> id = *found ? std::optional(m_byKey.integer(0)) : std::nullopt;
    m_byKey.reset();
    return id;
}

RecordStore::RecordStore(Sqlite::Database &database, const RecordType &type)
    : m_database(&database)
    , m_type(&type)
{
    const std::string table = quotedName(type.plural);
    const Field *key = type.findFlag(Key);
    Q_ASSERT(key);
    m_find
        = database.later("SELECT _id, _seq, _fill FROM " + table + " WHERE " + quotedName(key->name) + "=?");
    // What fails undoes the whole transaction. Saying so to SQLite, with OR FAIL, spares a savepoint for each
    // row, at which the full-text table would write out all that it has gathered.
    // Both take the envelope as parameters 1 to 4, then the fields, and update its row id last.
    const std::string values = " INTO " + table + "(_version, _seq, _time, _fill"
        + eachColumn(type, columnName) + ") VALUES(?, ?, ?, ?" + eachColumn(type, placeholder) + ')';
    m_insert = database.later("INSERT OR FAIL" + values);
    m_load = database.later("INSERT OR IGNORE" + values);
    m_update = database.later("UPDATE OR FAIL " + table + " SET _version=?, _seq=?, _time=?, _fill=?"
                              + eachColumn(type, assignment) + " WHERE _id=?");
    m_remove = database.later("DELETE FROM " + table + " WHERE _id=?");
    for (const Field &field : type.fields) {
        if (field.type != FieldType::List)
            continue;
        const std::string list = quotedName(KindLayout::listTable(type, field));
        m_lists.push_back({&field,
                           database.later("INSERT INTO " + list + "(_record, _position"
                                          + eachColumn(*field.element, columnName) + ") VALUES(?, ?"
                                          + eachColumn(*field.element, placeholder) + ')'),
                           database.later("DELETE FROM " + list + " WHERE _record=?")});
    }
    if (const std::string name = KindLayout::searchTable(type); !name.empty()) {
        m_searched = true;
        const std::string search = quotedName(name);
        m_words = database.later("SELECT words FROM " + search + " WHERE rowid=?");
        m_storeWords = database.later("INSERT INTO " + search + "(rowid, words) VALUES(?, ?)");
        // The words of a file stay.
        m_changeWords = database.later("UPDATE " + search + " SET words=?2 WHERE rowid=?1");
        m_removeWords = database.later("DELETE FROM " + search + " WHERE rowid=?");
    }
    if (type.findFlag(FileDigest))
        m_files.emplace(database, type);
}

Result<std::optional<StoredRow>> RecordStore::find(const std::string &key)
{
    const auto found = m_find.with(key).step();
    if (!found)
        return found.error();
    std::optional<StoredRow> row;
    if (*found)
        row = StoredRow{m_find.integer(0), m_find.integer(1), m_find.integer(2)};
    m_find.reset();
    return row;
}

Outcome RecordStore::put(Statement &statement, const Change &change, std::int64_t generation,
                         std::optional<std::int64_t> id)
{
    const void *record = change.record.data();
    statement.with(change.version, change.sequence, change.time.ms, generation);
    int index = 4;
    for (const Field &field : m_type->fields) {
        if (field.type == FieldType::List)
            continue;
        ++index;
        // The envelope is what the gateway's scope was decided by, so it wins over the record's own copy.
        if (field.is(Key))
            statement.bind(index, std::string_view(change.key));
        else if (field.is(AccountKey))
            statement.bind(index, std::string_view(change.account));
        else
            bindField(statement, index, field, record);
    }
    if (id)
        statement.bind(index + 1, *id);
    return statement.run();
}

Result<std::int64_t> RecordStore::store(const Change &change, std::int64_t generation,
                                        std::optional<std::int64_t> id, Words words)
{
    if (const auto done = put(id ? m_update : m_insert, change, generation, id); !done)
        return done.error();
    const std::int64_t row = id ? *id : m_database->lastInsertId();
    for (List &list : m_lists) {
        if (id) {
            if (const auto done = list.clear.with(row).run(); !done)
                return done.error();
        }
        if (const auto done = storeList(list, change.record.data(), row); !done)
            return done.error();
    }
    if (m_files && id) {
        const auto &digest = m_type->findFlag(FileDigest)->in<std::string>(change.record.data());
        if (const auto done = m_files->forgetOthers(row, digest); !done)
            return done.error();
    }
    if (m_searched && words == Words::Now) {
        if (const auto done = storeWords(change.record.data(), row, !id); !done)
            return done.error();
    }
    return row;
}

Result<std::optional<std::int64_t>> RecordStore::load(const Change &change, std::int64_t generation)
{
    if (const auto done = put(m_load, change, generation, std::nullopt); !done)
        return done.error();
    if (m_database->changeCount() == 0)
        return std::optional<std::int64_t>();
    const std::int64_t row = m_database->lastInsertId();
    for (List &list : m_lists) {
        if (const auto done = storeList(list, change.record.data(), row); !done)
            return done.error();
    }
    return std::optional(row);
}

Outcome RecordStore::storeList(List &list, const void *record, std::int64_t id)
{
    void *elements = list.field->address(const_cast<void *>(record));
    const std::size_t size = list.field->list->size(elements);
    for (std::size_t i = 0; i < size; ++i) {
        const void *element = list.field->list->at(elements, i);
        list.insert.with(id, i);
        int index = 2;
        for (const Field &field : list.field->element->fields) {
            if (field.type != FieldType::List)
                bindField(list.insert, ++index, field, element);
        }
        if (const auto done = list.insert.run(); !done)
            return done;
    }
    return Done();
}

Outcome RecordStore::storeWords(const void *record, std::int64_t id, bool isNew)
{
    const std::string words = SearchWords::of(*m_type, record);
    // Most live changes alter no word, and comparing is far cheaper than indexing again.
    if (!isNew) {
        const auto found = m_words.with(id).step();
        if (!found)
            return found.error();
        const bool stored = *found;
        const bool same = stored && m_words.text(0) == words;
        m_words.reset();
        if (same)
            return Done();
        if (stored)
            return m_changeWords.with(id, words).run();
    }
    return m_storeWords.with(id, words).run();
}

Outcome RecordStore::remove(std::int64_t id)
{
    if (const auto done = m_remove.with(id).run(); !done)
        return done;
    for (List &list : m_lists) {
        if (const auto done = list.clear.with(id).run(); !done)
            return done;
    }
    if (m_files) {
        if (const auto done = m_files->remove(id); !done)
            return done;
    }
    return m_searched ? m_removeWords.with(id).run() : Outcome(Done());
}

} // namespace Counterfoil

#include "wordssource.h"

#include "recordlayout.h"
#include "searchwords.h"

namespace Counterfoil {

namespace {

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

WordsSource::WordsSource(Sqlite::Database &database, const RecordType &type)
    : m_type(&type)
{
    m_rows = database.later("SELECT _id" + wordColumns(type) + " FROM " + quotedName(type.plural)
                            + " WHERE _id>=? AND _id<? ORDER BY _id LIMIT ?");
    for (const Field &field : type.fields) {
        if (field.type == FieldType::List && field.is(Searchable))
            m_lists.push_back(
                {&field,
                 database.later("SELECT _position" + wordColumns(*field.element) + " FROM "
                                + quotedName(KindLayout::listTable(type, field)) + " WHERE _record=?")});
    }
}

Outcome WordsSource::readLists(std::int64_t id, void *record)
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

Result<WordsPiece::Row> WordsSource::readRow(void *record)
{
    const std::int64_t id = m_rows.integer(0);
    readTexts(m_rows, *m_type, record);
    if (const auto done = readLists(id, record); !done)
        return done.error();
    return WordsPiece::Row{id, SearchWords::of(*m_type, record)};
}

Result<WordsPiece> WordsSource::read(const WordsRange &range)
{
    WordsPiece piece;
    piece.of = range;
    piece.next = range.end;
    const auto record = m_type->create();
    std::size_t bytes = 0;
    // This statement is open until the last row, and with it the moment that all reads see.
    m_rows.with(range.next, range.end, pieceRows);
    for (;;) {
        const auto more = m_rows.step();
        if (!more)
            return more.error();
        if (!*more)
            break;
        auto row = readRow(record.get());
        if (!row) {
            m_rows.reset();
            return row.error();
        }
        bytes += row->words.size();
        piece.rows.push_back(*std::move(row));
        if (bytes >= pieceBytes || piece.rows.size() == pieceRows) {
            piece.next = piece.rows.back().id + 1;
            break;
        }
    }
    m_rows.reset();
    return piece;
}

} // namespace Counterfoil

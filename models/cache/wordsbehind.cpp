#include "wordsbehind.h"

#include "recordlayout.h"

#include <atomic>

namespace Counterfoil {

namespace {

// How much a full-text table gathers before it writes a segment, which has to be merged with others later:
// SQLite's own measure, and that of a piece of a large fill, for which it makes indexing a third cheaper.
constexpr std::int64_t gatheredBytes = 1024 * 1024;
constexpr std::int64_t gatheredBytesBehind = 16 * 1024 * 1024;

std::uint64_t newNumber()
{
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

} // namespace

WordsBehind::WordsBehind(Sqlite::Database &database, const RecordType &type)
    : m_database(&database)
    , m_type(&type)
    , m_number(newNumber())
    , m_source(database, type)
{
    m_insert = database.later("INSERT INTO " + quotedName(KindLayout::searchTable(type))
                              + "(rowid, words) VALUES(?, ?)");
    m_save = database.later("UPDATE kinds SET wordsFirst=?2, wordsNext=?3, wordsEnd=?4 WHERE name=?1");
}

void WordsBehind::take(const Sqlite::Statement &row, int column)
{
    m_first = row.integer(column);
    m_next = row.integer(column + 1);
    m_end = row.integer(column + 2);
}

void WordsBehind::begin(std::int64_t id)
{
    m_number = newNumber();
    m_first = m_next = m_end = id;
    m_changed.clear();
}

Outcome WordsBehind::save()
{
    return m_save.with(m_type->name, m_first, m_next, m_end).run();
}

bool WordsBehind::noteChange(std::int64_t id)
{
    const bool waits = id >= m_next && id < m_end;
    if (waits)
        m_changed.insert(id);
    return waits;
}

// The table keeps the setting, so it is undone.
Outcome WordsBehind::gatherInMemory(bool much)
{
    const std::string search = quotedName(KindLayout::searchTable(*m_type));
    return m_database->execute("INSERT INTO " + search + '(' + search + ", rank) VALUES('hashsize', "
                               + std::to_string(much ? gatheredBytesBehind : gatheredBytes) + ')');
}

// Records come newest first in a fill, so the lowest ids are the newest.
Outcome WordsBehind::storeNext(const WordsPiece &ahead)
{
    if (ahead.of.number == m_number && ahead.of.next == m_next && ahead.next <= m_end)
        return store(ahead);
    const auto piece = m_source.read(range());
    return piece ? store(*piece) : Outcome(piece.error());
}

Outcome WordsBehind::store(const WordsPiece &piece)
{
    if (const auto done = gatherInMemory(true); !done)
        return done;
    for (const WordsPiece::Row &row : piece.rows) {
        if (const auto done = storeRow(row); !done)
            return done;
    }
    m_next = piece.next;
    const auto undone = gatherInMemory(false);
    return undone ? save() : undone;
}

Outcome WordsBehind::storeRow(const WordsPiece::Row &row)
{
    if (!m_changed.contains(row.id))
        return m_insert.with(row.id, row.words).run();
    const auto now = m_source.read({m_type, m_number, row.id, row.id + 1});
    if (!now)
        return now.error();
    return now->rows.empty() ? Outcome(Done()) : m_insert.with(row.id, now->rows.front().words).run();
}

} // namespace Counterfoil

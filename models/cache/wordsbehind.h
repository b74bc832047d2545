#pragma once

#include "database.h"
#include "fieldtable.h"

#include <optional>
#include <vector>

namespace Counterfoil {

// Words of rows that a first fill has brought and that the full-text table does not hold yet: indexing them
// is two thirds of a fill, and nobody has to wait for it to look at the rows. A row of the range has no words
// until its turn comes, whatever happens to it meanwhile, and then gets those that it has by then. Every call
// belongs into the caller's transaction.
class WordsBehind
{
public:
    WordsBehind(Sqlite::Database &database, const RecordType &type);

    // As the file has it in these columns of its kind, which take() reads from the given one on.
    static constexpr std::string_view columns = "wordsFirst, wordsNext, wordsEnd";
    void take(const Sqlite::Statement &row, int column);

    bool isWaiting(std::int64_t id) const { return id >= m_next && id < m_end; }
    std::int64_t waiting() const { return m_end - m_next; }
    std::int64_t all() const { return m_end - m_first; } // since the range began

    // Every row with this id or a greater one is of the range, as far as rows come.
    void begin(std::int64_t id) { m_first = m_next = m_end = id; }
    void extendTo(std::int64_t id) { m_end = id + 1; }
    Outcome save();

    // Stores the words of the next rows, newest records first, at most `most`.
    Outcome storeNext(std::int64_t most);

private:
    struct List
    {
        const Field *field;
        Sqlite::Statement select;
    };

    Outcome gatherInMemory(bool much);
    Outcome readLists(std::int64_t id, void *record);

    Sqlite::Database *m_database;
    const RecordType *m_type;
    std::int64_t m_first = 0;
    std::int64_t m_next = 0;
    std::int64_t m_end = 0;
    Sqlite::Statement m_rows;
    std::vector<List> m_lists;
    Sqlite::Statement m_insert;
    Sqlite::Statement m_save;
};

} // namespace Counterfoil

#pragma once

#include "wordssource.h"

#include <set>

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

    std::int64_t waiting() const { return m_end - m_next; }
    std::int64_t all() const { return m_end - m_first; } // since the range began
    WordsRange range() const { return {m_type, m_number, m_next, m_end}; }

    // Every row with this id or a greater one is of the range, as far as rows come.
    void begin(std::int64_t id);
    void extendTo(std::int64_t id) { m_end = id + 1; }
    Outcome save();

    // To be told of every row that changes or goes. True: it waits, so its words are not to be stored now.
    bool noteChange(std::int64_t id);

    // Stores the words of the next rows, newest records first: those of a piece that was made ahead, when it
    // is of these rows, and otherwise such as are here.
    Outcome storeNext(const WordsPiece &ahead);

private:
    Outcome gatherInMemory(bool much);
    Outcome store(const WordsPiece &piece);
    Outcome storeRow(const WordsPiece::Row &row);

    Sqlite::Database *m_database;
    const RecordType *m_type;
    std::uint64_t m_number;
    std::int64_t m_first = 0;
    std::int64_t m_next = 0;
    std::int64_t m_end = 0;
    std::set<std::int64_t> m_changed; // since the range began: a piece may be from before
    WordsSource m_source;
    Sqlite::Statement m_insert;
    Sqlite::Statement m_save;
};

} // namespace Counterfoil

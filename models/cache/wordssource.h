#pragma once

#include "database.h"
#include "wordspiece.h"

namespace Counterfoil {

// Makes words of the rows that one connection sees. For a kind that has words.
class WordsSource
{
public:
    // What is stored in one transaction, and in well under a second.
    static constexpr std::int64_t pieceRows = 10'000;
    static constexpr std::size_t pieceBytes = 16 * 1024 * 1024; // and the last row's more

    WordsSource(Sqlite::Database &database, const RecordType &type);

    // The range must be of this kind; all rows of a piece are read at one moment.
    Result<WordsPiece> read(const WordsRange &range);

private:
    struct List
    {
        const Field *field;
        Sqlite::Statement select;
    };

    Result<WordsPiece::Row> readRow(void *record);
    Outcome readLists(std::int64_t id, void *record);

    const RecordType *m_type;
    Sqlite::Statement m_rows;
    std::vector<List> m_lists;
};

} // namespace Counterfoil

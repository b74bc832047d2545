#pragma once

#include "fieldtable.h"

#include <string>
#include <vector>

namespace Counterfoil {

struct TableColumn
{
    std::string name;
    std::string type;       // as PRAGMA table_info says it: "TEXT" or "INTEGER"
    std::string definition; // as it stands in CREATE TABLE and ALTER TABLE ADD COLUMN
};

struct TableLayout
{
    std::string name;
    std::vector<TableColumn> columns;
    std::string tail; // constraints and options after the columns

    std::string createSql() const;
};

struct IndexLayout
{
    std::string name;
    std::string createSql;
};

using TriggerLayout = IndexLayout;

// The tables of one kind, derived from its field table. A row holds the key, the account, the
// envelope (columns that begin with an underscore, so that no field can collide with them) and the
// scalar fields; each List field has a table of its own; the words of all Searchable fields are in
// one full-text table with the same row ids, where those of a record's file have a column of their own. No
// column is ever NULL: an unset instant or date is
// stored as the lowest number, and so sorts first.
//
// Kinds of which lists show sums also have a table of running totals, so that a list's foot needs no
// walk through a million rows: one row for each account, state, currency and open mark that occur. SQLite
// itself keeps it, by triggers, in whatever way a row is written.
struct KindLayout
{
    explicit KindLayout(const RecordType &type);

    const RecordType *type;
    TableLayout rows;
    std::vector<TableLayout> lists; // in the order of the List fields
    std::vector<TableLayout> files; // of a kind with a FileDigest: the texts, and which files are here
    TableLayout totals;             // without a name where there are none
    std::vector<IndexLayout> indexes;
    std::vector<TriggerLayout> triggers;
    std::string search; // name of the full-text table; empty when nothing is Searchable
    std::string searchSql;

    std::vector<std::string> createSql() const; // everything, from nothing
    std::vector<std::string> emptySql() const;  // removes every row
    std::string countAgainSql() const;          // fills the empty totals from the rows
    std::string text() const; // the same as one string: two layouts are the same when their texts are

    static std::string listTable(const RecordType &type, const Field &list);
    static std::string searchTable(const RecordType &type); // empty when nothing is Searchable
    // "words FROM table": all that a row is found by, as it was given to the full-text table; by `id`.
    static std::string storedWords(const RecordType &type);
    static std::string totalsTable(const RecordType &type); // empty when there are no totals
    static std::string textsTable(const RecordType &type);  // empty without a FileDigest, and so is the next
    static std::string filesTable(const RecordType &type);
    // What the totals are kept apart by: columns of the rows and of the totals.
    static std::vector<const Field *> totalledBy(const RecordType &type);
    // Words come taken apart and folded (SearchWords), so blanks are all there is to look for. Which rows
    // have a word is all that is asked: neither places nor lengths are kept, which halves the table and makes
    // rows come twice as fast. Beginnings of up to four letters have lists of their own, so that no beginning
    // that a great part of the rows has is put together from thousands of words.
    static constexpr char searchOptions[] = "prefix='1 2 3 4', tokenize='ascii', detail=none, columnsize=0";
    // The index of the rows that are not done with yet, newest last: of all, or of each account. Empty when
    // there is none.
    static std::string openIndex(const RecordType &type, bool ofAccount);
    // The index with what lists add up: of the open rows where the kind has such a mark. Empty: nothing is.
    static std::string sumsIndex(const RecordType &type);
};

// "name", safe to stand in SQL.
std::string quotedName(std::string_view identifier);

} // namespace Counterfoil

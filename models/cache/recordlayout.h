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

// The tables of one kind, derived from its field table. A row holds the key, the account, the
// envelope (columns that begin with an underscore, so that no field can collide with them) and the
// scalar fields; each List field has a table of its own; the words of all Searchable fields are in
// one full-text table with the same row ids. No column is ever NULL: an unset instant or date is
// stored as the lowest number, and so sorts first.
struct KindLayout
{
    explicit KindLayout(const RecordType &type);

    const RecordType *type;
    TableLayout rows;
    std::vector<TableLayout> lists; // in the order of the List fields
    std::vector<IndexLayout> indexes;
    std::string search; // name of the full-text table; empty when nothing is Searchable
    std::string searchSql;

    std::vector<std::string> createSql() const; // everything, from nothing
    std::string text() const; // the same as one string: two layouts are the same when their texts are

    static std::string listTable(const RecordType &type, const Field &list);
    static std::string searchTable(const RecordType &type); // empty when nothing is Searchable
};

// "name", safe to stand in SQL.
std::string quoted(std::string_view identifier);

} // namespace Counterfoil

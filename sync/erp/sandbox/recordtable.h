#pragma once

#include "database.h"
#include "fieldtable.h"

#include <vector>

namespace Counterfoil::Sandbox {

// Where records of one type are kept: a table for the record and one for each of its lists, all
// derived from the field table. Rows are known by a number of this ERP's own.
class RecordTable
{
public:
    static std::string schema(const RecordType &type); // the CREATE statements
    static Result<RecordTable> prepare(Sqlite::Database &database, const RecordType &type);

    Outcome insert(std::int64_t id, const void *record); // there must be none with this id
    Outcome replace(std::int64_t id, const void *record);
    Result<bool> read(std::int64_t id, void *record);  // false: there is none
    Result<std::int64_t> idOf(const std::string &key); // 0: there is none

private:
    // One table: the record's own, or one of its lists'.
    struct Level
    {
        const Field *listField = nullptr; // null for the record itself
        const RecordType *type = nullptr;
        Sqlite::Statement insert;
        Sqlite::Statement remove;
        Sqlite::Statement select;
    };
    RecordTable() = default;
    Outcome insertLevel(Level &level, std::int64_t id, std::int64_t position, const void *record);

    std::vector<Level> m_levels; // the record's own first
    Sqlite::Statement m_byKey;
};

} // namespace Counterfoil::Sandbox

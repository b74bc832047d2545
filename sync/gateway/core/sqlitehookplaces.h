#pragma once

#include "database.h"
#include "hookplaces.h"

namespace Counterfoil {

// The places in the gateway's SQLite file.
class SqliteHookPlaces final : public HookPlaces
{
public:
    explicit SqliteHookPlaces(Sqlite::Database &database)
        : m_database(database)
    { }

    static const char *schema();

    Result<std::optional<HookPlace>> place(const std::string &hook) override;
    Outcome put(const std::string &hook, const HookPlace &place) override;

private:
    Sqlite::Database &m_database;
};

} // namespace Counterfoil

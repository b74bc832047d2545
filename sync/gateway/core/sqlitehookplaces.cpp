#include "sqlitehookplaces.h"

namespace Counterfoil {

const char *SqliteHookPlaces::schema()
{
    return "CREATE TABLE hookPlaces(hook TEXT PRIMARY KEY, epoch TEXT NOT NULL, told INTEGER NOT NULL) "
           "WITHOUT ROWID;";
}

Result<std::optional<HookPlace>> SqliteHookPlaces::place(const std::string &hook)
{
    auto query = m_database.prepare("SELECT epoch, told FROM hookPlaces WHERE hook = ?");
    if (!query)
        return query.error();
    const auto row = query->with(hook).step();
    if (!row)
        return row.error();
    return *row ? std::optional(HookPlace{std::string(query->text(0)), query->integer(1)}) : std::nullopt;
}

Outcome SqliteHookPlaces::put(const std::string &hook, const HookPlace &place)
{
    auto query = m_database.prepare("INSERT INTO hookPlaces VALUES(?1, ?2, ?3) "
                                    "ON CONFLICT(hook) DO UPDATE SET epoch = ?2, told = ?3");
    if (!query)
        return query.error();
    return m_database.transaction([&] { return query->with(hook, place.epoch, place.told).run(); });
}

} // namespace Counterfoil

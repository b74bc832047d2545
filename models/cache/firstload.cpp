#include "firstload.h"

#include "recordlayout.h"
#include "recordquery.h"

#include <algorithm>

namespace Counterfoil::FirstLoad {

namespace {

// Whether the index is there from the first row on.
bool isKept(const KindLayout &layout, const IndexLayout &index)
{
    const Field *newest = newestField(*layout.type);
    return index.name == layout.rows.name + "_by_key"
        || (newest && index.name == layout.rows.name + "_by_" + std::string(newest->name));
}

} // namespace

Outcome mark(Sqlite::Database &database, const RecordType &type, State state)
{
    return database.run("UPDATE kinds SET loading=? WHERE name=?", static_cast<std::int64_t>(state),
                        type.name);
}

Outcome begin(Sqlite::Database &database, const RecordType &type)
{
    const KindLayout layout(type);
    std::vector<std::string> statements;
    for (const IndexLayout &index : layout.indexes) {
        if (!isKept(layout, index))
            statements.push_back("DROP INDEX IF EXISTS " + quotedName(index.name));
    }
    for (const TriggerLayout &trigger : layout.triggers)
        statements.push_back("DROP TRIGGER IF EXISTS " + quotedName(trigger.name));
    const auto dropped = database.executeAll(statements);
    return dropped ? mark(database, type, State::Loading) : dropped;
}

Outcome end(Sqlite::Database &database, const RecordType &type)
{
    const KindLayout layout(type);
    std::vector<std::string> statements;
    for (const IndexLayout &index : layout.indexes) {
        if (!isKept(layout, index))
            statements.push_back(index.createSql);
    }
    if (!layout.totals.name.empty())
        statements.push_back(layout.countAgainSql());
    for (const TriggerLayout &trigger : layout.triggers)
        statements.push_back(trigger.createSql);
    const auto made = database.executeAll(statements);
    return made ? mark(database, type, State::Loaded) : made;
}

} // namespace Counterfoil::FirstLoad

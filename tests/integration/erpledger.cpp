#include "erpledger.h"

#include "database.h"

namespace Counterfoil {

using Sqlite::Database;

ErpLedger ErpLedger::read(const QString &erpStore)
{
    ErpLedger ledger;
    auto store = Database::open(erpStore, Database::Mode::ReadOnly);
    if (!store)
        qFatal("no ledger: %s", qUtf8Printable(store.error().detail));
    auto rows = store->prepare("SELECT command, COUNT(*) FROM audit WHERE command <> '' GROUP BY command");
    if (!rows)
        qFatal("no ledger: %s", qUtf8Printable(rows.error().detail));
    while (*rows->step())
        ledger.effects[std::string(rows->text(0))] = static_cast<int>(rows->integer(1));
    return ledger;
}

std::string erpText(const QString &erpStore, const std::string &table, const std::string &key,
                    const std::string &field)
{
    auto store = Database::open(erpStore, Database::Mode::ReadOnly);
    if (!store)
        qFatal("no ERP: %s", qUtf8Printable(store.error().detail));
    auto rows = store->prepare("SELECT \"" + field + "\" FROM \"" + table + "\" WHERE key = ?");
    if (!rows)
        qFatal("no such table: %s", qUtf8Printable(rows.error().detail));
    rows->bind(1, std::string_view(key));
    return *rows->step() ? std::string(rows->text(0)) : std::string("(none)");
}

} // namespace Counterfoil

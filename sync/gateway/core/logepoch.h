#pragma once

#include "random.h"
#include "sqlitecommandjournal.h"

namespace Counterfoil {

// Which log a store's numbers belong to, and when another one begins: with a new file, with one that is not
// the file written last, and when the ERP has another history. All but open() in the caller's transaction.
class LogEpoch
{
public:
    LogEpoch(Sqlite::Database &database, SqliteCommandJournal &journal, Random &random)
        : m_database(database)
        , m_journal(journal)
        , m_random(random)
    { }

    Outcome open(const std::string &file); // its identity; empty: not known, and never another one
    Outcome restored();                    // see GatewayStore::restored()
    Outcome renew();

private:
    Sqlite::Database &m_database;
    SqliteCommandJournal &m_journal;
    Random &m_random;
};

} // namespace Counterfoil

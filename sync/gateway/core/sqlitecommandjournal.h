#pragma once

#include "commandjournal.h"
#include "database.h"

namespace Counterfoil {

// The journal in the gateway's SQLite file.
class SqliteCommandJournal final : public CommandJournal
{
public:
    explicit SqliteCommandJournal(Sqlite::Database &database)
        : m_database(database)
    { }

    static const char *schema();
    Outcome prepare(); // once, before anything else

    Outcome putToSleep(); // what the ERP has not answered; in the caller's transaction

    Result<std::optional<JournalEntry>> find(const std::string &key) override;
    Outcome receive(const JournalEntry &entry, const std::string &body) override;
    Outcome wake(const std::string &key) override;
    Outcome dispatch(const std::string &key) override;
    Outcome countFailure(const std::string &key) override;
    Outcome finish(const JournalEntry &entry, const std::string &outcome, Instant now) override;
    Outcome settle(const std::vector<std::string> &keys, std::int64_t effectSeq) override;
    Result<std::vector<OpenCommand>> open() override;
    Result<std::optional<std::string>> body(const std::string &key) override;
    Result<std::optional<std::string>> outcome(const std::string &key) override;
    Outcome forgetBodies(Instant endedBefore) override;

private:
    Result<std::optional<std::string>> textOf(Sqlite::Statement &statement, const std::string &key);

    Sqlite::Database &m_database;
    Sqlite::Statement m_find;
    Sqlite::Statement m_put;
    Sqlite::Statement m_putBody;
    Sqlite::Statement m_wake;
    Sqlite::Statement m_dispatch;
    Sqlite::Statement m_countFailure;
    Sqlite::Statement m_finish;
    Sqlite::Statement m_finishBody;
    Sqlite::Statement m_settle;
    Sqlite::Statement m_closeBody;
    Sqlite::Statement m_body;
    Sqlite::Statement m_outcome;
};

} // namespace Counterfoil

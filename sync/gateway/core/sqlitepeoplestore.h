#pragma once

#include "database.h"
#include "peoplestore.h"

namespace Counterfoil {

// People in the gateway's SQLite file.
class SqlitePeopleStore final : public PeopleStore
{
public:
    explicit SqlitePeopleStore(Sqlite::Database &database)
        : m_database(database)
    { }

    static const char *schema();
    static const char *personalRightsSchema(); // on top of the former
    static const char *limitsSchema();         // on top of that
    Outcome prepare();                         // once, before anything else

    Result<std::int64_t> rightsVersion() override;
    Result<std::optional<User>> user(const std::string &name) override;
    Result<std::vector<User>> users() override;
    Outcome putUser(const User &user) override;
    Outcome changePassword(const std::string &user, const std::string &passwordHash,
                           const std::string &keptSession) override;
    Result<std::optional<SessionRow>> session(const std::string &id) override;
    Outcome putSession(const SessionRow &session, const std::string &accessHash, Instant accessExpiresAt,
                       Instant now) override;
    Outcome removeSession(const std::string &id) override;
    Result<std::optional<AccessRow>> access(const std::string &hash) override;
    Result<Instant> lastAccessExpiry(const std::string &session) override;
    Outcome removeExpired(Instant now) override;

private:
    Outcome forgetSurplus(const std::string &user, Instant now);

    Sqlite::Database &m_database;
    Sqlite::Statement m_rights;
    Sqlite::Statement m_bumpRights;
    Sqlite::Statement m_user;
    Sqlite::Statement m_putUser;
    Sqlite::Statement m_session;
    Sqlite::Statement m_putSession;
    Sqlite::Statement m_removeSession;
    Sqlite::Statement m_access;
    Sqlite::Statement m_putAccess;
    Sqlite::Statement m_lastAccess;
};

} // namespace Counterfoil

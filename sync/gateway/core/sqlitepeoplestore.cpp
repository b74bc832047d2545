#include "sqlitepeoplestore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Counterfoil {

namespace {

// Of one person, on all devices; the one that was used least recently goes.
constexpr int maxSessions = 32;
// Of one session; each lives minutes.
constexpr int maxAccessTokens = 16;

std::string textOf(const std::vector<std::string> &list)
{
    QJsonArray array;
    for (const std::string &item : list)
        array.append(QString::fromStdString(item));
    return QJsonDocument(array).toJson(QJsonDocument::Compact).toStdString();
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> list;
    const QByteArray json(text.data(), static_cast<qsizetype>(text.size()));
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const auto &item : array)
        list.push_back(item.toString().toStdString());
    return list;
}

std::string textOf(const std::vector<OrderLimit> &limits)
{
    QJsonArray array;
    for (const OrderLimit &limit : limits)
        array.append(
            QJsonObject{{QStringLiteral("account"), QString::fromStdString(limit.account)},
                        {QStringLiteral("amount"), QString::fromStdString(limit.amount.toString())}});
    return QJsonDocument(array).toJson(QJsonDocument::Compact).toStdString();
}

// What cannot be read lets nobody order anything.
std::vector<OrderLimit> limitsOf(std::string_view text)
{
    std::vector<OrderLimit> limits;
    const QByteArray json(text.data(), static_cast<qsizetype>(text.size()));
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const auto &item : array) {
        const QJsonObject object = item.toObject();
        const auto amount = Decimal::parse(object.value(QStringLiteral("amount")).toString().toStdString());
        limits.push_back(
            {object.value(QStringLiteral("account")).toString().toStdString(), amount.value_or(Decimal())});
    }
    return limits;
}

constexpr const char *userColumns = "name, displayName, role, accounts, passwordHash, disabled, "
                                    "pricesWithheld, invoicesWithheld, contact, firstPasswordUntil, limits";

User userOf(const Sqlite::Statement &row)
{
    User user;
    user.name = row.text(0);
    user.displayName = row.text(1);
    user.role = row.text(2);
    user.accounts = listOf(row.text(3));
    user.passwordHash = row.text(4);
    user.disabled = row.integer(5) != 0;
    user.pricesWithheld = row.integer(6) != 0;
    user.invoicesWithheld = row.integer(7) != 0;
    user.contact = row.text(8);
    if (!row.isNull(9))
        user.firstPasswordUntil = Instant{row.integer(9)};
    user.limits = limitsOf(row.text(10));
    return user;
}

Outcome prepareOne(Sqlite::Database &database, Sqlite::Statement &target, std::string_view sql)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return statement.error();
    target = *std::move(statement);
    return Done();
}

} // namespace

const char *SqlitePeopleStore::schema()
{
    return R"(
CREATE TABLE people(
    name TEXT PRIMARY KEY, displayName TEXT NOT NULL, role TEXT NOT NULL, accounts TEXT NOT NULL,
    passwordHash TEXT NOT NULL, disabled INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions(
    id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES people(name), device TEXT NOT NULL,
    usedRefresh TEXT NOT NULL, issuedRefresh TEXT NOT NULL, expiresAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessionsOfUser ON sessions(user, expiresAt);
CREATE TABLE access(
    hash TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    expiresAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX accessOfSession ON access(session, expiresAt);
CREATE TABLE rights(version INTEGER NOT NULL);
INSERT INTO rights VALUES(1);
)";
}

const char *SqlitePeopleStore::personalRightsSchema()
{
    return R"(
ALTER TABLE people ADD COLUMN pricesWithheld INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN invoicesWithheld INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN contact TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN firstPasswordUntil INTEGER;
)";
}

const char *SqlitePeopleStore::limitsSchema()
{
    return "ALTER TABLE people ADD COLUMN limits TEXT NOT NULL DEFAULT '[]';";
}

Outcome SqlitePeopleStore::prepare()
{
    const std::string columns(userColumns);
    const std::string user = "SELECT " + columns + " FROM people WHERE name = ?";
    const std::string putUser
        = "INSERT OR REPLACE INTO people(" + columns + ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    const std::pair<Sqlite::Statement &, std::string_view> all[] = {
        {m_rights, "SELECT version FROM rights"},
        {m_bumpRights, "UPDATE rights SET version = version + 1"},
        {m_user, user},
        {m_putUser, putUser},
        {m_session,
         "SELECT id, user, device, usedRefresh, issuedRefresh, expiresAt FROM sessions WHERE id = ?"},
        {m_putSession,
         "INSERT INTO sessions VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
         "device = excluded.device, usedRefresh = excluded.usedRefresh, issuedRefresh = "
         "excluded.issuedRefresh, "
         "expiresAt = excluded.expiresAt"},
        {m_removeSession, "DELETE FROM sessions WHERE id = ?"},
        {m_access, "SELECT session, expiresAt FROM access WHERE hash = ?"},
        {m_putAccess, "INSERT INTO access VALUES(?, ?, ?)"},
        {m_lastAccess, "SELECT max(expiresAt) FROM access WHERE session = ?"},
    };
    for (const auto &[target, sql] : all) {
        if (const auto done = prepareOne(m_database, target, sql); !done)
            return done;
    }
    return Done();
}

Result<std::int64_t> SqlitePeopleStore::rightsVersion()
{
    const auto row = m_rights.with().step();
    if (!row)
        return row.error();
    const std::int64_t version = *row ? m_rights.integer(0) : 0;
    m_rights.reset();
    return version;
}

Result<std::optional<User>> SqlitePeopleStore::user(const std::string &name)
{
    const auto row = m_user.with(name).step();
    if (!row)
        return row.error();
    std::optional<User> found;
    if (*row)
        found = userOf(m_user);
    m_user.reset();
    return found;
}

Result<std::vector<User>> SqlitePeopleStore::users()
{
    auto query = m_database.prepare(std::string("SELECT ") + userColumns + " FROM people ORDER BY name");
    if (!query)
        return query.error();
    std::vector<User> users;
    if (const auto done
        = query->forEachRow([&](const Sqlite::Statement &row) { users.push_back(userOf(row)); });
        !done)
        return done.error();
    return users;
}

Outcome SqlitePeopleStore::putUser(const User &user)
{
    return m_database.transaction([&]() -> Outcome {
        const std::string accounts = textOf(user.accounts);
        m_putUser.with(user.name, user.displayName, user.role, accounts, user.passwordHash,
                       user.disabled ? 1 : 0, user.pricesWithheld ? 1 : 0, user.invoicesWithheld ? 1 : 0,
                       user.contact);
        if (user.firstPasswordUntil.isSet())
            m_putUser.bind(10, user.firstPasswordUntil.ms);
        else
            m_putUser.bindNull(10);
        const std::string limits = textOf(user.limits);
        m_putUser.bind(11, limits);
        const auto done = m_putUser.run();
        return done ? m_bumpRights.with().run() : done;
    });
}

Outcome SqlitePeopleStore::changePassword(const std::string &user, const std::string &passwordHash,
                                          const std::string &keptSession)
{
    auto change
        = m_database.prepare("UPDATE people SET passwordHash = ?, firstPasswordUntil = NULL WHERE name = ?");
    if (!change)
        return change.error();
    auto endOthers = m_database.prepare("DELETE FROM sessions WHERE user = ? AND id <> ?");
    if (!endOthers)
        return endOthers.error();
    return m_database.transaction([&]() -> Outcome {
        if (const auto done = change->with(passwordHash, user).run(); !done)
            return done;
        const auto done = endOthers->with(user, keptSession).run();
        return done ? m_bumpRights.with().run() : done;
    });
}

Result<std::optional<SessionRow>> SqlitePeopleStore::session(const std::string &id)
{
    const auto row = m_session.with(id).step();
    if (!row)
        return row.error();
    std::optional<SessionRow> found;
    if (*row) {
        found.emplace();
        found->id = m_session.text(0);
        found->user = m_session.text(1);
        found->device = m_session.text(2);
        found->usedRefresh = m_session.text(3);
        found->issuedRefresh = listOf(m_session.text(4));
        found->expiresAt = Instant{m_session.integer(5)};
    }
    m_session.reset();
    return found;
}

Outcome SqlitePeopleStore::putSession(const SessionRow &session, const std::string &accessHash,
                                      Instant accessExpiresAt, Instant now)
{
    return m_database.transaction([&]() -> Outcome {
        const std::string issued = textOf(session.issuedRefresh);
        if (const auto done = m_putSession
                                  .with(session.id, session.user, session.device, session.usedRefresh, issued,
                                        session.expiresAt.ms)
                                  .run();
            !done)
            return done;
        if (const auto done = m_putAccess.with(accessHash, session.id, accessExpiresAt.ms).run(); !done)
            return done;
        return forgetSurplus(session.user, now);
    });
}

Outcome SqlitePeopleStore::forgetSurplus(const std::string &user, Instant now)
{
    auto sessions
        = m_database.prepare("DELETE FROM sessions WHERE user = ?1 AND id NOT IN (SELECT id FROM sessions "
                             "WHERE user = ?1 AND expiresAt > ?2 ORDER BY expiresAt DESC LIMIT ?3)");
    if (!sessions)
        return sessions.error();
    if (const auto done = sessions->with(user, now.ms, maxSessions).run(); !done)
        return done;
    if (m_database.changeCount() > 0) {
        if (const auto done = m_bumpRights.with().run(); !done)
            return done;
    }
    auto tokens = m_database.prepare("DELETE FROM access WHERE hash IN (SELECT hash FROM (SELECT hash, "
                                     "access.expiresAt AS expiresAt, row_number() "
                                     "OVER (PARTITION BY session ORDER BY access.expiresAt DESC) AS place "
                                     "FROM access JOIN sessions ON id = session "
                                     "WHERE user = ?1) WHERE expiresAt <= ?2 OR place > ?3)");
    if (!tokens)
        return tokens.error();
    return tokens->with(user, now.ms, maxAccessTokens).run();
}

Outcome SqlitePeopleStore::removeSession(const std::string &id)
{
    return m_database.transaction([&]() -> Outcome {
        const auto done = m_removeSession.with(id).run();
        return done ? m_bumpRights.with().run() : done;
    });
}

Result<std::optional<AccessRow>> SqlitePeopleStore::access(const std::string &hash)
{
    const auto row = m_access.with(hash).step();
    if (!row)
        return row.error();
    std::optional<AccessRow> found;
    if (*row)
        found = AccessRow{std::string(m_access.text(0)), Instant{m_access.integer(1)}};
    m_access.reset();
    return found;
}

Result<Instant> SqlitePeopleStore::lastAccessExpiry(const std::string &session)
{
    const auto row = m_lastAccess.with(session).step();
    if (!row)
        return row.error();
    const Instant last = *row && !m_lastAccess.isNull(0) ? Instant{m_lastAccess.integer(0)} : Instant();
    m_lastAccess.reset();
    return last;
}

Outcome SqlitePeopleStore::removeExpired(Instant now)
{
    return m_database.transaction([&]() -> Outcome {
        const std::string before = " WHERE expiresAt <= " + std::to_string(now.ms) + ';';
        return m_database.execute("DELETE FROM access" + before + "DELETE FROM sessions" + before);
    });
}

} // namespace Counterfoil

#include "heldscopes.h"

namespace Counterfoil {

namespace {

constexpr std::int64_t maxScopes = 10'000;
constexpr std::int64_t maxScopesOfPerson = 100; // the newest

} // namespace

const char *heldScopesSchema()
{
    return R"(
CREATE TABLE scopeHolders(
    user TEXT NOT NULL, hash TEXT NOT NULL, usedAt INTEGER NOT NULL, PRIMARY KEY(user, hash)
) WITHOUT ROWID;
)";
}

Outcome rememberHeldScope(Sqlite::Database &database, const std::string &user, const std::string &hash,
                          const std::string &text, Instant now)
{
    return database.transaction([&]() -> Outcome {
        if (const auto done
            = database.run("INSERT INTO scopes VALUES(?, ?, ?) ON CONFLICT(hash) DO UPDATE SET "
                           "usedAt = excluded.usedAt",
                           hash, text, now.ms);
            !done)
            return done;
        if (const auto done
            = database.run("INSERT OR REPLACE INTO scopeHolders VALUES(?, ?, ?)", user, hash, now.ms);
            !done)
            return done;
        if (const auto done
            = database.run("DELETE FROM scopeHolders WHERE user = ?1 AND hash IN (SELECT hash FROM "
                           "scopeHolders WHERE user = ?1 ORDER BY usedAt DESC LIMIT -1 OFFSET ?2)",
                           user, maxScopesOfPerson);
            !done)
            return done;
        return database.run("DELETE FROM scopes WHERE hash IN (SELECT hash FROM scopes ORDER BY usedAt DESC "
                            "LIMIT -1 OFFSET ?)",
                            maxScopes);
    });
}

Result<std::optional<std::string>> heldScopeText(Sqlite::Database &database, const std::string &user,
                                                 const std::string &hash)
{
    auto query = database.prepare("SELECT text FROM scopes JOIN scopeHolders USING(hash) "
                                  "WHERE hash = ? AND user = ?");
    if (!query)
        return query.error();
    const auto row = query->with(hash, user).step();
    if (!row)
        return row.error();
    return *row ? std::optional(std::string(query->text(0))) : std::nullopt;
}

} // namespace Counterfoil

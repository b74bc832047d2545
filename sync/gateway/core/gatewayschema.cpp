#include "gatewayschema.h"

#include "heldscopes.h"
#include "sqlitecommandjournal.h"
#include "sqlitehookplaces.h"
#include "sqlitepeoplestore.h"

namespace Counterfoil {

namespace {

constexpr const char *logAndProjection = R"(
CREATE TABLE state(
    epoch TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, position TEXT NOT NULL,
    provenAt INTEGER, file TEXT NOT NULL
);
INSERT INTO state VALUES('', 0, 0, '', NULL, '');
CREATE TABLE log(
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, account TEXT NOT NULL, previousAccount TEXT,
    version INTEGER NOT NULL, time INTEGER NOT NULL, removed INTEGER NOT NULL, loggedAt INTEGER NOT NULL
);
CREATE TABLE projection(
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, account TEXT NOT NULL, version INTEGER NOT NULL,
    seq INTEGER NOT NULL, sortTime INTEGER NOT NULL, change TEXT NOT NULL
);
CREATE UNIQUE INDEX projectionByKey ON projection(kind, key);
CREATE INDEX projectionByTime ON projection(kind, sortTime, key);
CREATE INDEX projectionByAccount ON projection(kind, account, sortTime, key);
CREATE TABLE counts(
    kind TEXT NOT NULL, account TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY(kind, account)
) WITHOUT ROWID;
CREATE TABLE scopes(hash TEXT PRIMARY KEY, text TEXT NOT NULL, usedAt INTEGER NOT NULL) WITHOUT ROWID;
)";

// Who may see each record of a kind whose records differ in that. What was there before may be anything.
constexpr const char *audiences = R"(
ALTER TABLE projection ADD COLUMN audience INTEGER NOT NULL DEFAULT 2;
ALTER TABLE log ADD COLUMN audience INTEGER NOT NULL DEFAULT 2;
ALTER TABLE log ADD COLUMN previousAudience INTEGER;
CREATE TABLE countsBefore AS SELECT kind, account, rows FROM counts;
DROP TABLE counts;
CREATE TABLE counts(
    kind TEXT NOT NULL, account TEXT NOT NULL, audience INTEGER NOT NULL, rows INTEGER NOT NULL,
    PRIMARY KEY(kind, account, audience)
) WITHOUT ROWID;
INSERT INTO counts SELECT kind, account, 2, rows FROM countsBefore;
DROP TABLE countsBefore;
)";

} // namespace

std::vector<std::string> gatewaySchema()
{
    return {std::string(logAndProjection) + SqlitePeopleStore::schema(),
            std::string(SqliteCommandJournal::schema()) + SqlitePeopleStore::personalRightsSchema(),
            heldScopesSchema(),
            audiences,
            SqliteHookPlaces::schema(),
            SqlitePeopleStore::limitsSchema()};
}

} // namespace Counterfoil

#include "sqlitegatewaystore.h"

#include "codec.h"
#include "fileidentity.h"
#include "gatewayschema.h"
#include "heldscopes.h"
#include "kinds.h"
#include "logepoch.h"
#include "messages.h"
#include "newestfirst.h"
#include "sqlitehookplaces.h"
#include "sqlitepeoplestore.h"

#include <QLoggingCategory>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(storeLog, "counterfoil.gateway.store")

// Pages kept in memory: with SQLite's own 2 MB, taking in a large ERP reads and writes its indexes over and
// over.
constexpr int pageCacheKiB = 64 * 1024;
// Likewise a page that changes in one batch after the other is copied from the log into the file once for
// many.
constexpr int checkpointPages = 8 * 1024;
// How often the moment that is proven complete is written down while nothing else has to be.
constexpr std::int64_t provenEveryMs = 60'000;

// By what a kind is listed newest first: its first time that lists can be ordered by.
std::int64_t sortTimeOf(const Change &change)
{
    for (const Field &field : change.kind->fields) {
        if (field.type != FieldType::Instant || !field.is(Sortable))
            continue;
        if (const auto instant = field.in<Instant>(change.record.data()); instant.isSet())
            return instant.ms;
        break;
    }
    return change.time.ms;
}

// A connector that names the account in one of the two places has said whose the record is.
std::string accountOf(const Change &change)
{
    const Field *field = change.kind->findFlag(AccountKey);
    return change.account.empty() && field ? field->in<std::string>(change.record.data()) : change.account;
}

LogEntry entryOf(const Sqlite::Statement &row)
{
    LogEntry entry;
    entry.sequence = row.integer(0);
    entry.kind = findKind(row.text(1));
    entry.key = row.text(2);
    entry.account = row.text(3);
    if (!row.isNull(4))
        entry.previousAccount = std::string(row.text(4));
    entry.version = row.integer(5);
    entry.time = Instant{row.integer(6)};
    entry.removed = row.integer(7) != 0;
    entry.audience = Audience(row.integer(8));
    if (!row.isNull(9))
        entry.previousAudience = Audience(row.integer(9));
    return entry;
}

} // namespace

class SqliteGatewayStore::Private
{
public:
    Private(Sqlite::Database opened, Random &chance, const QString &path)
        : database(std::move(opened))
        , people(database)
        , journal(database)
        , epoch(database, journal, chance)
        , hookPlaces(database)
        , documents(path + QStringLiteral(".documents"))
    { }

    using Counts = std::map<std::tuple<std::string_view, std::string, Audience>, std::int64_t>;
    struct Stored
    {
        std::string account;
        std::int64_t version = 0;
        Audience audience = Audience::InvoiceReaders;
    };

    Outcome prepare();
    Result<std::optional<Stored>> stored(const Change &change);
    Result<std::optional<LogEntry>> take(Change change, std::int64_t sequence, Counts &counts);
    Outcome write(const LogEntry &entry, std::int64_t sortTime, Instant now);
    Outcome addCounts(const Counts &counts);

    Sqlite::Database database;
    SqlitePeopleStore people;
    SqliteCommandJournal journal;
    LogEpoch epoch;
    SqliteHookPlaces hookPlaces;
    const GatewayDocuments documents;
    Sqlite::Statement state;
    Sqlite::Statement putState;
    Sqlite::Statement find;
    Sqlite::Statement putRecord;
    Sqlite::Statement removeRecord;
    Sqlite::Statement putEntry;
    Sqlite::Statement putCount;
    Sqlite::Statement readLog;
    Sqlite::Statement changeText;
    Sqlite::Statement recordText;
};

Outcome SqliteGatewayStore::Private::prepare()
{
    const std::pair<Sqlite::Statement &, std::string_view> all[] = {
        {state, "SELECT epoch, first, last, position, provenAt FROM state"},
        {putState, "UPDATE state SET last = ?, position = ?, provenAt = coalesce(?, provenAt)"},
        {find, "SELECT account, version, audience FROM projection WHERE kind = ? AND key = ?"},
        {putRecord,
         "INSERT INTO projection(kind, key, account, version, seq, sortTime, change, audience) VALUES(?, ?, "
         "?, ?, ?, ?, ?, ?) "
         "ON CONFLICT(kind, key) DO UPDATE SET account = excluded.account, version = excluded.version, "
         "seq = excluded.seq, sortTime = excluded.sortTime, change = excluded.change, "
         "audience = excluded.audience"},
        {removeRecord, "DELETE FROM projection WHERE kind = ? AND key = ?"},
        {putEntry, "INSERT INTO log VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {putCount,
         "INSERT INTO counts VALUES(?, ?, ?, ?) ON CONFLICT(kind, account, audience) DO UPDATE SET rows = "
         "rows + excluded.rows"},
        {readLog,
         "SELECT seq, kind, key, account, previousAccount, version, time, removed, audience, "
         "previousAudience FROM log WHERE seq > ? "
         "ORDER BY seq LIMIT ?"},
        {changeText, "SELECT change FROM projection WHERE kind = ? AND key = ? AND seq = ?"},
        {recordText, "SELECT change FROM projection WHERE kind = ? AND key = ?"},
    };
    for (const auto &[target, sql] : all) {
        auto statement = database.prepare(sql);
        if (!statement)
            return statement.error();
        target = *std::move(statement);
    }
    const auto done = people.prepare();
    return done ? journal.prepare() : done;
}

Result<std::optional<SqliteGatewayStore::Private::Stored>>
SqliteGatewayStore::Private::stored(const Change &change)
{
    const auto row = find.with(change.kind->name, change.key).step();
    if (!row)
        return row.error();
    std::optional<Stored> found;
    if (*row)
        found = Stored{std::string(find.text(0)), find.integer(1), Audience(find.integer(2))};
    find.reset();
    return found;
}

// What the change makes of the store, or nothing when it says nothing new.
Result<std::optional<LogEntry>> SqliteGatewayStore::Private::take(Change change, std::int64_t sequence,
                                                                  Counts &counts)
{
    const auto before = stored(change);
    if (!before)
        return before.error();
    const bool removed = change.record.isNull();
    if (removed ? !*before || (*before)->version > change.version
                : *before && (*before)->version >= change.version)
        return std::optional<LogEntry>();

    change.sequence = sequence;
    change.account = removed ? (*before)->account : accountOf(change);
    LogEntry entry;
    entry.sequence = sequence;
    entry.kind = change.kind;
    entry.key = change.key;
    entry.account = change.account;
    entry.version = change.version;
    entry.time = change.time;
    entry.removed = removed;
    if (removed)
        entry.audience = (*before)->audience;
    else if (change.kind->audience)
        entry.audience = change.kind->audience(change.record.data());
    if (*before && (*before)->account != change.account)
        entry.previousAccount = (*before)->account;
    if (*before && (*before)->audience != entry.audience)
        entry.previousAudience = (*before)->audience;
    if (!removed) {
        entry.text = encodeChange(change);
        if (entry.text.size() > Limits::recordBytes) {
            qCWarning(storeLog, "%s %s is left out: %zu bytes are more than a record may have.",
                      change.kind->name.data(), change.key.c_str(), entry.text.size());
            return std::optional<LogEntry>();
        }
        ++counts[{change.kind->name, change.account, entry.audience}];
    }
    if (*before)
        --counts[{change.kind->name, (*before)->account, (*before)->audience}];
    return std::optional(std::move(entry));
}

Outcome SqliteGatewayStore::Private::write(const LogEntry &entry, std::int64_t sortTime, Instant now)
{
    putEntry.reset();
    putEntry.bind(1, entry.sequence).bind(2, entry.kind->name).bind(3, entry.key).bind(4, entry.account);
    if (entry.previousAccount)
        putEntry.bind(5, *entry.previousAccount);
    else
        putEntry.bindNull(5);
    putEntry.bind(6, entry.version).bind(7, entry.time.ms).bind(8, entry.removed ? 1 : 0).bind(9, now.ms);
    putEntry.bind(10, static_cast<std::int64_t>(entry.audience));
    if (entry.previousAudience)
        putEntry.bind(11, static_cast<std::int64_t>(*entry.previousAudience));
    else
        putEntry.bindNull(11);
    if (const auto done = putEntry.run(); !done)
        return done;
    if (entry.removed)
        return removeRecord.with(entry.kind->name, entry.key).run();
    return putRecord
        .with(entry.kind->name, entry.key, entry.account, entry.version, entry.sequence, sortTime, entry.text,
              static_cast<std::int64_t>(entry.audience))
        .run();
}

Outcome SqliteGatewayStore::Private::addCounts(const Counts &counts)
{
    for (const auto &[place, rows] : counts) {
        if (rows == 0)
            continue;
        const auto &[kind, account, audience] = place;
        if (const auto done = putCount.with(kind, account, static_cast<std::int64_t>(audience), rows).run();
            !done)
            return done;
    }
    return Done();
}

SqliteGatewayStore::SqliteGatewayStore(std::unique_ptr<Private> state)
    : d(std::move(state))
{ }

SqliteGatewayStore::~SqliteGatewayStore() = default;

Result<std::unique_ptr<SqliteGatewayStore>> SqliteGatewayStore::open(const QString &path, Random &random,
                                                                     const std::string &vfs)
{
    using Sqlite::Database;
    auto database = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Full, 5000, vfs);
    if (!database)
        return database.error();
    if (const auto set
        = database->execute("PRAGMA cache_size=-" + std::to_string(pageCacheKiB)
                            + "; PRAGMA wal_autocheckpoint=" + std::to_string(checkpointPages));
        !set)
        return set.error();
    auto state = std::make_unique<Private>(*std::move(database), random, path);
    if (const auto done = state->database.migrate(gatewaySchema()); !done)
        return done.error();
    if (const auto done = state->prepare(); !done)
        return done.error();
    if (const auto done = state->epoch.open(vfs.empty() ? fileIdentity(path) : std::string()); !done)
        return done.error();
    return std::unique_ptr<SqliteGatewayStore>(new SqliteGatewayStore(std::move(state)));
}

PeopleStore &SqliteGatewayStore::people()
{
    return d->people;
}

CommandJournal &SqliteGatewayStore::journal()
{
    return d->journal;
}

HookPlaces &SqliteGatewayStore::hookPlaces()
{
    return d->hookPlaces;
}

const GatewayDocuments &SqliteGatewayStore::documents() const
{
    return d->documents;
}

Result<LogState> SqliteGatewayStore::logState()
{
    const auto row = d->state.with().step();
    if (!row)
        return row.error();
    LogState state;
    state.epoch = d->state.text(0);
    state.first = d->state.integer(1);
    state.last = d->state.integer(2);
    state.position = d->state.text(3);
    if (!d->state.isNull(4))
        state.provenAt = Instant{d->state.integer(4)};
    d->state.reset();
    return state;
}

Result<std::vector<LogEntry>> SqliteGatewayStore::commit(const ErpBatch &batch, Instant askedAt, Instant now)
{
    const auto before = logState();
    if (!before)
        return before.error();
    const bool proves = !batch.more
        && (!before->provenAt.isSet() || askedAt.ms - before->provenAt.ms >= provenEveryMs
            || !batch.changes.empty());
    std::vector<LogEntry> entries;
    if (batch.changes.empty() && batch.position == before->position && !proves)
        return entries;

    const auto done = d->database.transaction([&]() -> Outcome {
        Private::Counts counts;
        std::int64_t last = before->last;
        for (Change change : batch.changes) {
            if (!change.kind || change.key.empty()) {
                qCWarning(storeLog, "The ERP reported a record without a kind or key; it is left out.");
                continue;
            }
            if (!change.time.isSet())
                change.time = now;
            const std::int64_t sortTime = change.record.isNull() ? 0 : sortTimeOf(change);
            auto entry = d->take(std::move(change), last + 1, counts);
            if (!entry)
                return entry.error();
            if (!*entry)
                continue;
            ++last;
            if (const auto written = d->write(**entry, sortTime, now); !written)
                return written;
            entries.push_back(**std::move(entry));
        }
        if (const auto counted = d->addCounts(counts); !counted)
            return counted;
        d->putState.reset();
        d->putState.bind(1, last).bind(2, batch.position);
        if (proves)
            d->putState.bind(3, askedAt.ms);
        else
            d->putState.bindNull(3);
        return d->putState.run();
    });
    if (!done)
        return done.error();
    return entries;
}

Result<std::vector<LogEntry>> SqliteGatewayStore::readLog(std::int64_t after, int limit)
{
    std::vector<LogEntry> entries;
    const auto done = d->readLog.with(after, limit).forEachRow([&](const Sqlite::Statement &row) {
        entries.push_back(entryOf(row));
    });
    if (!done)
        return done.error();
    return entries;
}

Result<std::string> SqliteGatewayStore::changeText(const LogEntry &entry)
{
    const auto row = d->changeText.with(entry.kind->name, entry.key, entry.sequence).step();
    if (!row)
        return row.error();
    std::string text(*row ? d->changeText.text(0) : std::string_view());
    d->changeText.reset();
    return text;
}

Result<std::optional<std::string>> SqliteGatewayStore::recordText(const RecordType &kind,
                                                                  const std::string &key)
{
    const auto row = d->recordText.with(kind.name, key).step();
    if (!row)
        return row.error();
    auto text = *row ? std::optional(std::string(d->recordText.text(0))) : std::nullopt;
    d->recordText.reset();
    return text;
}

Result<SqliteGatewayStore::Listed> SqliteGatewayStore::list(const Listing &listing)
{
    return listNewestFirst(d->database, listing);
}

Result<std::int64_t> SqliteGatewayStore::count(const Listing &listing)
{
    return countShown(d->database, listing);
}

Outcome SqliteGatewayStore::trim(const Retention &retention, Instant now)
{
    const auto state = logState();
    if (!state)
        return state.error();
    const std::int64_t furthest = std::min(state->first + retention.atOnce, state->last);
    auto aged = d->database.prepare("SELECT max(seq) FROM log WHERE seq > ? AND seq <= ? AND loggedAt <= ?");
    if (!aged)
        return aged.error();
    const auto row = aged->with(state->first, furthest, now.ms - retention.ageMs).step();
    if (!row)
        return row.error();
    const std::int64_t byAge = *row && !aged->isNull(0) ? aged->integer(0) : 0;
    aged->reset();
    const std::int64_t first = std::min(std::max(state->last - retention.changes, byAge), furthest);
    if (first <= state->first)
        return Done();
    return d->database.transaction([&]() -> Outcome {
        const std::string text = std::to_string(first);
        return d->database.execute("DELETE FROM log WHERE seq <= " + text
                                   + "; UPDATE state SET first = " + text);
    });
}

Outcome SqliteGatewayStore::restored()
{
    return d->database.transaction([this] { return d->epoch.restored(); });
}

Outcome SqliteGatewayStore::startOver()
{
    return d->database.transaction([this]() -> Outcome {
        const auto emptied = d->database.execute("DELETE FROM projection; DELETE FROM counts; "
                                                 "UPDATE state SET position = '', provenAt = NULL");
        return emptied ? d->epoch.renew() : emptied;
    });
}

Outcome SqliteGatewayStore::rememberScope(const std::string &user, const std::string &hash,
                                          const std::string &text, Instant now)
{
    return rememberHeldScope(d->database, user, hash, text, now);
}

Result<std::optional<std::string>> SqliteGatewayStore::scopeText(const std::string &user,
                                                                 const std::string &hash)
{
    return heldScopeText(d->database, user, hash);
}

} // namespace Counterfoil

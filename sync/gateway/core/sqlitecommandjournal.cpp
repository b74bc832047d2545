#include "sqlitecommandjournal.h"

namespace Counterfoil {

namespace {

constexpr int forgottenAtOnce = 2'000;

// In the file; never to be renumbered.
enum PhaseNumber : std::int64_t { received, dispatched, applied, rejected, conflict, asleep };

std::int64_t numberOf(JournalEntry::Phase phase)
{
    using Phase = JournalEntry::Phase;
    switch (phase) {
    case Phase::Received:
        return received;
    case Phase::Dispatched:
        return dispatched;
    case Phase::Applied:
        return applied;
    case Phase::Rejected:
        return rejected;
    case Phase::Conflict:
        return conflict;
    case Phase::Asleep:
        break;
    }
    return asleep;
}

JournalEntry::Phase phaseOf(std::int64_t number)
{
    using Phase = JournalEntry::Phase;
    switch (number) {
    case received:
        return Phase::Received;
    case applied:
        return Phase::Applied;
    case rejected:
        return Phase::Rejected;
    case conflict:
        return Phase::Conflict;
    case asleep:
        return Phase::Asleep;
    default: // whoever wrote another number, the ERP knows what became of it
        return Phase::Dispatched;
    }
}

constexpr const char *entryColumns
    = "commands.key, person, account, digest, phase, target, effectSeq, reasonCode";

JournalEntry journalEntryOf(const Sqlite::Statement &row)
{
    JournalEntry entry;
    entry.key = row.text(0);
    entry.person = row.text(1);
    entry.account = row.text(2);
    entry.digest = row.text(3);
    entry.phase = phaseOf(row.integer(4));
    entry.target = row.text(5);
    entry.effectSeq = row.integer(6);
    entry.reasonCode = row.text(7);
    return entry;
}

} // namespace

// Two tables, since one row is kept for ever and the other for weeks.
const char *SqliteCommandJournal::schema()
{
    return R"(
CREATE TABLE commands(
    key TEXT PRIMARY KEY, person TEXT NOT NULL, account TEXT NOT NULL, digest TEXT NOT NULL, phase INTEGER NOT NULL,
    target TEXT NOT NULL, effectSeq INTEGER NOT NULL, reasonCode TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE commandBodies(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, outcome TEXT,
    failures INTEGER NOT NULL, open INTEGER NOT NULL, endedAt INTEGER
);
CREATE INDEX openCommands ON commandBodies(id) WHERE open = 1;
CREATE INDEX endedCommands ON commandBodies(endedAt) WHERE open = 0;
)";
}

Outcome SqliteCommandJournal::prepare()
{
    const std::string find = std::string("SELECT ") + entryColumns + " FROM commands WHERE key = ?";
    const std::pair<Sqlite::Statement &, std::string_view> all[] = {
        {m_find, find},
        {m_put, "INSERT INTO commands VALUES(?, ?, ?, ?, ?, ?, ?, ?)"},
        {m_putBody, "INSERT INTO commandBodies(key, body, failures, open) VALUES(?, ?, 0, 1)"},
        {m_wake, "UPDATE commands SET phase = 0 WHERE key = ? AND phase = 5"},
        {m_dispatch, "UPDATE commands SET phase = 1 WHERE key = ? AND phase IN (0, 5)"},
        {m_countFailure, "UPDATE commandBodies SET failures = failures + 1 WHERE key = ?"},
        {m_finish,
         "UPDATE commands SET phase = ?2, target = ?3, effectSeq = ?4, reasonCode = ?5 WHERE key = ?1"},
        {m_finishBody, "UPDATE commandBodies SET outcome = ?2, open = ?3, endedAt = ?4 WHERE key = ?1"},
        {m_settle, "UPDATE commands SET effectSeq = ?2 WHERE key = ?1"},
        {m_closeBody, "UPDATE commandBodies SET open = 0 WHERE key = ?"},
        {m_body, "SELECT body FROM commandBodies WHERE key = ?"},
        {m_outcome, "SELECT outcome FROM commandBodies WHERE key = ? AND outcome IS NOT NULL"},
    };
    for (const auto &[target, sql] : all) {
        auto statement = m_database.prepare(sql);
        if (!statement)
            return statement.error();
        target = *std::move(statement);
    }
    return Done();
}

Result<std::optional<JournalEntry>> SqliteCommandJournal::find(const std::string &key)
{
    const auto row = m_find.with(key).step();
    if (!row)
        return row.error();
    auto entry = *row ? std::optional(journalEntryOf(m_find)) : std::nullopt;
    m_find.reset();
    return entry;
}

Outcome SqliteCommandJournal::receive(const JournalEntry &entry, const std::string &body)
{
    return m_database.transaction([&]() -> Outcome {
        if (const auto done
            = m_put
                  .with(entry.key, entry.person, entry.account, entry.digest, numberOf(entry.phase),
                        entry.target, entry.effectSeq, entry.reasonCode)
                  .run();
            !done)
            return done;
        return m_putBody.with(entry.key, body).run();
    });
}

Outcome SqliteCommandJournal::wake(const std::string &key)
{
    return m_database.transaction([&] { return m_wake.with(key).run(); });
}

Outcome SqliteCommandJournal::dispatch(const std::string &key)
{
    return m_database.transaction([&] { return m_dispatch.with(key).run(); });
}

Outcome SqliteCommandJournal::countFailure(const std::string &key)
{
    return m_database.transaction([&] { return m_countFailure.with(key).run(); });
}

Outcome SqliteCommandJournal::finish(const JournalEntry &entry, const std::string &outcome, Instant now)
{
    return m_database.transaction([&]() -> Outcome {
        if (const auto done
            = m_finish.with(entry.key, numberOf(entry.phase), entry.target, entry.effectSeq, entry.reasonCode)
                  .run();
            !done)
            return done;
        return m_finishBody.with(entry.key, outcome, entry.isOpen() ? 1 : 0, now.ms).run();
    });
}

Outcome SqliteCommandJournal::settle(const std::vector<std::string> &keys, std::int64_t effectSeq)
{
    return m_database.transaction([&]() -> Outcome {
        for (const std::string &key : keys) {
            if (const auto done = m_settle.with(key, effectSeq).run(); !done)
                return done;
            if (const auto done = m_closeBody.with(key).run(); !done)
                return done;
        }
        return Done();
    });
}

Result<std::vector<OpenCommand>> SqliteCommandJournal::open()
{
    auto query = m_database.prepare(std::string("SELECT ") + entryColumns
                                    + ", body, failures FROM commandBodies JOIN commands "
                                      "ON commands.key = commandBodies.key WHERE open = 1 ORDER BY id");
    if (!query)
        return query.error();
    std::vector<OpenCommand> all;
    const auto done = query->forEachRow([&](const Sqlite::Statement &row) {
        all.push_back({journalEntryOf(row), std::string(row.text(8)), static_cast<int>(row.integer(9))});
    });
    if (!done)
        return done.error();
    return all;
}

Result<std::optional<std::string>> SqliteCommandJournal::textOf(Sqlite::Statement &statement,
                                                                const std::string &key)
{
    const auto row = statement.with(key).step();
    if (!row)
        return row.error();
    auto text = *row ? std::optional(std::string(statement.text(0))) : std::nullopt;
    statement.reset();
    return text;
}

Result<std::optional<std::string>> SqliteCommandJournal::body(const std::string &key)
{
    return textOf(m_body, key);
}

Result<std::optional<std::string>> SqliteCommandJournal::outcome(const std::string &key)
{
    return textOf(m_outcome, key);
}

Outcome SqliteCommandJournal::forgetBodies(Instant endedBefore)
{
    auto query = m_database.prepare("DELETE FROM commandBodies WHERE id IN (SELECT id FROM commandBodies "
                                    "WHERE open = 0 AND endedAt < ? LIMIT ?)");
    if (!query)
        return query.error();
    return m_database.transaction([&] { return query->with(endedBefore.ms, forgottenAtOnce).run(); });
}

Outcome SqliteCommandJournal::putToSleep()
{
    return m_database.execute("UPDATE commands SET phase = " + std::to_string(asleep) + " WHERE phase IN ("
                              + std::to_string(received) + ", " + std::to_string(dispatched)
                              + ") AND key IN (SELECT key FROM commandBodies WHERE open = 1)");
}

} // namespace Counterfoil

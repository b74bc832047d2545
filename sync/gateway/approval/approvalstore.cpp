#include "approvalstore.h"

#include "codec.h"
#include "commandcodec.h"
#include "status.h"

namespace Counterfoil {

namespace {

constexpr const char *approvalSchema = R"(
CREATE TABLE state(epoch TEXT NOT NULL, last INTEGER NOT NULL, number INTEGER NOT NULL);
INSERT INTO state VALUES('', 0, 0);
CREATE TABLE records(
    kind TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, cart TEXT, change TEXT NOT NULL,
    PRIMARY KEY(kind, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX recordsBySequence ON records(seq);
CREATE UNIQUE INDEX waitingByCart ON records(cart) WHERE cart IS NOT NULL;
CREATE TABLE wishes(approval TEXT PRIMARY KEY, command TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE attempts(
    command TEXT PRIMARY KEY, approval TEXT NOT NULL, person TEXT NOT NULL, comment TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE effects(command TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
)";

struct StatusWords
{
    const char *code;
    const char *label;
    const char *tone;
    const char *symbol;
};

constexpr StatusWords approvalStates[] = {
    {"waiting", "Waiting", "warn", "◷"},    {"approved", "Approved", "ok", "✓"},
    {"refused", "Refused", "bad", "✕"},     {"withdrawn", "Taken back", "neutral", "↩"},
    {"returned", "Came back", "warn", "!"},
};

} // namespace

Result<ApprovalStore> ApprovalStore::open(const QString &path, Random &random, Instant now)
{
    using Sqlite::Database;
    auto database = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Full);
    if (!database)
        return database.error();
    ApprovalStore store(*std::move(database));
    const std::string scripts[] = {approvalSchema};
    if (const auto done = store.m_database.migrate(scripts); !done)
        return done.error();
    if (const auto done = store.prepare(random, now); !done)
        return done.error();
    return store;
}

// A new file begins a history, with the words for the states of what will be in it.
Outcome ApprovalStore::prepare(Random &random, Instant now)
{
    return m_database.transaction([&]() -> Outcome {
        auto known = m_database.prepare("SELECT epoch FROM state");
        if (!known)
            return known.error();
        if (const auto row = known->step(); !row)
            return row.error();
        m_epoch = known->text(0);
        known->reset();
        if (!m_epoch.empty())
            return Done();
        m_epoch = random.uuid();
        auto begin = m_database.prepare("UPDATE state SET epoch = ?");
        if (!begin)
            return begin.error();
        if (const auto done = begin->with(m_epoch).run(); !done)
            return done;
        std::int64_t position = 0;
        for (const StatusWords &each : approvalStates) {
            const std::string subject(Approval::type.name);
            const auto status = std::make_shared<Status>(Status{subject + '/' + each.code,
                                                                {},
                                                                subject,
                                                                each.code,
                                                                each.label,
                                                                each.tone,
                                                                each.symbol,
                                                                ++position});
            if (const auto done = putRecord(Status::type, status->key, {}, {}, AnyRecord(status), now); !done)
                return done;
        }
        return Done();
    });
}

Result<std::int64_t> ApprovalStore::last()
{
    return m_database.integer("SELECT last FROM state");
}

Result<std::vector<Change>> ApprovalStore::changesAfter(std::int64_t sequence, int limit)
{
    auto select = m_database.prepare("SELECT change FROM records WHERE seq > ? ORDER BY seq LIMIT ?");
    if (!select)
        return select.error();
    std::vector<Change> changes;
    const auto done = select->with(sequence, limit).forEachRow([&](const Sqlite::Statement &row) -> Outcome {
        auto change = decodeChange(row.text(0));
        if (!change)
            return change.error();
        changes.push_back(*std::move(change));
        return Done();
    });
    if (!done)
        return done.error();
    return changes;
}

Result<std::optional<Approval>> ApprovalStore::read(const char *sql, const std::string &key)
{
    auto select = m_database.prepare(sql);
    if (!select)
        return select.error();
    const auto row = select->with(key).step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<Approval>();
    const auto change = decodeChange(select->text(0));
    if (!change)
        return change.error();
    return std::optional(*change->record.as<Approval>());
}

Result<std::optional<Approval>> ApprovalStore::find(const std::string &key)
{
    return read("SELECT change FROM records WHERE kind = 'approval' AND key = ?", key);
}

Result<std::optional<Approval>> ApprovalStore::waitingFor(const std::string &cart)
{
    return read("SELECT change FROM records WHERE cart = ?", cart);
}

Result<std::int64_t> ApprovalStore::nextNumber()
{
    return m_database.integer("SELECT number + 1 FROM state");
}

Outcome ApprovalStore::begin(const Attempt &attempt)
{
    auto insert = m_database.prepare("INSERT OR REPLACE INTO attempts VALUES(?, ?, ?, ?)");
    if (!insert)
        return insert.error();
    return m_database.transaction([&] {
        return insert->with(attempt.command, attempt.approval, attempt.person, attempt.comment).run();
    });
}

Result<std::optional<ApprovalStore::Attempt>> ApprovalStore::attempt(const std::string &command)
{
    auto select = m_database.prepare("SELECT approval, person, comment FROM attempts WHERE command = ?");
    if (!select)
        return select.error();
    const auto row = select->with(command).step();
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<Attempt>();
    return std::optional(Attempt{command, std::string(select->text(0)), std::string(select->text(1)),
                                 std::string(select->text(2))});
}

Outcome ApprovalStore::put(const Approval &approval, const std::string &command, const std::string &target,
                           Instant now)
{
    return m_database.transaction([&] { return write(approval, command, target, now); });
}

Outcome ApprovalStore::add(const Approval &approval, const Command &wish, Instant now)
{
    auto insert = m_database.prepare("INSERT INTO wishes VALUES(?, ?)");
    if (!insert)
        return insert.error();
    return m_database.transaction([&]() -> Outcome {
        if (const auto done = m_database.execute("UPDATE state SET number = number + 1"); !done)
            return done;
        const std::string text = encodeCommand(wish);
        if (const auto done = insert->with(approval.key, text).run(); !done)
            return done;
        return write(approval, wish.key, wish.target, now);
    });
}

Result<Command> ApprovalStore::wishOf(const std::string &approval)
{
    auto select = m_database.prepare("SELECT command FROM wishes WHERE approval = ?");
    if (!select)
        return select.error();
    const auto row = select->with(approval).step();
    if (!row)
        return row.error();
    if (!*row)
        return Error{ErrorKind::Storage, {}, QStringLiteral("an approval without its wish")};
    return decodeCommand(select->text(0));
}

Outcome ApprovalStore::write(const Approval &approval, const std::string &command, const std::string &target,
                             Instant now)
{
    if (const auto done = putRecord(Approval::type, approval.key, approval.account,
                                    approval.open ? approval.cart : std::string(),
                                    AnyRecord(std::make_shared<Approval>(approval)), now);
        !done)
        return done;
    auto effect = m_database.prepare("INSERT OR REPLACE INTO effects VALUES(?, ?)");
    return effect ? effect->with(command, target).run() : Outcome(effect.error());
}

Outcome ApprovalStore::putRecord(const RecordType &kind, const std::string &key, const std::string &account,
                                 const std::string &cart, AnyRecord record, Instant now)
{
    const auto sequence = m_database.integer("UPDATE state SET last = last + 1 RETURNING last");
    if (!sequence)
        return sequence.error();
    Change change;
    change.kind = &kind;
    change.key = key;
    change.account = account;
    change.version = *sequence;
    change.time = now;
    change.record = std::move(record);
    auto insert = m_database.prepare("INSERT OR REPLACE INTO records VALUES(?, ?, ?, ?, ?)");
    if (!insert)
        return insert.error();
    const std::string text = encodeChange(change);
    insert->bind(1, kind.name).bind(2, key).bind(3, *sequence).bind(5, text);
    if (cart.empty())
        insert->bindNull(4);
    else
        insert->bind(4, cart);
    return insert->run();
}

Result<std::optional<std::string>> ApprovalStore::effectOf(const std::string &command)
{
    auto select = m_database.prepare("SELECT target FROM effects WHERE command = ?");
    if (!select)
        return select.error();
    const auto row = select->with(command).step();
    if (!row)
        return row.error();
    return *row ? std::optional(std::string(select->text(0))) : std::optional<std::string>();
}

} // namespace Counterfoil

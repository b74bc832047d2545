#include "disklives.h"

#include "address.h"
#include "database.h"
#include "gatewayschema.h"
#include "kinds.h"
#include "order.h"
#include "randomrecord.h"
#include "schema.h"
#include "world.h"

#include <QFile>
#include <QTemporaryDir>

namespace Counterfoil {

namespace {

using Sqlite::Database;
using Step = DiskLife::Step;

constexpr Instant now{1'700'000'100'000};
constexpr char mine[] = "account-a";
constexpr char theirs[] = "account-that-goes";

template <class T> Outcome outcomeOf(const Result<T> &result)
{
    return result ? Outcome(Done()) : Outcome(result.error());
}

template <class T> Outcome keep(Result<std::unique_ptr<T>> opened, std::unique_ptr<T> &kept)
{
    if (!opened)
        return opened.error();
    kept = *std::move(opened);
    return Done();
}

// The newest versions last.
std::vector<Change> changes(const std::string &account, int first, int count)
{
    std::vector<Change> all;
    for (int i = first; i < first + count; ++i) {
        SeededRandom random(static_cast<std::uint64_t>(i));
        all.push_back(randomChange(Order::type, "k" + std::to_string(i), account, i, random));
        all.back().version = i;
    }
    return all;
}

MemoryDisk::Image imageAfter(const std::function<Outcome(const QString &)> &work)
{
    const MemoryDisk disk(QStringLiteral("/nowhere/before"));
    if (const auto done = work(disk.path(OpenedFile::name())); !done)
        qFatal("what was before cannot be made: %s", qUtf8Printable(done.error().detail));
    return disk.image();
}

Outcome openCache(OpenedFile &file)
{
    return keep(CacheWriter::open(file.path, MemoryDisk::vfs), file.cache);
}

Step apply(const std::string &account, int first, int count)
{
    return [=, all = changes(account, first, count)](OpenedFile &file) {
        return outcomeOf(file.cache->applyChanges(all, "c" + std::to_string(first), first));
    };
}

Step fill(int first, int count)
{
    return [page = FillPage{&Order::type, changes(mine, first, count), "n", true, count}](OpenedFile &file) {
        return outcomeOf(file.cache->applyFillPage(page));
    };
}

Outcome finishFill(OpenedFile &file)
{
    return outcomeOf(file.cache->finishFill());
}

} // namespace

void OpenedFile::close()
{
    cache.reset();
    outbox.reset();
    store.reset();
    erp.reset();
}

DiskLife cacheBirth()
{
    DiskLife life;
    life.synced = false;
    life.migrations.assign(Schema::migrations().begin(), Schema::migrations().end());
    life.steps = {openCache, [](OpenedFile &file) { return file.cache->beginFill({"order"}, "c0", {}); },
                  fill(1, 2), finishFill};
    return life;
}

DiskLife cacheLife()
{
    DiskLife life;
    life.synced = false;
    life.migrations.assign(Schema::migrations().begin(), Schema::migrations().end());
    life.gone = theirs;
    life.before = imageAfter([](const QString &path) -> Outcome {
        const auto cache = CacheWriter::open(path, MemoryDisk::vfs);
        return cache ? outcomeOf((*cache)->applyChanges(changes(mine, 1, 4), "c0", 1)) : cache.error();
    });
    life.steps
        = {openCache, apply(theirs, 3, 4),
           [](OpenedFile &file) { return outcomeOf(file.cache->purge({theirs})); }, apply(mine, 20, 2)};
    return life;
}

DiskLife cacheMigration()
{
    DiskLife life;
    life.synced = false;
    life.migrations.assign(Schema::migrations().begin(), Schema::migrations().end());
    life.before = imageAfter([](const QString &path) -> Outcome {
        static const std::vector<Field> fewer(Order::type.fields.begin(), Order::type.fields.begin() + 7);
        static const RecordType order{"order", "orders", fewer, Order::type.create};
        static const RecordType gone{"gone", "gones", fewer, Order::type.create};
        auto database = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Normal, 0,
                                       MemoryDisk::vfs);
        if (!database)
            return database.error();
        std::vector<const RecordType *> kinds{&gone};
        for (const RecordType *kind : allKinds().first(allKinds().size() - 1))
            kinds.push_back(kind == &Order::type ? &order : kind);
        if (const auto done = Schema::bringUpToDate(*database, kinds); !done)
            return done;
        const auto rows = database->execute(
            "INSERT INTO gones(key, account, number, poReference, placedAt, placedBy, status, "
            "_version, _seq, _time, _fill) VALUES('x', 'y', '', '', 0, '', '', 1, 1, 1, 1); "
            "INSERT INTO orders SELECT * FROM gones; "
            "CREATE TABLE known AS SELECT name, plural, layout FROM kinds; "
            "DROP TABLE sync; DROP TABLE kinds; DROP TABLE fills; DROP TABLE toldPrices");
        const auto first = rows ? database->execute(Schema::migrations()[0]) : rows;
        return first ? database->execute("INSERT INTO kinds(name, plural, layout) SELECT * FROM known; "
                                         "DROP TABLE known; PRAGMA user_version=1")
                     : first;
    });
    life.steps = {openCache, apply(mine, 1, 2)};
    return life;
}

namespace {

Command wish(int number, const std::string &account)
{
    Address address;
    address.name = "Dock " + std::to_string(number) + " of " + account;
    address.account = account;
    Command command;
    command.key = "00000000-0000-4000-8000-00000000000" + std::to_string(number);
    command.verb = "save";
    command.kind = &Address::type;
    command.account = account;
    command.madeAt = now;
    command.record = AnyRecord(std::make_shared<Address>(address));
    return command;
}

Step submit(int number, const std::string &account)
{
    return [=](OpenedFile &file) { return file.outbox->submit(wish(number, account)); };
}

Step told(int number, CommandOutcome::State state)
{
    return [=](OpenedFile &file) {
        CommandOutcome outcome;
        outcome.command = wish(number, mine).key;
        outcome.state = state;
        outcome.effectSeq = 7;
        outcome.target = "t";
        return file.outbox->told(outcome, now);
    };
}

} // namespace

DiskLife outboxLife()
{
    DiskLife life;
    life.gone = theirs;
    life.steps
        = {[](OpenedFile &file) { return keep(OutboxFile::open(file.path, MemoryDisk::vfs), file.outbox); },
           submit(1, mine),
           submit(2, mine),
           submit(3, theirs),
           [](OpenedFile &file) { return file.outbox->willSend(wish(1, mine).key, now); },
           told(1, CommandOutcome::State::Received),
           told(1, CommandOutcome::State::Applied),
           [](OpenedFile &file) { return file.outbox->cancel(wish(2, mine).key, now); },
           [](OpenedFile &file) { return file.outbox->withdraw({theirs}, now); },
           submit(4, mine)};
    return life;
}

namespace {

Outcome openStore(OpenedFile &file)
{
    file.random = SeededRandom(1); // the epoch is the same whenever it is made
    return keep(SqliteGatewayStore::open(file.path, file.random, MemoryDisk::vfs), file.store);
}

Step commit(int first, int count, const char *position)
{
    return [batch = ErpBatch{changes(mine, first, count), position, false}](OpenedFile &file) {
        return outcomeOf(file.store->commit(batch, now, now));
    };
}

User somebody()
{
    User user;
    user.name = "pat";
    user.role = "buyer";
    user.accounts = {mine};
    return user;
}

} // namespace

DiskLife storeLife()
{
    JournalEntry entry;
    entry.key = "k1";
    entry.person = "pat";
    entry.account = mine;
    entry.digest = "d";
    JournalEntry ended = entry;
    ended.phase = JournalEntry::Phase::Applied;
    ended.target = "t";
    DiskLife life;
    life.migrations = gatewaySchema();
    life.steps = {openStore,
                  commit(1, 5, "p1"),
                  [](OpenedFile &file) { return file.store->people().putUser(somebody()); },
                  [=](OpenedFile &file) { return file.store->journal().receive(entry, "{}"); },
                  [=](OpenedFile &file) { return file.store->journal().dispatch(entry.key); },
                  [=](OpenedFile &file) { return file.store->journal().finish(ended, "{}", now); },
                  commit(4, 4, "p2"),
                  [=](OpenedFile &file) { return file.store->journal().settle({entry.key}, 9); },
                  [](OpenedFile &file) {
                      return file.store->trim({2, 1'000'000'000, 100}, now);
                  },
                  [](OpenedFile &file) {
                      file.random = SeededRandom(2);
                      return file.store->restored();
                  }};
    return life;
}

DiskLife storeMigration(std::size_t schemas)
{
    DiskLife life;
    life.before = imageAfter([=](const QString &path) -> Outcome {
        const auto all = gatewaySchema();
        auto database
            = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Full, 0, MemoryDisk::vfs);
        if (!database)
            return database.error();
        const auto done = database->migrate(std::span(all).first(schemas));
        return done
            ? database->execute("UPDATE state SET epoch = 'e', last = 1; "
                                "INSERT INTO log VALUES(1, 'order', 'k', 'account-a', NULL, 1, 1, 0, 1); "
                                "INSERT INTO projection VALUES(1, 'order', 'k', 'account-a', 1, 1, 1, '{}')")
            : done;
    });
    life.migrations = gatewaySchema();
    life.steps = {openStore, commit(1, 2, "p1")};
    return life;
}

namespace {

// A company has to be there before it can be opened on the disk in memory.
MemoryDisk::Image company(const SandboxSettings &settings, const Clock &clock, Address &one)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(OpenedFile::name());
    {
        const auto erp = SandboxErp::open(path, settings, clock);
        const auto batch = erp ? (*erp)->changesAfter({}, 10'000) : Result<ErpBatch>(erp.error());
        if (!batch)
            qFatal("the sandbox cannot be made: %s", qUtf8Printable(batch.error().detail));
        for (const Change &change : batch->changes) {
            const auto *address = change.record.as<Address>();
            if (address && address->current)
                one = *address;
        }
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || one.key.empty())
        qFatal("the sandbox cannot be read");
    const QByteArray bytes = file.readAll();
    return {{OpenedFile::name().toStdString(), {bytes.begin(), bytes.end()}}};
}

} // namespace

DiskLife erpLife()
{
    static const World clock(1);
    SandboxSettings settings;
    settings.scale = 0;
    Address one;
    DiskLife life;
    life.before = company(settings, clock, one);
    settings.vfs = MemoryDisk::vfs;
    Address other = one;
    other.name = "Dock 4";
    Command add = wish(1, one.account);
    add.record = AnyRecord(std::make_shared<Address>(other));
    Command edit = wish(2, one.account);
    edit.target = one.key;
    edit.base = AnyRecord(std::make_shared<Address>(one));
    edit.record = AnyRecord(std::make_shared<Address>(other));
    const auto execute = [](const Command &command) {
        return [=](OpenedFile &file) {
            const auto effect = file.erp->execute(command, "pat");
            return effect && effect->verdict != CommandEffect::Verdict::Applied
                ? Outcome(Error{ErrorKind::Conflict, {}, QStringLiteral("not done")})
                : outcomeOf(effect);
        };
    };
    life.steps
        = {[=](OpenedFile &file) { return keep(SandboxErp::open(file.path, settings, clock), file.erp); },
           execute(add), execute(edit),
           [=](OpenedFile &file) { return file.erp->editAddress(one, clock.now()); }};
    return life;
}

} // namespace Counterfoil

#include "simclient.h"

#include "database.h"
#include "kinds.h"
#include "schema.h"
#include "storework.h"
#include "tuning.h"

namespace Counterfoil {

namespace {

const QString cacheFile = QStringLiteral("cache.sqlite");

// A cache as a new one is, made once: that takes longer than a whole schedule.
const MemoryDisk::Image &freshProfile()
{
    static const MemoryDisk::Image image = [] {
        MemoryDisk disk(QStringLiteral("/simulated/freshclient"));
        disk.layOut(cacheFile);
        disk.layOut(SimClient::outboxFile());
        if (const auto cache = CacheWriter::open(disk.path(cacheFile)); !cache)
            qFatal("the cache cannot be made: %s", qUtf8Printable(cache.error().detail));
        if (const auto outbox = OutboxFile::open(disk.path(SimClient::outboxFile())); !outbox)
            qFatal("the outbox cannot be made: %s", qUtf8Printable(outbox.error().detail));
        return disk.image();
    }();
    return image;
}

} // namespace

SimClient::SimClient(World &world, const Faults &faults, SimGateway &gateway, ClientWitness &witness,
                     std::size_t number)
    : m_world(world)
    , m_faults(faults)
    , m_gateway(gateway)
    , m_witness(witness)
    , m_number(number)
    , m_user("person" + std::to_string(number))
    , m_name("client " + std::to_string(number))
    , m_disk(QStringLiteral("/simulated/client%1").arg(number))
    , m_clock(world)
    , m_bootOffset(world.between(0, 1'000'000'000))
{
    m_disk.restore(freshProfile());
}

Now SimClient::now() const
{
    return {{m_world.ms() + m_bootOffset}, m_clock.now()};
}

std::optional<std::int64_t> SimClient::provenAt() const
{
    return m_status.provenAt ? std::optional(m_status.provenAt->ms - m_bootOffset) : std::nullopt;
}

CacheReader &SimClient::reader()
{
    if (!m_reader)
        m_reader = std::make_unique<CacheReader>(m_disk.path(cacheFile));
    return *m_reader;
}

void SimClient::start()
{
    if (m_engine)
        return;
    ++m_life;
    m_asleep = false;
    m_onWaking.clear();
    m_world.note(m_name, "starts");
    m_engine = std::make_unique<Engine>(m_world.random);
    m_sender = std::make_unique<CommandSender>(m_world.random);
    m_senderBearer.clear();
    if (m_person.user.isEmpty()) {
        signInLater();
        return;
    }
    openOutbox();
    if (isUp())
        run(m_engine->resume(now(), m_person, m_token, m_asOf));
}

void SimClient::die(bool powerLost)
{
    if (!m_engine)
        return;
    m_world.goesWrong(powerLost ? Fault::PowerLoss : Fault::ClientCrash, m_name);
    if (powerLost)
        m_disk.losePower(m_world.random);
    else
        m_disk.kill();
    stop();
    // What was handed to the key store a moment ago may not have got there.
    if (m_world.ms() - m_tokenSavedAt < 50 && m_world.chance(0.5))
        m_token = m_earlierToken;
    m_world.after(m_world.between(100, 15'000), [this] { start(); });
}

void SimClient::stop()
{
    if (!m_engine)
        return;
    cutSocket(true);
    ++m_life;
    m_dieAfter = -1;
    m_engine.reset();
    m_sender.reset();
    m_reader.reset();
    m_cache.reset();
    m_outbox.reset();
    m_status = SyncStatus();
}

void SimClient::dieSoon()
{
    const std::int64_t operations = m_world.between(0, 40);
    m_disk.troubleAt(operations,
                     m_world.chance(0.3) ? MemoryDisk::Trouble::DiesTorn : MemoryDisk::Trouble::Dies);
    m_dieAfter = m_disk.operations() + operations;
}

bool SimClient::survived()
{
    if (!isUp())
        return false;
    const bool now = m_dieAfter >= 0 && m_disk.operations() == m_dieAfter && m_world.chance(0.5);
    if (!m_disk.isDead() && !now)
        return true;
    die(m_world.chance(0.3));
    return false;
}

void SimClient::openFilesOnce()
{
    const auto cache = CacheWriter::open(m_disk.path(cacheFile));
    const auto outbox = OutboxFile::open(m_disk.path(outboxFile()));
    if (!cache || !outbox)
        m_world.note(m_name, "cannot open its files");
}

void SimClient::forgetKind()
{
    if (isUp())
        return;
    const auto all = allKinds();
    std::vector<const RecordType *> kinds(all.begin(), all.end());
    const auto unknown = kinds.begin() + static_cast<std::ptrdiff_t>(m_world.random.below(kinds.size()));
    const std::string_view name = (*unknown)->name;
    kinds.erase(unknown);
    auto database = Sqlite::Database::open(m_disk.path(cacheFile), Sqlite::Database::Mode::ReadWrite);
    if (database && Schema::bringUpToDate(*database, kinds)) // unless the disk is full
        m_world.goesWrong(Fault::Upgrade, m_name, name);
}

void SimClient::later(std::int64_t ms, std::function<void()> what)
{
    m_world.after(ms, [this, life = m_life, what = std::move(what)] {
        if (!alive(life))
            return;
        if (m_asleep)
            m_onWaking.push_back(what);
        else
            what();
    });
}

void SimClient::run(Effects effects)
{
    if (!survived())
        return;
    for (const Effect &effect : effects) {
        std::visit([this](const auto &what) { perform(what); }, effect);
        if (!isUp())
            return;
    }
    if (const std::string bearer = m_engine->provenBearer(); m_senderBearer != bearer) {
        m_senderBearer = bearer;
        runSender(m_sender->tokenChanged(now(), m_senderBearer));
    }
}

void SimClient::perform(const SendRequest &effect)
{
    send(effect, [this, id = effect.id](const Result<HttpAnswer> &answer) {
        run(m_engine->replied(now(), id, answer));
    });
}

void SimClient::perform(const StartTimer &effect)
{
    const std::uint64_t run = ++m_timers[effect.id];
    later(effect.inMs, [this, id = effect.id, run] {
        if (m_timers[id] == run)
            this->run(m_engine->timerFired(now(), id));
    });
}

void SimClient::perform(const StoreWork &effect)
{
    const auto result = doStoreWork(effect);
    if (!survived())
        return;
    // The work is done on another thread: it stands, even when the client dies before it hears of it.
    later(m_world.between(0, 20), [this, result] { run(m_engine->stored(now(), result)); });
}

Result<StoredState> SimClient::doStoreWork(const StoreWork &work)
{
    static constexpr ErrorKind kinds[]
        = {ErrorKind::StorageLocked, ErrorKind::StorageFull, ErrorKind::StorageReadOnly,
           ErrorKind::StorageCorrupt, ErrorKind::Storage};
    const auto broken = [this] { return scripted(kinds[m_world.random.below(std::size(kinds))]); };
    if (!m_cache) {
        auto cache = CacheWriter::open(m_disk.path(cacheFile));
        if (!cache)
            return cache.error();
        m_cache = *std::move(cache);
    }
    const bool write = !std::holds_alternative<LoadState>(work);
    if ((write && m_storeWrites++ == failStoreWrite) || m_world.chance(m_faults.storeFails))
        return broken();
    if (const auto done = withdraw(work); !done)
        return done.error();
    auto done = carryOut(*m_cache, work);
    if (m_disk.isDead())
        return scripted(ErrorKind::Storage);
    if (!done) {
        m_world.note(m_name, "cannot store", done.error().detail.toStdString());
        return done.error();
    }
    if (write)
        tellWitness(work);
    if (m_world.chance(m_faults.storeFailsAfter))
        return broken();
    return std::move(done->state);
}

// What the outbox has of accounts that are lost goes before their rows.
Outcome SimClient::withdraw(const StoreWork &work)
{
    const auto *purge = std::get_if<Purge>(&work);
    const auto *everything = std::get_if<PurgeEverything>(&work);
    if (!purge && !everything)
        return Done();
    const bool all = everything && everything->ended;
    const std::vector<std::string> &accounts = purge ? purge->accounts : everything->lost;
    m_world.note(m_name, purge ? "purges" : "purges everything");
    m_witness.withdrawing(*this, accounts, all);
    return changeOutbox([&](OutboxFile &file) {
        return all ? file.withdrawEverything(m_clock.now()) : file.withdraw(accounts, m_clock.now());
    });
}

void SimClient::tellWitness(const StoreWork &work)
{
    static constexpr const char *names[]
        = {"",           "stores changes", "begins a fill", "stores a page", "ends a fill",
           "has purged", "has purged all"};
    m_world.note(m_name, names[work.index()]);
    m_witness.cacheChanged(*this);
    if (const auto *purge = std::get_if<Purge>(&work))
        m_witness.purged(*this, purge->accounts);
    else if (const auto *everything = std::get_if<PurgeEverything>(&work))
        m_witness.purged(*this, everything->lost);
}

void SimClient::perform(const SaveTokens &effect)
{
    m_earlierToken = std::exchange(m_token, effect.refreshToken);
    m_tokenSavedAt = m_world.ms();
}

void SimClient::perform(const Publish &effect)
{
    constexpr std::int64_t saveEveryMs = 60'000;
    m_status = effect.status;
    if (m_status.mode != SyncStatus::Mode::SignedOut && m_world.ms() - m_asOfSavedAt >= saveEveryMs) {
        m_asOf = std::exchange(m_asOfToSave, m_status.asOf);
        m_asOfSavedAt = m_world.ms();
    }
    m_witness.published(*this);
    runSender(m_sender->statusChanged(now(), m_status));
}

void SimClient::perform(const TellScope &effect)
{
    m_world.note(m_name, effect.change.ended ? "is told that access has ended" : "is told of another scope");
}

// As the program does: until it is done nothing is sent.
void SimClient::perform(const WithdrawUnseen &effect)
{
    runSender(m_sender->purging(now()));
    const auto unseen = unseenAccounts(reader(), entries());
    Outcome done = unseen ? Outcome(Done()) : unseen.error();
    if (unseen && !unseen->empty()) {
        m_world.note(m_name, "withdraws what belongs to accounts unseen");
        m_witness.withdrawing(*this, *unseen, false);
        done = changeOutbox([&](OutboxFile &file) { return file.withdraw(*unseen, m_clock.now()); });
    }
    if (!survived())
        return;
    if (done && hasOutbox())
        runSender(m_sender->purged(now()));
    else
        later(Tuning::outboxRetryMs, [this, effect] { perform(effect); });
}

void SimClient::perform(const AskOutcomes &effect)
{
    runSender(m_sender->nudged(now(), effect));
}

void SimClient::perform(const SignedIn &effect)
{
    m_person = effect.person;
    if (!m_outbox)
        openOutbox();
}

void SimClient::perform(const SignInFailed &)
{
    if (m_token.empty())
        signInLater();
}

void SimClient::perform(const SignInNeeded &)
{
    signInLater();
}

void SimClient::signInLater()
{
    later(m_world.chance(0.1) ? m_world.between(200, 60'000) : m_world.between(100, 1'500), [this] {
        if (m_status.mode == SyncStatus::Mode::SignedOut)
            run(m_engine->signIn(now(), m_user, SimGateway::password, "simulated"));
    });
}

void SimClient::sleep(std::int64_t ms)
{
    if (!m_engine || m_asleep)
        return;
    m_world.goesWrong(Fault::Sleep, m_name);
    m_asleep = true;
    m_world.after(ms, [this, life = m_life] {
        if (!alive(life))
            return;
        m_asleep = false;
        while (!m_onWaking.empty() && alive(life)) {
            const auto what = std::move(m_onWaking.front());
            m_onWaking.pop_front();
            what();
        }
        if (alive(life))
            run(m_engine->woke(now()));
    });
}

} // namespace Counterfoil

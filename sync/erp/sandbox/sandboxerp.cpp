#include "sandboxerp.h"

#include "history.h"
#include "issuing.h"
#include "kinds.h"
#include "sandboxprivate.h"
#include "sandboxtext.h"

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

using Sandbox::Books;

// At speed 1: a company day in a minute of the wall clock, and this many changes a second.
constexpr double companyPace = 1'440;
constexpr double changesAtSpeedOne = 2;
constexpr double mostChangesPerSecond = 5'000;
constexpr double leastChangesPerSecond = 0.001;
constexpr int largestBatch = 10'000;
constexpr int busyMs = 2'000;
constexpr std::int64_t largestScale = 1'000'000;

Error otherHistory(const QString &position)
{
    return {ErrorKind::NotFound,
            SandboxText::tr("The ERP holds another history than before. Everything has to be fetched anew."),
            position};
}

Error otherVersion()
{
    return {ErrorKind::Storage,
            SandboxText::tr(
                "The sandbox's data file was made by another version of Counterfoil. Move it away; a new "
                "company is then made in its place."),
            {}};
}

double paceOf(const SandboxSettings &settings)
{
    return companyPace * std::clamp(settings.speed, 0.001, 1'000.0);
}

double changesPerSecondOf(const SandboxSettings &settings)
{
    const double wanted
        = settings.changesPerSecond > 0 ? settings.changesPerSecond : changesAtSpeedOne * settings.speed;
    return std::clamp(wanted, leastChangesPerSecond, mostChangesPerSecond);
}

template <class Number = std::int64_t> std::optional<Number> numberIn(std::string_view text)
{
    Number number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size() || number < Number{0})
        return std::nullopt;
    return number;
}

} // namespace

Outcome SandboxErp::Private::start(Instant now)
{
    books = std::make_unique<Books>(writing);
    if (books->integer("SELECT count(*) FROM sqlite_master WHERE name='meta'") == 0) {
        if (auto outcome = books->outcome(); !outcome)
            return outcome;
        return otherVersion();
    }
    const auto seed = numberIn<std::uint64_t>(books->meta("seed"));
    const auto scale = numberIn(books->meta("scale"));
    const auto companyNow = numberIn(books->meta("companyNow"));
    const auto lastWall = numberIn(books->meta("wallNow"));
    if (auto outcome = books->outcome(); !outcome)
        return outcome;
    if (!seed || !scale || *scale > largestScale || !companyNow)
        return otherVersion();
    company = std::make_unique<Sandbox::Company>(*seed, *scale);
    if (books->meta("madeBy") != Sandbox::madeBy(*company))
        return otherVersion();
    epoch = books->meta("madeBy") + '.' + books->meta("founded");
    settings.seed = *seed;
    settings.scale = *scale;
    if (auto outcome = books->outcome(); !outcome)
        return outcome;
    // A wall clock that was set back a little must not date events before those they follow; one that
    // was far ahead must not stop the company for as long.
    constexpr std::int64_t longestWaitMs = 3'600'000;
    const std::int64_t aheadMs = lastWall ? *lastWall - now.ms : 0;
    lastSeen = {aheadMs > 0 && aheadMs <= longestWaitMs ? *lastWall : now.ms};
    clock = {*companyNow, lastSeen.ms, paceOf(settings)};
    return loadSimulation();
}

Outcome SandboxErp::Private::loadSimulation()
{
    simulation.reset();
    books = std::make_unique<Books>(writing);
    const double perDay
        = changesPerSecondOf(settings) / Sandbox::changesPerOrder * msPerDay / 1'000 / clock.pace;
    const auto ordersPerDay = std::max(
        {static_cast<std::int64_t>(perDay), settings.scale / Sandbox::historyDays, std::int64_t{1}});
    auto loaded = std::make_unique<Sandbox::Simulation>(*books, *company, clock, ordersPerDay);
    loaded->load();
    if (auto outcome = books->outcome(); !outcome)
        return outcome;
    simulation = std::move(loaded);
    return Done();
}

std::int64_t SandboxErp::Private::checkAt(std::int64_t check) const
{
    const double interval = 1'000 / changesPerSecondOf(settings) * clock.pace;
    return clock.companyBase + static_cast<std::int64_t>(static_cast<double>(check) * interval);
}

// After a burst it is never quiet for longer than this, however large the burst was.
std::int64_t SandboxErp::Private::mostAhead() const
{
    constexpr double longestLullSeconds = 3;
    return static_cast<std::int64_t>(changesPerSecondOf(settings) * longestLullSeconds);
}

Outcome SandboxErp::Private::takeSteps(std::int64_t until, Advance &result)
{
    const std::int64_t before = books->posted();
    std::int64_t counted = before;
    std::int64_t check = checks;
    std::int64_t ahead = aheadOfRate;
    int steps = 0;
    while (steps < maxSteps) {
        const std::int64_t nextCheck = checkAt(check + 1);
        if (std::min(nextCheck, simulation->nextAt()) > until)
            break;
        if (simulation->nextAt() < nextCheck) {
            simulation->step();
            ++steps;
            continue;
        }
        // Orders come in at a steady rate; more of them when too little else happens.
        ++check;
        ahead = std::min(ahead + books->posted() - std::exchange(counted, books->posted()) - 1, mostAhead());
        if (ahead < 0 || check % Sandbox::changesPerOrder == 0) {
            simulation->place(nextCheck);
            ++steps;
        }
    }
    if (steps > 0)
        simulation->saveCounters();
    if (auto outcome = books->outcome(); !outcome)
        return outcome;
    checks = check;
    aheadOfRate = ahead + books->posted() - counted;
    result.more = steps == maxSteps;
    result.changes = books->posted() - before;
    result.nextAt = clock.wall(std::min(checkAt(check + 1), simulation->nextAt()));
    return Done();
}

Outcome SandboxErp::Private::readBatch(std::int64_t after, int limit, ErpBatch &batch)
{
    struct Entry
    {
        std::int64_t position;
        std::size_t kind;
        std::int64_t record;
        std::int64_t version;
        std::int64_t at;
    };
    std::vector<Entry> entries;
    readBooks->each("SELECT position, kind, record, version, at FROM changes WHERE position>"
                        + std::to_string(after) + " ORDER BY position LIMIT " + std::to_string(limit + 1),
                    [&entries](const Sqlite::Statement &row) {
                        entries.push_back({row.integer(0), static_cast<std::size_t>(row.integer(1)),
                                           row.integer(2), row.integer(3), row.integer(4)});
                    });
    batch.more = entries.size() > static_cast<std::size_t>(limit);
    if (batch.more)
        entries.pop_back();
    for (const Entry &entry : entries) {
        const RecordType &kind = *allKinds()[entry.kind];
        Change change;
        change.kind = &kind;
        change.version = entry.version;
        change.time = {entry.at};
        change.record = AnyRecord(kind);
        readBooks->read(kind, entry.record, change.record.data());
        change.key = kind.findFlag(Key)->in<std::string>(std::as_const(change.record).data());
        change.account = kind.findFlag(AccountKey)->in<std::string>(std::as_const(change.record).data());
        batch.changes.push_back(std::move(change));
    }
    batch.position = epoch + ':' + std::to_string(entries.empty() ? after : entries.back().position);
    // Beyond the end: the file was set back, by a backup or a power cut.
    if (entries.empty() && after > readBooks->integer("SELECT max(position) FROM changes"))
        return otherHistory(QString::fromStdString(batch.position));
    return readBooks->outcome();
}

void SandboxErp::Private::notify()
{
    const std::lock_guard lock(callbackTurn);
    if (callback)
        callback();
}

SandboxErp::SandboxErp(std::unique_ptr<Private> state)
    : d(std::move(state))
{ }

SandboxErp::~SandboxErp() = default;

Result<std::unique_ptr<SandboxErp>> SandboxErp::open(const QString &path, const SandboxSettings &settings,
                                                     const Clock &clock,
                                                     const SandboxProgressCallback &progress)
{
    if (settings.scale < 0 || settings.scale > largestScale) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("The sandbox's scale must be from 0 to 1,000,000 orders."),
                     QString::number(settings.scale)};
    }
    if (!(settings.speed > 0) || settings.speed > 1'000) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("The sandbox's speed must be above 0 and at most 1,000."),
                     QString::number(settings.speed)};
    }
    const Instant now = clock.now();
    if (settings.vfs.empty()) {
        if (auto made = Sandbox::makeIfMissing(path, settings, now, progress); !made)
            return made.error();
    }
    using Sqlite::Database;
    // What the feed has told is never taken back, not even by a power cut.
    auto writing
        = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Full, busyMs, settings.vfs);
    if (!writing)
        return writing.error();
    auto reading
        = Database::open(path, Database::Mode::ReadOnly, Database::Durability::Normal, busyMs, settings.vfs);
    if (!reading)
        return reading.error();
    auto state = std::make_unique<Private>(std::move(*writing), std::move(*reading), settings);
    if (auto started = state->start(now); !started)
        return started.error();
    return std::unique_ptr<SandboxErp>(new SandboxErp(std::move(state)));
}

Result<ErpBatch> SandboxErp::changesAfter(const std::string &position, int limit)
{
    std::int64_t after = 0;
    if (!position.empty()) {
        const auto colon = position.rfind(':');
        const auto number = colon == std::string::npos
            ? std::nullopt
            : numberIn(std::string_view(position).substr(colon + 1));
        if (!number || position.substr(0, colon) != d->epoch)
            return otherHistory(QString::fromStdString(position));
        after = *number;
    }
    if (!d->readBooks)
        d->readBooks = std::make_unique<Books>(d->reading);
    // One reading transaction, so that records and their versions belong together.
    ErpBatch batch;
    if (const auto begun = d->reading.execute("BEGIN"); !begun)
        return begun.error();
    const Outcome outcome = d->readBatch(after, std::clamp(limit, 1, largestBatch), batch);
    (void)d->reading.execute("COMMIT");
    if (!outcome) {
        d->readBooks.reset();
        return outcome.error();
    }
    return batch;
}

Result<IssuedDocument> SandboxErp::document(const std::string &key)
{
    const std::lock_guard drawing(d->drawingTurn);
    PaperData data;
    {
        const std::lock_guard lock(d->turn);
        auto found = Sandbox::findDocument(d->writing, *d->company, key, data);
        if (!found || !found->bytes.empty())
            return found;
    }
    const auto bytes = Sandbox::drawn(d->settings.drawing, data);
    if (!bytes)
        return bytes.error();
    Result<IssuedDocument> issued = IssuedDocument();
    {
        const std::lock_guard lock(d->turn);
        issued = Sandbox::issueDocument(d->writing, key, *bytes, d->lastSeen);
    }
    if (issued)
        d->notify();
    return issued;
}

void SandboxErp::setChangeCallback(std::function<void()> callback)
{
    const std::lock_guard lock(d->callbackTurn);
    d->callback = std::move(callback);
}

Result<SandboxErp::Advance> SandboxErp::advance(Instant now)
{
    Advance result;
    {
        const std::lock_guard lock(d->turn);
        if (!d->simulation) {
            if (const auto loaded = d->loadSimulation(); !loaded)
                return loaded.error();
        }
        d->lastSeen = std::max(d->lastSeen, now);
        const std::int64_t until = d->clock.companyTime(now);
        const auto done = d->writing.transaction([&] { return d->takeSteps(until, result); });
        if (!done) {
            // What was thought of is not in the books: think again, from the books.
            d->simulation.reset();
            return done.error();
        }
    }
    if (result.changes > 0)
        d->notify();
    return result;
}

} // namespace Counterfoil

#include "history.h"

#include "chance.h"
#include "directory.h"
#include "paperwork.h"
#include "sandboxtext.h"
#include "simulation.h"
#include "wording.h"

#include <QFile>

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t ordersPerTransaction = 2'000;

// How much a day counts: hardly at weekends, more before Christmas, and more from year to year.
std::int64_t weightOf(std::int64_t day, std::int64_t sinceStart)
{
    const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;
    if (weekday >= 5)
        return 40;
    const std::int64_t ofYear = day % 365;
    const std::int64_t season = ofYear > 290 && ofYear < 350 ? 250 : 0;
    return 700 + (weekday == 0 ? 200 : 0) + season + sinceStart * 600 / historyDays;
}

// When the orders of one day come in, in order, most around noon.
std::vector<std::int64_t> timesOfDay(std::uint64_t seed, std::int64_t day, std::int64_t count,
                                     std::int64_t notAfter)
{
    SeededRandom random = chanceOf(seed, ChanceOf::Day, day);
    const std::int64_t opens = std::min(day * msPerDay + 7 * msPerHour, notAfter - msPerHour);
    const std::int64_t closes = std::min(day * msPerDay + 18 * msPerHour, notAfter);
    const auto half = static_cast<std::uint64_t>((closes - opens) / 2);
    std::vector<std::int64_t> times;
    times.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
        times.push_back(opens + static_cast<std::int64_t>(random.below(half) + random.below(half)));
    std::ranges::sort(times);
    return times;
}

// Calls placeAt(company time) for each order of the history, oldest first.
template <class PlaceAt>
Outcome eachArrival(std::uint64_t seed, std::int64_t scale, Instant now, const PlaceAt &placeAt)
{
    const std::int64_t lastDay = now.ms / msPerDay;
    const std::int64_t firstDay = lastDay - historyDays + 1;
    std::int64_t whole = 0;
    for (std::int64_t day = firstDay; day <= lastDay; ++day)
        whole += weightOf(day, day - firstDay);
    std::int64_t upToHere = 0;
    std::int64_t placed = 0;
    for (std::int64_t day = firstDay; day <= lastDay; ++day) {
        upToHere += weightOf(day, day - firstDay);
        const std::int64_t target = scale * upToHere / whole;
        for (const std::int64_t at : timesOfDay(seed, day, target - placed, now.ms)) {
            if (const Outcome done = placeAt(at); !done)
                return done;
        }
        placed = target;
    }
    return Done();
}

void writeBasics(Books &books, const Company &company, Instant founded)
{
    std::int64_t id = 0;
    for (const Status &status : firstStatuses())
        books.postNew(Status::type, ++id, &status, founded);
    writeDirectory(books, company, founded);
    for (const Product &product : company.products()) {
        books.writeProduct(product);
        std::int64_t document = product.id * mostRevisions;
        for (Document &paper : complianceOf(product, founded)) {
            paper.account = assortmentOf(product); // who may not buy it does not hear of it
            books.postDocument(document++, std::move(paper), founded);
        }
        Document picture = pictureOf(product, founded);
        picture.account = assortmentOf(product);
        books.postDocument(product.id, std::move(picture), founded);
    }
}

Outcome writeHistory(Books &books, const Company &company, Instant now,
                     const SandboxProgressCallback &progress)
{
    Sqlite::Database &database = books.database();
    const std::int64_t founded = now.ms - historyDays * msPerDay;
    const CompanyClock clock{founded, founded, 1};
    Simulation simulation(books, company, clock, std::max<std::int64_t>(company.scale() / historyDays, 1));
    simulation.setMakingHistory(true);
    if (auto begun = database.execute("BEGIN"); !begun)
        return begun;
    writeBasics(books, company, {founded});
    simulation.openStock();
    simulation.openCatalogue({founded});

    std::int64_t placed = 0;
    const auto placeAt = [&](std::int64_t at) -> Outcome {
        while (simulation.due(at))
            simulation.step();
        simulation.place(at);
        if (++placed % ordersPerTransaction != 0)
            return Done();
        if (auto outcome = books.outcome(); !outcome)
            return outcome;
        if (progress)
            progress({placed, company.scale()});
        return database.execute("COMMIT; BEGIN");
    };
    if (auto done = eachArrival(company.seed(), company.scale(), now, placeAt); !done)
        return done;
    while (simulation.due(now.ms))
        simulation.step();
    simulation.settle(now.ms);
    if (auto outcome = books.outcome(); !outcome)
        return outcome;
    if (progress)
        progress({company.scale(), company.scale()});
    return database.execute("COMMIT");
}

Outcome removeFile(const QString &path)
{
    for (const QLatin1String ending : {QLatin1String(""), QLatin1String("-wal"), QLatin1String("-shm")}) {
        if (QFile::exists(path + ending) && !QFile::remove(path + ending)) {
            return Error{
                ErrorKind::Storage,
                SandboxText::tr(
                    "An old file of the sandbox cannot be removed. Check the permissions of its folder."),
                path + ending};
        }
    }
    return Done();
}

Outcome makeCompany(const QString &path, const SandboxSettings &settings, Instant now,
                    const SandboxProgressCallback &progress)
{
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadWrite);
    if (!database)
        return database.error();
    // Nothing is lost when this file is torn: it gets its name when it is complete.
    if (auto set
        = database->execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
        !set)
        return set;
    const std::string scripts[] = {Books::schema()};
    if (auto migrated = database->migrate(scripts); !migrated)
        return migrated;
    Books books(*database);
    const Company company(settings.seed, settings.scale);
    books.setMeta("seed", std::to_string(settings.seed));
    books.setMeta("scale", std::to_string(settings.scale));
    books.setMeta("madeBy", madeBy(company));
    books.setMeta("founded", std::to_string(now.ms));
    return writeHistory(books, company, now, progress);
}

} // namespace

std::string madeBy(const Company &company)
{
    std::uint64_t hash = company.fingerprint();
    for (const char c : Books::schema())
        hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return std::to_string(hash);
}

Outcome makeIfMissing(const QString &path, const SandboxSettings &settings, Instant now,
                      const SandboxProgressCallback &progress)
{
    if (QFile::exists(path))
        return Done();
    const QString unfinished = path + QLatin1String(".making");
    if (auto removed = removeFile(unfinished); !removed)
        return removed;
    if (auto made = makeCompany(unfinished, settings, now, progress); !made) {
        (void)removeFile(unfinished);
        return made;
    }
    if (!QFile::rename(unfinished, path)) {
        return Error{
            ErrorKind::Storage,
            SandboxText::tr(
                "The sandbox's data file cannot be put in place. Check the permissions of its folder."),
            path};
    }
    return Done();
}

} // namespace Counterfoil::Sandbox

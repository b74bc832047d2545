#include "outboxrows.h"

#include "outboxcodec.h"

#include <QCryptographicHash>

#include <algorithm>
#include <map>

namespace Counterfoil::OutboxRows {

namespace {

using Sqlite::Database;
using Sqlite::Statement;

// Between two stretches of a damaged file that can be read, so many rows are looked for one by one.
constexpr std::int64_t mostLookedFor = 100'000;

std::string digestOf(std::string_view bytes)
{
    constexpr int digits = 16;
    const QByteArray raw = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(raw, QCryptographicHash::Sha256).toHex().left(digits).toStdString();
}

Error damaged(const char *detail)
{
    return {ErrorKind::StorageCorrupt, {}, QString::fromLatin1(detail)};
}

// Columns: position, entry, digest.
std::optional<OutboxEntry> entryOf(const Statement &row)
{
    const std::string_view bytes = row.text(1);
    if (row.text(2) != digestOf(bytes))
        return std::nullopt;
    auto entry = OutboxCodec::decode(bytes);
    return entry && entry->order == row.integer(0) ? entry : std::nullopt;
}

} // namespace

std::span<const std::string> migrations()
{
    static const std::string scripts[] = {
        // 1. `scrub`: what was withdrawn is still to be wiped from the file.
        R"(CREATE TABLE entries(
    position INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    digest TEXT NOT NULL);
CREATE TABLE upkeep(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    scrub INTEGER NOT NULL DEFAULT 0);
INSERT INTO upkeep(id) VALUES(1);
)",
    };
    return scripts;
}

Outcome prepare(Database &database)
{
    // Overwrites at once what is deleted or replaced; a withdrawal still rewrites the whole file.
    if (const auto done = database.execute("PRAGMA secure_delete=ON"); !done)
        return done;
    const auto sound = database.integer("SELECT count(*) FROM pragma_quick_check WHERE quick_check = 'ok'");
    if (!sound)
        return sound.error();
    if (*sound == 0)
        return damaged("quick_check");
    return database.migrate(migrations());
}

Result<std::vector<OutboxEntry>> read(Database &database)
{
    auto rows = database.prepare("SELECT position, entry, digest FROM entries ORDER BY position");
    if (!rows)
        return rows.error();
    std::vector<OutboxEntry> entries;
    const auto done = rows->forEachRow([&](const Statement &row) -> Outcome {
        auto entry = entryOf(row);
        if (!entry)
            return damaged("an entry is not as it was written");
        entries.push_back(*std::move(entry));
        return Done();
    });
    if (!done)
        return done.error();
    return entries;
}

Outcome write(Database &database, const std::vector<OutboxEntry> &entries,
              const std::set<std::int64_t> &orders)
{
    auto store = database.prepare("REPLACE INTO entries(position, entry, digest) VALUES(?, ?, ?)");
    if (!store)
        return store.error();
    for (std::int64_t order : orders) {
        const auto entry = std::ranges::lower_bound(entries, order, {}, &OutboxEntry::order);
        Q_ASSERT(entry != entries.end() && entry->order == order);
        const std::string bytes = OutboxCodec::encode(*entry);
        const std::string digest = digestOf(bytes);
        if (const auto done = store->with(order, bytes, digest).run(); !done)
            return done;
    }
    return Done();
}

Outcome remove(Database &database, const std::set<std::int64_t> &orders)
{
    auto statement = database.prepare("DELETE FROM entries WHERE position=?");
    if (!statement)
        return statement.error();
    for (std::int64_t order : orders) {
        if (const auto done = statement->with(order).run(); !done)
            return done;
    }
    return Done();
}

// From both ends towards the damage, then row by row across it.
std::vector<OutboxEntry> readable(const QString &path, const std::string &vfs)
{
    constexpr int busyMs = 2000;
    std::map<std::int64_t, OutboxEntry> found;
    auto database = Database::open(path, Database::Mode::ReadOnly, Database::Durability::Full, busyMs, vfs);
    if (!database)
        return {};
    const std::string select = "SELECT position, entry, digest FROM entries ";
    const auto walk = [&](const std::string &order) {
        std::int64_t last = 0;
        auto rows = database->prepare(select + order);
        while (rows) {
            const auto row = rows->step();
            if (!row || !*row)
                break;
            last = rows->integer(0);
            if (auto entry = entryOf(*rows))
                found.insert_or_assign(last, *std::move(entry));
        }
        return last;
    };
    const std::int64_t up = walk("ORDER BY position");
    const std::int64_t down = walk("ORDER BY position DESC");
    auto one = database->prepare(select + "WHERE position=?");
    for (std::int64_t at = up + 1; one && at < down && at - up < mostLookedFor; ++at) {
        const auto row = one->with(at).step();
        if (!row || !*row)
            continue;
        if (auto entry = entryOf(*one))
            found.insert_or_assign(at, *std::move(entry));
    }
    std::vector<OutboxEntry> entries;
    for (auto &[order, entry] : found)
        entries.push_back(std::move(entry));
    return entries;
}

} // namespace Counterfoil::OutboxRows

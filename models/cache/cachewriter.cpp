#include "account.h"
#include "cachefile.h"
#include "filewriter.h"
#include "kinds.h"
#include "schema.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using Sqlite::Database;

// The write-ahead log is cut back to this after a large batch.
constexpr std::int64_t walBytes = 64 * 1024 * 1024;

// Copying the log into the file, with its waits for the disk, after every page of a fill would cost more than
// the page.
constexpr int checkpointPages = 8 * 1024;

// Pages kept in memory: with SQLite's own 2 MB a large fill reads its indexes over and over.
constexpr int pageCacheKiB = 32 * 1024;

} // namespace

Error FileWriter::misuse(const char *what)
{
    return {ErrorKind::Storage, {}, QString::fromLatin1(what)};
}

FileWriter::Kind::Kind(Sqlite::Database &database, const RecordType &kind)
    : type(&kind)
    , store(database, kind)
{
    if (!KindLayout::searchTable(kind).empty())
        words.emplace(database, kind);
}

Result<std::unique_ptr<CacheWriter>> FileWriter::open(const QString &path, const std::string &vfs,
                                                      bool rebuilt)
{
    constexpr int busyMs = 2000;
    auto database
        = Database::open(path, Database::Mode::ReadWrite, Database::Durability::Normal, busyMs, vfs);
    if (!database)
        return database.error();
    std::unique_ptr<FileWriter> writer(new FileWriter(std::move(*database), path, rebuilt));
    if (const auto done = writer->prepare(); !done)
        return done.error();
    return std::unique_ptr<CacheWriter>(std::move(writer));
}

Outcome FileWriter::prepare()
{
    const bool suspect = CacheFile::isSuspect(m_path);
    if (suspect) {
        if (const auto done = checkPages(); !done)
            return done;
    }
    if (const auto done
        = run("PRAGMA journal_size_limit=" + std::to_string(walBytes) + "; PRAGMA wal_autocheckpoint="
              + std::to_string(checkpointPages) + "; PRAGMA cache_size=-" + std::to_string(pageCacheKiB));
        !done)
        return done;
    if (const auto done = Schema::bringUpToDate(m_database, allKinds()); !done)
        return done;
    if (suspect) {
        if (const auto done = checkWords(); !done)
            return done;
        CacheFile::clearSuspicion(m_path);
    }
    for (const RecordType *type : allKinds())
        m_kinds.emplace_back(m_database, *type);
    if (const auto done = readKinds(); !done)
        return done;
    m_scrub = std::make_unique<CacheScrub>(m_database, m_path);
    return m_scrub->read();
}

Outcome FileWriter::checkPages()
{
    const auto clean = m_database.integer("SELECT count(*) FROM pragma_quick_check WHERE quick_check = 'ok'");
    if (!clean)
        return clean.error();
    return *clean != 0 ? Outcome(Done())
                       : Error{ErrorKind::StorageCorrupt, {}, QStringLiteral("quick_check")};
}

// What the pages of a full-text index hold is for the index alone to judge.
Outcome FileWriter::checkWords()
{
    for (const RecordType *type : allKinds()) {
        const KindLayout layout(*type);
        if (layout.search.empty())
            continue;
        const std::string search = quotedName(layout.search);
        const auto done = run("INSERT INTO " + search + '(' + search + ") VALUES('integrity-check')");
        if (!done)
            return done;
    }
    return Done();
}

Outcome FileWriter::readKinds()
{
    const auto filling = m_database.lend("SELECT filling FROM sync")->number();
    if (!filling)
        return filling.error();
    m_filling = *filling != 0;
    static const std::string ofAll
        = "SELECT name, generation, loading, " + std::string(WordsBehind::columns) + " FROM kinds";
    return m_database.lend(ofAll)->forEachRow([this](const Sqlite::Statement &row) {
        Kind *kind = find(findKind(row.text(0)));
        if (!kind)
            return;
        kind->generation = row.integer(1);
        kind->load = static_cast<FirstLoad::State>(row.integer(2));
        if (kind->words)
            kind->words->take(row, 3);
    });
}

FileWriter::Kind *FileWriter::find(const RecordType *type)
{
    const auto found = std::ranges::find(m_kinds, type, &Kind::type);
    return found == m_kinds.end() ? nullptr : &*found;
}

Outcome FileWriter::commit(const std::function<Outcome()> &work)
{
    const auto outcome = m_database.transaction(work);
    if (outcome) {
        m_scrub->makeUp();
        return outcome;
    }
    CacheFile::noteSuspicion(m_path, outcome.error());
    (void)readKinds(); // which the work has told what did not come to be
    return outcome;
}

Result<SyncState> FileWriter::syncState()
{
    SyncState state;
    auto done = m_database.lend("SELECT cursor, filling, covered FROM sync")
                    ->forEachRow([&](const Sqlite::Statement &row) {
                        state.cursor = row.text(0);
                        state.filling = row.integer(1) != 0;
                        state.covered = row.integer(2);
                    });
    if (done)
        done = m_database.lend("SELECT kind, next, listed, done, total FROM fills ORDER BY position")
                   ->forEachRow([&](const Sqlite::Statement &row) {
                       state.fills.push_back({std::string(row.text(0)), std::string(row.text(1)),
                                              row.integer(2) != 0, row.integer(3), row.integer(4)});
                   });
    if (done)
        done = m_database.lend("SELECT name FROM kinds WHERE complete=0")
                   ->forEachRow(
                       [&](const Sqlite::Statement &row) { state.incomplete.emplace_back(row.text(0)); });
    if (!done)
        return done.error();
    return state;
}

// Rows from before the kind's latest fill hold sequences of what may be another log, so they give
// way to anything; among the others the higher sequence wins.
Outcome FileWriter::apply(const Change &change, NoticeBuilder &notice)
{
    Kind *kind = find(change.kind);
    if (!kind)
        return Done();
    if (kind->load == FirstLoad::State::Loading && !change.record.isNull()) {
        const auto id = kind->store.load(change, kind->generation);
        if (!id)
            return id.error();
        if (*id) {
            if (kind->words)
                kind->words->extendTo(**id);
            notice.inserted(*kind->type, **id);
            return Done();
        }
    }
    const auto found = kind->store.find(change.key);
    if (!found)
        return found.error();
    const std::optional<StoredRow> &row = *found;
    if (row && row->generation == kind->generation && row->sequence >= change.sequence)
        return Done();
    if (change.record.isNull()) {
        if (!row)
            return Done();
        notice.removed(*kind->type, row->id);
        if (kind->type == &Account::type) {
            if (const auto done = run("DELETE FROM toldPrices WHERE account=?", change.key); !done)
                return done;
        }
        return removeRow(*kind, row->id);
    }
    using enum RecordStore::Words;
    const bool later = row && kind->words && kind->words->noteChange(row->id);
    const auto id = kind->store.store(change, kind->generation, row ? std::optional(row->id) : std::nullopt,
                                      later ? Later : Now);
    if (!id)
        return id.error();
    if (row)
        notice.updated(*kind->type, *id);
    else
        notice.inserted(*kind->type, *id);
    return Done();
}

Result<ChangeNotice> FileWriter::applyChanges(const std::vector<Change> &changes, const std::string &cursor,
                                              std::int64_t covered)
{
    NoticeBuilder notice;
    bool news = false;
    const auto outcome = commit([&]() -> Outcome {
        for (const Change &change : changes) {
            if (const auto done = apply(change, notice); !done)
                return done;
        }
        if (const auto done = run("UPDATE sync SET cursor=?", cursor); !done)
            return done;
        const auto done = run("UPDATE sync SET covered=?1 WHERE covered<>?1 AND ?1<>0", covered);
        news = done && m_database.changeCount() != 0;
        return done;
    });
    if (!outcome)
        return outcome.error();
    ChangeNotice result = notice.build();
    if (const auto shown = m_database.lend(Schema::coveredSql)->number(); news && shown)
        result.covered = *shown;
    return result;
}

Result<ChangeNotice> FileWriter::storeTexts(const RecordType &type, const std::vector<FileText> &texts)
{
    NoticeBuilder notice;
    Kind *kind = find(&type);
    KeptFiles *files = kind ? kind->store.files() : nullptr;
    const auto outcome = !files ? misuse("texts of a kind without files") : commit([&]() -> Outcome {
        for (const FileText &text : texts) {
            const auto stored = files->store(text);
            if (!stored)
                return stored.error();
            if (*stored)
                notice.updated(type, text.record);
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return notice.build();
}

Outcome FileWriter::storeTold(const std::vector<ToldPrice> &prices)
{
    return commit([&]() -> Outcome {
        for (const ToldPrice &price : prices) {
            const auto done
                = run("INSERT OR REPLACE INTO toldPrices SELECT ?,?,?,?,?,?,?,?,?,?,? "
                      "WHERE EXISTS(SELECT 1 FROM accounts WHERE key=?1)",
                      price.account, price.sku, price.at.ms, price.currency, price.unit,
                      price.quantity.toString(), price.unitPrice.toString(), price.priceReason,
                      price.available.toString(), price.inStock.toString(), price.expectedOn.toString());
            if (!done)
                return done;
        }
        return run("DELETE FROM toldPrices WHERE (account, sku) IN (SELECT account, sku FROM toldPrices "
                   "ORDER BY at DESC LIMIT -1 OFFSET ?)",
                   ToldPrices::most);
    });
}

Result<ChangeNotice> FileWriter::noteFiles(const RecordType &type, const FilesHere &here)
{
    NoticeBuilder notice;
    Kind *kind = find(&type);
    KeptFiles *files = kind ? kind->store.files() : nullptr;
    const auto outcome
        = !files ? misuse("files of a kind without any") : commit([&] { return files->note(here, notice); });
    if (!outcome)
        return outcome.error();
    return notice.build();
}

Result<std::unique_ptr<CacheWriter>> CacheWriter::open(const QString &path, const std::string &vfs)
{
    auto writer = FileWriter::open(path, vfs, false);
    if (writer || writer.error().kind != ErrorKind::StorageCorrupt)
        return writer;
    if (const auto moved = CacheFile::moveAside(path); !moved)
        return moved.error();
    return FileWriter::open(path, vfs, true);
}

} // namespace Counterfoil

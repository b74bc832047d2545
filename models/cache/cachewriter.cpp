#include "cachewriter.h"

#include "cachefile.h"
#include "firstload.h"
#include "kinds.h"
#include "noticebuilder.h"
#include "recordrows.h"
#include "schema.h"
#include "wordsbehind.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using Sqlite::Database;

// The write-ahead log is cut back to this after a large batch.
constexpr std::int64_t walBytes = 64 * 1024 * 1024;

// Pages kept in memory: with SQLite's own 2 MB a large fill reads its indexes over and over.
constexpr int pageCacheKiB = 32 * 1024;

// Rows whose words are stored at once when a fill ends; of more, they are stored behind, so many at a time.
constexpr std::int64_t wordsAtOnce = 1'000;
constexpr std::int64_t wordsPiece = 4'000;
// How often readers are told, of a kind's words.
constexpr std::int64_t wordNotices = 8;

// What a purge has still to do: delete leaves the bytes in the file until it is rewritten, and the
// write-ahead log keeps them until it is emptied.
enum class Scrub : std::int64_t { None = 0, Rewrite = 1, EmptyLog = 2 };

Error misuse(const char *what)
{
    return {ErrorKind::Storage, {}, QString::fromLatin1(what)};
}

class FileWriter final : public CacheWriter
{
public:
    static Result<std::unique_ptr<CacheWriter>> open(const QString &path, const std::string &vfs,
                                                     bool rebuilt);

    bool wasRebuilt() const override { return m_rebuilt; }
    Result<SyncState> syncState() override;
    Result<ChangeNotice> applyChanges(const std::vector<Change> &changes, const std::string &cursor,
                                      std::int64_t covered) override;
    Outcome beginFill(const std::vector<std::string> &kinds, const std::string &cursor,
                      const std::string &listing) override;
    Result<ChangeNotice> applyFillPage(const FillPage &page) override;
    Result<ChangeNotice> finishFill() override;
    bool wordsWait() const override;
    Result<ChangeNotice> storeWords() override;
    Result<ChangeNotice> purge(const std::vector<std::string> &accounts) override;
    Result<ChangeNotice> purgeEverything() override;

private:
    struct Kind
    {
        const RecordType *type;
        RecordStore store;
        WordsBehind words;
        std::int64_t generation = 0; // of the latest fill; rows with a lower mark are from before it
        bool loading = false;        // its first fill is under way, see firstload.h
    };

    FileWriter(Database database, QString path, bool rebuilt)
        : m_database(std::move(database))
        , m_path(std::move(path))
        , m_rebuilt(rebuilt)
    { }

    Outcome prepare();
    Outcome checkPages();
    Outcome checkWords();
    Outcome readKinds();
    Kind *find(const RecordType *type);
    // Runs `work` as one transaction, and does what every failure and every success needs.
    Outcome commit(const std::function<Outcome()> &work);
    Outcome run(const std::string &sql) { return m_database.execute(sql); }
    template <class... Values> Outcome run(std::string_view sql, const Values &...values);

    Outcome apply(const Change &change, NoticeBuilder &notice);
    Outcome removeRows(Kind &kind, const std::string &condition, const std::string &parameter, bool &any);
    Outcome rewrite();
    void scrub();

    Database m_database;
    QString m_path;
    bool m_rebuilt;
    std::vector<Kind> m_kinds;
    Scrub m_scrub = Scrub::None;
};

template <class... Values> Outcome FileWriter::run(std::string_view sql, const Values &...values)
{
    auto statement = m_database.prepare(sql);
    return statement ? statement->with(values...).run() : statement.error();
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
    if (const auto done = run("PRAGMA journal_size_limit=" + std::to_string(walBytes)
                              + "; PRAGMA cache_size=-" + std::to_string(pageCacheKiB));
        !done)
        return done;
    if (const auto done = Schema::bringUpToDate(m_database, allKinds()); !done)
        return done;
    if (suspect) {
        if (const auto done = checkWords(); !done)
            return done;
        CacheFile::clearSuspicion(m_path);
    }
    for (const RecordType *type : allKinds()) {
        auto store = RecordStore::prepare(m_database, *type);
        if (!store)
            return store.error();
        auto words = WordsBehind::prepare(m_database, *type);
        if (!words)
            return words.error();
        m_kinds.push_back({type, std::move(*store), std::move(*words)});
    }
    if (const auto done = readGenerations(); !done)
        return done;
    const auto left = m_database.integer("SELECT scrub FROM sync");
    if (!left)
        return left.error();
    m_scrub = static_cast<Scrub>(*left);
    scrub();
    return Done();
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
        const std::string search = quoted(layout.search);
        const auto done = run("INSERT INTO " + search + '(' + search + ") VALUES('integrity-check')");
        if (!done)
            return done;
    }
    return Done();
}

Outcome FileWriter::readGenerations()
{
    auto statement = m_database.prepare("SELECT generation FROM kinds WHERE name=?");
    if (!statement)
        return statement.error();
    for (Kind &kind : m_kinds) {
        const auto found = statement->with(kind.type->name).step();
        if (!found)
            return found.error();
        kind.generation = statement->integer(0);
    }
    return Done();
}

FileWriter::Kind *FileWriter::find(const RecordType *type)
{
    const auto found = std::ranges::find(m_kinds, type, &Kind::type);
    return found == m_kinds.end() ? nullptr : &*found;
}

Outcome FileWriter::commit(const std::function<Outcome()> &work)
{
    const auto outcome = m_database.transaction(work);
    if (!outcome)
        CacheFile::noteSuspicion(m_path, outcome.error());
    else if (m_scrub == Scrub::EmptyLog)
        scrub();
    return outcome;
}

Result<SyncState> FileWriter::syncState()
{
    SyncState state;
    auto sync = m_database.prepare("SELECT cursor, filling, covered FROM sync");
    auto fills = m_database.prepare("SELECT kind, next, listed, done, total FROM fills ORDER BY position");
    auto kinds = m_database.prepare("SELECT name FROM kinds WHERE complete=0");
    if (!sync || !fills || !kinds)
        return !sync ? sync.error() : !fills ? fills.error() : kinds.error();
    if (const auto row = sync->step(); !row)
        return row.error();
    state.cursor = sync->text(0);
    state.filling = sync->integer(1) != 0;
    state.covered = sync->integer(2);
    for (;;) {
        const auto row = fills->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        state.fills.push_back({std::string(fills->text(0)), std::string(fills->text(1)),
                               fills->integer(2) != 0, fills->integer(3), fills->integer(4)});
    }
    for (;;) {
        const auto row = kinds->step();
        if (!row)
            return row.error();
        if (!*row)
            return state;
        state.incomplete.emplace_back(kinds->text(0));
    }
}

// Rows from before the kind's latest fill hold sequences of what may be another log, so they give
// way to anything; among the others the higher sequence wins.
Outcome FileWriter::apply(const Change &change, NoticeBuilder &notice)
{
    Kind *kind = find(change.kind);
    if (!kind)
        return Done();
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
        return kind->store.remove(row->id);
    }
    const auto id = kind->store.store(change, kind->generation, row ? std::optional(row->id) : std::nullopt);
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
    result.covered = news ? covered : 0;
    return result;
}

Outcome FileWriter::beginFill(const std::vector<std::string> &kinds, const std::string &cursor,
                              const std::string &listing)
{
    const auto outcome = commit([&]() -> Outcome {
        if (const auto done = run("DELETE FROM fills"); !done)
            return done;
        for (const std::string &name : kinds) {
            if (!findKind(name))
                return misuse("fill of an unknown kind");
            if (const auto done = run("INSERT INTO fills(kind, next) VALUES(?, ?)", name, listing); !done)
                return done;
            if (!listing.empty())
                continue;
            if (const auto done
                = run("UPDATE kinds SET generation=generation+1, complete=0 WHERE name=?", name);
                !done)
                return done;
        }
        // A cursor that was fixed anew may be of another log, where numbers mean something else.
        return run("UPDATE sync SET covered=iif(cursor=?1 OR ?2<>'', covered, 0), cursor=?1, listing=?2, "
                   "filling=1",
                   cursor, listing);
    });
    return outcome ? readGenerations() : outcome;
}

Result<ChangeNotice> FileWriter::applyFillPage(const FillPage &page)
{
    NoticeBuilder rows;
    const auto outcome = commit([&]() -> Outcome {
        for (const Change &change : page.rows) {
            if (change.kind != page.kind || change.record.isNull())
                return misuse("a page of a listing holds something else");
            if (const auto done = apply(change, rows); !done)
                return done;
        }
        const auto done
            = run("UPDATE fills SET next=?2, listed=?3, done=done+?4, total=max(total, ?5) WHERE kind=?1",
                  page.kind->name, page.next, page.listed, page.rows.size(), page.total);
        if (done && m_database.changeCount() == 0)
            return misuse("a page of a kind that is not being filled");
        return done;
    });
    if (!outcome)
        return outcome.error();
    NoticeBuilder notice;
    if (!rows.build().isEmpty())
        notice.wholeKind(*page.kind);
    return notice.build();
}

Result<ChangeNotice> FileWriter::finishFill()
{
    NoticeBuilder notice;
    bool swept = false;
    const auto outcome = commit([&]() -> Outcome {
        const auto unfinished = m_database.integer("SELECT count(*) FROM fills WHERE listed=0");
        if (!unfinished)
            return unfinished.error();
        if (*unfinished != 0)
            return misuse("a fill ends before everything is listed");
        for (Kind &kind : m_kinds) {
            auto filled = m_database.prepare(
                "UPDATE kinds SET complete=1 WHERE name IN (SELECT kind FROM fills) AND name=? "
                "AND (SELECT listing FROM sync)=''");
            if (!filled)
                return filled.error();
            if (const auto done = filled->with(kind.type->name).run(); !done)
                return done;
            if (m_database.changeCount() == 0)
                continue;
            bool any = false;
            const auto done = removeRows(kind, "_fill<?", std::to_string(kind.generation), any);
            if (!done)
                return done;
            if (any)
                notice.wholeKind(*kind.type);
            swept = swept || any;
        }
        if (const auto done = run("DELETE FROM fills"); !done)
            return done;
        // What the fill did not bring again may be of an account that nobody could say was lost.
        return run(swept ? "UPDATE sync SET filling=0, listing='', scrub=1"
                         : "UPDATE sync SET filling=0, listing=''");
    });
    if (!outcome)
        return outcome.error();
    if (swept) {
        m_scrub = Scrub::Rewrite;
        scrub();
    }
    return notice.build();
}

Outcome FileWriter::removeRows(Kind &kind, const std::string &condition, const std::string &parameter,
                               bool &any)
{
    // The ids first: a statement that reads a table while rows go from it may see some of them twice or
    // never.
    std::vector<std::int64_t> ids;
    auto select = m_database.prepare("SELECT _id FROM " + quoted(kind.type->plural) + " WHERE " + condition);
    if (!select)
        return select.error();
    select->with(parameter);
    for (;;) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            break;
        ids.push_back(select->integer(0));
    }
    for (std::int64_t id : ids) {
        if (const auto done = kind.store.remove(id); !done)
            return done;
    }
    any = any || !ids.empty();
    return Done();
}

Result<ChangeNotice> FileWriter::purge(const std::vector<std::string> &accounts)
{
    NoticeBuilder notice;
    const auto outcome = commit([&]() -> Outcome {
        for (Kind &kind : m_kinds) {
            const Field *owner = kind.type->findFlag(AccountKey);
            bool any = false;
            for (const std::string &account : accounts) {
                if (!owner || account.empty()) // rows of no account are everybody's
                    continue;
                const auto done = removeRows(kind, quoted(owner->name) + "=?", account, any);
                if (!done)
                    return done;
            }
            if (any)
                notice.wholeKind(*kind.type);
        }
        // What is left is no longer what the cursor stands for: should the account come into sight again
        // before the next fill, the gateway would think that its rows are still here.
        return run(accounts.empty() ? "UPDATE sync SET scrub=1" : "UPDATE sync SET scrub=1, cursor=''");
    });
    if (!outcome)
        return outcome.error();
    m_scrub = Scrub::Rewrite;
    scrub();
    return notice.build();
}

Result<ChangeNotice> FileWriter::purgeEverything()
{
    const auto outcome = commit([&]() -> Outcome {
        for (const Kind &kind : m_kinds) {
            for (const std::string &sql : KindLayout(*kind.type).emptySql()) {
                if (const auto done = run(sql); !done)
                    return done;
            }
        }
        return run("DELETE FROM fills; UPDATE kinds SET complete=0; "
                   "UPDATE sync SET cursor='', covered=0, filling=0, listing='', scrub=1");
    });
    if (!outcome)
        return outcome.error();
    m_scrub = Scrub::Rewrite;
    scrub();
    ChangeNotice notice;
    notice.everything = true;
    return notice;
}

// Deleted words stay in a full-text index until its segments are merged, and deleted rows in the file
// until it is written anew from the live ones.
Outcome FileWriter::rewrite()
{
    for (const Kind &kind : m_kinds) {
        const KindLayout layout(*kind.type);
        if (layout.search.empty())
            continue;
        const std::string search = quoted(layout.search);
        if (const auto done = run("INSERT INTO " + search + '(' + search + ") VALUES('optimize')"); !done)
            return done;
    }
    // The copy may be as large as the cache: on disk, not in memory.
    const auto done = run("PRAGMA temp_store=FILE; VACUUM");
    (void)run("PRAGMA temp_store=MEMORY");
    return done;
}

// Removes the corrupt copies, rewrites the file and empties the write-ahead log. A reader in the middle
// of a query can hold up the last step, a full disk the one before, and whoever has a copy open the
// first; `m_scrub` remembers what is left.
void FileWriter::scrub()
{
    if (m_scrub == Scrub::None)
        return;
    const bool copiesGone = CacheFile::removeCorruptCopies(m_path).ok();
    if (m_scrub == Scrub::Rewrite) {
        const auto done = rewrite();
        if (!done)
            CacheFile::noteSuspicion(m_path, done.error());
        if (!done || !run("UPDATE sync SET scrub=2"))
            return;
        m_scrub = Scrub::EmptyLog;
    }
    const auto busy = m_database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    // The mark itself goes into the log again, which by then holds nothing else.
    if (copiesGone && busy && *busy == 0 && run("UPDATE sync SET scrub=0"))
        m_scrub = Scrub::None;
}

} // namespace

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

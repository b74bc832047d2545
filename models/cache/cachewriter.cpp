#include "cachewriter.h"

#include "cachefile.h"
#include "cachescrub.h"
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

// Copying the log into the file, with its waits for the disk, after every page of a fill would cost more than
// the page.
constexpr int checkpointPages = 8 * 1024;

// Pages kept in memory: with SQLite's own 2 MB a large fill reads its indexes over and over.
constexpr int pageCacheKiB = 32 * 1024;

// Rows whose words are stored at once when a fill ends; of more, they are stored behind, so many at a time.
constexpr std::int64_t wordsAtOnce = 1'000;
constexpr std::int64_t wordsPiece = 4'000;
// How often readers are told, of a kind's words.
constexpr std::int64_t wordNotices = 8;

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
        std::optional<WordsBehind> words = {}; // of kinds that have any
        std::int64_t generation = 0; // of the latest fill; rows with a lower mark are from before it
        FirstLoad::State load = FirstLoad::State::None;

        std::int64_t wordsWaiting() const { return words ? words->waiting() : 0; }
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
    Outcome beginKind(const std::string &name);
    Outcome makeLoad(Kind &kind);
    Outcome sweep(Kind &kind, NoticeBuilder &notice, bool &swept);
    Outcome finishLoads();
    Outcome giveUpLoad(Kind &kind);

    Database m_database;
    QString m_path;
    bool m_rebuilt;
    std::vector<Kind> m_kinds;
    bool m_filling = false;
    std::unique_ptr<CacheScrub> m_scrub;
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
    for (const RecordType *type : allKinds()) {
        auto store = RecordStore::prepare(m_database, *type);
        if (!store)
            return store.error();
        Kind &kind = m_kinds.emplace_back(Kind{type, std::move(*store)});
        if (KindLayout::searchTable(*type).empty())
            continue;
        auto words = WordsBehind::prepare(m_database, *type);
        if (!words)
            return words.error();
        kind.words = std::move(*words);
    }
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
        const std::string search = quoted(layout.search);
        const auto done = run("INSERT INTO " + search + '(' + search + ") VALUES('integrity-check')");
        if (!done)
            return done;
    }
    return Done();
}

Outcome FileWriter::readKinds()
{
    const auto filling = m_database.integer("SELECT filling FROM sync");
    auto statement = m_database.prepare("SELECT generation, loading FROM kinds WHERE name=?");
    if (!filling || !statement)
        return !filling ? filling.error() : statement.error();
    m_filling = *filling != 0;
    for (Kind &kind : m_kinds) {
        const auto found = statement->with(kind.type->name).step();
        if (!found)
            return found.error();
        kind.generation = statement->integer(0);
        kind.load = static_cast<FirstLoad::State>(statement->integer(1));
        if (const auto done = kind.words ? kind.words->read() : Outcome(Done()); !done)
            return done;
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
        return kind->store.remove(row->id);
    }
    using enum RecordStore::Words;
    const bool later = row && kind->words && kind->words->isWaiting(row->id);
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
            if (const auto done = beginKind(name); !done)
                return done;
        }
        // A cursor that was fixed anew may be of another log, where numbers mean something else.
        return run("UPDATE sync SET covered=iif(cursor=?1 OR ?2<>'', covered, 0), cursor=?1, listing=?2, "
                   "filling=1",
                   cursor, listing);
    });
    return outcome ? readKinds() : outcome;
}

// A kind without rows is loaded. One that was being loaded when its fill was given up has rows from before
// this fill, so it goes on like any other.
Outcome FileWriter::beginKind(const std::string &name)
{
    Kind &kind = *find(findKind(name));
    if (const auto done = run("UPDATE kinds SET generation=generation+1, complete=0 WHERE name=?", name);
        !done)
        return done;
    const auto any = m_database.integer("SELECT EXISTS(SELECT 1 FROM " + quoted(kind.type->plural) + ')');
    if (!any)
        return any.error();
    if (*any == 0)
        return makeLoad(kind);
    if (kind.load == FirstLoad::State::Loading) {
        if (const auto done = FirstLoad::end(m_database, *kind.type); !done)
            return done;
    }
    return FirstLoad::mark(m_database, *kind.type, FirstLoad::State::None);
}

Outcome FileWriter::makeLoad(Kind &kind)
{
    if (const auto done = FirstLoad::begin(m_database, *kind.type); !done || !kind.words)
        return done;
    auto last = m_database.prepare("SELECT seq FROM sqlite_sequence WHERE name=?");
    if (!last)
        return last.error();
    const auto row = last->with(kind.type->plural).step();
    if (!row)
        return row.error();
    kind.words->begin(*row ? last->integer(0) + 1 : 1);
    return kind.words->save();
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
        Kind *kind = find(page.kind);
        if (kind && kind->load == FirstLoad::State::Loading) {
            if (const auto done = kind->words ? kind->words->save() : Outcome(Done()); !done)
                return done;
            if (const auto done = page.listed ? FirstLoad::end(m_database, *kind->type) : Outcome(Done());
                !done)
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
    if (page.listed)
        (void)readKinds(); // which says that the load has ended
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
            if (const auto done = sweep(kind, notice, swept); !done)
                return done;
        }
        if (const auto done = finishLoads(); !done)
            return done;
        if (const auto done = run("DELETE FROM fills"); !done)
            return done;
        // What the fill did not bring again may be of an account that nobody could say was lost.
        return run(swept ? "UPDATE sync SET filling=0, listing='', scrub=1"
                         : "UPDATE sync SET filling=0, listing=''");
    });
    if (!outcome)
        return outcome.error();
    if (const auto done = readKinds(); !done)
        return done.error();
    if (swept)
        m_scrub->wanted();
    return notice.build();
}

// What the fill of a kind that is complete now neither listed nor received goes. A kind that was loaded has
// no row from before.
Outcome FileWriter::sweep(Kind &kind, NoticeBuilder &notice, bool &swept)
{
    auto filled = m_database.prepare("UPDATE kinds SET complete=1 WHERE name IN (SELECT kind FROM fills) AND "
                                     "name=? AND (SELECT listing FROM sync)=''");
    if (!filled)
        return filled.error();
    if (const auto done = filled->with(kind.type->name).run(); !done)
        return done;
    if (m_database.changeCount() == 0 || kind.load == FirstLoad::State::Loaded)
        return Done();
    bool any = false;
    if (const auto done = removeRows(kind, "_fill<?", std::to_string(kind.generation), any); !done)
        return done;
    if (any)
        notice.wholeKind(*kind.type);
    swept = swept || any;
    return Done();
}

Outcome FileWriter::finishLoads()
{
    std::int64_t waiting = 0;
    for (Kind &kind : m_kinds) {
        waiting += kind.wordsWaiting();
        if (kind.load == FirstLoad::State::None)
            continue;
        if (const auto done = FirstLoad::mark(m_database, *kind.type, FirstLoad::State::None); !done)
            return done;
    }
    for (Kind &kind : m_kinds) {
        if (waiting > wordsAtOnce || kind.wordsWaiting() == 0)
            continue;
        if (const auto done = kind.words->storeNext(wordsAtOnce + 1); !done)
            return done;
    }
    return Done();
}

bool FileWriter::wordsWait() const
{
    return !m_filling && std::ranges::any_of(m_kinds, &Kind::wordsWaiting);
}

Result<ChangeNotice> FileWriter::storeWords()
{
    NoticeBuilder notice;
    const auto next = std::ranges::find_if(m_kinds, &Kind::wordsWaiting);
    if (m_filling || next == m_kinds.end())
        return notice.build();
    const std::int64_t before = next->wordsWaiting();
    const auto outcome = commit([next] { return next->words->storeNext(wordsPiece); });
    if (!outcome)
        return outcome.error();
    const std::int64_t eighth = next->words->all() / wordNotices + 1;
    if (next->wordsWaiting() == 0 || before / eighth != next->wordsWaiting() / eighth)
        notice.wholeKind(*next->type);
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
    m_scrub->wanted();
    return notice.build();
}

// Before its rows go.
Outcome FileWriter::giveUpLoad(Kind &kind)
{
    if (kind.load == FirstLoad::State::Loading) {
        if (const auto done = FirstLoad::end(m_database, *kind.type); !done)
            return done;
    }
    if (kind.words) {
        kind.words->begin(0);
        if (const auto done = kind.words->save(); !done)
            return done;
    }
    return FirstLoad::mark(m_database, *kind.type, FirstLoad::State::None);
}

Result<ChangeNotice> FileWriter::purgeEverything()
{
    const auto outcome = commit([&]() -> Outcome {
        for (Kind &kind : m_kinds) {
            if (const auto done = giveUpLoad(kind); !done)
                return done;
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
    if (const auto done = readKinds(); !done)
        return done.error();
    m_scrub->wanted();
    ChangeNotice notice;
    notice.everything = true;
    return notice;
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

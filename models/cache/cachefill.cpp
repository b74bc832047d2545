#include "filewriter.h"
#include "kinds.h"
#include "schema.h"

#include <algorithm>

// How the cache is filled.
namespace Counterfoil {

namespace {

// Rows whose words are stored at once when a fill ends; of more, they are stored behind.
constexpr std::int64_t wordsAtOnce = 1'000;
// How often readers are told, of a kind's words.
constexpr std::int64_t wordNotices = 8;

} // namespace

Outcome FileWriter::beginFill(const std::vector<std::string> &kinds, const std::string &cursor,
                              const std::string &listing)
{
    const auto outcome = commit([&]() -> Outcome {
        if (const auto done = run("DELETE FROM fills"); !done)
            return done;
        if (listing.empty()) {
            if (const auto done = run("DELETE FROM toldPrices"); !done)
                return done;
        }
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
        // Kinds that are listed from the start show nothing of what was covered until then; and a cursor that
        // was fixed anew may be of another log, where numbers mean something else.
        return run("UPDATE sync SET covered=iif(?2<>'', covered, 0), cursor=?1, listing=?2, "
                   "filling=iif(cursor=?1 AND filling<>2, 1, 2)",
                   cursor, listing);
    });
    return outcome ? readKinds() : outcome;
}

Result<bool> FileWriter::isEmpty(const Kind &kind)
{
    const auto any
        = m_database.lend("SELECT EXISTS(SELECT 1 FROM " + quotedName(kind.type->plural) + ')')->number();
    return any ? Result<bool>(*any == 0) : any.error();
}

// A kind without rows may be loaded. One that was being loaded when its fill was given up has rows from
// before this fill, so it goes on like any other.
Outcome FileWriter::beginKind(const std::string &name)
{
    using enum FirstLoad::State;
    Kind &kind = *find(findKind(name));
    const auto empty = isEmpty(kind);
    if (!empty)
        return empty.error();
    // Rows of before stay readable meanwhile; but who fills anew may speak for the other side by now.
    if (isInternal(*kind.type)) {
        if (const auto done = emptyKind(kind); !done)
            return done;
    }
    if (const auto done = run("UPDATE kinds SET generation=generation+1, complete=0 WHERE name=?", name);
        !done)
        return done;
    if (*empty)
        return kind.load == Loading ? Done() : FirstLoad::mark(m_database, *kind.type, Expected);
    if (kind.load == Loading) {
        if (const auto done = FirstLoad::end(m_database, *kind.type); !done)
            return done;
    }
    return FirstLoad::mark(m_database, *kind.type, None);
}

// When its first page says that there are more. Live changes may have brought rows before.
Outcome FileWriter::beginPages(Kind &kind)
{
    const auto empty = isEmpty(kind);
    if (!empty)
        return empty.error();
    if (*empty)
        return makeLoad(kind);
    kind.load = FirstLoad::State::None;
    return FirstLoad::mark(m_database, *kind.type, kind.load);
}

Outcome FileWriter::makeLoad(Kind &kind)
{
    kind.load = FirstLoad::State::Loading;
    if (const auto done = FirstLoad::begin(m_database, *kind.type); !done || !kind.words)
        return done;
    const auto last
        = m_database.lend("SELECT seq FROM sqlite_sequence WHERE name=?")->with(kind.type->plural).number();
    if (!last)
        return last.error();
    kind.words->begin(*last + 1);
    return kind.words->save();
}

Result<ChangeNotice> FileWriter::applyFillPage(const FillPage &page)
{
    NoticeBuilder rows;
    const auto outcome = commit([&]() -> Outcome {
        Kind *kind = find(page.kind);
        if (kind && kind->load == FirstLoad::State::Expected && !page.listed) {
            if (const auto done = beginPages(*kind); !done)
                return done;
        }
        for (const Change &change : page.rows) {
            if (change.kind != page.kind || change.record.isNull())
                return misuse("a page of a listing holds something else");
            if (const auto done = apply(change, rows); !done)
                return done;
        }
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
    bool over = false;
    const auto outcome = commit([&]() -> Outcome {
        const auto anew = m_database.lend("SELECT filling=2 FROM sync")->number();
        if (!anew)
            return anew.error();
        const auto unfinished = m_database.lend("SELECT count(*) FROM fills WHERE listed=0")->number();
        if (!unfinished)
            return unfinished.error();
        if (*unfinished != 0)
            return misuse("a fill ends before everything is listed");
        for (Kind &kind : m_kinds) {
            const auto older = sweep(kind, notice);
            if (!older)
                return older.error();
            over = over || *older == Older::Removed || (*older == Older::There && *anew != 0);
        }
        if (const auto done = finishLoads(); !done)
            return done;
        if (const auto done = run("DELETE FROM fills"); !done)
            return done;
        // What the fill did not bring again may be of an account that nobody could say was lost, and what it
        // wrote over may be withheld since the cursor before. A program that only knows more than the one
        // before goes on from the same cursor.
        return run(over ? "UPDATE sync SET filling=0, listing='', scrub=1"
                        : "UPDATE sync SET filling=0, listing=''");
    });
    if (!outcome)
        return outcome.error();
    if (const auto done = readKinds(); !done)
        return done.error();
    if (over)
        m_scrub->wanted();
    ChangeNotice result = notice.build();
    if (const auto shown = m_database.lend(Schema::coveredSql)->number())
        result.covered = *shown;
    return result;
}

// What the fill of a kind that is complete now neither listed nor received goes. A kind that was loaded has
// no row from before.
Result<FileWriter::Older> FileWriter::sweep(Kind &kind, NoticeBuilder &notice)
{
    const auto filled = run("UPDATE kinds SET complete=1 WHERE name IN (SELECT kind FROM fills) AND name=? "
                            "AND (SELECT listing FROM sync)=''",
                            kind.type->name);
    if (!filled)
        return filled.error();
    if (m_database.changeCount() == 0 || kind.load == FirstLoad::State::Loaded
        || kind.load == FirstLoad::State::Expected)
        return Older::None;
    bool any = false;
    if (const auto done = removeRows(kind, "_fill<?", std::to_string(kind.generation), any); !done)
        return done.error();
    if (any)
        notice.wholeKind(*kind.type);
    return any ? Older::Removed : Older::There;
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
        if (const auto done = kind.words->storeNext({}); !done)
            return done;
    }
    return Done();
}

std::optional<WordsRange> FileWriter::wordsWaiting() const
{
    const auto next = std::ranges::find_if(m_kinds, &Kind::wordsWaiting);
    return m_filling || next == m_kinds.end() ? std::nullopt : std::optional(next->words->range());
}

Result<ChangeNotice> FileWriter::storeWords(const WordsPiece &ahead)
{
    NoticeBuilder notice;
    const auto next = std::ranges::find_if(m_kinds, &Kind::wordsWaiting);
    if (m_filling || next == m_kinds.end())
        return notice.build();
    const std::int64_t before = next->wordsWaiting();
    const auto outcome = commit([&] { return next->words->storeNext(ahead); });
    if (!outcome)
        return outcome.error();
    const std::int64_t eighth = next->words->all() / wordNotices + 1;
    if (next->wordsWaiting() == 0 || before / eighth != next->wordsWaiting() / eighth)
        notice.wholeKind(*next->type);
    ChangeNotice told = notice.build();
    told.wordsOnly = true;
    return told;
}

} // namespace Counterfoil

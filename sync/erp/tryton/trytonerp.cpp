#include "trytonerp.h"

#include "trytonclerk.h"
#include "trytonjournal.h"
#include "trytonpapers.h"
#include "trytonposition.h"
#include "trytonreader.h"
#include "trytontext.h"

#include <QLoggingCategory>

#include <algorithm>
#include <set>

namespace Counterfoil {

namespace {

constexpr int leastLimit = 2; // an invoice and its document come together

Q_LOGGING_CATEGORY(log, "counterfoil.tryton")

Error otherHistory(const std::string &position)
{
    return {ErrorKind::NotFound,
            TrytonText::tr("Tryton holds another history than before. Everything has to be fetched anew."),
            QString::fromStdString(position)};
}

} // namespace

class TrytonErp::Private
{
public:
    Private(TrytonAccess access, const Clock &ownClock)
        : company(access.company)
        , session(std::move(access), ownClock)
        , reader(session, company)
        , papers(session, reader, ownClock)
        , quotes(session, ownClock)
        , clerk(session, reader, quotes, ownClock)
        , clock(ownClock)
    { }

    Result<ErpBatch> begin();
    ErpBatch fillStatuses(TrytonPosition position, int limit);
    Result<ErpBatch> fill(TrytonPosition position, int limit);
    Result<ErpBatch> follow(TrytonPosition position, int limit);
    Outcome readRows(const TrytonJournal &journal, int limit, TrytonPosition &position, ErpBatch &batch);

    std::int64_t company;
    TrytonSession session;
    TrytonReader reader;
    TrytonPapers papers;
    TrytonQuotes quotes;
    TrytonClerk clerk;
    const Clock &clock;
};

// The journal's end comes first, so that whatever changes during the fill is read again after it.
Result<ErpBatch> TrytonErp::Private::begin()
{
    const auto journal = TrytonJournal::read(session, {}, {}, 0);
    if (!journal)
        return journal.error();
    TrytonPosition position;
    position.identity = journal->identity;
    position.known = journal->snapshot;
    position.thing = 0;
    position.version = std::max<std::int64_t>(1, journal->version);
    ErpBatch batch;
    batch.position = position.toString();
    batch.more = true;
    return batch;
}

// The wording of the states comes before all things that have one; `id` counts them.
ErpBatch TrytonErp::Private::fillStatuses(TrytonPosition position, int limit)
{
    const auto statuses = trytonStatuses();
    ErpBatch batch;
    for (; position.id < std::ssize(statuses) && std::ssize(batch.changes) < limit; ++position.id) {
        const AnyRecord &status = statuses[static_cast<std::size_t>(position.id)];
        Change change;
        change.kind = &status.type();
        change.key = status.type().findFlag(Key)->in<std::string>(status.data());
        change.version = position.version;
        change.time = clock.now();
        change.record = status;
        batch.changes.push_back(std::move(change));
    }
    if (position.id == std::ssize(statuses)) {
        position.id = 0;
        ++position.thing;
    }
    batch.position = position.toString();
    batch.more = true;
    return batch;
}

Result<ErpBatch> TrytonErp::Private::fill(TrytonPosition position, int limit)
{
    const auto things = trytonThings();
    if (position.thing > std::ssize(things))
        return otherHistory(position.toString());
    if (position.thing == 0)
        return fillStatuses(std::move(position), limit);
    const TrytonThing &thing = things[static_cast<std::size_t>(position.thing) - 1];
    const int wanted = std::clamp(limit / static_cast<int>(thing.kinds.size()), 1, reader.pageThings());
    const auto found = reader.after(thing, position.id, wanted);
    if (!found)
        return found.error();
    ErpBatch batch;
    if (!found->names.empty()) {
        if (auto done = reader.read(thing, found->names, position.version, clock.now(), batch.changes); !done)
            return done.error();
        // At the beginning there is nothing yet that could be removed.
        std::erase_if(batch.changes, [](const Change &change) { return change.record.isNull(); });
        position.id = found->last;
    }
    if (std::ssize(found->names) < wanted) {
        qCInfo(log, "First fill: %s read, %d of %d.", thing.name, position.thing, int(things.size()));
        position.id = 0;
        ++position.thing;
        if (position.thing > std::ssize(things))
            position.thing = -1;
    }
    batch.position = position.toString();
    batch.more = true;
    return batch;
}

// The things that the rows name, each once, until there are `limit` changes or a page of things: so that what
// Tryton is asked for one batch is bounded, and less the next time when it was too much.
Outcome TrytonErp::Private::readRows(const TrytonJournal &journal, int limit, TrytonPosition &position,
                                     ErpBatch &batch)
{
    struct Asked
    {
        std::vector<std::string> names;
        Instant at;
    };
    std::map<const TrytonThing *, Asked> asked;
    std::set<std::pair<const TrytonThing *, std::string>> things;
    int records = 0;
    bool whole = true;
    for (const TrytonJournal::Row &row : journal.rows) {
        if (row.thing && !things.contains({row.thing, row.name})) {
            records += static_cast<int>(row.thing->kinds.size());
            if (records > limit || std::ssize(things) == reader.pageThings()) {
                whole = false;
                break;
            }
            things.insert({row.thing, row.name});
            Asked &of = asked[row.thing];
            of.names.push_back(row.name);
            of.at = std::max(of.at, row.at);
        }
        position.after = row.id;
    }
    for (const TrytonThing &thing : trytonThings()) {
        const auto of = asked.find(&thing);
        if (of == asked.end())
            continue;
        if (auto done = reader.read(thing, of->second.names, journal.version, of->second.at, batch.changes);
            !done)
            return done;
    }
    batch.more = !whole || std::ssize(journal.rows) == TrytonJournal::mostRows;
    return Done();
}

Result<ErpBatch> TrytonErp::Private::follow(TrytonPosition position, int limit)
{
    const auto journal = TrytonJournal::read(session, position.known, position.seen, position.after);
    if (!journal)
        return journal.error();
    // Another database, one that was set back, or one that nobody asked for too long.
    if (journal->identity != position.identity || journal->gap)
        return otherHistory(position.toString());
    ErpBatch batch;
    if (journal->rows.empty() && position.seen.empty()) {
        batch.position = position.toString(); // what was known then is all there is
        return batch;
    }
    if (auto done = readRows(*journal, limit, position, batch); !done)
        return done.error();
    if (batch.more) {
        position.seen = journal->snapshot;
    } else {
        position.known = journal->snapshot;
        position.seen.clear();
        position.after = 0;
    }
    batch.position = position.toString();
    return batch;
}

TrytonErp::TrytonErp(TrytonAccess access, const Clock &clock)
    : d(std::make_unique<Private>(std::move(access), clock))
{ }

TrytonErp::~TrytonErp() = default;

Result<ErpBatch> TrytonErp::changesAfter(const std::string &text, int limit)
{
    if (text.empty())
        return d->begin();
    const auto position = TrytonPosition::parse(text);
    if (!position)
        return otherHistory(text);
    const int most = std::max(leastLimit, limit);
    return position->filling() ? d->fill(*position, most) : d->follow(*position, most);
}

Result<IssuedDocument> TrytonErp::document(const std::string &key)
{
    return d->papers.document(key);
}

std::vector<NotOffered> TrytonErp::notOffered() const
{
    return TrytonClerk::notOffered();
}

Result<CommandEffect> TrytonErp::execute(const Command &command, const std::string &actor)
{
    return d->clerk.execute(command, actor);
}

Result<std::optional<CommandEffect>> TrytonErp::findByKey(const std::string &key)
{
    return d->clerk.findByKey(key);
}

Result<Quote> TrytonErp::quote(const QuoteRequest &request, const std::string &)
{
    return d->quotes.quote(request);
}

} // namespace Counterfoil

#include "recordwatch.h"

#include "askflag.h"
#include "cachereaders.h"
#include "kinds.h"

#include <optional>
#include <set>

namespace Counterfoil {

namespace {

struct Read
{
    std::optional<CachedRecord> record;
    std::vector<Linked> linked;
};

Result<Read> readRecord(CacheReader &reader, const RecordRef &ref)
{
    Read read;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        auto record = reader.byKey(*ref.kind, ref.key);
        if (!record)
            return record.error();
        auto linked = reader.linked(ref, WithLists::Yes);
        if (!linked)
            return linked.error();
        read = {std::move(*record), std::move(*linked)};
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return read;
}

bool sameRecord(const CachedRecord &a, const CachedRecord &b)
{
    return a.id == b.id && a.time == b.time && &a.record.type() == &b.record.type()
        && equal(a.record.type(), a.record.data(), b.record.data());
}

bool sameLink(const Linked &a, const Linked &b)
{
    return a.by == b.by && a.outgoing == b.outgoing && sameRecord(a.row, b.row);
}

bool same(const Read &a, const Read &b)
{
    return a.record.has_value() == b.record.has_value() && (!a.record || sameRecord(*a.record, *b.record))
        && std::ranges::equal(a.linked, b.linked, sameLink);
}

// The kinds whose records may be linked to one of `kind`, either way.
std::set<const RecordType *> neighboursOf(const RecordType &kind)
{
    std::set<const RecordType *> neighbours;
    const auto note = [&](const RecordType &from, std::span<const Field> fields) {
        for (const Field &field : fields) {
            if (field.is(Link) && &from == &kind)
                neighbours.insert(field.target);
            if (field.is(Link) && field.target == &kind)
                neighbours.insert(&from);
        }
    };
    for (const RecordType *from : allKinds()) {
        note(*from, from->fields);
        for (const Field &field : from->fields) {
            if (field.type == FieldType::List)
                note(*from, field.element->fields);
        }
    }
    return neighbours;
}

} // namespace

class RecordWatch::Private
{
public:
    Private(RecordWatch *object, CacheReaders &cacheReaders)
        : q(object)
        , readers(cacheReaders)
    { }

    void load();
    void take(Result<Read> read);
    bool concerns(const ChangeNotice &notice) const;

    RecordWatch *q;
    CacheReaders &readers;
    AskFlag asking;
    bool again = false; // something changed while reading
    bool stale = false; // a read failed: what is shown may be old
    RecordRef ref;
    std::set<const RecordType *> neighbours;
    State state = State::None;
    QString errorText;
    Read shown;
};

void RecordWatch::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(), [wanted = ref](CacheReader &reader) { return readRecord(reader, wanted); },
        [this](Result<Read> read) {
            asking.finish();
            stale = !read;
            // What changed while a read failed is tried with the next change, not for ever.
            const bool goOn = std::exchange(again, false) && !stale;
            take(std::move(read));
            if (goOn && !ref.isNull())
                load();
        });
}

void RecordWatch::Private::take(Result<Read> read)
{
    if (!read) {
        if (state != State::Loading)
            return;
        state = State::Failed;
        errorText = read.error().userText;
        Q_EMIT q->changed();
        return;
    }
    const State newState = read->record ? State::Here : State::Missing;
    if (newState == state && same(*read, shown))
        return;
    state = newState;
    errorText.clear();
    shown = std::move(*read);
    Q_EMIT q->changed();
}

bool RecordWatch::Private::concerns(const ChangeNotice &notice) const
{
    if (state == State::None)
        return false;
    // Where a read failed, whatever was written may have mended it. A neighbour's notice does not say whose
    // it is; looking costs a fraction of a millisecond.
    if (stale
        || std::ranges::any_of(neighbours, [&](const RecordType *kind) { return notice.touches(*kind); }))
        return true;
    if (state != State::Here || notice.everything)
        return notice.touches(*ref.kind);
    const KindNotice *own = notice.of(*ref.kind);
    if (!own)
        return false;
    const auto has = [id = shown.record->id](const std::vector<std::int64_t> &ids) {
        return std::ranges::find(ids, id) != ids.end();
    };
    return has(own->updated) || has(own->removed);
}

RecordWatch::RecordWatch(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->concerns(notice))
            d->load();
    });
}

RecordWatch::~RecordWatch() = default;

void RecordWatch::setRef(const RecordRef &ref)
{
    const RecordRef wanted = ref.isNull() ? RecordRef() : ref;
    if (wanted == d->ref)
        return;
    d->ref = wanted;
    d->neighbours = wanted.isNull() ? std::set<const RecordType *>() : neighboursOf(*wanted.kind);
    d->asking.cancel();
    d->again = false;
    d->stale = false;
    d->shown = {};
    d->errorText.clear();
    d->state = wanted.isNull() ? State::None : State::Loading;
    if (!wanted.isNull())
        d->load();
    Q_EMIT changed();
}

RecordRef RecordWatch::ref() const
{
    return d->ref;
}

RecordWatch::State RecordWatch::state() const
{
    return d->state;
}

QString RecordWatch::errorText() const
{
    return d->errorText;
}

const CachedRecord *RecordWatch::here() const
{
    return d->state == State::Here ? &*d->shown.record : nullptr;
}

Instant RecordWatch::knownSince() const
{
    const CachedRecord *row = here();
    return row ? row->time : Instant();
}

const std::vector<Linked> &RecordWatch::linked() const
{
    return d->shown.linked;
}

} // namespace Counterfoil

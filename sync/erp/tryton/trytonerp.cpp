#include "trytonerp.h"

#include "trytonposition.h"
#include "trytonreader.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <set>

namespace Counterfoil {

namespace {

constexpr int journalRows = 2'000;        // asked for at once
constexpr std::size_t mostSeen = 200'000; // rows of transactions that are still open, remembered
constexpr int leastLimit = 2;             // an invoice and its document come together
constexpr std::string_view invoiceDocument = "invoice-";

QString tr(const char *text)
{
    return QCoreApplication::translate("Tryton", text);
}

Error otherHistory(const std::string &position)
{
    return {ErrorKind::NotFound,
            tr("Tryton holds another history than before. Everything has to be fetched anew."),
            QString::fromStdString(position)};
}

Error noJournal(const QString &detail)
{
    return {ErrorKind::BadReply,
            tr("Tryton's journal of changes cannot be read. Counterfoil's module in Tryton may be of another "
               "version."),
            detail};
}

Error noSuchDocument(const std::string &key)
{
    return {ErrorKind::NotFound, tr("Tryton has no such document."), QString::fromStdString(key)};
}

struct JournalRow
{
    std::int64_t id = 0;
    const TrytonThing *thing = nullptr; // of none that we know: nullptr
    std::int64_t record = 0;
    Instant at;
};

// What the module's `changes` answers.
struct Journal
{
    std::string identity;
    std::int64_t horizon = 0;
    std::int64_t version = 0;
    std::int64_t last = 0;
    bool forgotten = false;
    std::vector<JournalRow> rows;
};

const TrytonThing *findThing(const QString &name)
{
    const auto things = trytonThings();
    const auto found = std::ranges::find_if(
        things, [&name](const TrytonThing &thing) { return name == QLatin1String(thing.name); });
    return found == things.end() ? nullptr : &*found;
}

Result<Journal> journalIn(const QJsonValue &answer)
{
    const QJsonObject object = answer.toObject();
    const auto number = [&object](const char *name) {
        bool ok = false;
        const auto value = object.value(QLatin1String(name)).toString().toLongLong(&ok);
        return ok && value >= 0 ? value : -1;
    };
    Journal journal{object.value(QStringLiteral("identity")).toString().toStdString(),
                    number("horizon"),
                    number("version"),
                    number("last"),
                    object.value(QStringLiteral("forgotten")).toBool(),
                    {}};
    const bool whole = !journal.identity.empty() && journal.identity.find(':') == std::string::npos
        && journal.horizon > 0 && journal.version >= 0 && journal.last >= 0;
    if (!whole)
        return noJournal(QStringLiteral("head"));
    for (const auto &each : object.value(QStringLiteral("rows")).toArray()) {
        const QJsonArray row = each.toArray();
        if (row.size() != 4 || row.at(0).toInteger() <= 0)
            return noJournal(QStringLiteral("row"));
        journal.rows.push_back({row.at(0).toInteger(),
                                findThing(row.at(1).toString()),
                                row.at(2).toInteger(),
                                {static_cast<std::int64_t>(row.at(3).toDouble() * 1'000)}});
    }
    return journal;
}

} // namespace

class TrytonErp::Private
{
public:
    Private(TrytonAccess access, const Clock &ownClock)
        : company(access.company)
        , session(std::move(access), ownClock)
        , reader(session, company)
        , clock(ownClock)
    { }

    Result<Journal> readJournal(std::int64_t since, std::int64_t after);
    Result<ErpBatch> begin();
    ErpBatch fillStatuses(TrytonPosition position, int limit);
    Result<ErpBatch> fill(TrytonPosition position, int limit);
    Result<ErpBatch> follow(TrytonPosition position, int limit);
    Outcome readRows(const Journal &journal, int limit, TrytonPosition &position, ErpBatch &batch);
    Result<QByteArray> report(std::int64_t invoice);

    std::int64_t company;
    TrytonSession session;
    TrytonReader reader;
    const Clock &clock;
    // Rows handled whose transactions may not be below the horizon yet, by whoever asks with the position
    // that was given last. Only spares work: without it they are read again, as they are now.
    std::set<std::int64_t> seen;
    std::string given;
};

Result<Journal> TrytonErp::Private::readJournal(std::int64_t since, std::int64_t after)
{
    const auto answer = session.call(QStringLiteral("model.counterfoil.change.changes"),
                                     {QString::number(since), QString::number(after), journalRows});
    if (!answer)
        return answer.error();
    return journalIn(*answer);
}

// The journal's end comes first, so that whatever changes during the fill is read again after it.
Result<ErpBatch> TrytonErp::Private::begin()
{
    const auto journal = readJournal(0, std::numeric_limits<std::int64_t>::max());
    if (!journal)
        return journal.error();
    TrytonPosition position;
    position.identity = journal->identity;
    position.since = journal->horizon;
    position.last = journal->last;
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
    const int wanted = std::clamp(limit / static_cast<int>(thing.kinds.size()), 1, TrytonReader::pageThings);
    const auto ids = reader.idsAfter(thing, position.id, wanted);
    if (!ids)
        return ids.error();
    ErpBatch batch;
    if (!ids->empty()) {
        if (auto done = reader.read(thing, *ids, position.version, clock.now(), batch.changes); !done)
            return done.error();
        // At the beginning there is nothing yet that could be removed.
        std::erase_if(batch.changes, [](const Change &change) { return change.record.isNull(); });
        position.id = ids->back();
    }
    if (std::ssize(*ids) < wanted) {
        position.id = 0;
        ++position.thing;
        if (position.thing > std::ssize(things))
            position.thing = -1;
    }
    batch.position = position.toString();
    batch.more = true;
    return batch;
}

// The rows that were not handled yet, each thing once, until there are `limit` changes.
Outcome TrytonErp::Private::readRows(const Journal &journal, int limit, TrytonPosition &position,
                                     ErpBatch &batch)
{
    struct Asked
    {
        std::vector<std::int64_t> ids;
        Instant at;
    };
    std::map<const TrytonThing *, Asked> asked;
    std::set<std::pair<const TrytonThing *, std::int64_t>> things;
    std::vector<std::int64_t> handled;
    int records = 0;
    bool whole = true;
    for (const JournalRow &row : journal.rows) {
        if (row.thing && !seen.contains(row.id)) {
            const bool another = !things.contains({row.thing, row.record});
            const int more = static_cast<int>(row.thing->kinds.size());
            if (another && records + more > limit) {
                whole = false;
                break;
            }
            if (another) {
                things.insert({row.thing, row.record});
                Asked &of = asked[row.thing];
                of.ids.push_back(row.record);
                of.at = std::max(of.at, row.at);
                records += more;
            }
            handled.push_back(row.id);
        }
        position.after = row.id;
    }
    for (const TrytonThing &thing : trytonThings()) {
        const auto of = asked.find(findThing(QLatin1String(thing.name)));
        if (of == asked.end())
            continue;
        const auto &ids = of->second.ids;
        for (std::size_t from = 0; from < ids.size(); from += TrytonReader::pageThings) {
            const std::size_t count = std::min<std::size_t>(TrytonReader::pageThings, ids.size() - from);
            const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(from);
            if (auto done = reader.read(thing, {begin, begin + static_cast<std::ptrdiff_t>(count)},
                                        journal.version, of->second.at, batch.changes);
                !done)
                return done;
        }
    }
    batch.more = !whole || std::ssize(journal.rows) == journalRows;
    seen.insert(handled.begin(), handled.end());
    if (seen.size() > mostSeen)
        seen.clear();
    return Done();
}

Result<ErpBatch> TrytonErp::Private::follow(TrytonPosition position, int limit)
{
    const auto journal = readJournal(position.since, position.after);
    if (!journal)
        return journal.error();
    // Another database, one that was set back, or one that nobody asked for too long.
    if (journal->identity != position.identity || journal->last < position.last || journal->forgotten)
        return otherHistory(position.toString());
    ErpBatch batch;
    if (position.horizon == 0)
        position.horizon = journal->horizon;
    if (auto done = readRows(*journal, limit, position, batch); !done)
        return done.error();
    // A batch that says something has a position of its own, by which it is seen whether it was taken in.
    if (!batch.changes.empty())
        position.last = std::max(position.last, journal->last);
    if (!batch.more) {
        // All that transactions below the horizon did was in this pass.
        if (journal->rows.empty() && position.after == 0)
            seen.clear();
        position.since = position.horizon;
        position.after = position.horizon = 0;
    }
    batch.position = position.toString();
    return batch;
}

Result<QByteArray> TrytonErp::Private::report(std::int64_t invoice)
{
    const auto id = static_cast<qint64>(invoice);
    const auto answer
        = session.call(QStringLiteral("report.account.invoice.execute"),
                       {QJsonArray{id},
                        QJsonObject{{QStringLiteral("model"), QStringLiteral("account.invoice")},
                                    {QStringLiteral("id"), id},
                                    {QStringLiteral("ids"), QJsonArray{id}}}});
    if (!answer)
        return answer.error();
    const QJsonArray parts = answer->toArray();
    if (parts.at(0).toString() != QLatin1String("pdf")) {
        return Error{
            ErrorKind::BadInput,
            tr("Tryton made this document as something other than PDF, so it cannot be shown. PDF has to be "
               "set for the report \"Invoice\" in Tryton before an invoice is posted."),
            parts.at(0).toString()};
    }
    const QString text = parts.at(1).toObject().value(QStringLiteral("base64")).toString();
    QByteArray bytes = QByteArray::fromBase64(text.toLatin1());
    if (!bytes.startsWith("%PDF-"))
        return Error{ErrorKind::BadReply, tr("Tryton gave something that is no PDF for this document."), {}};
    return bytes;
}

TrytonErp::TrytonErp(TrytonAccess access, const Clock &clock)
    : d(std::make_unique<Private>(std::move(access), clock))
{ }

TrytonErp::~TrytonErp() = default;

Result<ErpBatch> TrytonErp::changesAfter(const std::string &text, int limit)
{
    if (text != d->given)
        d->seen.clear();
    d->given.clear();
    if (text.empty())
        return d->begin();
    const auto position = TrytonPosition::parse(text);
    if (!position)
        return otherHistory(text);
    const int most = std::max(leastLimit, limit);
    auto batch = position->filling() ? d->fill(*position, most) : d->follow(*position, most);
    if (batch)
        d->given = batch->position;
    return batch;
}

Result<IssuedDocument> TrytonErp::document(const std::string &key)
{
    std::int64_t invoice = 0;
    if (key.starts_with(invoiceDocument)) {
        const char *const begin = key.data() + invoiceDocument.size();
        const char *const end = key.data() + key.size();
        const auto read = std::from_chars(begin, end, invoice);
        if (read.ec != std::errc() || read.ptr != end)
            invoice = 0;
    }
    if (invoice <= 0)
        return noSuchDocument(key);
    // As in the projection: what is no document there has no bytes here.
    std::vector<Change> changes;
    if (auto done = d->reader.read(trytonInvoice, {invoice}, 1, {}, changes); !done)
        return done.error();
    if (changes.empty())
        return Error{ErrorKind::BadReply,
                     {},
                     QStringLiteral("the invoice cannot be read: ") + QString::fromStdString(key)};
    if (changes.back().record.isNull())
        return noSuchDocument(key);
    const auto bytes = d->report(invoice);
    if (!bytes)
        return bytes.error();
    IssuedDocument issued;
    issued.bytes = bytes->toStdString();
    issued.mediaType = "application/pdf";
    issued.sha256 = QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex().toStdString();
    const auto same = d->session.call(
        QStringLiteral("model.counterfoil.change.issue"),
        {static_cast<qint64>(invoice), bytes->size(), QString::fromStdString(issued.sha256)});
    if (!same)
        return same.error();
    if (!same->toBool()) {
        return Error{
            ErrorKind::BadReply,
            tr("Tryton's document is another one than it gave before. Ask the supplier which one counts."),
            QString::fromStdString(key)};
    }
    return issued;
}

} // namespace Counterfoil

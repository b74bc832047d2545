#include "outboxmodel.h"

#include "account.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "clock.h"
#include "commandport.h"
#include "display.h"
#include "order.h"
#include "return.h"

#include <QTimer>

#include <algorithm>
#include <map>
#include <set>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;
using Subject = std::pair<const RecordType *, std::string>; // a record, by its kind and key

// Many transitions in a row, as when a long queue is sent, are shown together.
constexpr int restMs = 50;

struct OutboxRow
{
    QString key;
    int state = 0;
    QString kind;
    OutboxWords words;
    QString forWhom;
    QString when;
    QString whenInFull;
    int actions = 0;

    bool operator==(const OutboxRow &) const = default;
};

std::vector<const OutboxEntry *> pick(const std::vector<OutboxEntry> &all, bool (*is)(const OutboxEntry &))
{
    std::vector<const OutboxEntry *> picked;
    for (const OutboxEntry &entry : all) {
        if (is(entry))
            picked.push_back(&entry);
    }
    return picked;
}

// The latest that were done and are still worth a line, newest first.
std::vector<const OutboxEntry *> doneLately(const std::vector<OutboxEntry> &all, Instant since)
{
    auto done = pick(all, [](const OutboxEntry &entry) {
        return entry.state == State::Applied && !entry.dismissed && entry.replacedBy.empty();
    });
    std::erase_if(done, [since](const OutboxEntry *entry) { return entry->changedAt < since; });
    std::ranges::stable_sort(done, std::greater<>(), &OutboxEntry::changedAt);
    done.resize(std::min(done.size(), static_cast<std::size_t>(OutboxModel::doneMost)));
    return done;
}

// In the order of the rows.
std::vector<const OutboxEntry *> shown(const std::vector<OutboxEntry> &all, Instant now)
{
    auto entries = pick(all, [](const OutboxEntry &entry) { return entry.needsDecision(); });
    const auto underWay = pick(all, [](const OutboxEntry &entry) { return !entry.isFinished(); });
    const auto done = doneLately(all, {now.ms - OutboxModel::doneShownMs});
    entries.insert(entries.end(), underWay.begin(), underWay.end());
    entries.insert(entries.end(), done.begin(), done.end());
    return entries;
}

QString everything(const OutboxRow &row)
{
    QStringList parts{row.words.what,    row.forWhom,     row.when,
                      row.words.changes, row.words.state, row.words.explanation};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(". "));
}

} // namespace

class OutboxModel::Private
{
public:
    Private(OutboxModel *model, CommandPort &port, CacheReaders &cacheReaders, const Clock &time)
        : q(model)
        , commands(port)
        , readers(cacheReaders)
        , clock(time)
    { }

    void refresh();
    void refreshSoon();
    void askNames(const std::vector<const OutboxEntry *> &entries);
    OutboxRow rowOf(const OutboxEntry &entry, const std::vector<OutboxEntry> &all) const;

    OutboxModel *q;
    CommandPort &commands;
    CacheReaders &readers;
    const Clock &clock;
    QTimer rest; // after a refresh: what changes meanwhile waits for its end
    bool again = false;
    QTimer expiry;                    // when the oldest of the rows that are done goes
    std::map<Subject, QString> names; // of accounts, and the numbers of orders and returns
    std::set<Subject> asked;          // that need not be asked for again until their kind changes
    std::vector<OutboxRow> rows;
    OutboxCounts counts;
};

void OutboxModel::Private::refreshSoon()
{
    if (rest.isActive())
        again = true;
    else
        refresh();
}

void OutboxModel::Private::refresh()
{
    again = false;
    rest.start(restMs);
    const OutboxEntries all = commands.entries();
    const Instant now = clock.now();
    const auto entries = shown(*all, now);
    askNames(entries);
    std::vector<OutboxRow> wanted;
    expiry.stop();
    for (const OutboxEntry *entry : entries) {
        wanted.push_back(rowOf(*entry, *all));
        if (entry->state == State::Applied) // the last one of them is the oldest
            expiry.start(static_cast<int>(
                std::clamp<qint64>(entry->changedAt.ms + doneShownMs - now.ms + 1, 1, doneShownMs)));
    }
    q->mergeRows(rows, wanted);
    const OutboxCounts before = std::exchange(counts, OutboxCounts::of(*all));
    if (before.waiting != counts.waiting || before.needing != counts.needing)
        Q_EMIT q->countsChanged();
}

// Until a name comes, the row does without.
void OutboxModel::Private::askNames(const std::vector<const OutboxEntry *> &entries)
{
    std::vector<Subject> unknown;
    const auto want = [&](const Subject &ref) {
        if (!ref.second.empty() && asked.insert(ref).second)
            unknown.push_back(ref);
    };
    for (const OutboxEntry *entry : entries) {
        const Command &command = entry->command;
        want({&Account::type, command.account});
        if (command.kind == &Order::type || command.kind == &Return::type)
            want({command.kind, command.target});
    }
    if (unknown.empty())
        return;
    using Named = std::map<Subject, QString>;
    readers.ask(
        q, std::make_shared<std::atomic_bool>(false),
        [unknown](CacheReader &reader) -> Result<Named> {
            Named found;
            for (const Subject &ref : unknown) {
                const auto row = reader.byKey(*ref.first, ref.second);
                if (!row)
                    return row.error();
                if (*row)
                    found.emplace(ref, Display::name((*row)->record));
            }
            return found;
        },
        [this](const Result<Named> &found) {
            if (!found || found->empty())
                return;
            for (const auto &[ref, name] : *found)
                names[ref] = name;
            refreshSoon();
        });
}

OutboxRow OutboxModel::Private::rowOf(const OutboxEntry &entry, const std::vector<OutboxEntry> &all) const
{
    const Command &command = entry.command;
    OutboxRow row;
    row.key = Display::text(command.key);
    row.state = static_cast<int>(entry.state);
    row.kind = Display::text(std::string(command.kind->name));
    const auto known = [this](const Subject &ref) {
        const auto found = names.find(ref);
        return found == names.end() ? QString() : found->second;
    };
    row.words = OutboxWords::of(entry, all, known({command.kind, command.target}));
    row.forWhom = known({&Account::type, command.account});
    row.when = Display::dateAndTime(command.madeAt);
    row.whenInFull = Display::full(command.madeAt);
    row.actions = possibleActions(entry, all).toInt();
    return row;
}

OutboxModel::OutboxModel(CommandPort &commands, CacheReaders &readers, const Clock &clock, QObject *parent)
    : MergedRows(parent)
    , d(std::make_unique<Private>(this, commands, readers, clock))
{
    d->rest.setSingleShot(true);
    d->expiry.setSingleShot(true);
    connect(&d->rest, &QTimer::timeout, this, [this] {
        if (d->again)
            d->refresh();
    });
    connect(&d->expiry, &QTimer::timeout, this, [this] { d->refreshSoon(); });
    connect(&commands, &CommandPort::entriesChanged, this, [this] { d->refreshSoon(); });
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        // An order may come after the first question; its number never changes, an account's name may.
        const auto isStale = [&](const Subject &ref) {
            return notice.touches(*ref.first) && (ref.first == &Account::type || !d->names.contains(ref));
        };
        if (std::erase_if(d->asked, isStale) > 0)
            d->refreshSoon();
    });
    d->refresh();
}

OutboxModel::~OutboxModel() = default;

OutboxCounts OutboxModel::counts() const
{
    return d->counts;
}

int OutboxModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->rows.size());
}

QVariant OutboxModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const OutboxRow &row = d->rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.words.what;
    case Qt::ToolTipRole:
        return row.whenInFull;
    case Qt::AccessibleTextRole:
        return everything(row);
    case ItemRole::Key:
        return row.key;
    case ItemRole::Raw:
        return row.state;
    case ItemRole::Kind:
        return row.kind;
    case ItemRole::Tone:
        return row.words.tone;
    case ItemRole::Symbol:
        return row.words.symbol;
    case ItemRole::Fetched:
        return true;
    case OutboxRole::ForWhom:
        return row.forWhom;
    case OutboxRole::When:
        return row.when;
    case OutboxRole::Changes:
        return row.words.changes;
    case OutboxRole::State:
        return row.words.state;
    case OutboxRole::Explanation:
        return row.words.explanation;
    case OutboxRole::Actions:
        return row.actions;
    default:
        return {};
    }
}

} // namespace Counterfoil

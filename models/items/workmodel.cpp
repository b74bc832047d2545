#include "workmodel.h"

#include "account.h"
#include "askflag.h"
#include "askpace.h"
#include "cachereaders.h"
#include "calendars.h"
#include "clock.h"
#include "commandport.h"
#include "display.h"
#include "invoice.h"
#include "order.h"
#include "outboxwords.h"
#include "return.h"
#include "shipment.h"
#include "signinport.h"
#include "workwords.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

bool bringsWork(const ChangeNotice &notice)
{
    return notice.touches(Order::type) || notice.touches(Shipment::type) || notice.touches(Invoice::type)
        || notice.touches(Return::type) || notice.touches(Account::type);
}

QString allOf(const WorkRow &row)
{
    QStringList parts{row.what, row.state, row.forWhom, row.when, row.detail, row.todo};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(". "));
}

} // namespace

class WorkModel::Private
{
public:
    Private(WorkModel *model, CommandPort &port, CacheReaders &cacheReaders, const Clock &time,
            Person somebody)
        : q(model)
        , commands(port)
        , readers(cacheReaders)
        , clock(time)
        , person(std::move(somebody))
        , calendars(cacheReaders, time)
        , pace([this] { ask(); })
    { }

    void ask();
    void arrange();
    QString nameOf(const std::string &account) const;

    WorkModel *q;
    CommandPort &commands;
    CacheReaders &readers;
    const Clock &clock;
    const Person person;
    Calendars calendars;
    std::vector<std::string> accounts;
    std::optional<WorkReason> only;
    WorkQueue::Found found;
    qint64 refused = 0;
    bool known = false;
    QString error;
    std::vector<WorkRow> rows;
    AskFlag asking;
    AskPace pace;
};

// What cannot be read now leaves what is shown; the next change asks again.
void WorkModel::Private::ask()
{
    const OutboxEntries entries = commands.entries();
    std::vector<std::string> mine;
    for (const OutboxEntry &entry : *entries) {
        if (entry.needsDecision())
            mine.push_back(entry.command.account);
    }
    readers.ask(
        q, asking.renew(),
        [accounts = accounts, now = clock.now(), mine](CacheReader &reader) -> Result<WorkQueue::Found> {
            auto read = WorkQueue(reader).read(accounts, now);
            for (const std::string &key : mine) {
                const auto account = reader.byKey(Account::type, key);
                if (read && account && *account)
                    read->accountNames.emplace(key, (*account)->record.as<Account>()->name);
            }
            return read;
        },
        [this](Result<WorkQueue::Found> answer) {
            asking.finish();
            pace.answered();
            error = answer ? QString() : answer.error().userText;
            if (answer) {
                found = *std::move(answer);
                known = true;
            }
            arrange();
        },
        CacheReaders::Length::Long);
}

QString WorkModel::Private::nameOf(const std::string &account) const
{
    const auto name = found.accountNames.find(account);
    return name == found.accountNames.end() ? QString() : Display::text(name->second);
}

void WorkModel::Private::arrange()
{
    const OutboxEntries all = commands.entries();
    std::vector<WorkRow> wanted;
    refused = 0;
    for (const OutboxEntry &entry : *all) {
        if (!entry.needsDecision())
            continue;
        ++refused;
        if (only.value_or(WorkReason::Refused) == WorkReason::Refused
            && wanted.size() < static_cast<std::size_t>(WorkQueue::mostPerReason))
            wanted.push_back(WorkRow::of(entry, *all, nameOf(entry.command.account)));
    }
    for (const WorkQueue::Item &item : found.items) {
        if (only.value_or(item.reason) != item.reason)
            continue;
        const auto &account = item.record.type().findFlag(AccountKey)->in<std::string>(item.record.data());
        wanted.push_back(WorkRow::of(item, nameOf(account), calendars.today(account), person));
    }
    std::ranges::stable_sort(wanted, {}, &WorkRow::reason);
    q->mergeRows(rows, wanted);
    Q_EMIT q->changed();
}

WorkModel::WorkModel(CommandPort &commands, CacheReaders &readers, const Clock &clock, const Person &person,
                     QObject *parent)
    : MergedRows(parent)
    , d(std::make_unique<Private>(this, commands, readers, clock, person))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (bringsWork(notice) || !d->error.isEmpty())
            d->pace.wanted();
    });
    connect(&commands, &CommandPort::entriesChanged, this, [this] {
        d->arrange();
        d->pace.wanted(); // for the names of their accounts
    });
    connect(&d->calendars, &Calendars::changed, this, [this] { d->pace.wanted(); });
    d->pace.now();
}

WorkModel::~WorkModel() = default;

void WorkModel::setAccounts(const std::vector<std::string> &accounts)
{
    if (d->accounts == accounts)
        return;
    d->accounts = accounts;
    d->pace.now();
}

void WorkModel::setOnly(std::optional<WorkReason> reason)
{
    if (d->only == reason)
        return;
    d->only = reason;
    d->arrange();
}

std::optional<WorkReason> WorkModel::only() const
{
    return d->only;
}

bool WorkModel::isKnown() const
{
    return d->known;
}

QString WorkModel::errorText() const
{
    return d->error;
}

qint64 WorkModel::count(WorkReason reason) const
{
    return reason == WorkReason::Refused ? d->refused : d->found.counts[static_cast<std::size_t>(reason)];
}

qint64 WorkModel::total() const
{
    qint64 total = d->refused;
    for (const std::int64_t count : d->found.counts)
        total += count;
    return total;
}

RecordRef WorkModel::refAt(int row) const
{
    return row >= 0 && row < rowCount() ? d->rows[static_cast<std::size_t>(row)].ref : RecordRef();
}

QString WorkModel::entryAt(int row) const
{
    return row >= 0 && row < rowCount() ? d->rows[static_cast<std::size_t>(row)].entry : QString();
}

int WorkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->rows.size());
}

QVariant WorkModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const WorkRow &row = d->rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.what;
    case Qt::ToolTipRole:
        return row.whenInFull;
    case Qt::AccessibleTextRole:
        return allOf(row);
    case ItemRole::Key:
        return row.key;
    case ItemRole::Raw:
        return static_cast<int>(row.reason);
    case ItemRole::Kind:
        return row.ref.isNull() ? QString() : Display::text(std::string(row.ref.kind->name));
    case ItemRole::Tone:
        return row.tone;
    case ItemRole::Symbol:
        return row.symbol;
    case ItemRole::Fetched:
        return true;
    case OutboxRole::ForWhom:
        return row.forWhom;
    case OutboxRole::When:
        return row.when;
    case OutboxRole::Changes:
        return row.detail;
    case OutboxRole::State:
        return row.state;
    case OutboxRole::Explanation:
        return row.todo;
    default:
        return {};
    }
}

} // namespace Counterfoil

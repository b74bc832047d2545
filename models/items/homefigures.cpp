#include "homefigures.h"

#include "askflag.h"
#include "askpace.h"
#include "cachereaders.h"
#include "clock.h"
#include "recordreader.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using Accounts = std::vector<std::string>;

template <class T>
Outcome readNewest(CacheReader &reader, const Accounts &accounts, WithLists lists, std::vector<T> &into)
{
    RecordQuery query;
    query.kind = &T::type;
    query.accounts = accounts;
    const auto ids = RecordReader(reader).ids(query, HomeFigures::rowsPerList);
    if (!ids)
        return ids.error();
    const auto rows = reader.byIds(T::type, *ids, lists);
    if (!rows)
        return rows.error();
    for (const CachedRecord &row : *rows)
        into.push_back(*row.record.as<T>());
    return Done();
}

// By day; what has none comes last.
bool comesBefore(const Arrival &a, const Arrival &b)
{
    if (a.expectedOn.isSet() != b.expectedOn.isSet())
        return a.expectedOn.isSet();
    return a.expectedOn < b.expectedOn;
}

Outcome readArrivals(CacheReader &reader, const Accounts &accounts, std::vector<Arrival> &into)
{
    AccountFigures figures(reader);
    const auto shipments = figures.underWay(accounts, HomeFigures::arrivalsMost);
    if (!shipments)
        return shipments.error();
    const auto lines = figures.backordered(accounts, HomeFigures::arrivalsMost);
    if (!lines)
        return lines.error();
    for (const CachedRecord &row : *shipments) {
        const auto &shipment = *row.record.as<Shipment>();
        into.push_back({shipment.expectedOn, shipment, {}});
    }
    for (const BackorderedLine &line : *lines)
        into.push_back({line.expectedOn, {}, line});
    std::ranges::stable_sort(into, comesBefore);
    if (into.size() > HomeFigures::arrivalsMost)
        into.resize(HomeFigures::arrivalsMost);
    return Done();
}

Outcome readAccounts(CacheReader &reader, const Accounts &chosen, HomeLists &lists)
{
    const auto take = [&](const std::string &key) -> Outcome {
        if (key.empty() || lists.accounts.contains(key))
            return Done();
        const auto row = reader.byKey(Account::type, key);
        if (!row)
            return row.error();
        if (*row)
            lists.accounts.emplace(key, *(*row)->record.as<Account>());
        return Done();
    };
    std::vector<std::string> keys;
    if (!chosen.empty())
        keys.push_back(chosen.front());
    const auto note = [&keys](const auto &records) {
        for (const auto &record : records)
            keys.push_back(record.account);
    };
    note(lists.orders);
    note(lists.returns);
    note(lists.invoices);
    note(lists.payments);
    note(lists.standings);
    for (const Arrival &arrival : lists.arrivals)
        keys.push_back(arrival.account());
    for (const std::string &key : keys) {
        if (const auto done = take(key); !done)
            return done;
    }
    lists.accountCount = static_cast<std::int64_t>(chosen.size());
    if (!chosen.empty())
        return Done();
    const auto count = reader.count(Account::type);
    if (!count)
        return count.error();
    lists.accountCount = *count;
    return Done();
}

Result<HomeLists> readLists(CacheReader &reader, const Accounts &accounts, bool financial)
{
    HomeLists lists;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        if (const auto done = readNewest(reader, accounts, WithLists::No, lists.orders); !done)
            return done;
        if (const auto done = readNewest(reader, accounts, WithLists::Yes, lists.returns); !done)
            return done;
        if (const auto done = readArrivals(reader, accounts, lists.arrivals); !done)
            return done;
        if (financial) {
            if (const auto done = readNewest(reader, accounts, WithLists::No, lists.invoices); !done)
                return done;
            if (const auto done = readNewest(reader, accounts, WithLists::Yes, lists.payments); !done)
                return done;
            const auto standings = AccountFigures(reader).standings(accounts, HomeFigures::standingsShown);
            if (!standings)
                return standings.error();
            for (const CachedRecord &row : *standings)
                lists.standings.push_back(*row.record.as<CreditStanding>());
        }
        return readAccounts(reader, accounts, lists);
    });
    if (!outcome)
        return outcome.error();
    return lists;
}

bool touchesLists(const ChangeNotice &notice, bool financial)
{
    if (notice.touches(Order::type) || notice.touches(Shipment::type) || notice.touches(Return::type)
        || notice.touches(Account::type))
        return true;
    return financial
        && (notice.touches(Invoice::type) || notice.touches(Payment::type)
            || notice.touches(CreditStanding::type));
}

} // namespace

RecordRef Arrival::ref() const
{
    return shipment ? RecordRef{&Shipment::type, shipment->key} : RecordRef{&Order::type, line.order};
}

class HomeFigures::Private
{
public:
    Private(HomeFigures *object, CacheReaders &cacheReaders, const Clock &timeSource, bool showsFinancial,
            Spend spend)
        : q(object)
        , readers(cacheReaders)
        , clock(timeSource)
        , financial(showsFinancial)
        , spends(showsFinancial && spend == Spend::Yes)
        , listsPace([this] { askLists(); })
        , spendingPace([this] { askSpending(); })
    { }

    void askLists();
    void askSpending();
    void askAll();

    HomeFigures *q;
    CacheReaders &readers;
    const Clock &clock;
    const bool financial;
    const bool spends;
    Accounts accounts;
    HomeLists lists;
    SpendingFigures spending;
    bool listsKnown = false;
    bool spendingKnown = false;
    AskFlag askingLists;
    AskFlag askingSpending;
    AskPace listsPace;
    AskPace spendingPace;
};

// What cannot be read now leaves what is shown; the next change asks again.
void HomeFigures::Private::askLists()
{
    readers.ask(
        q, askingLists.renew(),
        [accounts = accounts, financial = financial](CacheReader &reader) {
            return readLists(reader, accounts, financial);
        },
        [this](Result<HomeLists> answer) {
            askingLists.finish();
            listsPace.answered();
            if (!answer)
                return;
            lists = std::move(*answer);
            listsKnown = true;
            Q_EMIT q->listsChanged();
        });
}

void HomeFigures::Private::askSpending()
{
    readers.ask(
        q, askingSpending.renew(),
        [accounts = accounts, now = clock.now()](CacheReader &reader) {
            return AccountFigures(reader).spending(accounts, now, months);
        },
        [this](Result<SpendingFigures> answer) {
            askingSpending.finish();
            spendingPace.answered();
            if (!answer || (spendingKnown && *answer == spending))
                return;
            spending = std::move(*answer);
            spendingKnown = true;
            Q_EMIT q->spendingChanged();
        },
        CacheReaders::Length::Long);
}

void HomeFigures::Private::askAll()
{
    listsPace.now();
    if (spends)
        spendingPace.now();
}

HomeFigures::HomeFigures(CacheReaders &readers, const Clock &clock, bool financial, QObject *parent,
                         Spend spend)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, clock, financial, spend))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (touchesLists(notice, d->financial))
            d->listsPace.wanted();
        if (d->spends && (notice.touches(Invoice::type) || notice.touches(Account::type)))
            d->spendingPace.wanted();
    });
    d->askAll();
}

HomeFigures::~HomeFigures() = default;

void HomeFigures::setAccounts(const std::vector<std::string> &accounts)
{
    if (d->accounts == accounts)
        return;
    d->accounts = accounts;
    d->listsKnown = false;
    d->spendingKnown = false;
    d->askAll();
}

void HomeFigures::setWatched(bool watched)
{
    d->listsPace.setWatched(watched);
    d->spendingPace.setWatched(watched);
}

bool HomeFigures::isKnown() const
{
    return d->listsKnown;
}

bool HomeFigures::isSpendingKnown() const
{
    return d->spendingKnown;
}

const HomeLists &HomeFigures::lists() const
{
    return d->lists;
}

const SpendingFigures &HomeFigures::spending() const
{
    return d->spending;
}

} // namespace Counterfoil

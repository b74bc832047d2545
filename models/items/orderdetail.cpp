#include "orderdetail.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"

#include <algorithm>

namespace Counterfoil {

namespace {

struct Read
{
    std::optional<CachedRecord> order;
    std::vector<CachedRecord> shipments;
};

Result<Read> readOrder(CacheReader &reader, const std::string &key)
{
    Read read;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        auto order = reader.byKey(Order::type, key);
        if (!order)
            return order.error();
        auto shipments = reader.byField(Shipment::type, "order", key);
        if (!shipments)
            return shipments.error();
        read = {std::move(*order), std::move(*shipments)};
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return read;
}

bool sameRecord(const CachedRecord &a, const CachedRecord &b)
{
    return a.id == b.id && a.time == b.time && equal(a.record.type(), a.record.data(), b.record.data());
}

} // namespace

class OrderDetail::Private
{
public:
    Private(OrderDetail *object, CacheReaders &cacheReaders)
        : q(object)
        , readers(cacheReaders)
    { }

    void load();
    void take(Read read);
    bool concerns(const ChangeNotice &notice) const;

    OrderDetail *q;
    CacheReaders &readers;
    AskFlag asking;
    bool again = false; // something changed while reading
    std::string key;
    State state = State::None;
    Read shown;
    std::vector<Shipment> shipments;
};

void OrderDetail::Private::load()
{
    if (asking.isUnderWay()) {
        again = true;
        return;
    }
    readers.ask(
        q, asking.renew(), [wanted = key](CacheReader &reader) { return readOrder(reader, wanted); },
        [this](Result<Read> read) {
            asking.finish();
            // A read that failed leaves what is shown; the next change tries again.
            if (read)
                take(std::move(*read));
            else
                again = false;
            if (std::exchange(again, false))
                load();
        });
}

void OrderDetail::Private::take(Read read)
{
    const State newState = read.order ? State::Here : State::Missing;
    const bool sameOrder = newState == state && (!read.order || sameRecord(*read.order, *shown.order));
    if (sameOrder && std::ranges::equal(read.shipments, shown.shipments, sameRecord))
        return;
    state = newState;
    shown = std::move(read);
    shipments.clear();
    for (const CachedRecord &row : shown.shipments)
        shipments.push_back(*row.record.as<Shipment>());
    Q_EMIT q->changed();
}

bool OrderDetail::Private::concerns(const ChangeNotice &notice) const
{
    if (state == State::None)
        return false;
    // A shipment's notice does not say whose order it is; looking costs a fraction of a millisecond.
    if (state != State::Here || notice.everything || notice.touches(Shipment::type))
        return notice.touches(Order::type) || notice.touches(Shipment::type);
    const KindNotice *orders = notice.of(Order::type);
    if (!orders)
        return false;
    const auto has = [id = shown.order->id](const std::vector<std::int64_t> &ids) {
        return std::ranges::find(ids, id) != ids.end();
    };
    return has(orders->updated) || has(orders->removed);
}

OrderDetail::OrderDetail(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->concerns(notice))
            d->load();
    });
}

OrderDetail::~OrderDetail() = default;

void OrderDetail::setKey(const QString &key)
{
    const std::string wanted = key.toStdString();
    if (wanted == d->key)
        return;
    d->key = wanted;
    d->asking.cancel();
    d->again = false;
    d->shown = {};
    d->shipments.clear();
    d->state = wanted.empty() ? State::None : State::Loading;
    Q_EMIT changed();
    if (!wanted.empty())
        d->load();
}

QString OrderDetail::key() const
{
    return QString::fromStdString(d->key);
}

OrderDetail::State OrderDetail::state() const
{
    return d->state;
}

const Order &OrderDetail::order() const
{
    static const Order none;
    return d->state == State::Here ? *d->shown.order->record.as<Order>() : none;
}

const std::vector<Shipment> &OrderDetail::shipments() const
{
    return d->shipments;
}

Instant OrderDetail::knownSince() const
{
    return d->state == State::Here ? d->shown.order->time : Instant();
}

} // namespace Counterfoil

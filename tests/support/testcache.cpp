#include "testcache.h"

namespace Counterfoil {

namespace {

template <class T> T taken(Result<T> result)
{
    if (!result)
        qFatal("the test's cache fails: %s", qPrintable(result.error().detail));
    return std::move(*result);
}

} // namespace

TestCache::TestCache()
    : m_writer(taken(CacheWriter::open(path())))
    , m_readers(std::make_unique<CacheReaders>(path()))
{ }

ChangeNotice TestCache::put(const std::vector<Change> &changes)
{
    std::vector<Change> numbered = changes;
    for (Change &change : numbered)
        change.sequence = nextSequence();
    const ChangeNotice notice
        = taken(m_writer->applyChanges(numbered, "cursor-" + std::to_string(m_sequence)));
    m_readers->noteChange(notice);
    return notice;
}

ChangeNotice TestCache::remove(const RecordType &kind, const std::string &key)
{
    Change change;
    change.kind = &kind;
    change.key = key;
    return put({change});
}

Order plainOrder(int n)
{
    Order order;
    order.key = "o" + std::to_string(n);
    order.account = "a1";
    order.number = "SO-" + std::to_string(10'000 + n);
    order.poReference = "PO/" + std::to_string(n);
    order.placedAt = Instant{1'700'000'000'000 + n * std::int64_t{60'000}};
    order.status = "open";
    order.open = true;
    order.origin = "web";
    order.shipToName = "Reno plant";
    order.unitsOrdered = Decimal::fromInteger(9);
    order.unitsShipped = Decimal::fromInteger(6);
    order.currency = "GBP";
    order.total = Amount{231'840};
    return order;
}

} // namespace Counterfoil

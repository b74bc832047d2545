#include "changestorm.h"

#include "cachereaders.h"
#include "cachewriter.h"
#include "manyrecords.h"
#include "order.h"
#include "random.h"

#include <QDateTime>

namespace Counterfoil {

namespace {

constexpr int batch = 1'000;

} // namespace

ChangeStorm::ChangeStorm(const QString &cache, const ManyRecords &books, CacheReaders &readers)
    : m_cache(cache)
    , m_books(books)
    , m_readers(readers)
{ }

ChangeStorm::~ChangeStorm()
{
    requestInterruption();
    wait();
}

void ChangeStorm::run()
{
    auto writer = CacheWriter::open(m_cache);
    if (!writer)
        return;
    SeededRandom random(5);
    // Above whatever an earlier run has left.
    std::int64_t sequence = QDateTime::currentMSecsSinceEpoch() * 1'000;
    while (!isInterruptionRequested()) {
        std::vector<Change> changes;
        for (int i = 0; i < batch; ++i) {
            const auto n = random.below(static_cast<std::uint64_t>(m_books.orders()));
            changes.push_back(m_books.order(static_cast<std::int64_t>(n)));
            changes.back().sequence = ++sequence;
            changes.back().record.as<Order>()->unitsShipped
                = Decimal::fromInteger(static_cast<std::int64_t>(random.below(90)));
        }
        const auto notice = (*writer)->applyChanges(changes, "made");
        if (!notice)
            return;
        m_stored += batch;
        QMetaObject::invokeMethod(&m_readers,
                                  [&readers = m_readers, notice] { readers.noteChange(*notice); });
    }
}

} // namespace Counterfoil

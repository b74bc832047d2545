#include "recordcounts.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "kinds.h"

namespace Counterfoil {

namespace {

constexpr int countEveryMs = 1'000;

} // namespace

RecordCounts::RecordCounts(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , m_readers(readers)
{
    m_again.setSingleShot(true);
    m_again.setInterval(countEveryMs);
    connect(&m_again, &QTimer::timeout, this, &RecordCounts::count);
    connect(&readers, &CacheReaders::changed, this, [this] {
        if (m_watched && !m_again.isActive())
            m_again.start();
    });
}

void RecordCounts::setWatched(bool watched)
{
    m_watched = watched;
    if (watched)
        count();
    else
        m_again.stop();
}

void RecordCounts::count()
{
    const auto read = [](CacheReader &reader) {
        QHash<QString, qint64> counts;
        for (const RecordType *kind : allKinds()) {
            if (const auto rows = reader.count(*kind))
                counts.insert(Display::text(std::string(kind->name)), *rows);
        }
        return counts;
    };
    m_readers.ask(this, m_asking.renew(), read, [this](QHash<QString, qint64> counts) {
        m_asking.finish();
        m_counts = std::move(counts);
        Q_EMIT changed();
    });
}

} // namespace Counterfoil

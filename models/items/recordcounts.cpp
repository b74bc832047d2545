#include "recordcounts.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "kinds.h"

#include <algorithm>

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
        QHash<QString, Count> counts;
        for (const RecordType *kind : allKinds()) {
            const auto rows = reader.count(*kind);
            const auto unsearched = reader.unsearched(*kind);
            // A file that an older program wrote, and that nobody may bring up to date, does not say.
            if (rows)
                counts.insert(Display::text(std::string(kind->name)),
                              {*rows, unsearched ? std::min<qint64>(*rows, *unsearched) : 0});
        }
        return counts;
    };
    const auto use = [this](QHash<QString, Count> counts) {
        m_asking.finish();
        m_counts = std::move(counts);
        // Words that are stored behind touch no row, so that no change tells of each piece.
        if (m_watched && std::ranges::any_of(m_counts, &Count::unsearched))
            m_again.start();
        Q_EMIT changed();
    };
    m_readers.ask(this, m_asking.renew(), read, use, CacheReaders::Length::Long);
}

} // namespace Counterfoil

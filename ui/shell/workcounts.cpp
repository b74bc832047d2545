#include "workcounts.h"

#include "cachereaders.h"
#include "calendars.h"
#include "recordreader.h"

namespace Counterfoil {

namespace {

constexpr int pauseMs = 2'000;

} // namespace

WorkCounts::WorkCounts(CacheReaders &readers, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_readers(readers)
    , m_calendars(new Calendars(readers, clock, this))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_due, false))
            count();
    });
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        for (const Work &work : std::as_const(m_works)) {
            if (notice.touches(*work.kind))
                return countSoon();
        }
    });
    connect(m_calendars, &Calendars::changed, this, &WorkCounts::countSoon);
}

void WorkCounts::add(const QString &id, const RecordType &kind, Restrict restrict)
{
    m_works.append({id, &kind, std::move(restrict)});
    countSoon();
}

void WorkCounts::setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf)
{
    if (accounts == m_accounts && calendarOf == m_calendarOf)
        return;
    m_accounts = accounts;
    m_calendarOf = calendarOf;
    m_pause.stop();
    count();
}

void WorkCounts::countSoon()
{
    m_due = true;
    if (!m_pause.isActive() && !m_asking.isUnderWay())
        m_pause.start(m_counts.isEmpty() ? 0 : pauseMs);
}

void WorkCounts::count()
{
    QList<std::pair<QString, RecordQuery>> queries;
    for (const Work &work : std::as_const(m_works)) {
        RecordQuery query;
        query.kind = work.kind;
        query.accounts = m_accounts;
        work.restrict(query, m_calendars->today(m_calendarOf));
        queries.append({work.id, query});
    }
    m_readers.ask(
        this, m_asking.renew(),
        [queries](CacheReader &reader) {
            QHash<QString, qint64> counts;
            for (const auto &[id, query] : queries) {
                const auto totals = RecordReader(reader).totals(query);
                if (!totals)
                    continue; // counted again with the next change
                counts[id] = totals->count;
            }
            return counts;
        },
        [this](const QHash<QString, qint64> &counts) {
            m_asking.finish();
            m_pause.start(pauseMs);
            if (counts == m_counts)
                return;
            m_counts = counts;
            Q_EMIT changed();
        },
        CacheReaders::Length::Long);
}

} // namespace Counterfoil

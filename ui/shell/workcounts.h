#pragma once

#include "askflag.h"
#include "recordquery.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace Counterfoil {

class CacheReaders;
class Calendars;
class Clock;

// How much work waits in each pane, for the rail: counted off the GUI thread, and again after changes, at
// most once in two seconds.
class WorkCounts final : public QObject
{
    Q_OBJECT
public:
    using Restrict = std::function<void(RecordQuery &query, Date today)>;

    WorkCounts(CacheReaders &readers, const Clock &clock, QObject *parent = nullptr);

    void add(const QString &id, const RecordType &kind, Restrict restrict);
    void setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf);
    qint64 of(const QString &id) const { return m_counts.value(id); }

Q_SIGNALS:
    void changed();

private:
    struct Work
    {
        QString id;
        const RecordType *kind;
        Restrict restrict;
    };
    void countSoon();
    void count();

    CacheReaders &m_readers;
    Calendars *m_calendars;
    QList<Work> m_works;
    QHash<QString, qint64> m_counts;
    std::vector<std::string> m_accounts;
    std::string m_calendarOf;
    QTimer m_pause; // while it runs, nothing is counted
    bool m_due = false;
    AskFlag m_asking;
};

} // namespace Counterfoil

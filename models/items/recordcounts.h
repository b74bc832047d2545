#pragma once

#include "askflag.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace Counterfoil {

class CacheReaders;

// How many records of each kind the cache holds and can search, counted off the GUI thread while somebody
// watches.
class RecordCounts final : public QObject
{
    Q_OBJECT
public:
    explicit RecordCounts(CacheReaders &readers, QObject *parent = nullptr);

    struct Count
    {
        qint64 rows = 0;
        qint64 unsearched = 0; // of those, at most, which a text does not find yet
    };

    // Counts now, and again after changes, at most once a second.
    void setWatched(bool watched);

    const QHash<QString, Count> &counts() const { return m_counts; } // by RecordType::name

Q_SIGNALS:
    void changed();

private:
    void count();

    CacheReaders &m_readers;
    QTimer m_again;
    bool m_watched = false;
    QHash<QString, Count> m_counts;
    AskFlag m_asking;
};

} // namespace Counterfoil

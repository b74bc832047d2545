#pragma once

#include <QString>
#include <QThread>

#include <atomic>

namespace Counterfoil {

class CacheReaders;
class ManyRecords;

// Stores changes to orders as fast as it can on a thread of its own, as a sync that catches up does, until it
// is destroyed. Both must outlive it.
class ChangeStorm final : public QThread
{
public:
    ChangeStorm(const QString &cache, const ManyRecords &books, CacheReaders &readers);
    ~ChangeStorm() override;

    qint64 stored() const { return m_stored; }

protected:
    void run() override;

private:
    const QString m_cache;
    const ManyRecords &m_books;
    CacheReaders &m_readers;
    std::atomic<qint64> m_stored = 0;
};

} // namespace Counterfoil

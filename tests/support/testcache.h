#pragma once

#include "cachereaders.h"
#include "cachewriter.h"
#include "order.h"
#include "recordquery.h"

#include <QTemporaryDir>

namespace Counterfoil {

// A real cache in a folder of its own, with its writer and readers, as the program has them but for
// the thread that the writer lives on.
class TestCache
{
public:
    TestCache();

    QString path() const { return m_dir.filePath(QStringLiteral("cache.db")); }
    CacheWriter &writer() { return *m_writer; }
    CacheReaders &readers() { return *m_readers; }

    // Commits the records as one batch of changes, numbered on from the last, and says so to the readers.
    ChangeNotice put(const std::vector<Change> &changes);
    ChangeNotice remove(const RecordType &kind, const std::string &key);
    std::int64_t nextSequence() { return ++m_sequence; }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<CacheWriter> m_writer;
    std::unique_ptr<CacheReaders> m_readers;
    std::int64_t m_sequence = 0;
};

template <class T> Change changeTo(const T &record)
{
    Change change;
    change.kind = &T::type;
    change.key = record.key;
    change.account = record.account;
    change.version = 1;
    change.time = Instant{1'700'000'000'000};
    change.record = AnyRecord(std::make_shared<T>(record));
    return change;
}

template <class T> RecordQuery allOf()
{
    RecordQuery query;
    query.kind = &T::type;
    return query;
}

// Order number `n` of account "a1": placed on minute n, so that a higher number is newer.
Order plainOrder(int n);

} // namespace Counterfoil

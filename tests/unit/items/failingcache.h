#pragma once

#include "cachereaders.h"
#include "cachewriter.h"

#include <QTemporaryDir>

namespace Counterfoil {

// A cache whose file is not there until it is mended: every read fails until then.
class FailingCache
{
public:
    QString path() const { return m_dir.filePath(QStringLiteral("cache.db")); }
    CacheReaders &readers() { return m_readers; }

    // Makes the file with these records, and says that something changed.
    void mend(std::vector<Change> changes)
    {
        std::int64_t sequence = 0;
        for (Change &change : changes)
            change.sequence = ++sequence;
        auto writer = CacheWriter::open(path());
        Q_ASSERT(writer);
        const auto notice = (*writer)->applyChanges(changes, "c");
        Q_ASSERT(notice);
        m_readers.noteChange(*notice);
    }

private:
    QTemporaryDir m_dir;
    CacheReaders m_readers{path()};
};

} // namespace Counterfoil

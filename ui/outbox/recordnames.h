#pragma once

#include "commandport.h"
#include "recordref.h"

#include <QHash>
#include <QObject>

namespace Counterfoil {

class CacheReaders;
class RecordWatch;

// What the records are called that a Link field names: those of the cache, and those that entries of the
// outbox are to make. GUI thread; a name that is still to be read follows by changed().
class RecordNames final : public QObject
{
    Q_OBJECT
public:
    RecordNames(CacheReaders &readers, const CommandPort &port, QObject *parent = nullptr);

    QString of(const RecordType &kind, const std::string &key); // empty: not known, or not yet

Q_SIGNALS:
    void changed();

private:
    CacheReaders &m_readers;
    const CommandPort &m_port;
    QHash<QString, RecordWatch *> m_watches; // by key
};

} // namespace Counterfoil

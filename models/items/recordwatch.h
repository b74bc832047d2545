#pragma once

#include "cachereader.h"

#include <QObject>

#include <algorithm>
#include <memory>

namespace Counterfoil {

class CacheReaders;

// One record with what is linked to it, kept current: set a reference, and changed() follows now and
// whenever the cache's copy of any of it changes. Lives on the GUI thread and never waits for the disk.
class RecordWatch final : public QObject
{
    Q_OBJECT
public:
    explicit RecordWatch(CacheReaders &readers, QObject *parent = nullptr);
    ~RecordWatch() override;

    void setRef(const RecordRef &ref); // of nothing: none
    RecordRef ref() const;

    // Failed: the first read did not work, errorText() says why, and the next change tries again. A read
    // that fails later leaves what is shown.
    enum class State { None, Loading, Here, Missing, Failed };
    State state() const;
    QString errorText() const;

    // The record with its lists; nullptr unless Here and of that kind.
    template <class T> const T *record() const
    {
        const CachedRecord *row = here();
        return row ? row->record.as<T>() : nullptr;
    }
    // The same, whatever its kind; null unless Here.
    AnyRecord any() const
    {
        const CachedRecord *row = here();
        return row ? row->record : AnyRecord();
    }
    Instant knownSince() const; // when the ERP committed the version shown

    // What Link fields tie to it, with lists; newest first. While Missing there may be some, too.
    const std::vector<Linked> &linked() const;
    // The linked records of one kind, each once.
    template <class T> std::vector<T> linkedOf() const
    {
        std::vector<T> records;
        std::vector<std::int64_t> known;
        for (const Linked &each : linked()) {
            const T *record = each.row.record.template as<T>();
            if (!record || std::ranges::find(known, each.row.id) != known.end())
                continue;
            known.push_back(each.row.id);
            records.push_back(*record);
        }
        return records;
    }

Q_SIGNALS:
    void changed();

private:
    const CachedRecord *here() const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil

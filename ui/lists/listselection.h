#pragma once

#include "fieldtable.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <vector>

namespace Counterfoil {

class CacheReaders;
class RecordView;

// Which rows of a list are selected, of which there may be more than are in memory, and what they come to.
class ListSelection final : public QObject
{
    Q_OBJECT
public:
    static constexpr int most = 2'000; // by selecting all; more can be selected, and are only counted

    // All must outlive it. `withPrices`: whether the person may hear amounts.
    ListSelection(RecordView &view, CacheReaders &readers, const RecordType &kind, bool withPrices,
                  QObject *parent);

    qsizetype count() const;
    // Rows in the cache, in the list's order; the current one where none is selected; one more than `most`
    // where there are more.
    std::vector<std::int64_t> ids() const;

Q_SIGNALS:
    void changed();
    void described(const QString &words); // "12 selected · £4,218.20"; empty while it is one at most

private:
    void describe();
    void addUp(std::vector<std::int64_t> ids);

    RecordView &m_view;
    CacheReaders &m_readers;
    const RecordType &m_kind;
    const Field *m_amount; // what is added up; nullptr: nothing
    QTimer m_soon;         // once a selection that grows key by key stands still
    std::shared_ptr<std::atomic_bool> m_asked;
};

} // namespace Counterfoil

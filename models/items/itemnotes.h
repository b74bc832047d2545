#pragma once

#include "askflag.h"
#include "rownotes.h"

#include <QTimer>

#include <set>
#include <unordered_map>

namespace Counterfoil {

class CacheReaders;

// What a list of items says beside their fields: what an account itself calls each, and by what it was found
// where that is not seen in the row. Reads what views ask for, and again what changed.
class ItemNotes final : public RowNotes
{
    Q_OBJECT
public:
    static constexpr std::size_t rowsMost = 2'000; // in memory; more: all are forgotten

    explicit ItemNotes(CacheReaders &readers, QObject *parent = nullptr);

    enum Place { OwnNumber, FoundBy };
    QList<Column> columns() const override;
    QVariant data(qint64 row, int column, int role) const override;
    void setText(const QString &text) override;

private:
    struct Entry
    {
        qint64 row = 0;
        QString ownNumber;
        QString foundBy;
        bool stale = false;
    };
    using Entries = std::vector<Entry>;

    void want(qint64 row) const;
    void read();
    void take(const Entries &entries);
    void markStale();

    CacheReaders &m_readers;
    QString m_text;
    std::unordered_map<qint64, Entry> m_entries;
    mutable std::set<qint64> m_wanted;
    mutable QTimer m_soon; // after the views have asked for all that they show
    AskFlag m_asking;
    AskFlag m_warming;
};

} // namespace Counterfoil

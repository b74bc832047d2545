#pragma once

#include "askflag.h"
#include "filetexts.h"
#include "rownotes.h"

#include <QTimer>

#include <set>
#include <unordered_map>

namespace Counterfoil {

class CacheReaders;

// What a list of documents says beside their fields: where in each the words are, whose it is, and whether it
// is on this computer. Reads what views ask for, and again what changed.
class DocumentNotes final : public RowNotes
{
    Q_OBJECT
public:
    static constexpr std::size_t rowsMost = 2'000; // in memory; more: all are forgotten

    explicit DocumentNotes(CacheReaders &readers, QObject *parent = nullptr);

    enum Place { Inside, Owner, Here };
    QList<Column> columns() const override;
    QVariant data(qint64 row, int column, int role) const override;
    void setText(const QString &text) override;

private:
    struct Entry
    {
        FileFacts facts;
        QString account;
        bool stale = false;
    };
    using Entries = std::vector<Entry>;

    QVariant inside(const FileFacts &facts, int role) const;
    void want(qint64 row) const;
    void read();
    void take(const Entries &entries);

    CacheReaders &m_readers;
    QString m_text;
    std::unordered_map<qint64, Entry> m_entries;
    mutable std::set<qint64> m_wanted;
    mutable QTimer m_soon; // after the views have asked for all that they show
    AskFlag m_asking;
};

} // namespace Counterfoil

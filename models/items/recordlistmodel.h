#pragma once

#include "changenotice.h"
#include "itemroles.h"
#include "recordquery.h"

#include <QAbstractTableModel>

#include <memory>

namespace Counterfoil {

class CacheReaders;
class Clock;
class RowNotes;

// The records of one kind that a query finds. Has the ordered row ids of the whole result, which are shared
// with other lists of the same, so that any row is an array access away, and fetches rows
// a page at a time on a reader thread; nothing here waits for the disk. The columns are the kind's fields
// with the Column flag, in table order.
//
// What is shown stays until the first page of a new query has come, which then replaces it (a reset);
// the full extent follows. A live change never resets: a row that still matches changes where it is,
// even when it would now sort elsewhere, so that nothing moves under the pointer; one that no longer
// matches goes; a new one comes in at its place. A fill or a purge exchanges the ids in one layout
// change, which selection and current index survive.
class RecordListModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    // Without prices there is no column that would show one, rather than a column of zeros.
    RecordListModel(CacheReaders &readers, const Clock &clock, const RecordType &kind,
                    QObject *parent = nullptr, bool withPrices = true);
    ~RecordListModel() override;

    // More columns, after those of the fields. Before any view has the model; `notes` must outlive it.
    void setNotes(RowNotes *notes);

    const RecordType &kind() const;
    const RecordQuery &query() const;        // at first: all of the kind, newest first
    void setQuery(const RecordQuery &query); // of this kind

    // Sums over the whole result, one entry a currency: what the list's foot shows.
    struct Totals
    {
        qint64 count = 0;
        qint64 listed = 0;       // fewer where HeldLists has no room for so many rows
        qint64 openCount = 0;    // 0 where the kind has no OpenMark
        bool widened = false;    // nothing has the words as typed: these are like them
        qint64 unsearched = 0;   // at most so many more may have the query's words
        QStringList openAmounts; // of the Summed field, formatted, one a currency; empty where prices are
                                 // withheld or the kind has none
    };
    Totals totals() const;
    bool isCounting() const; // the first page is here, the full extent is still being read

    int columnOf(const QString &fieldName) const; // -1: not a column
    QString fieldOf(int column) const;
    int rowOf(const QString &key) const; // -1 when not in the result, or not in memory; see findRow()
    void findRow(const QString &key);    // rowFound() answers, for any row of the result

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void totalsChanged();
    void countingChanged(bool counting);
    void rowFound(const QString &key, int row); // -1: not in the result
    void failed(const QString &userText);       // the cache could not be read; what was shown stays

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil

#pragma once

#include "boughtitems.h"
#include "itemroles.h"

#include <QAbstractTableModel>

#include <map>
#include <memory>

namespace Counterfoil {

class CacheReaders;

// How it stands with buying an item again.
enum class Due {
    Unknown, // bought too few times to have a rhythm
    Later,
    Now,    // the day has come
    Lapsed, // and gone by so long ago that the rhythm has ended
};

// A row for each item that the chosen accounts bought before, searched and sorted. Reads, sorts and searches
// off the GUI thread, on which it lives. A change resets the rows; a view finds its row again by
// ItemRole::Key.
class BoughtModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Sku,
        Description,
        LastBought,
        LastPrice,
        Usual,
        Times,
        Rhythm,
        DueAgain,
        AccountName,
        ColumnCount
    };
    static constexpr int lapsedAfterRhythms = 3;

    struct Query
    {
        QString text; // every word of it is somewhere in the item's number, without dashes too, or its name
        bool dueOnly = false;
        int column = LastBought;
        bool descending = true;
        Date today;
        std::map<QString, Date> resting; // by key: not suggested before that day

        bool operator==(const Query &) const = default;
    };
    // Several: no account is chosen among several companies.
    enum class State { Loading, Here, Several, Failed };

    // Without prices no cell has one.
    BoughtModel(CacheReaders &readers, bool withPrices, QObject *parent = nullptr);
    ~BoughtModel() override;

    void setAccounts(const std::vector<std::string> &accounts); // none: all; reads at once
    void setQuery(const Query &query);
    const Query &query() const;
    void setWatched(bool watched); // reading stops while nobody looks

    State state() const;
    QString errorText() const; // of Failed
    int known() const;         // items, found or not
    int due() const;           // items that are due now and not resting
    bool isCut() const;        // older orders were not looked at
    bool hasAccounts() const;  // the items are of several accounts

    const BoughtItem *item(int row) const; // nullptr: no such row
    Due dueOf(int row) const;
    int rowOf(const QString &key) const; // -1: not found
    static QString keyOf(const BoughtItem &item);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed(); // anything of the above; after the rows

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil

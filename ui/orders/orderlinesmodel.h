#pragma once

#include "itemroles.h"
#include "order.h"

#include <QAbstractTableModel>

namespace Counterfoil {

class StatusWording;

// The lines of one order. A new version of the same order changes cells in place.
class OrderLinesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Item,
        Ordered,
        Allocated,
        Shipped,
        Backordered,
        Invoiced,
        Cancelled,
        Price,
        Tax,
        Net,
        ColumnCount
    };

    enum Role {
        Description = ItemRole::Note + 1,
        StateText,   // with ItemRole::Tone and ItemRole::Symbol, of the Item column
        Outstanding, // "3 to come on 2 Dec", "3 to come, no date known"; empty when nothing is backordered
    };

    explicit OrderLinesModel(const StatusWording &wording, QObject *parent = nullptr);

    void setOrder(const Order &order, bool showPrices);
    // The values of the columns given that are worth a word, for where there is no room for columns.
    QString summary(int row, const QList<int> &columns) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const OrderLine &line, int column) const;
    QString outstanding(const OrderLine &line) const;

    const StatusWording &m_wording;
    std::string m_currency;
    std::vector<OrderLine> m_lines;
    bool m_showPrices = true;
};

} // namespace Counterfoil

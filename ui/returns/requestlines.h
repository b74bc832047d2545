#pragma once

#include "itemroles.h"
#include "returncase.h"

#include <QAbstractTableModel>

namespace Counterfoil {

// The lines of an order with how many of each can come back, and why not more, for the reason chosen. Of what
// can, a quantity may be typed.
class RequestLines final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Item, Description, Possible, Quantity, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // What is more than can come back for that reason is lowered to it.
    void setLines(const Order &order, const std::vector<ReturnableLine> &lines);
    void takeAll(); // of everything, as many as can come back
    const std::vector<ReturnLine> &wanted() const { return m_wanted; } // one a row; many of none
    // Why not all that was shipped can come back; empty: it can.
    QString objection(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void edited();
    void refused(const QString &sentence); // what was typed

private:
    QString possible(int row) const;
    QString text(int row, int column) const;

    std::vector<ReturnableLine> m_lines;
    std::vector<ReturnLine> m_wanted;
};

} // namespace Counterfoil

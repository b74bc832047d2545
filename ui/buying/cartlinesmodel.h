#pragma once

#include "cart.h"
#include "itemroles.h"

#include <QAbstractTableModel>

namespace Counterfoil {

// The lines of a cart, whose quantities can be typed over. Prices are as they were told, with their date.
class CartLinesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Item, Description, Quantity, Unit, UnitPrice, PriceOf, Net, ColumnCount };

    explicit CartLinesModel(bool withPrices, QObject *parent = nullptr);

    void setCart(const Cart &cart, bool editable); // says nothing of it; what stays the same is not reset
    const std::vector<CartLine> &lines() const { return m_cart.lines; }
    void remove(int row);
    void add(const std::vector<CartLine> &lines); // the same item in the same unit is added to

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void edited();
    void refused(const QString &sentence); // what was typed is no quantity, or there are too many lines

private:
    QString text(const CartLine &line, int column) const;
    void number();

    const bool m_withPrices;
    bool m_editable = false;
    Cart m_cart;
};

} // namespace Counterfoil

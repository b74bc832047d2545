#pragma once

#include "bookentry.h"
#include "itemroles.h"
#include "mergedrows.h"

#include <QAbstractTableModel>

namespace Counterfoil {

class CartBook;
class StatusWording;
struct Approval;

// How far a cart is, and what is told of that.
struct CartState
{
    QString text; // "Being placed"
    QString tone; // as Status::tone
    QString symbol;
    bool editable = false;  // this person can change and place it
    bool undecided = false; // something of it is to be decided on in the outbox first

    // `user`: who looks; a cart that is not shared belongs to who made it. `approval`: the last that was
    // asked for it.
    static CartState of(const BookEntry &entry, const Approval *approval, const StatusWording &wording,
                        const std::string &user);
    static CartState of(const CartBook &book, const BookEntry &entry, const StatusWording &wording,
                        const std::string &user);
    bool operator==(const CartState &) const = default;
};

// The rows of the list of carts.
class CartsModel final : public MergedRows<QAbstractTableModel>
{
    Q_OBJECT
public:
    enum Column { Name, Lines, Total, State, ColumnCount };

    CartsModel(const StatusWording &wording, bool withPrices, const std::string &user,
               QObject *parent = nullptr);

    void setCarts(const CartBook &book);
    int rowOf(const std::string &target) const; // -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        std::string key;
        QString name;
        QString lines;
        QString total;
        CartState state;

        bool operator==(const Row &) const = default;
    };

    const StatusWording &m_wording;
    const bool m_withPrices;
    const std::string m_user;
    std::vector<Row> m_rows;
};

} // namespace Counterfoil

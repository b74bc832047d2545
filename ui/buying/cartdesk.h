#pragma once

#include "askflag.h"
#include "boughtitems.h"
#include "cart.h"
#include "commandport.h"
#include "item.h"
#include "order.h"
#include "panecontext.h"
#include "reorderby.h"
#include "result.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <optional>
#include <set>

namespace Counterfoil {

class CacheReader;

// What a cart is made of, or why none can be made of it.
struct CartDraft
{
    std::string account;
    Cart cart;
    QString refused; // one sentence; empty: the cart can be made
    QString note;    // one sentence about what is not in it; may be empty
};

// All lines of the orders, or those alone whose numbers are given; the same item twice becomes one line.
// Prices are those of the orders, with their dates, so that today's can be compared with them.
CartDraft draftOf(const std::vector<Order> &orders, const std::set<std::int64_t> &lines = {});
// In the usual quantities.
CartDraft draftOf(const std::vector<BoughtItem> &items);

// The next quantity up of whole packs; as it is where the item comes in none.
Decimal inPacks(Decimal quantity, const Item &item);

// Makes carts: a wish like any other, so it works without a connection. GUI thread.
class CartDesk final : public QObject
{
    Q_OBJECT
public:
    static constexpr int ordersMost = 100; // that are put into one cart

    CartDesk(PaneContext context, CommandPort &commands, QObject *parent = nullptr);

    bool mayOrder() const;                                 // this person may make carts at all
    void reorder(const std::vector<std::int64_t> &orders); // by their rows in the cache
    // By their numbers; none: all of the order's.
    void reorderLines(const std::string &order, const std::set<std::int64_t> &lines);
    void buyAgain(std::vector<BoughtItem> items, ReorderBy by = ReorderBy::Usual);
    void makeEmpty(const std::string &account, const std::string &currency);
    // With its lines: a list to order from again, or a cart of such a list.
    void copy(const Cart &cart, bool asList);
    // Named by the command that makes it; empty: this person may not. told() says so, made() does not.
    std::string makeWith(const std::string &account, const std::string &currency, const CartLine &line);

Q_SIGNALS:
    void made(const QString &target); // the cart is stored; named by the command that makes it
    void told(const QString &sentence);

private:
    using Orders = std::vector<Order>;
    void ask(std::function<Result<Orders>(CacheReader &)> read, const std::set<std::int64_t> &lines);
    void buyInPacks(const std::vector<BoughtItem> &items);
    template <class Things, class Draft> void makeEach(const Things &things, const Draft &draft);
    QString make(const CartDraft &draft); // the command's key; empty: none was given

    const PaneContext m_context;
    CommandPort &m_commands;
    AskFlag m_asking;
    QHash<QString, QString> m_waiting; // what to say once the command is stored
    QSet<QString> m_quiet;             // of those, not to be shown when made
};

} // namespace Counterfoil

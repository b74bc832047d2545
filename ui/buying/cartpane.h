#pragma once

#include "cartbook.h"
#include "panecontext.h"

#include <QKeySequence>
#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QPushButton;
class QSplitter;

namespace Counterfoil {

class Actions;
class CartDesk;
class CartsModel;
class CartView;
class QuotePort;
class RecordView;
class StatePanel;
struct RecordRef;

// The carts of the account, and the one chosen.
class CartPane final : public QWidget
{
    Q_OBJECT
public:
    CartPane(const PaneContext &context, CommandPort &commands, QuotePort &quotes, CartDesk &desk,
             QWidget *parent = nullptr);
    ~CartPane() override;

    // None chosen: the first of all that the person sees is the one for new carts.
    void setAccounts(const std::vector<std::string> &accounts, const std::string &first);
    void focusFirst();
    void showCart(const QString &target); // as soon as it is here
    void addActions(Actions &actions);    // once
    // Adds to the account's cart that was changed last and is open, or to a new one, also before the carts
    // are here; told() says which.
    void put(const std::string &account, const std::string &currency, const CartLine &line);

    CartView &cart() const { return *m_cart; }
    RecordView &list() const { return *m_list; }
    CartBook &book() const { return *m_book; }

Q_SIGNALS:
    void orderChosen(const Counterfoil::RecordRef &order);
    void approvalChosen(const Counterfoil::RecordRef &approval);
    void accountChoiceWanted();
    void decisionWanted(const QString &entry); // of the outbox
    void told(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildList();
    void connectAll();
    void addAction(const char *id, const QString &text, const QList<QKeySequence> &keys,
                   std::function<void()> run);
    void showCarts();
    void showState();
    void refreshActions();
    void makeEmpty();
    void pasteParts();
    void fitColumns();
    void putWaiting();

    const PaneContext m_context;
    CartDesk &m_desk;
    CartBook *m_book;
    CartsModel *m_model;
    RecordView *m_list;
    StatePanel *m_state;
    QPushButton *m_new;
    QLabel *m_more; // below the list
    CartView *m_cart;
    std::string m_accountWanted; // of a new cart; empty: the only one
    std::string m_wanted;        // to be shown as soon as it is here
    struct Put
    {
        std::string account;
        std::string currency;
        CartLine line;
    };
    QList<Put> m_puts;    // wait for the carts
    std::string m_making; // the cart that was made for the one before; empty: none
    struct PaneAction
    {
        QString id;
        QAction *action;
    };
    QList<PaneAction> m_actions;
};

} // namespace Counterfoil

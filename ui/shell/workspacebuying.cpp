// Buying again in the main window: the panes for it, and what makes a cart of what is chosen.

#include "workspace.h"

#include "accountswitcher.h"
#include "actions.h"
#include "approval.h"
#include "approvaldetailpane.h"
#include "approvalwords.h"
#include "boughtpane.h"
#include "cartdesk.h"
#include "cartpane.h"
#include "commandport.h"
#include "display.h"
#include "itemdetailpane.h"
#include "listpane.h"
#include "listselection.h"
#include "order.h"
#include "orderchangesheet.h"
#include "orderdetailpane.h"
#include "outboxcorner.h"
#include "recordspage.h"
#include "wishes.h"

#include <QAction>
#include <QPushButton>
#include <QStackedWidget>

namespace Counterfoil {

BoughtPane *Workspace::Pane::bought() const
{
    return qobject_cast<BoughtPane *>(widget);
}

CartPane *Workspace::Pane::carts() const
{
    return qobject_cast<CartPane *>(widget);
}

BoughtPane *Workspace::currentBought() const
{
    return qobject_cast<BoughtPane *>(m_stack->currentWidget());
}

QWidget *Workspace::makeBoughtPane()
{
    auto *pane = new BoughtPane(m_context, m_stack);
    connect(pane, &BoughtPane::orderChosen, this,
            [this](const RecordRef &order) { openRecord(order, false); });
    connect(pane, &BoughtPane::accountChoiceWanted, m_accounts, &AccountSwitcher::open);
    pane->addActions(*m_actions);
    if (m_cartDesk->mayOrder())
        pane->addReorderButton(m_actions->find(QStringLiteral("buying.reorder")));
    return pane;
}

QWidget *Workspace::makeCartPane()
{
    auto *pane = new CartPane(m_context, m_profile.commands, m_profile.quotes, *m_cartDesk, m_stack);
    connect(pane, &CartPane::orderChosen, this, [this](const RecordRef &order) { openRecord(order, false); });
    connect(pane, &CartPane::approvalChosen, this,
            [this](const RecordRef &approval) { openRecord(approval, false); });
    connect(pane, &CartPane::accountChoiceWanted, m_accounts, &AccountSwitcher::open);
    connect(pane, &CartPane::decisionWanted, m_outbox, &OutboxCorner::decide);
    connect(pane, &CartPane::told, this, &Workspace::tell);
    pane->addActions(*m_actions);
    return pane;
}

void Workspace::showCart(const QString &target)
{
    window()->raise(); // it may have been made in an order's own window
    window()->activateWindow();
    goTo(QStringLiteral("carts"));
    if (auto *pane = qobject_cast<CartPane *>(m_stack->currentWidget()))
        pane->showCart(target);
}

void Workspace::addBuyingActions()
{
    if (!m_cartDesk->mayOrder())
        return;
    const QString group = tr("Carts");
    m_actions->add(QStringLiteral("buying.reorder"), group, tr("Order what is chosen again"),
                   {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { reorder(); });
    m_actions->add(QStringLiteral("buying.reorderLines"), group, tr("Order the chosen lines again"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R)}, [this] { reorderLines(); });
    m_actions->add(QStringLiteral("buying.change"), group, tr("Change or cancel the order shown"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U)}, [this] { changeOrder(); });
}

void Workspace::addReorderButton(RecordsPage &page)
{
    if (page.place().kind != &Order::type || !m_cartDesk->mayOrder())
        return;
    auto *again = new QPushButton(tr("Order again"));
    again->setToolTip(tr("Makes a cart of the order (Ctrl+R)"));
    connect(again, &QPushButton::clicked, this, &Workspace::reorder);
    page.detail().addHeadingButton(again);
    auto *change = new QPushButton(tr("Change…"));
    change->setToolTip(tr("Takes lines off the order, moves its day, or cancels it (Ctrl+Shift+U)"));
    connect(change, &QPushButton::clicked, this, &Workspace::changeOrder);
    page.detail().addHeadingButton(change);
}

// What is chosen in the catalogue goes into a cart of the account.
void Workspace::joinCatalogue(RecordsPage &page)
{
    auto *item = qobject_cast<ItemDetailPane *>(&page.detail());
    if (!item || !m_cartDesk->mayOrder())
        return;
    item->offerCart();
    connect(item, &ItemDetailPane::cartWanted, this,
            [this](const std::string &account, const std::string &currency, const CartLine &line) {
                auto *carts = qobject_cast<CartPane *>(paneWidget(QStringLiteral("carts")));
                carts->put(account, currency, line);
            });
}

void Workspace::joinApprovals(RecordsPage &page)
{
    auto *approval = qobject_cast<ApprovalDetailPane *>(&page.detail());
    if (!approval)
        return;
    approval->decideBy(m_profile.commands);
    connect(approval, &ApprovalDetailPane::told, this, &Workspace::tell);
}

void Workspace::followApprovals()
{
    if (m_cartDesk->mayOrder())
        followEnds(Approval::type, [](const AnyRecord &record) { return endOf(*record.as<Approval>()); });
}

// Whether it is changed is the ERP's to say: this asks, also on the train.
void Workspace::changeOrder()
{
    const RecordsPage *page = currentPage();
    const auto *detail = page ? qobject_cast<OrderDetailPane *>(&page->detail()) : nullptr;
    const Order *order = detail ? detail->shownOrder() : nullptr;
    if (!order)
        return tell(tr("Choose an order first."));
    const auto &limits = m_profile.person.notOffered;
    if (const NotOffered *never = findNotOffered(limits, "save", Order::type))
        return tell(Display::text(never->reason));
    if (const QString why = OrderChangeSheet::obstacle(*order); !why.isEmpty())
        return tell(why);
    if (m_wishes->isUnderWay(order->key))
        return tell(tr("What you asked for about this order is being stored. Wait a moment."));
    Command command;
    command.kind = &Order::type;
    command.account = order->account;
    command.target = order->key;
    auto *sheet = new OrderChangeSheet(window(), *order);
    sheet->goWith(detail);
    connect(sheet, &OrderChangeSheet::changeWanted, this,
            [this, command](const Order &base, const Order &wanted) mutable {
                command.verb = "save";
                command.base = AnyRecord(std::make_shared<Order>(base));
                command.record = AnyRecord(std::make_shared<Order>(wanted));
                m_wishes->ask(command, tr("Queued: changing the order"));
            });
    connect(sheet, &OrderChangeSheet::cancelWanted, this, [this, command]() mutable {
        command.verb = "retire";
        m_wishes->ask(command, tr("Queued: cancelling the order"));
    });
    sheet->open();
}

void Workspace::reorder()
{
    const RecordsPage *page = currentPage();
    if (page && page->place().kind == &Order::type)
        m_cartDesk->reorder(page->list().selection().ids());
    else if (const BoughtPane *bought = currentBought())
        m_cartDesk->buyAgain(bought->chosen(), bought->reorderBy());
    else
        tell(tr("Choose orders, or items bought before, to order them again."));
}

void Workspace::reorderLines()
{
    const RecordsPage *page = currentPage();
    const auto *order = page ? qobject_cast<OrderDetailPane *>(&page->detail()) : nullptr;
    const std::set<std::int64_t> lines = order ? order->chosenLines() : std::set<std::int64_t>();
    if (!order || lines.empty())
        return tell(tr("Choose lines of an order to order them again."));
    m_cartDesk->reorderLines(order->ref().key, lines);
}

} // namespace Counterfoil

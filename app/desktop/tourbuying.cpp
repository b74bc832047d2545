// The tour's stops where things are bought again.

#include "tour.h"

#include "boughtdetail.h"
#include "boughtpane.h"
#include "cachereader.h"
#include "cartlinesmodel.h"
#include "cartpane.h"
#include "cartview.h"
#include "desktop.h"
#include "formfield.h"
#include "orderchangesheet.h"
#include "orderdetailpane.h"
#include "partsheet.h"
#include "recordreader.h"
#include "recordspage.h"
#include "reviewsheet.h"
#include "searchfield.h"
#include "workspace.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

// One that was closed may not be gone yet.
template <class Sheet> Sheet *openSheet(const QWidget &window)
{
    for (Sheet *sheet : window.findChildren<Sheet *>()) {
        if (sheet->isVisible())
            return sheet;
    }
    return nullptr;
}

bool isPickedOf(const OrderLine &line)
{
    return !(line.allocated + line.shipped).isZero();
}

// The one that waits longest for something, since what was just placed is picked at once; `whole`: of which
// nothing is picked. No key: there is none.
Order waitingOrder(const QString &cache, bool whole)
{
    constexpr std::int64_t mostLooked = 200;
    RecordQuery query;
    query.kind = &Order::type;
    query.flags = {{"open", true}};
    query.descending = false;
    CacheReader reader(cache);
    const auto ids = RecordReader(reader).ids(query, mostLooked);
    const auto rows = ids ? reader.byIds(Order::type, *ids, WithLists::Yes)
                          : Result<std::vector<CachedRecord>>(ids.error());
    for (const CachedRecord &row : rows ? *rows : std::vector<CachedRecord>()) {
        const auto *order = row.record.as<Order>();
        if (OrderChangeSheet::obstacle(*order).isEmpty()
            && !(whole && std::ranges::any_of(order->lines, isPickedOf)))
            return *order;
    }
    return {};
}

// All that nobody picks of one line.
void takeOff(OrderChangeSheet &sheet, const Order &order)
{
    const auto line
        = std::ranges::find_if(order.lines, [](const OrderLine &each) { return !each.cancellable.isZero(); });
    const Decimal least = line->ordered - line->cancelled - line->cancellable;
    sheet.quantity(static_cast<std::size_t>(line - order.lines.begin()))
        .setValue(QString::fromStdString(least.toString()));
}

} // namespace

// As the buyer that the stops before have signed in.
void Tour::boughtStops()
{
    m_driver.act(QStringLiteral("pane.bought"));
    const BoughtPane *pane = m_driver.workspace()->currentBought();
    if (!pane)
        return m_driver.miss(QStringLiteral("no pane of what was bought before"));
    m_driver.waitUntil("what was bought before",
                       [pane] { return pane->model().rowCount() > 0 && !pane->detail().history().empty(); });
    m_driver.act(QStringLiteral("bought.due"));
    m_driver.waitUntil("what is due", [pane] {
        return pane->model().query().dueOnly && pane->model().rowCount() == pane->model().due();
    });
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("bought-due-dark") : QStringLiteral("bought-due"));
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.act(QStringLiteral("list.filter"));
    m_driver.type(QStringLiteral("zzz"));
    m_driver.waitUntil("nothing matches", [pane] { return pane->model().rowCount() == 0; });
    m_driver.picture(QStringLiteral("bought-no-match"));
    m_driver.act(QStringLiteral("list.clearFilters"));
    m_driver.waitUntil("everything again",
                       [pane] { return pane->model().rowCount() == pane->model().known(); });
    m_driver.picture(QStringLiteral("bought"));
}

void Tour::reviewStop(const QString &name)
{
    m_driver.act(QStringLiteral("cart.review"));
    const ReviewSheet *sheet = openSheet<ReviewSheet>(*m_driver.desktop().window());
    if (!sheet)
        return m_driver.miss(QStringLiteral("no review of the cart"));
    m_driver.waitUntil("the review", [sheet] { return sheet->isAnswered(); });
    m_driver.picture(name);
}

// Of what is due a cart is made, a list pasted into it, and both are reviewed, with and without a network.
void Tour::cartStops()
{
    m_driver.act(QStringLiteral("pane.carts"));
    const auto *pane = m_driver.workspace()->findChild<CartPane *>();
    if (!pane)
        return m_driver.miss(QStringLiteral("no pane of carts"));
    m_driver.picture(QStringLiteral("carts-none"));
    m_driver.act(QStringLiteral("pane.bought"));
    m_driver.workspace()->currentBought()->focusFirst();
    for (int row = 1; row < 8; ++row)
        m_driver.press(Qt::Key_Down, Qt::ShiftModifier);
    m_driver.act(QStringLiteral("buying.reorder"));
    m_driver.picture(QStringLiteral("cart-made"));
    m_driver.waitUntil("the cart is made", [pane] { return pane->cart().lines().rowCount() > 0; });
    m_driver.picture(QStringLiteral("cart"));
    QGuiApplication::clipboard()->setText(QStringLiteral(
        "Item\tQty\nJN-1012\t12\nuf 1787\t3\nfx1787\t1,500\nNEW-77\t4\nBR-2168\ttwo\nCB-1041\t-3\n"
        "HT-1141\t1000000000000\n"));
    m_driver.act(QStringLiteral("cart.paste"));
    auto *parts = m_driver.desktop().window()->findChild<PartSheet *>();
    if (!parts)
        return m_driver.miss(QStringLiteral("no list to paste"));
    m_driver.waitUntil("the list is read", [parts] { return !parts->parts().rows.empty(); });
    m_driver.picture(QStringLiteral("cart-paste"));
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    m_driver.picture(QStringLiteral("cart-paste-refused"));
    parts->setText(QStringLiteral("JN-1012\t12\nNEW-77\t4\n"));
    m_driver.waitUntil("the list is right", [parts] { return parts->parts().rows.size() == 2; });
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        reviewStop(dark ? QStringLiteral("cart-review-dark") : QStringLiteral("cart-review"));
        m_driver.press(Qt::Key_Escape);
    }
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    pane->cart().poReference().editor()->setFocus(); // this company orders by number only
    m_driver.type(QStringLiteral("4500007781"));
    m_driver.disconnectFromNetwork();
    reviewStop(QStringLiteral("cart-review-offline"));
    m_driver.press(Qt::Key_Escape);
    m_driver.connectToNetwork();
    cartConflictStop();
    placeStop();
}

void Tour::placeStop()
{
    reviewStop(QStringLiteral("cart-review-again"));
    askStop();
    const auto *pane = m_driver.workspace()->findChild<CartPane *>();
    m_driver.waitUntil("the order is made", [pane] { return !pane->cart().cart().order.empty(); });
    m_driver.picture(QStringLiteral("cart-placed"));
    m_driver.act(QStringLiteral("cart.order"));
    m_driver.picture(QStringLiteral("cart-order"));
    orderChangeStop();
}

void Tour::orderChangeStop()
{
    const QString cache = m_driver.desktop().client().profile().cachePath();
    const Order order = waitingOrder(cache, false);
    if (order.key.empty())
        return m_driver.miss(QStringLiteral("no order that can still be changed"));
    askOfOrder(order, QStringLiteral("order-change"),
               [&order](OrderChangeSheet &sheet) { takeOff(sheet, order); });
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    const Order whole = waitingOrder(cache, true);
    askOfOrder(whole.key.empty() ? order : whole, QStringLiteral("order-cancel-dark"),
               [](OrderChangeSheet &sheet) { sheet.cancelAll(); });
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
}

// To its end: what the warehouse was too quick for is read in the outbox, and put aside.
void Tour::askOfOrder(const Order &order, const QString &name,
                      const std::function<void(OrderChangeSheet &)> &fill)
{
    m_driver.workspace()->openRecord({&Order::type, order.key}, false);
    const auto *detail = qobject_cast<OrderDetailPane *>(&m_driver.workspace()->page(Order::type)->detail());
    m_driver.waitUntil("the order that is changed", [&order, detail] {
        return detail && detail->shownOrder() && detail->shownOrder()->key == order.key;
    });
    m_driver.act(QStringLiteral("buying.change"));
    auto *sheet = openSheet<OrderChangeSheet>(*m_driver.desktop().window());
    if (!sheet) // the window tells why
        return m_driver.picture(name + QStringLiteral("-too-late"));
    fill(*sheet);
    m_driver.picture(name);
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    CommandPort &commands = m_driver.desktop().client().commands();
    m_driver.waitUntil("the order's change", [&commands] {
        return std::ranges::all_of(*commands.entries(), &OutboxEntry::isFinished);
    });
    m_driver.picture(name + QStringLiteral("-done"));
    const OutboxEntries entries = commands.entries();
    for (const OutboxEntry &entry : *entries) {
        if (!entry.needsDecision())
            continue;
        m_driver.act(QStringLiteral("outbox.show"));
        m_driver.picture(name + QStringLiteral("-refused"));
        m_driver.press(Qt::Key_Escape);
        commands.dismiss(QString::fromStdString(entry.command.key));
    }
}

// What cannot be ordered is removed, until the rest can be placed.
void Tour::askStop()
{
    auto *sheet = openSheet<ReviewSheet>(*m_driver.desktop().window());
    if (!sheet)
        return;
    while (sheet->isAnswered() && !sheet->review().impossible.empty()) {
        sheet->removeLine(0);
        m_driver.waitUntil("what is left", [sheet] { return sheet->isAnswered(); });
    }
    const auto boxes = sheet->findChildren<QCheckBox *>();
    for (QCheckBox *box : boxes) // that it will be held is wanted nevertheless
        box->setChecked(box->isVisible());
    m_driver.picture(QStringLiteral("cart-review-ready"));
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
}

} // namespace Counterfoil

#include "recordwindow.h"

#include "actions.h"
#include "cartdesk.h"
#include "chosenrows.h"
#include "copyaction.h"
#include "detailpane.h"
#include "documentview.h"
#include "keysheet.h"
#include "linkactions.h"
#include "order.h"
#include "orderdetailpane.h"
#include "outgoingactions.h"
#include "outgoingdesk.h"
#include "returndesk.h"
#include "returndetailpane.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr QSize recordWindowFirstSize(760, 820);

} // namespace

RecordWindow::RecordWindow(const RecordPlace &place, const PaneContext &context, const QString &key,
                           const RecordDesks &desks, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_actions(new Actions(*this))
    , m_pane(place.detail(context, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_pane->accessibleName());
    resize(recordWindowFirstSize);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pane->heading());
    layout->addWidget(m_pane, 1);
    connect(m_pane, &DetailPane::titleChanged, this, [this](const QString &number) {
        setWindowTitle(tr("%1 %2", "kind and number of a record").arg(m_pane->accessibleName(), number));
    });
    connect(m_pane, &DetailPane::linkChosen, this, &RecordWindow::linkChosen);
    addActions(desks.outgoing);
    if (desks.carts && desks.carts->mayOrder() && place.kind == &Order::type)
        addOrderingAgain(*desks.carts);
    if (desks.returns)
        addReturning(*desks.returns);
    m_pane->setKey(key);
}

RecordRef RecordWindow::ref() const
{
    return m_pane->ref();
}

void RecordWindow::addActions(OutgoingDesk *outgoing)
{
    const QString record = tr("Record");
    const QString window = tr("Window");
    addCopyAction(*m_actions, *this, record);
    if (outgoing) {
        addOutgoingActions(*m_actions, *outgoing, *this, [this] { return chosenRows(*this, *m_pane); });
        for (DocumentView *document : findChildren<DocumentView *>())
            connect(document, &DocumentView::pagesDragWanted, outgoing,
                    [this, outgoing, document] { outgoing->drag(chosenPages(*document), this); });
    }
    m_pane->addActions(*m_actions);
    m_actions->add(QStringLiteral("record.copyNumber"), record, tr("Copy the number"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { m_pane->copyNumber(); });
    m_actions->add(QStringLiteral("record.copySummary"), record, tr("Copy a summary in plain words"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y)}, [this] { m_pane->copySummary(); });
    auto *links = new LinkActions(*m_actions, record, [this] { return m_pane; });
    connect(m_pane, &DetailPane::linksChanged, links, &LinkActions::refresh);
    m_actions->add(QStringLiteral("window.close"), window, tr("Close the window"),
                   {QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)}, [this] { close(); });
    m_actions->add(QStringLiteral("help.keys"), window, tr("Show all keys"), {QKeySequence(Qt::Key_F1)},
                   [this] {
                       auto *sheet = new KeySheet(this, *m_actions);
                       sheet->open();
                   });
}

void RecordWindow::addReturning(ReturnDesk &desk)
{
    if (auto *pane = qobject_cast<ReturnDetailPane *>(m_pane))
        desk.join(*pane);
    if (!ReturnDesk::isReturnable(&m_pane->kind()) || !desk.mayRequest())
        return;
    m_actions->add(QStringLiteral("return.request"), tr("Returns"), tr("Return something of it"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, [this, &desk] {
                       const auto *order = qobject_cast<OrderDetailPane *>(m_pane);
                       desk.request(ref(), order ? order->chosenLines() : std::set<std::int64_t>(), this);
                   });
}

// As in the main window, where the cart then is.
void RecordWindow::addOrderingAgain(CartDesk &desk)
{
    const QString group = tr("Carts");
    const auto all = [this, &desk] { desk.reorderLines(ref().key, {}); };
    m_actions->add(QStringLiteral("buying.reorder"), group, tr("Order it again"),
                   {QKeySequence(Qt::CTRL | Qt::Key_R)}, all);
    m_actions->add(QStringLiteral("buying.reorderLines"), group, tr("Order the chosen lines again"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R)}, [this, &desk] {
                       const auto *order = qobject_cast<OrderDetailPane *>(m_pane);
                       if (const auto lines = order->chosenLines(); !lines.empty())
                           desk.reorderLines(ref().key, lines);
                   });
    auto *again = new QPushButton(tr("Order again"));
    again->setToolTip(tr("Makes a cart of the order (Ctrl+R)"));
    connect(again, &QPushButton::clicked, this, all);
    m_pane->addHeadingButton(again);
}

} // namespace Counterfoil

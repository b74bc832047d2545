#include "orderwindow.h"

#include "actions.h"
#include "copyaction.h"
#include "keysheet.h"
#include "orderdetailpane.h"

#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr QSize firstSize(760, 820);

} // namespace

OrderWindow::OrderWindow(CacheReaders &readers, const StatusWording &wording, const Freshness &freshness,
                         bool showPrices, const QString &key, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_actions(new Actions(*this))
    , m_pane(new OrderDetailPane(readers, wording, freshness, showPrices, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Order"));
    resize(firstSize);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pane->heading());
    layout->addWidget(m_pane, 1);
    connect(m_pane, &OrderDetailPane::titleChanged, this,
            [this](const QString &number) { setWindowTitle(tr("Order %1").arg(number)); });
    addActions();
    m_pane->setKey(key);
}

QString OrderWindow::key() const
{
    return m_pane->key();
}

void OrderWindow::addActions()
{
    const QString order = tr("Order");
    const QString window = tr("Window");
    addCopyAction(*m_actions, *this, order);
    m_actions->add(QStringLiteral("order.copyNumber"), order, tr("Copy the order number"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { m_pane->copyNumber(); });
    m_actions->add(QStringLiteral("window.close"), window, tr("Close the window"),
                   {QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)}, [this] { close(); });
    m_actions->add(QStringLiteral("help.keys"), window, tr("Show all keys"), {QKeySequence(Qt::Key_F1)},
                   [this] {
                       auto *sheet = new KeySheet(this, *m_actions);
                       sheet->open();
                   });
}

void OrderWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

} // namespace Counterfoil

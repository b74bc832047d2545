// What can be done in the main window: each action with its name and key, in one place.

#include "workspace.h"

#include "accountswitcher.h"
#include "actions.h"
#include "copyaction.h"
#include "freshness.h"
#include "jumpbox.h"
#include "keysheet.h"
#include "orderdetailpane.h"
#include "orderspane.h"
#include "popover.h"
#include "rail.h"
#include "recordview.h"
#include "theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QMenu>
#include <QMimeData>

namespace Counterfoil {

namespace {

constexpr int textStepPercent = 10;

QKeySequence keys(QKeyCombination key)
{
    return QKeySequence(key);
}

} // namespace

void Workspace::addActions()
{
    addOrderActions();
    addWindowActions();
    addLookActions();
    addSyncActions();
    connect(m_rail, &Rail::lookToggled, m_actions->find(QStringLiteral("look.toggle")), &QAction::trigger);
}

void Workspace::addOrderActions()
{
    const QString find = tr("Find");
    const QString order = tr("Orders");
    m_actions->add(QStringLiteral("find.jump"), find, tr("Search or jump to anything"),
                   {keys(Qt::CTRL | Qt::Key_K)}, [this] { m_jump->begin(); });
    m_actions->add(QStringLiteral("find.action"), find, tr("Find an action"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_P)}, [this] { m_jump->begin(QStringLiteral(">")); });
    m_actions->add(QStringLiteral("find.paste"), find, tr("Go to what was copied"),
                   {QKeySequence(QKeySequence::Paste)}, [this] { pasteAndJump(); });
    m_actions->add(QStringLiteral("find.account"), find, tr("Switch the account"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, [this] { m_accounts->open(); });
    m_actions->add(QStringLiteral("orders.filter"), order, tr("Filter the orders"), {keys(Qt::Key_Slash)},
                   [this] { m_orders->focusFilter(); });
    m_actions->add(QStringLiteral("orders.clearFilters"), order, tr("Clear all filters"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_X)}, [this] { m_orders->clearFilters(); });
    m_actions->add(QStringLiteral("orders.columns"), order, tr("Choose columns"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, [this] { m_orders->chooseColumns(); });
    m_actions->add(QStringLiteral("orders.compact"), order, tr("Compact or normal rows"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
                   [this] { m_orders->setCompact(!m_orders->isCompact()); });
    addCopyAction(*m_actions, *this, order);
    m_actions->add(QStringLiteral("order.copyNumber"), order, tr("Copy the order number"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { m_detail->copyNumber(); });
    m_actions->add(QStringLiteral("order.ownWindow"), order, tr("Open the order in a window of its own"),
                   {keys(Qt::CTRL | Qt::Key_Return), keys(Qt::CTRL | Qt::Key_Enter)},
                   [this] { openOrder(m_detail->key(), true); });
    m_actions->add(QStringLiteral("order.back"), order, tr("Back to the order before"),
                   {keys(Qt::ALT | Qt::Key_Left)}, [this] { step(-1); });
    m_actions->add(QStringLiteral("order.forward"), order, tr("Forward again"),
                   {keys(Qt::ALT | Qt::Key_Right)}, [this] { step(1); });
}

void Workspace::addWindowActions()
{
    const QString window = tr("Window");
    m_actions->add(QStringLiteral("pane.orders"), window, tr("Go to the orders"),
                   {keys(Qt::CTRL | Qt::Key_1)}, [this] { m_orders->focusList(); });
    m_actions->add(QStringLiteral("pane.next"), window, tr("Next part of the window"), {keys(Qt::Key_F6)},
                   [this] { cyclePanes(true); });
    m_actions->add(QStringLiteral("pane.previous"), window, tr("Previous part of the window"),
                   {keys(Qt::SHIFT | Qt::Key_F6)}, [this] { cyclePanes(false); });
    m_actions->add(QStringLiteral("pane.detail"), window, tr("Show or hide the detail"),
                   {keys(Qt::CTRL | Qt::Key_Backslash)},
                   [this] { m_detailDock->setVisible(m_detailDock->isHidden()); });
    m_actions->add(QStringLiteral("pane.float"), window, tr("Detach or dock the detail"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Backslash)}, [this] {
                       m_detailDock->show();
                       m_detailDock->setFloating(!m_detailDock->isFloating());
                   });
    m_actions->add(QStringLiteral("window.resetLayout"), window, tr("Reset the layout"), {},
                   [this] { resetLayout(); });
    m_actions->add(QStringLiteral("help.keys"), window, tr("Show all keys"),
                   {keys(Qt::Key_F1), keys(Qt::Key_Question)}, [this] { showKeys(); });
    m_actions->add(QStringLiteral("person.signOut"), window, tr("Sign out"), {},
                   [this] { Q_EMIT signOutWanted(); });
    // Closing takes this workspace and its actions with it, so it waits until the action has run.
    m_actions->add(
        QStringLiteral("window.close"), window, tr("Close the window"), {keys(Qt::CTRL | Qt::Key_W)},
        [this] { QMetaObject::invokeMethod(this->window(), &QWidget::close, Qt::QueuedConnection); });
    m_actions->add(QStringLiteral("program.quit"), window, tr("Quit"), {keys(Qt::CTRL | Qt::Key_Q)}, [] {
        QMetaObject::invokeMethod(qApp, &QApplication::closeAllWindows, Qt::QueuedConnection);
    });
}

void Workspace::addLookActions()
{
    const QString look = tr("Look");
    const auto choose = [this](Theme::Scheme scheme) {
        m_theme.setScheme(scheme);
        Q_EMIT lookChanged();
    };
    const auto resize = [this](int percent) {
        m_theme.setTextPercent(percent);
        Q_EMIT lookChanged();
    };
    m_actions->add(QStringLiteral("look.toggle"), look, tr("Light or dark"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_T)},
                   [this, choose] { choose(m_theme.isDark() ? Theme::Scheme::Light : Theme::Scheme::Dark); });
    m_actions->add(QStringLiteral("look.system"), look, tr("Light and dark as the system"), {},
                   [choose] { choose(Theme::Scheme::System); });
    m_actions->add(QStringLiteral("look.larger"), look, tr("Larger text"),
                   {keys(Qt::CTRL | Qt::Key_Plus), keys(Qt::CTRL | Qt::Key_Equal)},
                   [this, resize] { resize(m_theme.textPercent() + textStepPercent); });
    m_actions->add(QStringLiteral("look.smaller"), look, tr("Smaller text"), {keys(Qt::CTRL | Qt::Key_Minus)},
                   [this, resize] { resize(m_theme.textPercent() - textStepPercent); });
    m_actions->add(QStringLiteral("look.normal"), look, tr("Normal text"), {keys(Qt::CTRL | Qt::Key_0)},
                   [resize] { resize(100); });
}

void Workspace::addSyncActions()
{
    const QString sync = tr("Synchronisation");
    m_actions->add(QStringLiteral("sync.panel"), sync, tr("Show the state of synchronisation"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, [this] { toggleFreshnessPanel(); });
    m_actions->add(QStringLiteral("sync.connect"), sync, tr("Disconnect or connect"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_O)},
                   [this] { setDisconnected(!m_freshness->status().disconnectedByPerson); });
    m_actions->add(QStringLiteral("sync.retry"), sync, tr("Try to connect now"), {},
                   [this] { m_profile.sync.retryNow(); });
}

void Workspace::pasteAndJump()
{
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    if (copied && copied->hasText())
        m_jump->beginWithPasted(copied->text());
}

void Workspace::toggleFreshnessPanel()
{
    if (m_panelCard->isOpen())
        m_panelCard->dismiss();
    else
        m_panelCard->open(Popover::Align::End);
}

void Workspace::showKeys()
{
    auto *sheet = findChild<KeySheet *>(QString(), Qt::FindDirectChildrenOnly);
    if (!sheet)
        sheet = new KeySheet(this, *m_actions);
    sheet->open();
}

void Workspace::showPersonMenu(const QPoint &at)
{
    QMenu menu(this);
    for (const char *id : {"look.toggle", "look.system", "", "look.larger", "look.smaller", "look.normal", "",
                           "help.keys", "window.resetLayout", "", "person.signOut"}) {
        if (QAction *action = m_actions->find(QString::fromLatin1(id)))
            menu.addAction(action);
        else
            menu.addSeparator();
    }
    menu.exec(at - QPoint(0, menu.sizeHint().height() + 4));
}

void Workspace::cyclePanes(bool forwards)
{
    QList<QWidget *> parts{m_rail->findChild<RailItem *>(), m_jump, &m_orders->view()};
    if (m_detailDock->isVisible())
        parts.append(m_detail);
    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (focus && (parts[i] == focus || parts[i]->isAncestorOf(focus)))
            at = i;
    }
    if (at < 0 && focus && m_orders->isAncestorOf(focus))
        at = 2;
    const qsizetype next = (at + (forwards ? 1 : -1) + parts.size()) % parts.size();
    if (parts[next] == m_detail)
        m_detail->focusLines();
    else
        parts[next]->setFocus(Qt::TabFocusReason);
}

} // namespace Counterfoil

// What can be done in the main window: each action with its name and key, in one place.

#include "workspace.h"

#include "accountswitcher.h"
#include "actions.h"
#include "boughtpane.h"
#include "chosenrows.h"
#include "copyaction.h"
#include "detailpane.h"
#include "document.h"
#include "freshness.h"
#include "jumpbox.h"
#include "keysheet.h"
#include "linkactions.h"
#include "listpane.h"
#include "outboxcorner.h"
#include "outgoingactions.h"
#include "popover.h"
#include "rail.h"
#include "recordspage.h"
#include "recordview.h"
#include "rightsnotice.h"
#include "theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDrag>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

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
    addFindActions();
    addPaneActions();
    addListActions();
    addRecordActions();
    addWindowActions();
    addLookActions();
    addSyncActions();
    addOutboxActions();
    addDocumentActions();
    addBuyingActions();
    addReturnActions();
    connect(m_rail, &Rail::lookToggled, m_actions->find(QStringLiteral("look.toggle")), &QAction::trigger);
}

void Workspace::addFindActions()
{
    const QString find = tr("Find");
    m_actions->add(QStringLiteral("find.jump"), find, tr("Search or jump to anything"),
                   {keys(Qt::CTRL | Qt::Key_K)}, [this] { m_jump->begin(); });
    m_actions->add(QStringLiteral("find.action"), find, tr("Find an action"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_P)}, [this] { m_jump->begin(QStringLiteral(">")); });
    m_actions->add(QStringLiteral("find.paste"), find, tr("Go to what was copied"),
                   {QKeySequence(QKeySequence::Paste)}, [this] { pasteAndJump(); });
    if (placeOf(&Document::type))
        m_actions->add(QStringLiteral("find.inDocuments"), find, tr("Search in the documents"),
                       {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, [this] {
                           RecordsPage *documents = page(Document::type);
                           goTo(documents->place().id);
                           documents->list().focusFilter();
                       });
    m_actions->add(QStringLiteral("find.account"), find, tr("Switch the account"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, [this] { m_accounts->open(); });
}

// Alt goes somewhere: with a letter to a pane, with a digit to what a record leads to, with an arrow back.
void Workspace::addPaneActions()
{
    const QString group = tr("Panes");
    for (const Pane &pane : std::as_const(m_panes)) {
        m_actions->add(QStringLiteral("pane.") + pane.id, group, pane.goThere, {pane.item->key()},
                       [this, id = pane.id] { goTo(id); });
    }
    m_actions->add(QStringLiteral("pane.next"), group, tr("Next part of the window"), {keys(Qt::Key_F6)},
                   [this] { cycleParts(true); });
    m_actions->add(QStringLiteral("pane.previous"), group, tr("Previous part of the window"),
                   {keys(Qt::SHIFT | Qt::Key_F6)}, [this] { cycleParts(false); });
    m_actions->add(QStringLiteral("pane.detail"), group, tr("Show or hide the detail"),
                   {keys(Qt::CTRL | Qt::Key_Backslash)}, [this] { withPage(&RecordsPage::toggleDetail); });
    m_actions->add(QStringLiteral("pane.side"), group, tr("Show or hide the categories"),
                   {keys(Qt::CTRL | Qt::ALT | Qt::Key_Backslash)},
                   [this] { withPage(&RecordsPage::toggleSide); });
    m_actions->add(QStringLiteral("pane.float"), group, tr("Detach or dock the detail"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Backslash)},
                   [this] { withPage(&RecordsPage::toggleFloating); });
}

void Workspace::withPage(void (RecordsPage::*run)())
{
    if (RecordsPage *page = currentPage())
        (page->*run)();
}

void Workspace::addListActions()
{
    const QString list = tr("List");
    const auto add = [this, &list](const char *id, const QString &text, QKeyCombination key,
                                   void (*run)(ListPane &pane)) {
        m_actions->add(QString::fromLatin1(id), list, text, {keys(key)}, [this, run] {
            if (const RecordsPage *page = currentPage())
                run(page->list());
        });
    };
    m_actions->add(QStringLiteral("list.filter"), list, tr("Filter the list"), {keys(Qt::Key_Slash)}, [this] {
        if (const RecordsPage *page = currentPage())
            page->list().focusFilter();
        else if (BoughtPane *bought = currentBought())
            bought->focusFilter();
    });
    m_actions->add(QStringLiteral("list.clearFilters"), list, tr("Clear all filters"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_X)}, [this] {
                       if (const RecordsPage *page = currentPage())
                           page->list().clearFilters();
                       else if (BoughtPane *bought = currentBought())
                           bought->clearFilters();
                   });
    add("list.columns", tr("Choose columns"), Qt::CTRL | Qt::SHIFT | Qt::Key_L,
        [](ListPane &pane) { pane.chooseColumns(); });
    add("list.compact", tr("Compact or normal rows"), Qt::CTRL | Qt::SHIFT | Qt::Key_D,
        [](ListPane &pane) { pane.setCompact(!pane.isCompact()); });
    addCopyAction(*m_actions, *this, list);
}

void Workspace::addRecordActions()
{
    const QString record = tr("Record");
    m_actions->add(QStringLiteral("record.copyNumber"), record, tr("Copy the number"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] {
                       if (const RecordsPage *page = currentPage())
                           page->detail().copyNumber();
                   });
    m_actions->add(QStringLiteral("record.copySummary"), record, tr("Copy a summary in plain words"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Y)}, [this] { copySummary(); });
    m_actions->add(QStringLiteral("record.ownWindow"), record, tr("Open in a window of its own"),
                   {keys(Qt::CTRL | Qt::Key_Return), keys(Qt::CTRL | Qt::Key_Enter)}, [this] {
                       if (const RecordsPage *page = currentPage())
                           openRecord(page->detail().ref(), true);
                   });
    m_actions->add(QStringLiteral("record.back"), record, tr("Back to what was shown before"),
                   {keys(Qt::ALT | Qt::Key_Left)}, [this] { step(-1); });
    m_actions->add(QStringLiteral("record.forward"), record, tr("Forward again"),
                   {keys(Qt::ALT | Qt::Key_Right)}, [this] { step(1); });
    m_linkActions = new LinkActions(*m_actions, record, [this]() -> DetailPane * {
        const RecordsPage *page = currentPage();
        return page ? &page->detail() : nullptr;
    });
}

void Workspace::copySummary()
{
    const RecordsPage *page = currentPage();
    tell(page && page->detail().copySummary()
             ? tr("Copied in plain words: paste it into a chat or a mail")
             : tr("Choose an order, a shipment, an invoice or a return to copy a summary of it."));
}

void Workspace::addWindowActions()
{
    const QString window = tr("Window");
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

void Workspace::addOutboxActions()
{
    const QString group = tr("Synchronisation");
    m_actions->add(QStringLiteral("outbox.show"), group, tr("Show what waits in the outbox"),
                   {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_B)}, [this] { m_outbox->toggle(); });
    QAction *dismiss
        = m_actions->add(QStringLiteral("notice.dismiss"), group,
                         tr("Dismiss the notice of what you may see"), {}, [this] { m_notice->dismiss(); });
    const auto enable = [this, dismiss] { dismiss->setEnabled(!m_notice->isHidden()); };
    connect(m_notice, &RightsNotice::shownChanged, dismiss, enable);
    enable();
}

void Workspace::addDocumentActions()
{
    addOutgoingActions(*m_actions, *m_outgoing, *this, [this] { return chosenRows(*this, currentPage()); });
}

// They took a moment, in which the person may have let go.
void Workspace::dragFiles(const QStringList &files)
{
    if (!(QGuiApplication::mouseButtons() & Qt::LeftButton))
        return tell(tr("The files are here now. Drag them again."));
    auto *mime = new QMimeData;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    mime->setUrls(urls);
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->exec(Qt::CopyAction);
}

void Workspace::showListMenu(const RecordsPage &page, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char *id : {"record.ownWindow", "record.copyNumber", "record.copySummary", "edit.copy"})
        menu->addAction(m_actions->find(QString::fromLatin1(id)));
    if (QAction *again = m_actions->find(QStringLiteral("buying.reorder")); again && again->isEnabled())
        menu->addAction(again);
    menu->addSeparator();
    addOutgoingTo(*menu, *m_actions);
    menu->popup(page.list().view().viewport()->mapToGlobal(at));
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
    // Anew each time: a pane that was built meanwhile has brought actions of its own.
    delete findChild<KeySheet *>(QString(), Qt::FindDirectChildrenOnly);
    (new KeySheet(this, *m_actions))->open();
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

void Workspace::cycleParts(bool forwards)
{
    const auto pane = std::ranges::find(m_panes, m_shownPane, &Pane::id);
    const RecordsPage *page = currentPage();
    QList<QWidget *> parts{pane->item, m_jump};
    parts.append(page ? static_cast<QWidget *>(&page->list()) : pane->widget);
    if (page && page->isDetailShown())
        parts.append(&page->detail());
    const QWidget *focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (focus && (parts[i] == focus || parts[i]->isAncestorOf(focus)))
            at = i;
    }
    const qsizetype next = (at + (forwards ? 1 : -1) + parts.size()) % parts.size();
    if (page && parts[next] == &page->detail())
        page->detail().focusBody();
    else if (parts[next] == pane->widget)
        pane->focusFirst();
    else
        parts[next]->setFocus(Qt::TabFocusReason);
}

} // namespace Counterfoil

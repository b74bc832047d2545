// What can be done with a document: each command with its name and key, in one place.

#include "documentview.h"

#include "actions.h"
#include "documentactions.h"
#include "documentfind.h"
#include "documenttoolbar.h"
#include "findbar.h"
#include "icons.h"
#include "outlinelist.h"
#include "pagelinks.h"
#include "pagetext.h"
#include "pageview.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace Counterfoil {

using K = QKeySequence;

void addDocumentActions(Actions &actions, DocumentView &view)
{
    const QString group = QCoreApplication::translate("Actions", "Document");
    for (const DocumentView::Command &command : view.commands())
        actions.adopt(command.id, group, command.action);
    QList<QAction *> tools;
    for (const Actions::Entry &entry : actions.entries()) {
        if (entry.id.startsWith(QStringLiteral("outgoing.")))
            tools.append(entry.action);
    }
    view.addTools(tools);
}

void DocumentView::addTools(const QList<QAction *> &tools)
{
    for (QAction *tool : tools) {
        auto *own = new QAction(tool->icon(), tool->text(), this);
        own->setToolTip(tool->toolTip());
        connect(own, &QAction::triggered, tool, [this, tool] {
            setFocus();
            tool->trigger();
        });
        m_tools.append(own);
        if (!own->icon().isNull())
            m_toolbar->addTool(own);
    }
    updateCommands();
}

QAction *DocumentView::addCommand(const char *id, const QString &text, const QList<QKeySequence> &keys,
                                  void (DocumentView::*run)())
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, run);
    m_commands.append({QString::fromLatin1(id), action});
    return action;
}

// The actions belong to no widget, so that Qt does not act on their keys: letters are meant for the pages
// alone, and Ctrl+C must not contend with the window's. event() takes them while the focus is in here.
void DocumentView::buildCommands()
{
    using Icons::Icon;
    QAction *find
        = addCommand("document.find", tr("Find in the document"), {K(K::Find)}, &DocumentView::openFindBar);
    find->setIcon(Icons::icon(Icon::Search));
    addAction(find); // but this one is, wherever in the window the focus is
    addCommand("document.findNext", tr("Find the next"), {K(Qt::Key_F3)}, &DocumentView::findNext);
    addCommand("document.findPrevious", tr("Find the previous"), {K(Qt::SHIFT | Qt::Key_F3)},
               &DocumentView::findPrevious);
    addCommand("document.copy", tr("Copy the selected text"), {K(K::Copy)}, &DocumentView::copySelection);
    addCommand("document.selectAll", tr("Select all text"), {K(K::SelectAll)}, &DocumentView::selectAll);
    addCommand("document.zoomIn", tr("Larger pages"), {K(Qt::Key_Plus), K(Qt::Key_Equal)},
               &DocumentView::zoomIn)
        ->setIcon(Icons::icon(Icon::Plus));
    addCommand("document.zoomOut", tr("Smaller pages"), {K(Qt::Key_Minus)}, &DocumentView::zoomOut)
        ->setIcon(Icons::icon(Icon::Minus));
    addCommand("document.actualSize", tr("As large as on paper"), {K(Qt::Key_0)}, &DocumentView::actualSize);
    addCommand("document.fitWidth", tr("Fit the width"), {K(Qt::Key_W)}, &DocumentView::fitWidth)
        ->setIcon(Icons::icon(Icon::FitWidth));
    addCommand("document.fitPage", tr("Fit the whole page"), {K(Qt::Key_P)}, &DocumentView::fitPage)
        ->setIcon(Icons::icon(Icon::FitPage));
    addCommand("document.rotateRight", tr("Turn to the right"), {K(Qt::Key_R)}, &DocumentView::rotateRight)
        ->setIcon(Icons::icon(Icon::TurnRight));
    addCommand("document.rotateLeft", tr("Turn to the left"), {K(Qt::SHIFT | Qt::Key_R)},
               &DocumentView::rotateLeft);
    addCommand("document.nextPage", tr("Next page"), {K(Qt::CTRL | Qt::Key_PageDown), K(Qt::Key_N)},
               &DocumentView::nextPage);
    addCommand("document.previousPage", tr("Previous page"),
               {K(Qt::CTRL | Qt::Key_PageUp), K(Qt::SHIFT | Qt::Key_N)}, &DocumentView::previousPage);
    addCommand("document.goToPage", tr("Go to a page"), {K(Qt::Key_G)}, &DocumentView::editPage);
    addCommand("document.thumbnails", tr("Show or hide the pages in small"), {K(Qt::Key_T)},
               &DocumentView::toggleThumbnails)
        ->setIcon(Icons::icon(Icon::Sidebar));
    buildWays();
    buildEInvoiceCommands();
    for (const char *id :
         {"document.fitWidth", "document.fitPage", "document.thumbnails", "document.outline", "document.hits",
          "document.singlePage", "document.hand", "document.darkPages", "document.einvoice", "document.pin"})
        command(id)->setCheckable(true);
}

void DocumentView::buildWays()
{
    using Icons::Icon;
    addCommand("document.outline", tr("Show or hide the outline"), {K(Qt::Key_O)},
               &DocumentView::toggleOutline)
        ->setIcon(Icons::icon(Icon::Outline));
    addCommand("document.hits", tr("List all that was found"), {K(Qt::Key_L)}, &DocumentView::toggleHits)
        ->setIcon(Icons::icon(Icon::List));
    addCommand("document.links", tr("Links of this page"), {K(Qt::Key_K)}, &DocumentView::showLinks);
    addCommand("document.back", tr("Back to where the link was"), {K(Qt::Key_Backspace)},
               &DocumentView::goBack);
    addCommand("document.pin", tr("Keep on this computer"), {K(Qt::CTRL | Qt::Key_D)},
               &DocumentView::togglePinned);
    addCommand("document.singlePage", tr("One page at a time"), {K(Qt::Key_S)},
               &DocumentView::toggleSinglePage);
    addCommand("document.hand", tr("Move the pages by hand"), {K(Qt::Key_H)}, &DocumentView::toggleHand);
    addCommand("document.darkPages", tr("Dark pages"), {K(Qt::Key_D)}, &DocumentView::toggleDarkPages);
}

QAction *DocumentView::command(const char *id) const
{
    const auto found = std::find_if(m_commands.begin(), m_commands.end(),
                                    [id](const Command &command) { return command.id == QLatin1String(id); });
    return found == m_commands.end() ? nullptr : found->action;
}

void DocumentView::buildToolbar()
{
    m_toolbar = new DocumentToolbar(
        {{command("document.thumbnails")},
         command("document.zoomOut"),
         command("document.zoomIn"),
         {command("document.fitWidth"), command("document.fitPage"), command("document.rotateRight"),
          command("document.find")},
         {command("document.fitWidth"), command("document.fitPage"), command("document.actualSize"), nullptr,
          command("document.rotateRight"), command("document.rotateLeft"), nullptr,
          command("document.singlePage"), command("document.hand"), command("document.darkPages")}},
        this);
}

void DocumentView::updateCommands()
{
    const bool isUsable = isOpen();
    for (const Command &command : std::as_const(m_commands))
        command.action->setEnabled(isUsable);
    for (QAction *tool : std::as_const(m_tools))
        tool->setEnabled(!m_key.isEmpty());
    command("document.copy")->setEnabled(isUsable && !m_pages->selection().isEmpty());
    command("document.zoomIn")->setEnabled(isUsable && zoom() < PageView::mostZoom);
    command("document.zoomOut")->setEnabled(isUsable && zoom() > PageView::leastZoom);
    command("document.nextPage")->setEnabled(isUsable && currentPage() + 1 < pageCount());
    command("document.previousPage")->setEnabled(isUsable && currentPage() > 0);
    command("document.fitWidth")->setChecked(m_pages->fit() == PageView::Fit::Width);
    command("document.fitPage")->setChecked(m_pages->fit() == PageView::Fit::Page);
    command("document.thumbnails")->setChecked(areThumbnailsShown());
    command("document.outline")->setEnabled(isUsable && !m_outline->isEmpty());
    command("document.hits")->setEnabled(isUsable && m_find->count() > 0);
    command("document.links")->setEnabled(isUsable && !m_links->onPage(currentPage()).empty());
    command("document.back")->setEnabled(isUsable && !m_back.empty());
    command("document.singlePage")->setChecked(isSinglePage());
    command("document.hand")->setChecked(m_pages->isHand());
    command("document.darkPages")->setChecked(m_darkPages);
    const QSet<QString> pinned = m_documents.pinned();
    const bool isPinned = pinned.contains(m_key);
    command("document.pin")
        ->setEnabled(isUsable && m_documents.canPin()
                     && (isPinned || pinned.size() < DocumentPort::mostPinned));
    command("document.pin")->setChecked(isPinned);
    updateEInvoiceCommands();
    m_toolbar->setZoom(zoom());
}

QAction *DocumentView::commandFor(const QKeyEvent &event) const
{
    const Qt::KeyboardModifiers pressed = event.modifiers() & ~Qt::KeypadModifier;
    const auto matching = [this, &event](Qt::KeyboardModifiers modifiers) -> QAction * {
        const QKeySequence keys(QKeyCombination(modifiers, Qt::Key(event.key())));
        for (const Command &command : m_commands) {
            if (command.action->isEnabled() && command.action->shortcuts().contains(keys))
                return command.action;
        }
        return nullptr;
    };
    QAction *action = matching(pressed);
    const bool isLetter = event.key() >= Qt::Key_A && event.key() <= Qt::Key_Z;
    if (!action && !isLetter && pressed == Qt::ShiftModifier)
        action = matching(Qt::NoModifier); // a plus takes Shift on many keyboards
    return action;
}

bool DocumentView::event(QEvent *event)
{
    // Two panes may have a document each: the palette is about the one that is to be seen.
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        for (const Command &command : std::as_const(m_commands))
            command.action->setVisible(event->type() == QEvent::Show);
    }
    if (event->type() == QEvent::ShortcutOverride && commandFor(*static_cast<QKeyEvent *>(event))) {
        event->accept(); // comes back as a press, before the window's own keys
        return true;
    }
    return QWidget::event(event);
}

void DocumentView::keyPressEvent(QKeyEvent *event)
{
    if (QAction *action = commandFor(*event)) {
        action->trigger();
    } else if (event->key() == Qt::Key_Escape && m_findBar->isVisible()) {
        endFind();
    } else if (event->key() != Qt::Key_Escape || !m_pages->clearSelection()) {
        QWidget::keyPressEvent(event);
    }
}

void DocumentView::openFindBar()
{
    if (m_pages->isHidden())
        setEInvoiceShown(false); // what is sought is on the pages
    beginFind();
}

void DocumentView::editPage()
{
    m_toolbar->editPage();
}

void DocumentView::showMenu(const QPoint &global)
{
    auto *menu = new QMenu(this); // which may end with the window while it is open
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char *id : {"document.copy",
                           "document.selectAll",
                           "",
                           "document.find",
                           "",
                           "document.zoomIn",
                           "document.zoomOut",
                           "document.fitWidth",
                           "document.fitPage",
                           "",
                           "document.rotateRight",
                           "document.rotateLeft",
                           "",
                           "document.thumbnails",
                           "document.outline",
                           "document.links",
                           "document.back",
                           "",
                           "document.singlePage",
                           "document.hand",
                           "document.darkPages",
                           "",
                           "document.pin",
                           "",
                           "document.einvoice",
                           "document.saveEInvoice"}) {
        if (QAction *action = command(id))
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->addSeparator();
    menu->addActions(m_tools);
    menu->popup(global);
}

} // namespace Counterfoil

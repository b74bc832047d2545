#include "outgoingactions.h"

#include "actions.h"
#include "icons.h"
#include "outgoingdesk.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

namespace Counterfoil {

namespace {

class OutgoingActionsText
{
    Q_DECLARE_TR_FUNCTIONS(OutgoingActions)
};

} // namespace

void addOutgoingActions(Actions &actions, OutgoingDesk &desk, QWidget &window,
                        std::function<OutgoingRows()> chosen)
{
    const QString group = QCoreApplication::translate("Actions", "Document");
    using Run = void (OutgoingDesk::*)(const OutgoingRows &rows, QWidget *over);
    enum class Of { Documents, Pages };
    const auto add = [&](const char *id, const QString &text, const QList<QKeySequence> &keys, Run run,
                         Of what = Of::Documents) {
        return actions.add(QString::fromLatin1(id), group, text, keys, [&desk, &window, chosen, run, what] {
            OutgoingRows rows = chosen();
            if (what == Of::Documents)
                rows.pages.clear();
            (desk.*run)(rows, window.window());
        });
    };
    add("outgoing.save", OutgoingActionsText::tr("Save the chosen documents"),
        {QKeySequence(QKeySequence::Save)}, &OutgoingDesk::save)
        ->setIcon(Icons::icon(Icons::Icon::Save));
    add("outgoing.savePages", OutgoingActionsText::tr("Save the chosen pages as a PDF"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)}, &OutgoingDesk::savePages, Of::Pages);
    add("outgoing.print", OutgoingActionsText::tr("Print the chosen documents"),
        {QKeySequence(QKeySequence::Print)}, &OutgoingDesk::print, Of::Pages)
        ->setIcon(Icons::icon(Icons::Icon::Print));
    add("outgoing.pack", OutgoingActionsText::tr("Pack the chosen documents as one PDF or a ZIP"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, &OutgoingDesk::pack);
    add("outgoing.mail", OutgoingActionsText::tr("Mail the chosen documents"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)}, &OutgoingDesk::mail);
    add("outgoing.mailPages", OutgoingActionsText::tr("Mail the chosen pages as a PDF"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_M)}, &OutgoingDesk::mailPages, Of::Pages);
    actions.add(QStringLiteral("outgoing.names"), group,
                OutgoingActionsText::tr("Choose how saved documents are called"), {},
                [&desk, &window] { desk.chooseNames(window.window()); });
}

void addOutgoingTo(QMenu &menu, const Actions &actions)
{
    for (const char *id : {"outgoing.save", "outgoing.print", "outgoing.pack", "outgoing.mail"}) {
        if (QAction *action = actions.find(QString::fromLatin1(id)))
            menu.addAction(action);
    }
}

} // namespace Counterfoil

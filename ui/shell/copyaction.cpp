#include "copyaction.h"

#include "actions.h"
#include "tabletext.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QLabel>
#include <QTableView>

namespace Counterfoil {

namespace {

QString selectedText(const QWidget &window)
{
    const QWidget *focus = QApplication::focusWidget();
    if (const auto *label = qobject_cast<const QLabel *>(focus); label && label->hasSelectedText())
        return label->selectedText();
    if (const auto *table = qobject_cast<const QTableView *>(focus); table && window.isAncestorOf(table))
        return selectedTableText(*table);
    const auto tables = window.findChildren<QTableView *>();
    for (const QTableView *table : tables) {
        if (const QString text = selectedTableText(*table); !text.isEmpty() && table->isVisible())
            return text;
    }
    return {};
}

} // namespace

void addCopyAction(Actions &actions, QWidget &window, const QString &group)
{
    actions.add(QStringLiteral("edit.copy"), group,
                QCoreApplication::translate("Actions", "Copy the selected rows"),
                {QKeySequence(QKeySequence::Copy)}, [&window] {
                    const QString text = selectedText(window);
                    if (!text.isEmpty())
                        QGuiApplication::clipboard()->setText(text);
                });
}

} // namespace Counterfoil

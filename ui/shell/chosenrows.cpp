#include "chosenrows.h"

#include "detailpane.h"
#include "documentview.h"
#include "listpane.h"
#include "listselection.h"
#include "recordspage.h"

#include <QApplication>

namespace Counterfoil {

namespace {

OutgoingRows documentRead(const QWidget &window)
{
    for (const QWidget *widget = QApplication::focusWidget(); widget && widget != &window;
         widget = widget->parentWidget()) {
        const auto *view = qobject_cast<const DocumentView *>(widget);
        if (view && !view->key().isEmpty())
            return chosenPages(*view);
    }
    return {};
}

} // namespace

OutgoingRows chosenPages(const DocumentView &view)
{
    return {&Document::type, {}, {view.key().toStdString()}, view.chosenPages()};
}

OutgoingRows chosenRows(const QWidget &window, const RecordsPage *page)
{
    OutgoingRows rows = documentRead(window);
    if (rows.isEmpty() && page)
        rows = {page->place().kind, page->list().selection().ids(), {}};
    return rows;
}

OutgoingRows chosenRows(const QWidget &window, const DetailPane &pane)
{
    OutgoingRows rows = documentRead(window);
    if (rows.isEmpty() && !pane.ref().isNull())
        rows = {pane.ref().kind, {}, {pane.ref().key}};
    return rows;
}

} // namespace Counterfoil

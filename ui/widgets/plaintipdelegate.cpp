#include "plaintipdelegate.h"

#include "tooltip.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

namespace Counterfoil {

bool PlainTipDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (!event || !view || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = plainToolTip(index.data(Qt::ToolTipRole).toString());
    QToolTip::showText(event->globalPos(), text, view, view->visualRect(index));
    event->setAccepted(!text.isEmpty());
    return true;
}

} // namespace Counterfoil

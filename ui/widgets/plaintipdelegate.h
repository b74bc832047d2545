#pragma once

#include <QStyledItemDelegate>

namespace Counterfoil {

// A delegate whose tooltips say their text as it is: it is often the ERP's, and Qt takes a text that looks
// like HTML for HTML.
class PlainTipDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
};

} // namespace Counterfoil

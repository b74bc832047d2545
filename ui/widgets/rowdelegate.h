#pragma once

#include "plaintipdelegate.h"

namespace Counterfoil {

class RecordView;
struct Tokens;

// Paints the cells of a RecordView from the roles in itemroles.h: text, muted text, figures in columns,
// chips, the glow of a row that just changed, and a quiet bar for what is still on its way.
class RowDelegate final : public PlainTipDelegate
{
    Q_OBJECT
public:
    explicit RowDelegate(RecordView &view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                         const Tokens &tokens) const;
    void paintText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &inner,
                   const QModelIndex &index, const Tokens &tokens) const;

    void paintLit(QPainter &painter, const QRect &inner, const QString &text, const QPoint &lit,
                  const QFont &plain, const Tokens &tokens) const;

    RecordView &m_view;
};

} // namespace Counterfoil

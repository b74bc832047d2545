#include "rowdelegate.h"

#include "itemroles.h"
#include "linetext.h"
#include "recordheader.h"
#include "recordview.h"
#include "statuschip.h"
#include "style.h"
#include "type.h"

#include <QPainter>

#include <algorithm>

namespace Counterfoil {

RowDelegate::RowDelegate(RecordView &view)
    : PlainTipDelegate(&view)
    , m_view(view)
{ }

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = Tokens::of(option.palette);
    painter->save();
    paintBackground(*painter, option, index, t);
    const QRect inner = m_view.recordHeader().contentRect(index.column(), option.rect);
    const QVariant fetched = index.data(ItemRole::Fetched);
    if (fetched.isValid() && !fetched.toBool()) {
        QRectF bar(inner.left(), inner.center().y() - 3, inner.width() * (0.45 + 0.1 * (index.row() % 4)), 7);
        paintBox(*painter, bar, 3.5, t.hover, Qt::transparent);
    } else {
        paintText(*painter, option, inner, index, t);
    }
    painter->restore();
}

void RowDelegate::paintBackground(QPainter &painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index, const Tokens &t) const
{
    const bool selected = option.state & QStyle::State_Selected;
    QColor fill = t.panel;
    if (selected)
        fill = t.selection;
    else if (m_view.hoveredRow() == index.row())
        fill = t.hover;
    const double glow = m_view.glowOf(index);
    if (glow > 0)
        fill = blend(fill, t.glow, glow);
    painter.fillRect(option.rect, fill);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    // The bar marks the current row, where the keys act; it is there only while the view has the focus.
    const QModelIndex current = m_view.currentIndex();
    const bool leading = option.rect.left() <= 0 && option.direction == Qt::LeftToRight;
    if (m_view.hasFocus() && current.row() == index.row() && leading)
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1), t.accent);
}

void RowDelegate::paintText(QPainter &painter, const QStyleOptionViewItem &option, const QRect &inner,
                            const QModelIndex &index, const Tokens &t) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    const QVariant given = index.data(Qt::TextAlignmentRole);
    Qt::Alignment alignment = given.isValid() ? Qt::Alignment(given.toInt()) : Qt::Alignment(Qt::AlignLeft);
    alignment = QStyle::visualAlignment(option.direction, alignment & Qt::AlignHorizontal_Mask);
    const QString tone = index.data(ItemRole::Tone).toString();
    if (!tone.isEmpty() && !text.isEmpty()) {
        StatusChip::paint(painter, inner, alignment, t, text, index.data(ItemRole::Symbol).toString(),
                          toneNamed(tone));
        return;
    }
    const bool strong = m_view.strongColumn() == index.column();
    const QFont font = strong ? Type::font(Type::Role::Strong) : option.font;
    painter.setPen(index.data(ItemRole::Secondary).toBool() ? t.muted : t.text);
    const QPoint lit = index.data(ItemRole::Lit).toPoint();
    if (lit.y() > 0 && !text.isRightToLeft() && option.direction == Qt::LeftToRight) {
        paintLit(painter, inner, text, lit, font, t);
        return;
    }
    const bool figures = alignment & Qt::AlignRight;
    LineText::draw(painter, inner, alignment, text, font,
                   figures ? LineText::Digits::Even : LineText::Digits::Own);
}

// The part that was looked for stands out by its weight and its colour; what is before it makes room.
void RowDelegate::paintLit(QPainter &painter, const QRect &inner, const QString &text, const QPoint &lit,
                           const QFont &plain, const Tokens &t) const
{
    const QFont strong = Type::font(Type::Role::Strong);
    const QString hit = text.mid(lit.x(), lit.y());
    const int room = std::max(0, inner.width() - LineText::width(hit, strong)) * 2 / 3;
    QString before = text.left(lit.x());
    if (LineText::width(before, plain) > room)
        before = QFontMetrics(plain).elidedText(before, Qt::ElideLeft, room);
    const QPen pen = painter.pen();
    QRectF place = inner;
    const auto put = [&](const QString &part, const QFont &font, const QPen &colour) {
        painter.setPen(colour);
        place.setLeft(place.left() + LineText::draw(painter, place, Qt::AlignLeft, part, font));
    };
    put(before, plain, pen);
    put(hit, strong, t.text);
    put(text.mid(lit.x() + lit.y()), plain, pen);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // Asked when a person double-clicks a column's edge.
    const QString text = index.data(Qt::DisplayRole).toString();
    const QString tone = index.data(ItemRole::Tone).toString();
    int width = tone.isEmpty() ? LineText::width(text, Type::font(Type::Role::Strong), LineText::Digits::Even)
                               : StatusChip::sizeFor(text, index.data(ItemRole::Symbol).toString()).width();
    width += RecordHeader::edgePadding + RecordHeader::cellPadding;
    return {width, option.rect.height()};
}

} // namespace Counterfoil

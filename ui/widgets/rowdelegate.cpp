#include "rowdelegate.h"

#include "itemroles.h"
#include "recordheader.h"
#include "recordview.h"
#include "statuschip.h"
#include "style.h"
#include "tabular.h"
#include "type.h"

#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

// Latin letters and what goes with them, no accent on its own: one glyph each, in the order of the text.
bool isPlain(const QString &text)
{
    constexpr QChar firstMark(0x300);
    return std::ranges::all_of(text, [&](QChar c) { return c < firstMark; });
}

} // namespace

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
    QFont font = strong ? Type::font(Type::Role::Strong) : option.font;
    if (isPlain(text))
        font.setStyleStrategy(QFont::PreferNoShaping); // most of a cell's work, for nothing but the kerning
    painter.setPen(index.data(ItemRole::Secondary).toBool() ? t.muted : t.text);
    if (alignment & Qt::AlignRight) {
        Tabular::draw(painter, inner, alignment, text, font);
        return;
    }
    painter.setFont(font);
    const QPoint lit = index.data(ItemRole::Lit).toPoint();
    if (lit.y() > 0 && !text.isRightToLeft() && option.direction == Qt::LeftToRight) {
        paintLit(painter, inner, text, lit, t);
        return;
    }
    const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, inner.width());
    painter.drawText(inner, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
}

// The part that was looked for stands out by its weight and its colour; what is before it makes room.
void RowDelegate::paintLit(QPainter &painter, const QRect &inner, const QString &text, const QPoint &lit,
                           const Tokens &t) const
{
    const QFont plain = painter.font();
    const QFont strong = Type::font(Type::Role::Strong);
    const QFontMetrics metrics(plain);
    const QString hit = text.mid(lit.x(), lit.y());
    const int hitWidth = QFontMetrics(strong).horizontalAdvance(hit);
    const int room = std::max(0, inner.width() - hitWidth);
    const QString before = metrics.elidedText(text.left(lit.x()), Qt::ElideLeft, room * 2 / 3);
    const QPen pen = painter.pen();
    int left = inner.left();
    const auto put = [&](const QString &part, const QFont &font, const QPen &colour) {
        const QFontMetrics measure(font);
        const QRect place(left, inner.top(), std::max(0, inner.right() + 1 - left), inner.height());
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(place, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                         measure.elidedText(part, Qt::ElideRight, place.width()));
        left += measure.horizontalAdvance(part);
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
    int width = tone.isEmpty() ? qRound(Tabular::width(text, Type::font(Type::Role::Strong)) + 0.5)
                               : StatusChip::sizeFor(text, index.data(ItemRole::Symbol).toString()).width();
    width += RecordHeader::edgePadding + RecordHeader::cellPadding;
    return {width, option.rect.height()};
}

} // namespace Counterfoil

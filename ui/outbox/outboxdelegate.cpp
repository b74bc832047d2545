#include "outboxdelegate.h"

#include "linetext.h"
#include "outboxwords.h"
#include "statuschip.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAbstractItemView>
#include <QPainter>

namespace Counterfoil {

namespace {

constexpr int sidePadding = 12;
constexpr int rowEndPadding = 10; // above and below
constexpr int lineGap = 3;
constexpr int rowInset = 6; // of the selection, from the edges of the view
constexpr int unboundedHeight = 100'000;

int viewWidth(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view ? view->viewport()->width() : option.rect.width();
}

QRect inside(const QRect &row)
{
    return row.adjusted(rowInset + sidePadding, rowEndPadding, -rowInset - sidePadding, -rowEndPadding);
}

QString caption(const QModelIndex &index)
{
    QStringList parts;
    for (const int role : {OutboxRole::ForWhom, OutboxRole::When, OutboxRole::Changes}) {
        const QString part = index.data(role).toString();
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral("  ·  "));
}

int explanationHeight(const QString &text, int width)
{
    if (text.isEmpty())
        return 0;
    const QFontMetrics metrics(Type::font(Type::Role::Body));
    return metrics.boundingRect(QRect(0, 0, width, unboundedHeight), Qt::TextWordWrap, text).height()
        + lineGap;
}

int firstLineHeight()
{
    return std::max(StatusChip::sizeFor(QStringLiteral("x"), QStringLiteral("!")).height(),
                    QFontMetrics(Type::font(Type::Role::Strong)).height());
}

int captionHeight()
{
    return QFontMetrics(Type::font(Type::Role::Caption)).height();
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &t)
{
    const QRect card = option.rect.adjusted(rowInset, 1, -rowInset, -1);
    if (option.state & QStyle::State_Selected)
        paintBox(painter, card, Radius::control, t.selection, Qt::transparent);
    else if (option.state & QStyle::State_MouseOver)
        paintBox(painter, card, Radius::control, t.hover, Qt::transparent);
}

} // namespace

OutboxDelegate::OutboxDelegate(QObject *parent)
    : PlainTipDelegate(parent)
{ }

void OutboxDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Tokens &t = Tokens::of(option.palette);
    painter->save();
    paintGround(*painter, option, t);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const auto leading = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
    const QRect inner = inside(option.rect);
    QRect line(inner.left(), inner.top(), inner.width(), firstLineHeight());

    const QString state = index.data(OutboxRole::State).toString();
    const QString symbol = index.data(ItemRole::Symbol).toString();
    const int chip = StatusChip::sizeFor(state, symbol).width();
    StatusChip::paint(*painter, line, mirrored ? Qt::AlignLeft : Qt::AlignRight, t, state, symbol,
                      toneNamed(index.data(ItemRole::Tone).toString()));
    const QRect words = mirrored ? line.adjusted(chip + Space::small, 0, 0, 0)
                                 : line.adjusted(0, 0, -chip - Space::small, 0);
    painter->setPen(t.text);
    LineText::draw(*painter, words, leading, index.data().toString(), Type::font(Type::Role::Strong));

    line = QRect(inner.left(), line.bottom() + 1 + lineGap, inner.width(), captionHeight());
    painter->setPen(t.muted);
    LineText::draw(*painter, line, leading, caption(index), Type::font(Type::Role::Caption));

    const QString explanation = index.data(OutboxRole::Explanation).toString();
    if (!explanation.isEmpty()) {
        painter->setFont(Type::font(Type::Role::Body));
        painter->setPen(t.text);
        const QRect rest(inner.left(), line.bottom() + 1 + lineGap, inner.width(),
                         inner.bottom() - line.bottom());
        painter->drawText(rest, int(leading | Qt::AlignTop) | Qt::TextWordWrap, explanation);
    }
    painter->restore();
}

QSize OutboxDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = viewWidth(option);
    const int height = 2 * rowEndPadding + firstLineHeight() + lineGap + captionHeight()
        + explanationHeight(index.data(OutboxRole::Explanation).toString(),
                            inside(QRect(0, 0, width, unboundedHeight)).width());
    return {width, height};
}

} // namespace Counterfoil

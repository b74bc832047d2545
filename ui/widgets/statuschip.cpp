#include "statuschip.h"

#include "icons.h"
#include "linetext.h"
#include "style.h"
#include "type.h"

#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int chipSidePadding = 8;
constexpr int symbolGap = 5;

QFont chipFont()
{
    QFont font = Type::font(Type::Role::Caption);
    font.setWeight(QFont::DemiBold);
    return font;
}

int chipSymbolSide(const QFontMetrics &metrics)
{
    return qRound(metrics.height() * 0.78);
}

} // namespace

StatusChip::StatusChip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void StatusChip::setState(const QString &text, const QString &symbol, Tone tone)
{
    m_text = text;
    m_symbol = symbol;
    m_tone = tone;
    setAccessibleName(tr("Status: %1").arg(text));
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const
{
    return sizeFor(m_text, m_symbol);
}

QSize StatusChip::sizeFor(const QString &text, const QString &symbol)
{
    const QFont font = chipFont();
    const QFontMetrics metrics(font);
    const int mark = symbol.isEmpty() ? 0 : chipSymbolSide(metrics) + symbolGap;
    return {LineText::width(text, font) + mark + 2 * chipSidePadding, metrics.height() + 6};
}

void StatusChip::paint(QPainter &painter, const QRect &cell, Qt::Alignment alignment, const Tokens &tokens,
                       const QString &text, const QString &symbol, Tone tone)
{
    const QFont font = chipFont();
    QSize size = sizeFor(text, symbol);
    size.setWidth(std::min(size.width(), cell.width()));
    QRect box(QPoint(cell.left(), cell.top() + (cell.height() - size.height()) / 2), size);
    if (alignment & Qt::AlignRight)
        box.moveRight(cell.right());
    const TonePair &pair = tokens.tone(tone);
    paintBox(painter, box, Radius::chip, pair.fill, Qt::transparent);
    QRect inner = box.adjusted(chipSidePadding, 0, -chipSidePadding, 0);
    if (!symbol.isEmpty()) {
        const int side = chipSymbolSide(QFontMetrics(font));
        const QRectF square(inner.left(), box.top() + (box.height() - side) / 2.0, side, side);
        Icons::paintSymbol(painter, symbol, square, pair.text);
        inner.setLeft(inner.left() + side + symbolGap);
    }
    painter.setPen(pair.text);
    LineText::draw(painter, inner, Qt::AlignLeft, text, font);
}

void StatusChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), Qt::AlignLeft, Tokens::of(palette()), m_text, m_symbol, m_tone);
}

} // namespace Counterfoil

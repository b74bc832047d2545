#include "pill.h"

#include "style.h"
#include "type.h"

#include <QPainter>

namespace Counterfoil {

namespace {

constexpr int dotSide = 8;

QFont pillFont()
{
    QFont font = Type::font(Type::Role::Caption);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Pill::Pill(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

QSize Pill::sizeHint() const
{
    const QFontMetrics metrics(pillFont());
    return {metrics.horizontalAdvance(text()) + dotSide + 6 + 2 * Space::medium, metrics.height() + 11};
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = Tokens::of(palette());
    const TonePair &pair = t.tone(m_tone);
    const double radius = height() / 2.0;
    const QColor fill = underMouse() || isDown() ? blend(pair.fill, pair.text, 0.1) : pair.fill;
    paintBox(painter, rect(), radius, fill, Qt::transparent);
    const QRectF inner = QRectF(rect()).adjusted(Space::medium, 0, -Space::medium, 0);
    QRectF dot(inner.left(), (height() - dotSide) / 2.0, dotSide, dotSide);
    QRectF words = inner.adjusted(dotSide + 6, 0, 0, 0);
    if (layoutDirection() == Qt::RightToLeft) {
        dot.moveRight(inner.right());
        words = inner.adjusted(0, 0, -dotSide - 6, 0);
    }
    paintBox(painter, dot, dotSide / 2.0, pair.text, Qt::transparent);
    painter.setFont(pillFont());
    painter.setPen(pair.text);
    painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, text());
    if (hasFocus())
        paintFocusRing(painter, rect(), radius, t.accent);
}

Switch::Switch(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

QSize Switch::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + Space::small + 30, metrics.height() + 8};
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = Tokens::of(palette());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    constexpr double trackWidth = 30;
    constexpr double trackHeight = 17;
    const QRectF track(mirrored ? 0 : width() - trackWidth, (height() - trackHeight) / 2, trackWidth,
                       trackHeight);
    const QColor off = blend(t.panel, t.muted, 0.55);
    paintBox(painter, track, trackHeight / 2, isChecked() ? t.accent : off, Qt::transparent);
    const double knob = trackHeight - 4;
    const double x = (isChecked() != mirrored) ? track.right() - knob - 2 : track.left() + 2;
    paintBox(painter, QRectF(x, track.top() + 2, knob, knob), knob / 2, t.onAccent, Qt::transparent);
    painter.setPen(t.text);
    const QRectF words = mirrored ? QRectF(rect()).adjusted(trackWidth + Space::small, 0, 0, 0)
                                  : QRectF(rect()).adjusted(0, 0, -trackWidth - Space::small, 0);
    painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, text());
    if (hasFocus())
        paintFocusRing(painter, track.adjusted(-2, -2, 2, 2), trackHeight / 2 + 2, t.accent);
}

} // namespace Counterfoil

#include "textlink.h"

#include "style.h"
#include "tokens.h"

#include <QPainter>

namespace Counterfoil {

TextLink::TextLink(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize TextLink::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height() + 4};
}

void TextLink::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    QFont words = font();
    words.setUnderline(underMouse());
    painter.setFont(words);
    painter.setPen(isEnabled() ? t.accent : t.muted);
    painter.drawText(rect(), int(Qt::AlignVCenter | Qt::AlignHCenter) | Qt::TextSingleLine, text());
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::chip, t.accent);
}

} // namespace Counterfoil

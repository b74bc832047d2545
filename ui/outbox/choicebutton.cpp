#include "choicebutton.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr double dotSide = 14;
constexpr int endPadding = 7;
constexpr int startPadding = 10;
constexpr int textStart = startPadding + 14 + 8;
constexpr int unbounded = 100'000;

} // namespace

ChoiceButton::ChoiceButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChoiceButton::setValue(const QString &value, bool isNothing)
{
    setText(value);
    m_isNothing = isNothing;
    updateGeometry();
    update();
}

int ChoiceButton::heightForWidth(int width) const
{
    const int room = std::max(1, width - textStart - startPadding);
    const QRect words = fontMetrics().boundingRect(QRect(0, 0, room, unbounded), Qt::TextWordWrap, text());
    return std::max(words.height() + 2 * endPadding, Type::controlHeight());
}

QSize ChoiceButton::sizeHint() const
{
    const int wide = fontMetrics().horizontalAdvance(QLatin1Char('0')) * 28;
    return {wide, heightForWidth(wide)};
}

void ChoiceButton::keyPressEvent(QKeyEvent *event)
{
    event->ignore();
    Q_EMIT keyPressed(event);
    if (!event->isAccepted() && event->key() == Qt::Key_Space)
        QAbstractButton::keyPressEvent(event);
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const QColor fill = isChecked() ? t.selection : underMouse() ? t.hover : t.panel;
    paintBox(painter, rect(), Radius::control, fill, isChecked() ? t.accent : t.edge);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double x = mirrored ? width() - startPadding - dotSide : startPadding;
    const double firstLine = endPadding + fontMetrics().height() / 2.0;
    const QRectF dot(x, firstLine - dotSide / 2, dotSide, dotSide);
    paintBox(painter, dot, dotSide / 2, isChecked() ? t.accent : t.field,
             isChecked() ? t.accent : blend(t.edge, t.text, 0.2));
    if (isChecked())
        paintBox(painter, dot.adjusted(4, 4, -4, -4), 3, t.onAccent, Qt::transparent);
    const QRect words = mirrored ? rect().adjusted(startPadding, endPadding, -textStart, 0)
                                 : rect().adjusted(textStart, endPadding, -startPadding, 0);
    painter.setFont(font());
    painter.setPen(m_isNothing ? t.muted : t.text);
    painter.drawText(words,
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading)) | Qt::AlignTop
                         | Qt::TextWordWrap,
                     text());
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

} // namespace Counterfoil

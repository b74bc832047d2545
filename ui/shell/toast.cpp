#include "toast.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int margin = 12;

} // namespace

Toast::Toast(QWidget *over)
    : QWidget(over)
{
    over->installEventFilter(this);
    m_hide.setSingleShot(true);
    m_hide.setInterval(shownMs);
    connect(&m_hide, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void Toast::tell(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    place();
    show();
    raise();
    update();
    m_hide.start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::place()
{
    const QFontMetrics metrics(Type::font(Type::Role::Strong));
    const QSize size(std::min(metrics.horizontalAdvance(m_text) + 40 + 2 * margin, parentWidget()->width()),
                     metrics.height() + 22 + 2 * margin);
    const QSize host = parentWidget()->size();
    setGeometry((host.width() - size.width()) / 2, host.height() - size.height() - 44, size.width(),
                size.height());
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const QRectF card = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    paintShadow(painter, card, Radius::card, t.shadow, margin);
    paintBox(painter, card, Radius::card, t.dark ? t.raised : t.text, t.dark ? t.edge : t.text);
    const QFont font = Type::font(Type::Role::Strong);
    painter.setFont(font);
    painter.setPen(t.dark ? t.text : t.panel);
    painter.drawText(card, Qt::AlignCenter,
                     QFontMetrics(font).elidedText(m_text, Qt::ElideRight, qRound(card.width()) - 16));
}

void Toast::mousePressEvent(QMouseEvent *)
{
    hide();
}

} // namespace Counterfoil

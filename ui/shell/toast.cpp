#include "toast.h"

#include "linetext.h"
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
    const QFont font = Type::font(Type::Role::Strong);
    const QSize size(std::min(LineText::width(m_text, font) + 40 + 2 * margin, parentWidget()->width()),
                     QFontMetrics(font).height() + 22 + 2 * margin);
    const QSize host = parentWidget()->size();
    setGeometry((host.width() - size.width()) / 2, host.height() - size.height() - 44, size.width(),
                size.height());
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
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
    painter.setPen(t.dark ? t.text : t.panel);
    LineText::draw(painter, card.adjusted(8, 0, -8, 0), Qt::AlignHCenter, m_text,
                   Type::font(Type::Role::Strong));
}

void Toast::mousePressEvent(QMouseEvent *)
{
    hide();
}

} // namespace Counterfoil

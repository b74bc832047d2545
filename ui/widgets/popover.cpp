#include "popover.h"

#include "style.h"
#include "tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int shadowMargin = 12;

} // namespace

Popover::Popover(QWidget *anchor, QWidget *content)
    : QWidget(anchor->window())
    , m_anchor(anchor)
    , m_content(content)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(shadowMargin + 1, shadowMargin + 1, shadowMargin + 1, shadowMargin + 1);
    layout->addWidget(content);
    // The order in which things were made is not the order of ownership: the anchor may go first.
    connect(anchor, &QObject::destroyed, this, &QObject::deleteLater);
    hide();
}

void Popover::open(Align align)
{
    m_align = align;
    if (parentWidget() != m_anchor->window())
        setParent(m_anchor->window());
    m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    qApp->installEventFilter(this);
    QWidget *first = m_content->focusProxy() ? m_content->focusProxy() : m_content;
    if (first->focusPolicy() == Qt::NoFocus)
        first->nextInFocusChain()->setFocus(Qt::PopupFocusReason);
    else
        first->setFocus(Qt::PopupFocusReason);
}

void Popover::dismiss()
{
    if (!isVisible())
        return;
    qApp->removeEventFilter(this);
    const QWidget *focus = QApplication::focusWidget();
    const bool hadFocus = focus && isAncestorOf(focus);
    hide();
    if (hadFocus && m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    Q_EMIT dismissed();
}

bool Popover::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto *widget = static_cast<QWidget *>(watched);
        if (widget != this && !isAncestorOf(widget)) {
            const bool onAnchor = widget == m_anchor || m_anchor->isAncestorOf(widget);
            dismiss();
            return onAnchor; // otherwise the same click would open it again
        }
    } else if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        auto *widget = static_cast<QWidget *>(watched);
        if (widget->window() == window() && widget != this && !isAncestorOf(widget))
            dismiss();
    } else if (event->type() == QEvent::Resize && watched == parentWidget()) {
        place();
    } else if (event->type() == QEvent::LayoutRequest && watched == this) {
        QMetaObject::invokeMethod(this, &Popover::place, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

void Popover::place()
{
    const QWidget *host = parentWidget();
    layout()->activate();
    const QSize size = sizeHint().boundedTo(host->size());
    const QPoint below = m_anchor->mapTo(host, QPoint(0, m_anchor->height() + Space::unit));
    const bool trailing = (m_align == Align::End) != (layoutDirection() == Qt::RightToLeft);
    int x = trailing ? below.x() + m_anchor->width() - size.width() + shadowMargin : below.x() - shadowMargin;
    int y = below.y() - shadowMargin;
    if (y + size.height() > host->height()) {
        const int above = below.y() - m_anchor->height() - 2 * Space::unit - size.height() + shadowMargin;
        y = above >= 0 ? above : host->height() - size.height();
    }
    x = std::clamp(x, 0, std::max(0, host->width() - size.width()));
    setGeometry(x, std::max(0, y), size.width(), size.height());
}

void Popover::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const QRectF card = QRectF(rect()).adjusted(shadowMargin, shadowMargin, -shadowMargin, -shadowMargin);
    paintShadow(painter, card, Radius::card, t.shadow, shadowMargin);
    paintBox(painter, card, Radius::card, t.raised, t.edge);
}

void Popover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Counterfoil

// What a hand does to the pages: wheel, keys, selecting with the mouse.

#include "addressopening.h"
#include "pagelinks.h"
#include "pagepictures.h"
#include "pageview.h"
#include "theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QTimerEvent>
#include <QToolTip>
#include <QVariantAnimation>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Counterfoil {

namespace {

constexpr double wheelStep = 120; // what a notch of a wheel reports
constexpr double zoomANotch = 1.15;
constexpr int linesANotch = 3;
constexpr int dragScrollMs = 30;
constexpr int pageTurnMs = 250; // a wheel that goes on does not turn another page sooner

} // namespace

bool PageView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *hint = static_cast<QHelpEvent *>(event);
        const PageLink *link = linkAt(QPointF(hint->pos()));
        const QString text = !link    ? QString()
            : link->address.isEmpty() ? tr("Go to page %1").arg(link->place.page + 1)
                                      : readableAddress(link->address);
        QToolTip::showText(hint->globalPos(), text, viewport());
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(m_zoom * (1 + gesture->value()), gesture->position());
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void PageView::resizeEvent(QResizeEvent *)
{
    arrangeKeepingTop();
}

void PageView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    if (!qFuzzyCompare(m_ratio, devicePixelRatioF()))
        arrangeKeepingTop();
    refreshSoon();
}

void PageView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

void PageView::scrollContentsBy(int, int)
{
    viewport()->update();
    refreshSoon();
    if (!m_arranging)
        noteSeenPage();
}

void PageView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        const double notches = event->angleDelta().y() / wheelStep;
        if (notches != 0)
            zoomAt(m_zoom * std::pow(zoomANotch, notches), event->position());
        return;
    }
    QPoint delta = event->pixelDelta();
    const bool exact = !delta.isNull();
    if (!exact)
        delta = event->angleDelta() * (linesANotch * verticalScrollBar()->singleStep()) / wheelStep;
    if (event->modifiers() & Qt::ShiftModifier)
        delta = delta.transposed();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta.x());
    if (exact && !isSinglePage()) {
        m_glide->stop();
        verticalScrollBar()->setValue(verticalScrollBar()->value() - delta.y());
    } else if (delta.y() != 0 && m_pageTurned.hasExpired()) {
        const int page = m_layout.look().only;
        scrollBy(-delta.y());
        if (page != m_layout.look().only)
            m_pageTurned.setRemainingTime(pageTurnMs);
    }
}

int PageView::scrollTarget() const
{
    return m_glide->state() == QAbstractAnimation::Running ? m_glide->endValue().toInt()
                                                           : verticalScrollBar()->value();
}

void PageView::scrollTo(int value)
{
    const int target = std::clamp(value, 0, verticalScrollBar()->maximum());
    m_glide->stop();
    if (!Theme::wantsMotion() || !isVisible()) {
        verticalScrollBar()->setValue(target);
        return;
    }
    m_glide->setStartValue(verticalScrollBar()->value());
    m_glide->setEndValue(target);
    m_glide->start();
}

int PageView::pageStep() const
{
    return std::max(1, viewport()->height() - verticalScrollBar()->singleStep());
}

void PageView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const int line = verticalScrollBar()->singleStep();
    if (!plain) {
        event->ignore();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
        return scrollBy(shift ? -pageStep() : pageStep());
    case Qt::Key_PageDown:
        return scrollBy(pageStep());
    case Qt::Key_PageUp:
        return scrollBy(-pageStep());
    case Qt::Key_Home:
        return scrollTo(0);
    case Qt::Key_End:
        return scrollTo(verticalScrollBar()->maximum());
    case Qt::Key_Down:
        return scrollBy(line);
    case Qt::Key_Up:
        return scrollBy(-line);
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int way = event->key() == Qt::Key_Left ? -1 : 1;
        if (horizontalScrollBar()->maximum() == 0)
            return goToPage(m_current + way);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + way * line);
        return;
    }
    default:
        event->ignore();
    }
}

WordPlace PageView::placeAt(const QPointF &at, bool onWordOnly) const
{
    const QPointF place = toContent(at);
    const int page = m_blank ? -1 : m_layout.nearestPage(static_cast<int>(place.y()));
    if (page < 0)
        return {};
    const QPointF point = m_layout.toPage(page, place);
    if (onWordOnly && !m_text.isOnWord(page, point))
        return {};
    const int word = m_text.nearestWord(page, point);
    return word < 0 ? WordPlace{} : WordPlace{page, word};
}

void PageView::mousePressEvent(QMouseEvent *event)
{
    const bool byHand = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_hand);
    if (byHand && !m_blank)
        return beginPan(event->position());
    if (event->button() != Qt::LeftButton || m_blank)
        return;
    m_pressed = true;
    m_pressedAt = event->position();
    m_draggedTo = m_pressedAt;
    const WordPlace place = placeAt(m_pressedAt, false);
    if (event->modifiers() & Qt::ShiftModifier)
        m_selection.extendTo(place);
    else if (m_thirdClick.isActive())
        m_selection.begin(place, TextSelection::By::Line);
    else
        m_selection.press(place);
    m_thirdClick.stop();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void PageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_blank || m_hand)
        return;
    m_pressed = true;
    m_pressedAt = event->position();
    m_draggedTo = m_pressedAt;
    m_selection.begin(placeAt(m_pressedAt, true), TextSelection::By::Word);
    m_thirdClick.start(QGuiApplication::styleHints()->mouseDoubleClickInterval(), this);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void PageView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_panning)
        return pan(event->position());
    if (!m_pressed)
        return showCursor(event->position());
    const bool begun = !selection().isEmpty();
    const double moved = (event->position() - m_pressedAt).manhattanLength();
    if (!begun && moved < QGuiApplication::styleHints()->startDragDistance())
        return;
    m_draggedTo = event->position();
    if (begun && moved < 1)
        return;
    select(m_draggedTo);
    if (viewport()->rect().contains(m_draggedTo.toPoint()))
        m_dragScroll.stop();
    else if (!m_dragScroll.isActive())
        m_dragScroll.start(dragScrollMs, this);
}

void PageView::mouseReleaseEvent(QMouseEvent *event)
{
    const bool pressed = std::exchange(m_pressed, false);
    const bool panned = std::exchange(m_panning, false);
    m_dragScroll.stop();
    showCursor(event->position());
    const double moved = (event->position() - m_pressedAt).manhattanLength();
    const bool isClick = event->button() == Qt::LeftButton && (pressed || panned)
        && moved < QGuiApplication::styleHints()->startDragDistance();
    if (const PageLink *link = isClick ? linkAt(m_pressedAt) : nullptr)
        Q_EMIT linkChosen(PageLink(*link)); // a copy: whoever follows it may turn to another document
}

void PageView::select(const QPointF &at)
{
    const WordRange before = selection();
    m_selection.extendTo(placeAt(at, false));
    if (selection() == before)
        return;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void PageView::showCursor(const QPointF &at)
{
    viewport()->setCursor(linkAt(at)                      ? Qt::PointingHandCursor
                              : m_hand                    ? Qt::OpenHandCursor
                              : placeAt(at, true).isSet() ? Qt::IBeamCursor
                                                          : Qt::ArrowCursor);
}

// A selection drawn beyond the edge scrolls, the faster the further out the hand is.
void PageView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_thirdClick.timerId()) {
        m_thirdClick.stop();
    } else if (event->timerId() == m_dragScroll.timerId()) {
        const QRectF inside(viewport()->rect());
        const double up = std::min(0.0, m_draggedTo.y() - inside.top());
        const double down = std::max(0.0, m_draggedTo.y() - inside.bottom());
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>((up + down) / 2));
        select(m_draggedTo);
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

void PageView::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->globalPos());
}

void PageView::focusInEvent(QFocusEvent *event)
{
    m_focusRing = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    viewport()->update();
}

void PageView::focusOutEvent(QFocusEvent *)
{
    viewport()->update();
}

} // namespace Counterfoil

// Ways to look at the pages: one at a time, by hand, on dark paper.

#include "pagelinks.h"
#include "pagepictures.h"
#include "pagerenderer.h"
#include "pageview.h"

#include <QScrollBar>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>

namespace Counterfoil {

void PageView::setSinglePage(bool single)
{
    if (single == isSinglePage())
        return;
    const Anchor anchor = anchorAt({viewport()->width() / 2.0, 0});
    const int page = std::max(0, m_current);
    PageLayout::Look look = m_layout.look();
    look.only = single ? page : -1;
    m_layout.arrange(look);
    m_glide->stop();
    arrange(anchor.page == page ? anchor : Anchor{});
    goToPlace({page, anchor.page == page ? anchor.point.y() : 0});
}

bool PageView::turnPage(int way)
{
    const int page = m_layout.look().only + way;
    if (!isSinglePage() || m_blank || page < 0 || page >= m_layout.count())
        return false;
    goToPage(page);
    if (way < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    return true;
}

void PageView::scrollBy(int delta)
{
    const bool atEnd = scrollTarget() >= verticalScrollBar()->maximum();
    const bool atBeginning = scrollTarget() <= 0;
    if ((delta > 0 && atEnd && turnPage(1)) || (delta < 0 && atBeginning && turnPage(-1)))
        return;
    scrollTo(scrollTarget() + delta);
}

void PageView::goToPlace(const PagePlace &place)
{
    if (m_blank || place.page < 0 || place.page >= m_layout.count())
        return;
    goToPage(place.page);
    if (rotation() != 0 || place.top <= 0)
        return; // on a page that lies across, its beginning has to do
    const QPointF at = m_layout.fromPage(place.page, QPointF(0, place.top)) / m_ratio;
    verticalScrollBar()->setValue(static_cast<int>(std::floor(at.y())));
}

PagePlace PageView::topPlace() const
{
    const Anchor anchor = anchorAt({viewport()->width() / 2.0, 0});
    return m_blank || anchor.page < 0 ? PagePlace{} : PagePlace{anchor.page, std::max(0.0, anchor.point.y())};
}

void PageView::setHand(bool hand)
{
    m_hand = hand;
    viewport()->setCursor(hand ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void PageView::beginPan(const QPointF &at)
{
    m_panning = true;
    m_pressedAt = at;
    m_pannedFrom = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    m_glide->stop();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void PageView::pan(const QPointF &at)
{
    const QPoint moved = (at - m_pressedAt).toPoint();
    horizontalScrollBar()->setValue(m_pannedFrom.x() - moved.x());
    verticalScrollBar()->setValue(m_pannedFrom.y() - moved.y());
}

void PageView::setColours(const PageColours &colours)
{
    if (colours == m_colours)
        return;
    m_colours = colours;
    m_pictures->clear();
    viewport()->update();
    refreshSoon();
}

const PageLink *PageView::linkAt(const QPointF &at) const
{
    const QPointF place = toContent(at);
    const int page = m_blank ? -1 : m_layout.nearestPage(static_cast<int>(place.y()));
    return page < 0 ? nullptr : m_links.at(page, m_layout.toPage(page, place));
}

} // namespace Counterfoil

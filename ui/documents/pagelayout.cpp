#include "pagelayout.h"

#include "pagerenderer.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int largestExtent = 1 << 29;
constexpr int outOfSight = 1 << 30; // where pages lie that are not shown; with their own size within an int

bool liesAcross(int rotation)
{
    return rotation == 90 || rotation == 270;
}

} // namespace

void PageLayout::setPages(const std::vector<PageInfo> &pages)
{
    m_infos = pages;
    Look look = m_look;
    look.zoom = mostZoom(look.zoom);
    look.only = std::min(look.only, 0);
    arrange(look);
}

void PageLayout::arrange(const Look &look)
{
    m_look = look;
    m_pages.clear();
    m_pages.reserve(m_infos.size());
    int y = look.margin;
    int widest = 0;
    for (int i = 0; i < count(); ++i) {
        const QSize size = PageRenderer::pixelSize(info(i), look.zoom, look.rotation);
        if (look.only >= 0 && i != look.only) {
            m_pages.emplace_back(QPoint(0, i < look.only ? -outOfSight : outOfSight), size);
            continue;
        }
        if (look.only >= 0)
            y = std::max(y, (look.height - size.height()) / 2);
        m_pages.emplace_back(QPoint(0, y), size);
        y += size.height() + look.gap;
        widest = std::max(widest, size.width());
    }
    const int width = std::max(look.width, widest + 2 * look.margin);
    for (QRect &page : m_pages)
        page.moveLeft((width - page.width()) / 2);
    m_extent = m_pages.empty() ? QSize() : QSize(width, y - look.gap + look.margin);
}

QSizeF PageLayout::turnedSize(int index, int rotation) const
{
    const QSizeF size = info(index).size;
    return liesAcross(rotation) ? size.transposed() : size;
}

QSizeF PageLayout::largestTurned(int rotation) const
{
    QSizeF largest;
    for (int i = 0; i < count(); ++i)
        largest = largest.expandedTo(turnedSize(i, rotation));
    return largest;
}

double PageLayout::mostZoom(double wanted) const
{
    double height = 0;
    for (const PageInfo &page : m_infos)
        height += std::max(page.size.width(), page.size.height()) + m_look.gap + 1;
    return height > 0 ? std::min(wanted, largestExtent / height) : wanted;
}

int PageLayout::nearestPage(int y) const
{
    if (m_pages.empty())
        return -1;
    const auto next = std::upper_bound(m_pages.begin(), m_pages.end(), y,
                                       [](int at, const QRect &page) { return at < page.top(); });
    if (next == m_pages.begin())
        return 0;
    const auto before = next - 1;
    const bool nearer = next != m_pages.end() && next->top() - y < y - before->bottom();
    return static_cast<int>((nearer ? next : before) - m_pages.begin());
}

PageLayout::Range PageLayout::pagesIn(const QRect &part) const
{
    const auto first = std::lower_bound(m_pages.begin(), m_pages.end(), part.top(),
                                        [](const QRect &page, int top) { return page.bottom() < top; });
    const auto end = std::upper_bound(first, m_pages.end(), part.bottom(),
                                      [](int bottom, const QRect &page) { return bottom < page.top(); });
    return {static_cast<int>(first - m_pages.begin()), static_cast<int>(end - m_pages.begin()) - 1};
}

QPointF PageLayout::toPage(int index, const QPointF &place) const
{
    const QPointF turned = (place - QPointF(page(index).topLeft())) / m_look.zoom;
    const QSizeF size = info(index).size;
    switch (m_look.rotation) {
    case 90:
        return {turned.y(), size.height() - turned.x()};
    case 180:
        return {size.width() - turned.x(), size.height() - turned.y()};
    case 270:
        return {size.width() - turned.y(), turned.x()};
    default:
        return turned;
    }
}

QPointF PageLayout::fromPage(int index, const QPointF &point) const
{
    const QSizeF size = info(index).size;
    QPointF turned = point;
    switch (m_look.rotation) {
    case 90:
        turned = {size.height() - point.y(), point.x()};
        break;
    case 180:
        turned = {size.width() - point.x(), size.height() - point.y()};
        break;
    case 270:
        turned = {point.y(), size.width() - point.x()};
        break;
    default:
        break;
    }
    return turned * m_look.zoom + QPointF(page(index).topLeft());
}

QRectF PageLayout::fromPage(int index, const QRectF &box) const
{
    return QRectF(fromPage(index, box.topLeft()), fromPage(index, box.bottomRight())).normalized();
}

} // namespace Counterfoil

#include "pagelayout.h"

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

constexpr QSizeF commonPaper(595, 842);
constexpr double largestSide = 14'400; // points; what the format allows
constexpr int largestExtent = 1 << 30;

double sane(double side, double instead)
{
    return std::isfinite(side) && side >= 1 ? std::min(side, largestSide) : instead;
}

bool liesAcross(int rotation)
{
    return rotation == 90 || rotation == 270;
}

} // namespace

void PageLayout::setPages(const std::vector<QSizeF> &sizes)
{
    m_sizes.clear();
    m_sizes.reserve(sizes.size());
    for (const QSizeF &size : sizes)
        m_sizes.emplace_back(sane(size.width(), commonPaper.width()),
                             sane(size.height(), commonPaper.height()));
    arrange(m_look);
}

void PageLayout::arrange(const Look &look)
{
    m_look = look;
    m_pages.clear();
    m_pages.reserve(m_sizes.size());
    int y = look.margin;
    int widest = 0;
    for (int i = 0; i < count(); ++i) {
        const QSizeF points = turnedSize(i, look.rotation);
        const QSize size(std::max(1, static_cast<int>(std::lround(points.width() * look.zoom))),
                         std::max(1, static_cast<int>(std::lround(points.height() * look.zoom))));
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
    const QSizeF size = m_sizes[static_cast<std::size_t>(index)];
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
    for (const QSizeF &size : m_sizes)
        height += std::max(size.width(), size.height()) + m_look.gap + 1;
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
    const QSizeF size = m_sizes[static_cast<std::size_t>(index)];
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
    const QSizeF size = m_sizes[static_cast<std::size_t>(index)];
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

#pragma once

#include "openeddocument.h"

#include <QPoint>
#include <QRect>

#include <vector>

namespace Counterfoil {

// Where the pages lie, one under the other and centred, or one alone, in device pixels, so that what is drawn
// for a page meets the screen's pixels. Places on a page are in points from the top left of the page as it is
// before anybody turns it.
class PageLayout
{
public:
    struct Look
    {
        double zoom = 1;  // device pixels a point
        int rotation = 0; // clockwise: 0, 90, 180 or 270
        int width = 0;    // of the window onto the pages
        int margin = 0;   // around all pages
        int gap = 0;      // between two
        int only = -1;    // the page that is shown alone; -1: all
        int height = 0;   // of the window; a page that is shown alone stands in its middle
        bool operator==(const Look &) const = default;
    };

    void setPages(const std::vector<PageInfo> &pages);
    void arrange(const Look &look);

    int count() const { return static_cast<int>(m_infos.size()); }
    const Look &look() const { return m_look; }
    const PageInfo &info(int index) const { return m_infos[static_cast<std::size_t>(index)]; }
    QSize extent() const { return m_extent; }
    QRect page(int index) const { return m_pages[static_cast<std::size_t>(index)]; }
    QSizeF turnedSize(int index, int rotation) const; // points
    QSizeF largestTurned(int rotation) const;         // points: the widest and the highest
    double mostZoom(double wanted) const;             // what of it keeps every coordinate within an int

    int nearestPage(int y) const; // -1: there are none
    struct Range
    {
        int first = 0;
        int last = -1;
    };
    Range pagesIn(const QRect &part) const; // those of which something lies in it

    QPointF toPage(int index, const QPointF &place) const;
    QPointF fromPage(int index, const QPointF &point) const;
    QRectF fromPage(int index, const QRectF &box) const;

private:
    std::vector<PageInfo> m_infos;
    std::vector<QRect> m_pages;
    QSize m_extent;
    Look m_look;
};

} // namespace Counterfoil

// How the pages look.

#include "documentfind.h"
#include "pagepictures.h"
#include "pagerenderer.h"
#include "pageview.h"
#include "style.h"
#include "tokens.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <iterator>
#include <vector>

namespace Counterfoil {

namespace {

constexpr int shadowReach = 10; // pixels
constexpr double shadowStrength = 0.4;

void paintFrame(QPainter &painter, const QRect &frame, const QColor &colour)
{
    painter.fillRect(frame.left(), frame.top(), frame.width(), 1, colour);
    painter.fillRect(frame.left(), frame.bottom(), frame.width(), 1, colour);
    painter.fillRect(frame.left(), frame.top(), 1, frame.height(), colour);
    painter.fillRect(frame.right(), frame.top(), 1, frame.height(), colour);
}

// Frames around the sheets, each darker than the one around it. Cheap however large a sheet is: Qt divides
// what is translucent and so high among threads, and waits for them. The faint ones of all come first,
// because where those of two sheets meet, the darker is seen.
void paintShadows(QPainter &painter, const std::vector<QRect> &sheets, double ratio, const Tokens &t)
{
    const int reach = qRound(shadowReach * ratio);
    const int drop = reach / 5;
    const QColor shadow(t.shadow.rgb());
    for (int spread = reach; spread > 0; --spread) {
        const double near = 1 - static_cast<double>(spread) / (reach + 1);
        const double opacity = static_cast<double>(t.shadow.alphaF()) * shadowStrength * near * near;
        const QColor colour = blend(t.ground, shadow, opacity);
        for (const QRect &sheet : sheets)
            paintFrame(painter, sheet.adjusted(-spread, -spread + drop, spread, spread + drop), colour);
    }
}

bool isDark(const PageColours &colours)
{
    return qGray(colours.paper) < qGray(colours.ink);
}

// The tokens are made for white paper.
QColor onPaper(const QColor &mark, const PageColours &colours)
{
    constexpr int darker = 300; // per cent
    return isDark(colours) ? mark.darker(darker) : mark;
}

} // namespace

void PageView::paintEvent(QPaintEvent *event)
{
    if (!qFuzzyCompare(m_ratio, devicePixelRatioF())) // the window moved to another screen
        QMetaObject::invokeMethod(this, &PageView::arrangeKeepingTop, Qt::QueuedConnection);
    const Tokens &t = Tokens::of(palette());
    QPainter painter(viewport());
    painter.fillRect(event->rect(), t.ground);
    if (m_layout.count() == 0)
        return;
    painter.save();
    painter.scale(1 / m_ratio, 1 / m_ratio);
    painter.translate(-origin());
    const QRectF exposed(event->rect());
    const QRect part = QRectF(exposed.topLeft() * m_ratio, exposed.size() * m_ratio)
                           .toAlignedRect()
                           .translated(origin())
                           .intersected(window());
    const int reach = qRound(shadowReach * m_ratio) * 2;
    const PageLayout::Range pages = m_layout.pagesIn(part.adjusted(0, -reach, 0, reach));
    std::vector<QRect> sheets;
    for (int page = pages.first; page <= pages.last; ++page)
        sheets.push_back(m_layout.page(page));
    paintShadows(painter, sheets, m_ratio, t);
    for (int page = pages.first; page <= pages.last; ++page)
        paintPage(painter, page, part);
    painter.restore();
    if (m_focusRing && hasFocus())
        paintFocusRing(painter, QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 0, t.accent);
}

void PageView::paintPage(QPainter &painter, int page, const QRect &part)
{
    const QRect sheet = m_layout.page(page);
    painter.fillRect(sheet, QColor(m_colours.paper));
    if (m_blank || !sheet.intersects(part))
        return;
    paintPictures(painter, page, part);
    paintMarks(painter, page);
}

void PageView::paintPictures(QPainter &painter, int page, const QRect &part)
{
    const QPoint corner = m_layout.page(page).topLeft();
    const std::vector<PictureKey> wanted = picturesOf(page, part);
    const auto isHere = [this](const PictureKey &key) { return m_pictures->find(key) != nullptr; };
    if (!std::all_of(wanted.begin(), wanted.end(), isHere)) {
        const int scale = PictureKey::scaleFor(m_layout.look().zoom);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        // From the nearest one that is of the whole page: nothing of those before it would be seen.
        const std::vector<PictureKey> kept = m_pictures->ofPage(page, rotation(), scale);
        const auto whole = std::find_if(kept.rbegin(), kept.rend(), [this, scale](const PictureKey &key) {
            return key.scale != scale && showsWholePage(key);
        });
        for (auto it = whole == kept.rend() ? kept.begin() : std::prev(whole.base()); it != kept.end();
             ++it) {
            const PictureKey &stale = *it;
            if (stale.scale == scale)
                continue;
            const double stretch = static_cast<double>(scale) / stale.scale;
            const QRectF target(corner + QPointF(stale.part().topLeft()) * stretch,
                                QSizeF(stale.part().size()) * stretch);
            if (target.intersects(part))
                painter.drawImage(target, *m_pictures->find(stale));
        }
    }
    for (const PictureKey &key : wanted) {
        if (const QImage *image = m_pictures->find(key))
            painter.drawImage(key.part().translated(corner), *image);
    }
}

bool PageView::showsWholePage(const PictureKey &key) const
{
    const double zoom = static_cast<double>(key.scale) / PictureKey::unit;
    return key.part().size() == PageRenderer::pixelSize(m_layout.info(key.page), zoom, key.rotation);
}

void PageView::paintMarks(QPainter &painter, int page) const
{
    const Tokens &t = Tokens::of(palette());
    // The text stays as dark as it is on white paper, as light on dark.
    painter.setCompositionMode(isDark(m_colours) ? QPainter::CompositionMode_Screen
                                                 : QPainter::CompositionMode_Multiply);
    for (const QRectF &box : m_text.boxes(page, selection()))
        painter.fillRect(m_layout.fromPage(page, box).toAlignedRect(), onPaper(t.markedText, m_colours));
    const DocumentFind::Hit current = m_find.current();
    const std::vector<TextHit> &hits = m_find.hitsOn(page);
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const bool isCurrent = current.page == page && current.number == static_cast<int>(i);
        for (const QRectF &box : {hits[i].box, hits[i].continued}) {
            if (!box.isNull())
                paintHit(painter, m_layout.fromPage(page, box).toAlignedRect(), isCurrent);
        }
    }
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
}

void PageView::paintHit(QPainter &painter, const QRect &mark, bool isCurrent) const
{
    const Tokens &t = Tokens::of(palette());
    painter.fillRect(mark, onPaper(isCurrent ? t.currentHit : t.hit, m_colours));
    if (!isCurrent)
        return;
    const int width = std::max(1, qRound(m_ratio));
    painter.setPen(QPen(isDark(m_colours) ? t.currentHit : Tokens::light().warn.text, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(mark.adjusted(-width, -width, width, width));
}

} // namespace Counterfoil

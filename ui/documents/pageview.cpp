#include "pageview.h"

#include "documentfind.h"
#include "pagefault.h"
#include "pagelinks.h"
#include "pagepictures.h"
#include "tokens.h"

#include <QEvent>
#include <QScrollBar>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

constexpr int margin = 16; // around the pages, pixels
constexpr int gap = 14;    // between two
constexpr double pointsAnInch = 72;
constexpr qint64 mostWholePixels = 4'000'000; // a page beyond this is drawn in tiles
constexpr int tileSide = 1024;
constexpr int seenUrgency = 3;
constexpr int glideMs = 140;
constexpr int longestDescription = 4'000; // characters

} // namespace

PageView::PageView(PageRenderer &renderer, const Contents &contents, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_text(contents.text)
    , m_links(contents.links)
    , m_find(contents.find)
    , m_pictures(new PagePictures(renderer, mostPictureBytes, seenUrgency, this))
    , m_glide(new QVariantAnimation(this))
    , m_selection(contents.text)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(160, 120);
    // Always there, so that a page that fits the width does not lose its room to a bar and win it back.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setBackgroundRole(QPalette::AlternateBase); // behind the bars as behind the pages
    setAutoFillBackground(true);
    horizontalScrollBar()->setLayoutDirection(Qt::LeftToRight); // pages are not mirrored
    m_glide->setDuration(glideMs);
    m_glide->setEasingCurve(QEasingCurve::OutCubic);
    connect(m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { verticalScrollBar()->setValue(value.toInt()); });
    connect(verticalScrollBar(), &QScrollBar::sliderPressed, m_glide, &QVariantAnimation::stop);
    connect(m_pictures, &PagePictures::arrived, this, [this](int page) {
        repaintPage(page);
        refreshSoon();
    });
    connect(m_pictures, &PagePictures::faulted, this, &PageView::refreshSoon);
    connect(&m_text, &PageText::arrived, this, [this](int page) {
        if (page == m_current)
            describe();
        if (!selection().isEmpty())
            repaintPage(page);
    });
    connect(&m_find, &DocumentFind::foundOn, this, &PageView::repaintPage);
    connect(&m_find, &DocumentFind::wentTo, this, &PageView::showPlace);
    describe();
}

void PageView::setPages(const std::vector<PageInfo> &pages)
{
    m_pictures->clear();
    m_layout.setPages(pages);
    m_blank = false;
    m_glide->stop();
    clearSelection();
    arrange({});
    m_current = -1;
    noteCurrentPage(pages.empty() ? -1 : 0);
}

void PageView::setBlank()
{
    m_pictures->clear();
    m_blank = true;
    m_glide->stop();
    clearSelection();
    if (m_layout.count() > 0)
        m_layout.setPages({m_layout.info(0)});
    PageLayout::Look look = m_layout.look();
    look.rotation = 0;
    m_layout.arrange(look);
    arrange({});
    noteCurrentPage(-1);
}

void PageView::goToPage(int page)
{
    if (m_blank || m_layout.count() == 0)
        return;
    const int wanted = std::clamp(page, 0, m_layout.count() - 1);
    m_glide->stop();
    if (isSinglePage() && wanted != m_layout.look().only) {
        PageLayout::Look look = m_layout.look();
        look.only = wanted;
        m_layout.arrange(look);
        arrange({});
    }
    const int top = static_cast<int>(std::floor(m_layout.page(wanted).top() / m_ratio)) - gap / 2;
    verticalScrollBar()->setValue(isSinglePage() ? 0 : top);
    // At the end of a document the last page cannot reach the top, and yet it is the one gone to.
    noteCurrentPage(wanted);
}

void PageView::setZoom(double zoom)
{
    zoomAt(zoom, QRectF(viewport()->rect()).center());
}

void PageView::zoomAt(double zoom, const QPointF &at)
{
    const Anchor anchor = anchorAt(at);
    m_fit = Fit::Free;
    m_zoom = std::clamp(zoom, leastZoom, mostZoom);
    m_glide->stop();
    arrange(anchor);
}

void PageView::setFit(Fit fit)
{
    const int page = m_current;
    const Anchor anchor = anchorAt({0, 0});
    m_fit = fit;
    m_glide->stop();
    arrange(anchor);
    if (fit == Fit::Page)
        goToPage(page);
}

void PageView::setRotation(int rotation)
{
    const int page = m_current;
    const Anchor anchor = anchorAt(QRectF(viewport()->rect()).center());
    PageLayout::Look look = m_layout.look();
    look.rotation = (rotation % 360 + 360) % 360;
    m_layout.arrange(look);
    m_glide->stop();
    arrange(anchor);
    goToPage(page);
}

double PageView::fittingZoom(int rotation) const
{
    const double unit = logicalDpiX() / pointsAnInch;
    const QSizeF widest = m_layout.largestTurned(rotation);
    // A page takes whole pixels, so one is left for its last.
    const double room = viewport()->width() - 2 * margin - 1;
    double zoom = room / (widest.width() * unit);
    if (m_fit == Fit::Page) {
        const QSizeF size = m_layout.turnedSize(std::clamp(m_current, 0, m_layout.count() - 1), rotation);
        const double height = viewport()->height() - (isSinglePage() ? 2 * margin : gap) - 1;
        zoom = std::min(room / (size.width() * unit), height / (size.height() * unit));
    }
    return std::clamp(zoom, leastZoom, mostZoom);
}

PageView::Anchor PageView::anchorAt(const QPointF &at) const
{
    const QPointF place = toContent(at);
    const int page = m_layout.nearestPage(static_cast<int>(place.y()));
    if (page < 0)
        return {};
    return {page, m_layout.toPage(page, place), at};
}

// Lays the pages out anew and scrolls so that the anchor is where it was; no anchor: to the beginning.
void PageView::arrange(const Anchor &anchor)
{
    m_ratio = devicePixelRatioF();
    PageLayout::Look look = m_layout.look();
    if (m_fit != Fit::Free && m_layout.count() > 0)
        m_zoom = fittingZoom(look.rotation);
    const double zoom = m_layout.mostZoom(m_zoom * logicalDpiX() / pointsAnInch * m_ratio);
    look.zoom = static_cast<double>(PictureKey::scaleFor(zoom)) / PictureKey::unit;
    look.width = static_cast<int>(viewport()->width() * m_ratio);
    look.height = static_cast<int>(viewport()->height() * m_ratio);
    look.margin = static_cast<int>(std::lround(margin * m_ratio));
    look.gap = static_cast<int>(std::lround(gap * m_ratio));
    m_layout.arrange(look);

    const QPoint before = origin();
    const bool within = std::exchange(m_arranging, true); // a bar that comes or goes resizes us
    const QSize all = m_layout.extent();
    const auto setUp = [](QScrollBar &bar, double extent, int seen) {
        bar.setRange(0, std::max(0, static_cast<int>(std::ceil(extent)) - seen));
        bar.setPageStep(seen);
        bar.setSingleStep(48);
    };
    setUp(*horizontalScrollBar(), all.width() / m_ratio, viewport()->width());
    setUp(*verticalScrollBar(), all.height() / m_ratio, viewport()->height());
    if (anchor.page >= 0 && anchor.page < m_layout.count()) {
        const QPointF place = m_layout.fromPage(anchor.page, anchor.point) / m_ratio - anchor.at;
        horizontalScrollBar()->setValue(static_cast<int>(std::lround(place.x())));
        verticalScrollBar()->setValue(static_cast<int>(std::lround(place.y())));
    } else {
        horizontalScrollBar()->setValue(horizontalScrollBar()->maximum() / 2);
        verticalScrollBar()->setValue(0);
    }
    m_arranging = within;
    if (!within && origin() != before)
        noteSeenPage();
    Q_EMIT zoomChanged();
    viewport()->update();
    refreshSoon();
}

void PageView::arrangeKeepingTop()
{
    const bool atTop = verticalScrollBar()->value() == 0;
    arrange(anchorAt({viewport()->width() / 2.0, 0}));
    if (atTop)
        verticalScrollBar()->setValue(0); // the margin there does not grow with the pages
}

QPoint PageView::origin() const
{
    return {static_cast<int>(std::lround(horizontalScrollBar()->value() * m_ratio)),
            static_cast<int>(std::lround(verticalScrollBar()->value() * m_ratio))};
}

QRect PageView::window() const
{
    return {origin(),
            QSize(static_cast<int>(std::ceil(viewport()->width() * m_ratio)),
                  static_cast<int>(std::ceil(viewport()->height() * m_ratio)))};
}

QPointF PageView::toContent(const QPointF &at) const
{
    return at * m_ratio + QPointF(origin());
}

QRectF PageView::pageRect(int page) const
{
    const QRectF rect = m_layout.page(page).translated(-origin());
    return {rect.topLeft() / m_ratio, rect.size() / m_ratio};
}

QRectF PageView::onScreen(int page, const QRectF &box) const
{
    const QRectF rect = m_layout.fromPage(page, box).translated(-origin());
    return {rect.topLeft() / m_ratio, rect.size() / m_ratio};
}

QPointF PageView::onPage(int page, const QPointF &at) const
{
    return m_layout.toPage(page, toContent(at));
}

std::vector<PictureKey> PageView::picturesOf(int page, const QRect &part) const
{
    const QRect whole = m_layout.page(page);
    const QRect seen = whole.intersected(part).translated(-whole.topLeft());
    if (seen.isEmpty())
        return {};
    PictureKey key{page, PictureKey::scaleFor(m_layout.look().zoom), rotation()};
    key.width = whole.width();
    key.height = whole.height();
    if (qint64(whole.width()) * whole.height() <= mostWholePixels)
        return {key};
    std::vector<PictureKey> keys;
    for (int y = seen.top() / tileSide * tileSide; y <= seen.bottom(); y += tileSide) {
        for (int x = seen.left() / tileSide * tileSide; x <= seen.right(); x += tileSide) {
            key.x = x;
            key.y = y;
            key.width = std::min(tileSide, whole.width() - x);
            key.height = std::min(tileSide, whole.height() - y);
            keys.push_back(key);
        }
    }
    return keys;
}

std::vector<PictureKey> PageView::picturesIn(const QRect &part) const
{
    std::vector<PictureKey> all;
    const PageLayout::Range pages = m_layout.pagesIn(part);
    for (int page = pages.first; page <= pages.last; ++page) {
        const std::vector<PictureKey> some = picturesOf(page, part);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

void PageView::refreshSoon()
{
    if (std::exchange(m_refreshing, true))
        return;
    QMetaObject::invokeMethod(this, &PageView::refresh, Qt::QueuedConnection);
}

// Asks for what is seen, and for what comes next on either side; what was asked and is far now is dropped.
void PageView::refresh()
{
    m_refreshing = false;
    placeFaults();
    if (m_blank || !isVisible()) {
        m_pictures->want({}, {});
        return;
    }
    const QRect seen = window();
    std::vector<PictureKey> ahead = picturesAhead();
    const std::vector<PictureKey> now = picturesIn(seen);
    std::erase_if(
        ahead, [&now](const PictureKey &key) { return std::find(now.begin(), now.end(), key) != now.end(); });
    m_pictures->want(now, ahead);
    if (!m_pictures->seenAreHere())
        return; // words are read once there is something to see
    const PageLayout::Range pages = m_layout.pagesIn(seen);
    for (int page = pages.first; page <= pages.last; ++page) {
        m_text.want(page);
        m_links.want(page);
    }
}

std::vector<PictureKey> PageView::picturesAhead() const
{
    const QRect seen = window();
    std::vector<PictureKey> ahead = picturesIn(seen.translated(0, seen.height()));
    const std::vector<PictureKey> above = picturesIn(seen.translated(0, -seen.height()));
    ahead.insert(ahead.end(), above.begin(), above.end());
    if (!isSinglePage())
        return ahead;
    for (const int page : {m_layout.look().only + 1, m_layout.look().only - 1}) {
        if (page < 0 || page >= m_layout.count())
            continue;
        const auto top = picturesOf(page, QRect(m_layout.page(page).topLeft(), seen.size()));
        ahead.insert(ahead.end(), top.begin(), top.end());
    }
    return ahead;
}

void PageView::placeFaults()
{
    const QRect seen = window();
    const PageLayout::Range pages = m_blank ? PageLayout::Range{} : m_layout.pagesIn(seen);
    std::erase_if(m_faults, [&](const auto &entry) {
        const bool stays
            = entry.first >= pages.first && entry.first <= pages.last && m_pictures->fault(entry.first);
        if (!stays)
            entry.second->deleteLater();
        return !stays;
    });
    for (int page = pages.first; page <= pages.last; ++page) {
        const Error *error = m_pictures->fault(page);
        if (!error)
            continue;
        PageFault *&card = m_faults[page];
        if (!card) {
            card = new PageFault(viewport());
            connect(card, &PageFault::retryWanted, this, [this, page] {
                setFocus(); // the button goes
                m_pictures->retry(page);
                refreshSoon();
            });
        }
        card->tell(page, error->userText);
        card->placeOn(pageRect(page).toAlignedRect().intersected(viewport()->rect()));
        card->show();
    }
}

// The page of which most is seen; of equals the first.
void PageView::noteSeenPage()
{
    if (m_blank || m_layout.count() == 0)
        return;
    const QRect seen = window();
    const PageLayout::Range pages = m_layout.pagesIn(seen);
    int most = m_current;
    int mostHeight = 0;
    for (int page = pages.first; page <= pages.last; ++page) {
        const int height = m_layout.page(page).intersected(seen).height();
        if (height > mostHeight) {
            most = page;
            mostHeight = height;
        }
    }
    noteCurrentPage(most);
}

void PageView::noteCurrentPage(int page)
{
    if (page == m_current)
        return;
    m_current = page;
    describe();
    Q_EMIT currentPageChanged(page);
}

void PageView::describe()
{
    const std::vector<TextBox> *words = m_current < 0 ? nullptr : m_text.words(m_current);
    setAccessibleName(m_current < 0 ? tr("Pages of the document")
                                    : tr("Page %1 of %2").arg(m_current + 1).arg(pageCount()));
    setAccessibleDescription(
        words ? PageText::joined(*words, 0, WordRange::pastLastWord).left(longestDescription) : QString());
}

void PageView::showPlace(int page, const QRectF &box)
{
    if (m_blank || page >= m_layout.count())
        return;
    if (isSinglePage() && page != m_layout.look().only)
        goToPage(page);
    const QRectF place = onScreen(page, box);
    const double room = viewport()->height();
    constexpr double edge = 48; // so that some of the text around it is seen
    m_glide->stop();
    if (place.top() < 0 || place.bottom() > room)
        verticalScrollBar()->setValue(verticalScrollBar()->value()
                                      + static_cast<int>(std::lround(place.center().y() - room / 3)));
    if (place.left() < 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value()
                                        + static_cast<int>(std::floor(place.left() - edge)));
    else if (place.right() > viewport()->width())
        horizontalScrollBar()->setValue(
            horizontalScrollBar()->value()
            + static_cast<int>(std::ceil(place.right() + edge - viewport()->width())));
}

void PageView::repaintPage(int page)
{
    if (page >= 0 && page < m_layout.count())
        viewport()->update(pageRect(page).toAlignedRect().adjusted(-1, -1, 1, 1));
}

bool PageView::clearSelection()
{
    if (selection().isEmpty())
        return false;
    m_selection.clear();
    viewport()->update();
    Q_EMIT selectionChanged();
    return true;
}

void PageView::selectAll()
{
    m_selection.selectPages(pageCount());
    viewport()->update();
    Q_EMIT selectionChanged();
}

} // namespace Counterfoil

#pragma once

#include "pagelayout.h"
#include "pagetext.h"
#include "textselection.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QDeadlineTimer>
#include <QPointer>

#include <map>

class QVariantAnimation;

namespace Counterfoil {

class DocumentFind;
class PageFault;
class PageLinks;
class PagePictures;
struct PictureKey;

// The pages of a document, under each other or one at a time: scrolled, zoomed, turned, with words to
// select, links to follow and the hits of a search on them. What is not drawn yet is paper, or an earlier
// drawing stretched until the sharp one comes; nothing here waits for a drawing.
class PageView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    enum class Fit { Width, Page, Free };

    static constexpr double leastZoom = 0.1;
    static constexpr double mostZoom = 8;
    static constexpr qint64 mostPictureBytes = 96 * 1024 * 1024;

    // What there is of a document beside its pictures.
    struct Contents
    {
        PageText &text;
        PageLinks &links;
        const DocumentFind &find;
    };
    PageView(PageRenderer &renderer, const Contents &contents, QWidget *parent);

    void setPages(const std::vector<PageInfo> &pages); // another document, seen from its beginning
    // Nothing is known of the next document yet: one sheet stays, empty, if there was any.
    void setBlank();

    int pageCount() const { return m_blank ? 0 : m_layout.count(); }
    int currentPage() const { return m_current; } // -1: none
    void goToPage(int page);
    void goToPlace(const PagePlace &place); // its top to the top of what is seen, as far as it goes
    PagePlace topPlace() const;             // what is at the top now

    double zoom() const { return m_zoom; } // 1: as large as on paper
    void setZoom(double zoom);             // the middle stays where it is
    void zoomAt(double zoom, const QPointF &at);
    Fit fit() const { return m_fit; }
    void setFit(Fit fit);
    int rotation() const { return m_layout.look().rotation; }
    void setRotation(int rotation);
    bool isSinglePage() const { return m_layout.look().only >= 0; }
    void setSinglePage(bool single); // else all under each other
    bool isHand() const { return m_hand; }
    void setHand(bool hand); // the mouse moves the pages, and selects nothing
    PageColours colours() const { return m_colours; }
    void setColours(const PageColours &colours);

    WordRange selection() const { return m_selection.range(); }
    void selectAll();
    bool clearSelection(); // false: there was none

    void showPlace(int page, const QRectF &box); // scrolls no further than it takes
    void repaintPage(int page);

    // In device-independent pixels of the viewport.
    QRectF pageRect(int page) const;
    QRectF onScreen(int page, const QRectF &box) const;
    QPointF onPage(int page, const QPointF &at) const;

    PagePictures &pictures() const { return *m_pictures; }

Q_SIGNALS:
    void zoomChanged();
    void currentPageChanged(int page);
    void selectionChanged();
    void menuWanted(const QPoint &global);
    void linkChosen(const Counterfoil::PageLink &link);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    // A place on a page and where in the viewport it is seen.
    struct Anchor
    {
        int page = -1;
        QPointF point;
        QPointF at;
    };

    Anchor anchorAt(const QPointF &at) const;
    void arrange(const Anchor &anchor);
    void arrangeKeepingTop();
    double fittingZoom(int rotation) const;
    QPoint origin() const; // device pixels
    QRect window() const;  // the part of all that is seen, in device pixels
    QPointF toContent(const QPointF &at) const;
    std::vector<PictureKey> picturesOf(int page, const QRect &part) const;
    std::vector<PictureKey> picturesIn(const QRect &part) const;

    void refreshSoon();
    void refresh();
    void placeFaults();
    void noteSeenPage();
    void noteCurrentPage(int page);
    void describe();

    void paintPage(QPainter &painter, int page, const QRect &part);
    void paintPictures(QPainter &painter, int page, const QRect &part);
    bool showsWholePage(const PictureKey &key) const;
    void paintMarks(QPainter &painter, int page) const;
    void paintHit(QPainter &painter, const QRect &mark, bool isCurrent) const;

    void scrollTo(int value);
    void scrollBy(int delta);
    bool turnPage(int way); // one page alone: to the next or the one before; false: there is none
    std::vector<PictureKey> picturesAhead() const;
    int scrollTarget() const;
    int pageStep() const;

    WordPlace placeAt(const QPointF &at, bool onWordOnly) const;
    void select(const QPointF &at);
    void beginPan(const QPointF &at);
    void pan(const QPointF &at);
    const PageLink *linkAt(const QPointF &at) const;
    void showCursor(const QPointF &at);

    PageText &m_text;
    PageLinks &m_links;
    const DocumentFind &m_find;
    PagePictures *m_pictures;
    PageLayout m_layout;
    double m_zoom = 1;
    double m_ratio = 1; // device pixels a pixel
    Fit m_fit = Fit::Width;
    int m_current = -1;
    bool m_blank = true;
    bool m_arranging = false; // where the bars stand says nothing yet
    bool m_refreshing = false;
    bool m_focusRing = false;
    std::map<int, PageFault *> m_faults; // by page
    QVariantAnimation *m_glide;
    TextSelection m_selection;
    QPointF m_pressedAt;
    QPointF m_draggedTo;
    bool m_pressed = false;
    bool m_hand = false;
    bool m_panning = false;
    QPoint m_pannedFrom; // where the bars stood
    PageColours m_colours;
    QDeadlineTimer m_pageTurned; // a wheel turns one page at a time
    QBasicTimer m_dragScroll;
    QBasicTimer m_thirdClick;
};

} // namespace Counterfoil

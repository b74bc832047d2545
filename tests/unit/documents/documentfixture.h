#pragma once

#include "documentport.h"
#include "documentview.h"
#include "pagerenderer.h"
#include "pageview.h"
#include "pdfs.h"
#include "theme.h"

#include <QApplication>
#include <QPageSize>
#include <QWheelEvent>

#include <functional>

class QPainter;

namespace Counterfoil {

// Fetches nothing by itself: says what the test wants it to say, and remembers what it was asked.
class SetDocumentPort final : public DocumentPort
{
    Q_OBJECT
public:
    void want(const QString &document) override { wanted.append(document); }
    void forget(const QString &document) override { forgotten.append(document); }
    void setPinned(const QString &document, bool pins) override
    {
        pins ? (void)m_pinned.insert(document) : (void)m_pinned.remove(document);
        Q_EMIT pinnedChanged();
    }
    bool canPin() const override { return true; }
    QSet<QString> pinned() const override { return m_pinned; }

    QStringList wanted;
    QStringList forgotten;

private:
    QSet<QString> m_pinned;
};

// Pages as a test paints them, in points from the top left.
struct PaintedPage
{
    QPageSize size = QPageSize(QPageSize::A4);
    std::function<void(QPainter &)> paint;
};
QByteArray paintedPdf(const std::vector<PaintedPage> &pages);

// So many A4 pages, told apart by the colour of a large square at (100, 100) to (300, 300).
QByteArray colouredPdf(int pages);
QColor colourOf(int page);

// Two pages, the second of which takes for ever to draw.
QByteArray endlessPagePdf();

// A viewer of its own window with the real renderer.
class ViewerWindow
{
public:
    explicit ViewerWindow(QSize size = {760, 800});

    void start(const QByteArray &pdf);                     // to open it
    bool open(const QByteArray &pdf);                      // and waits until its pages are known
    bool settle();                                         // waits until all that is seen is drawn
    QColor seenAt(int page, const QPointF &point);         // the colour on screen of a place on a page
    QPoint onScreen(int page, const QPointF &point) const; // in the pages' viewport
    void pressKey(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    Theme theme;
    PdfFolder files;
    SetDocumentPort port;
    PageRenderer renderer;
    DocumentView view;
    PageView &pages;
};

inline constexpr QPointF inSquare(200, 200); // of colouredPdf()

inline void turnWheel(PageView &pages, const QPointF &at, int angle, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *target = pages.viewport();
    QWheelEvent event(at, target->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(target, &event);
}

} // namespace Counterfoil

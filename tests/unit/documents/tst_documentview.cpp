#include "documentfixture.h"
#include "pagefault.h"
#include "pagepictures.h"
#include "testentry.h"
#include "thumbnailstrip.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <csignal>

using namespace Counterfoil;

namespace {

bool isAbout(const QColor &seen, const QColor &meant)
{
    constexpr int off = 6;
    return std::abs(seen.red() - meant.red()) <= off && std::abs(seen.green() - meant.green()) <= off
        && std::abs(seen.blue() - meant.blue()) <= off;
}

} // namespace

class TestDocumentView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensAndShowsTheFirstPage();
    void goesThroughThePages();
    void zoomKeepsThePointUnderThePointer();
    void zoomStaysWithinItsBounds();
    void fitsWidthAndPage();
    void showsTheOldDrawingUntilTheSharpOneComes();
    void largePagesAreDrawnInTiles();
    void turnsThePages();
    void pagesOfDifferentSizes();
    void manyPagesStayWithinTheBound();
    void thumbnailsLeadToPages();
    void surviveADeadWorker();
    void aPageThatFailsSaysSo();
    void anotherDocumentBeginsAnew();
    void drawsForTheScreensPixels();
    void theNextPageIsDrawnAhead();
    void whatWasAheadIsNotAskedAgain();
    void zoomingOutStaysOnThePage();
    void resizingKeepsThePlace();
    void theDarkerShadowIsSeenBetweenPages();
};

void TestDocumentView::opensAndShowsTheFirstPage()
{
    ViewerWindow window;
    QVERIFY(!window.view.isOpen());
    QCOMPARE(window.view.currentPage(), -1);
    QVERIFY(window.open(colouredPdf(3)));
    QVERIFY(window.view.isOpen());
    QCOMPARE(window.view.pageCount(), 3);
    QCOMPARE(window.view.currentPage(), 0);
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(0, inSquare), colourOf(0)));
    QVERIFY(isAbout(window.seenAt(0, {50, 50}), Qt::white));
}

void TestDocumentView::goesThroughThePages()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(5)));
    QSignalSpy changed(&window.view, &DocumentView::currentPageChanged);
    window.view.nextPage();
    QCOMPARE(window.view.currentPage(), 1);
    QCOMPARE(changed.last().at(0).toInt(), 1);
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(1, inSquare), colourOf(1)));
    window.view.goToPage(4);
    QCOMPARE(window.view.currentPage(), 4);
    window.view.nextPage();
    QCOMPARE(window.view.currentPage(), 4);
    window.view.goToPage(-7);
    QCOMPARE(window.view.currentPage(), 0);
    window.view.previousPage();
    QCOMPARE(window.view.currentPage(), 0);

    window.pressKey(Qt::Key_G);
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(field);
    QTest::keyClicks(field, QStringLiteral("4"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window.view.currentPage(), 3);
    QCOMPARE(field->text(), QStringLiteral("4"));
    QVERIFY(window.pages.hasFocus());
    window.pressKey(Qt::Key_G);
    QTest::keyClicks(field, QStringLiteral("99"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(window.view.currentPage(), 3); // there is no such page
}

void TestDocumentView::zoomKeepsThePointUnderThePointer()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(6)));
    window.view.goToPage(2);
    const QPointF at(430, 310);
    for (const int angle : {120, 120, 120, 120, -120, 240, -360}) {
        const QPointF before = window.pages.onPage(2, at);
        const double zoom = window.view.zoom();
        turnWheel(window.pages, at, angle, Qt::ControlModifier);
        QVERIFY(window.view.zoom() != zoom);
        QVERIFY((window.view.zoom() > zoom) == (angle > 0));
        const QPointF after = window.pages.onPage(2, at);
        const double pixels = QLineF(before, after).length() * window.view.zoom() * 96 / 72;
        QVERIFY2(pixels <= 1.5, qPrintable(QStringLiteral("%1 pixels off at %2").arg(pixels).arg(angle)));
    }
}

void TestDocumentView::zoomStaysWithinItsBounds()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    window.view.setZoom(99);
    QCOMPARE(window.view.zoom(), 8.0);
    window.view.setZoom(0);
    QCOMPARE(window.view.zoom(), 0.1);
    window.view.zoomOut();
    QCOMPARE(window.view.zoom(), 0.1);
    window.view.actualSize();
    QCOMPARE(window.view.zoom(), 1.0);
    window.pressKey(Qt::Key_Plus);
    QCOMPARE(window.view.zoom(), 1.1);
    window.pressKey(Qt::Key_Plus, Qt::ShiftModifier); // as many keyboards have it
    QCOMPARE(window.view.zoom(), 1.25);
    window.pressKey(Qt::Key_Minus);
    QCOMPARE(window.view.zoom(), 1.1);
    window.pressKey(Qt::Key_0);
    QCOMPARE(window.view.zoom(), 1.0);
    QCOMPARE(window.pages.pageRect(0).size().toSize(), // an inch is 96 pixels here
             PageRenderer::pixelSize({{595, 842}}, 96.0 / 72, 0));
}

void TestDocumentView::fitsWidthAndPage()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(3)));
    const auto edges
        = [&window] { return window.pages.viewport()->width() - window.pages.pageRect(0).width(); };
    QVERIFY(edges() >= 30 && edges() <= 34); // it begins with the width
    window.view.resize(500, 600);
    QVERIFY(edges() >= 30 && edges() <= 34);
    QCOMPARE(window.pages.horizontalScrollBar()->maximum(), 0);
    window.pressKey(Qt::Key_P);
    QVERIFY(window.pages.pageRect(0).height() <= window.pages.viewport()->height());
    QVERIFY(window.pages.pageRect(0).top() >= 0);
    window.view.nextPage();
    const QRectF second = window.pages.pageRect(1);
    QVERIFY(second.top() >= 0 && second.bottom() <= window.pages.viewport()->height());
    window.view.setZoom(1.5);
    window.view.resize(700, 600);
    QCOMPARE(window.view.zoom(), 1.5);
    QCOMPARE(window.view.currentPage(), 1); // and it stays where it is
    window.pressKey(Qt::Key_W);
    QVERIFY(edges() >= 30 && edges() <= 34);
}

void TestDocumentView::showsTheOldDrawingUntilTheSharpOneComes()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    QVERIFY(window.settle());
    window.view.setZoom(window.view.zoom() * 1.7);
    // At once, before the event loop runs and anything sharp can have come.
    for (const PictureKey &key : window.pages.pictures().ofPage(0, 0, 1))
        QVERIFY(key.width < qRound(window.pages.pageRect(0).width()));
    QVERIFY(isAbout(window.seenAt(0, inSquare), colourOf(0)));
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(0, inSquare), colourOf(0)));
}

void TestDocumentView::largePagesAreDrawnInTiles()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    window.view.setZoom(8);
    window.pages.showPlace(0, QRectF(90, 90, 20, 20)); // the square's corner
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(0, {102, 102}), colourOf(0)));
    QVERIFY(isAbout(window.seenAt(0, {98, 102}), Qt::white));
    QVERIFY(isAbout(window.seenAt(0, {102, 98}), Qt::white));
    const QRectF page = window.pages.pageRect(0);
    QVERIFY(page.width() * page.height() * 4 > 100e6); // no single picture of it would be sensible
    QTRY_COMPARE(window.pages.pictures().waiting(), std::size_t(0));
    QVERIFY(window.pages.pictures().bytes() <= PageView::mostPictureBytes);
    const QImage image = window.pages.viewport()->grab().toImage();
    for (int x = 1; x < image.width(); ++x) // no seam between tiles
        QVERIFY(isAbout(image.pixelColor(x, image.height() - 20), Qt::white)
                || isAbout(image.pixelColor(x, image.height() - 20), colourOf(0)));
}

void TestDocumentView::turnsThePages()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(3)));
    window.view.nextPage();
    const QSizeF upright = window.pages.pageRect(1).size();
    QVERIFY(upright.height() > upright.width());
    for (const int rotation : {90, 180, 270, 0}) {
        window.pressKey(Qt::Key_R);
        QCOMPARE(window.view.rotation(), rotation);
        QCOMPARE(window.view.currentPage(), 1);
        const QRectF page = window.pages.pageRect(1);
        QCOMPARE(page.width() > page.height(), rotation % 180 == 90);
        window.pages.showPlace(1, QRectF(90, 90, 220, 220));
        QVERIFY(window.settle());
        QVERIFY(isAbout(window.seenAt(1, {105, 295}), colourOf(1)));
        QVERIFY(isAbout(window.seenAt(1, {90, 295}), Qt::white));
        QVERIFY(isAbout(window.seenAt(1, {295, 310}), Qt::white));
    }
    window.pressKey(Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(window.view.rotation(), 270);
}

void TestDocumentView::pagesOfDifferentSizes()
{
    ViewerWindow window;
    const auto square = [](QPainter &painter) { painter.fillRect(20, 20, 40, 40, Qt::blue); };
    QVERIFY(window.open(paintedPdf({{QPageSize(QPageSize::A4), square},
                                    {QPageSize(QPageSize::A3), square},
                                    {QPageSize(QSizeF(120, 80), QPageSize::Point), square}})));
    const QRectF a4 = window.pages.pageRect(0);
    const QRectF a3 = window.pages.pageRect(1);
    const QRectF label = window.pages.pageRect(2);
    QVERIFY(std::abs(a3.width() / a4.width() - 842.0 / 595.0) < 0.01);
    QVERIFY(std::abs(label.width() / a4.width() - 120.0 / 595.0) < 0.02);
    QVERIFY(a3.width() <= window.pages.viewport()->width());
    QVERIFY(std::abs(a4.center().x() - a3.center().x()) <= 1);
    QVERIFY(std::abs(label.center().x() - a3.center().x()) <= 1);
    window.view.goToPage(2);
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(2, {40, 40}), Qt::blue));
    QCOMPARE(window.view.currentPage(), 2);
}

void TestDocumentView::manyPagesStayWithinTheBound()
{
    constexpr int count = 500;
    ViewerWindow window;
    window.view.setThumbnailsShown(true);
    auto *strip = window.view.findChild<ThumbnailStrip *>();
    QVERIFY(window.open(colouredPdf(count)));
    QCOMPARE(window.view.pageCount(), count);
    window.view.setZoom(1.4); // five megabytes a page
    QScrollBar &bar = *window.pages.verticalScrollBar();
    qint64 most = 0;
    for (int page = 0; page < 40; ++page) {
        window.view.goToPage(page);
        QVERIFY(window.settle());
        most = std::max(most, window.pages.pictures().bytes());
        QVERIFY(window.pages.pictures().bytes() <= PageView::mostPictureBytes);
        QVERIFY(strip->pictures().bytes() <= ThumbnailStrip::mostPictureBytes);
    }
    QVERIFY2(most > PageView::mostPictureBytes * 3 / 4, "the bound must have been met, or nothing was shown");
    for (int step = 0; step <= 200; ++step) { // as with the scroll bar's handle: nobody waits in between
        bar.setValue(bar.maximum() / 200 * step);
        QCoreApplication::processEvents();
        QVERIFY(window.pages.pictures().waiting() < 12); // what was passed is no longer asked for
    }
    bar.setValue(bar.maximum());
    QVERIFY(window.settle());
    QCOMPARE(window.view.currentPage(), count - 1);
    window.view.goToPage(count - 1);
    QVERIFY(window.settle());
    QVERIFY(isAbout(window.seenAt(count - 1, inSquare), colourOf(count - 1)));
    QVERIFY(window.pages.pictures().bytes() <= PageView::mostPictureBytes);
}

void TestDocumentView::thumbnailsLeadToPages()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(9)));
    QVERIFY(!window.view.areThumbnailsShown());
    window.pressKey(Qt::Key_T);
    QVERIFY(window.view.areThumbnailsShown());
    auto *strip = window.view.findChild<ThumbnailStrip *>();
    QVERIFY(strip->isVisible());
    QCOMPARE(strip->pageCount(), 9);
    QTRY_VERIFY(strip->pictures().find(strip->keyOf(2)));
    const QRect third = strip->visualRect(strip->model()->index(2, 0));
    const QImage image = strip->viewport()->grab().toImage();
    QVERIFY(isAbout(image.pixelColor(third.left() + third.width() / 2 - 10, third.top() + 36), colourOf(2)));
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, third.center());
    QCOMPARE(window.view.currentPage(), 2);
    QTest::keyClick(strip, Qt::Key_Down);
    QCOMPARE(window.view.currentPage(), 3);
    window.view.goToPage(6);
    QCOMPARE(strip->currentIndex().row(), 6);
    window.pages.setFocus();
    window.pressKey(Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(window.view.chosenPages(), std::vector<quint32>{5}); // Ctrl was for the pages, not for choosing
    window.view.goToPage(6);
    window.view.rotateRight();
    QTRY_VERIFY(strip->pictures().find(strip->keyOf(6)));
    QVERIFY(strip->keyOf(6).width > strip->keyOf(6).height);
    window.view.setThumbnailsShown(false);
    QTRY_COMPARE(strip->pictures().waiting(), std::size_t(0));
}

void TestDocumentView::surviveADeadWorker()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(12)));
    for (int page = 0; page < 12; ++page) {
        window.view.goToPage(page);
        if (const qint64 worker = window.renderer.workerProcessId(); worker > 0 && page % 2 == 0)
            ::kill(static_cast<pid_t>(worker), SIGKILL);
        QVERIFY(window.settle());
        QVERIFY(!window.pages.pictures().fault(page));
        QVERIFY(isAbout(window.seenAt(page, {200, 299}), colourOf(page)));
    }
}

void TestDocumentView::aPageThatFailsSaysSo()
{
    ViewerWindow window({760, 1200});
    QVERIFY(window.open(endlessPagePdf()));
    QCOMPARE(window.view.pageCount(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(window.pages.pictures().fault(1), 20'000);
    QVERIFY(!window.pages.pictures().fault(0)); // the other one goes on
    QVERIFY(window.pages.pictures().seenAreHere());
    window.view.goToPage(1);
    QTRY_VERIFY(window.pages.findChild<PageFault *>());
    auto *card = window.pages.findChild<PageFault *>();
    QVERIFY(card->isVisible());
    QVERIFY(card->text().contains(QStringLiteral("Page 2")));
    QVERIFY(window.pages.pageRect(1).toAlignedRect().contains(card->geometry()));
    auto *again = card->findChild<QPushButton *>();
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(!window.pages.pictures().fault(1));
    QTRY_VERIFY_WITH_TIMEOUT(window.pages.pictures().fault(1), 20'000);
    QVERIFY(window.open(colouredPdf(2)));
    QTRY_VERIFY(!window.pages.findChild<PageFault *>());
}

void TestDocumentView::anotherDocumentBeginsAnew()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(6)));
    window.view.goToPage(4);
    window.view.rotateRight();
    window.view.selectAll();
    QVERIFY(window.settle());
    window.start(colouredPdf(2));
    QCOMPARE(window.view.currentPage(), -1);
    QCOMPARE(window.view.pageCount(), 0);
    QVERIFY(isAbout(window.seenAt(0, inSquare), Qt::white)); // a sheet stays, with nothing of the old on it
    QTRY_VERIFY(window.view.isOpen());
    QCOMPARE(window.view.pageCount(), 2);
    QCOMPARE(window.view.currentPage(), 0);
    QCOMPARE(window.view.rotation(), 0);
    QVERIFY(window.pages.selection().isEmpty());
}

void TestDocumentView::drawsForTheScreensPixels()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(1)));
    QVERIFY(window.settle());
    const double ratio = window.pages.devicePixelRatioF();
    const QRectF page = window.pages.pageRect(0);
    const auto kept = window.pages.pictures().ofPage(0, 0, 1);
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept.front().width, qRound(page.width() * ratio));
    QCOMPARE(kept.front().height, qRound(page.height() * ratio));
}

void TestDocumentView::theNextPageIsDrawnAhead()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(9)));
    QVERIFY(window.settle());
    QTRY_COMPARE(window.pages.pictures().waiting(), std::size_t(0));
    window.view.nextPage();
    QVERIFY(isAbout(window.seenAt(1, inSquare), colourOf(1))); // at once: nothing was asked in between
}

void TestDocumentView::whatWasAheadIsNotAskedAgain()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    QVERIFY(window.settle());
    window.renderer.warmUp();
    PagePictures pictures(window.renderer, 1 << 24, 3, nullptr);
    PictureKey key{1};
    key.width = 500;
    key.height = 700;
    pictures.want({}, {key});
    const quint64 before = window.renderer.text(0);
    pictures.want({key}, {});
    pictures.want({}, {key});
    QCOMPARE(window.renderer.text(0), before + 1);
    QTRY_VERIFY(pictures.find(key));
}

void TestDocumentView::zoomingOutStaysOnThePage()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(40)));
    window.view.goToPage(25);
    window.view.setZoom(3);
    window.view.goToPage(25);
    QVERIFY(window.settle());
    int furthest = 0;
    connect(&window.view, &DocumentView::currentPageChanged, &window.view,
            [&](int page) { furthest = std::max(furthest, std::abs(page - 25)); });
    window.view.setZoom(0.5);
    window.view.setZoom(2);
    window.view.rotateRight();
    window.view.fitPage();
    QVERIFY2(furthest <= 1, qPrintable(QString::number(furthest)));
}

void TestDocumentView::resizingKeepsThePlace()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    window.view.setZoom(4);
    QScrollBar *across = window.pages.horizontalScrollBar();
    QScrollBar *down = window.pages.verticalScrollBar();
    across->setValue(0);
    down->setValue(0);
    window.view.resize(700, 700);
    QCOMPARE(across->value(), 0);
    QCOMPARE(down->value(), 0);
    across->setValue(300);
    down->setValue(2'000);
    window.view.resize(760, 800);
    QCOMPARE(across->value(), 300);
    QCOMPARE(down->value(), 2'000);
    window.view.fitWidth();
    window.view.goToPage(0);
    down->setValue(0);
    window.view.resize(500, 500);
    QCOMPARE(down->value(), 0);
}

// Below the last page nothing meets its shadow: between two it is nowhere lighter.
void TestDocumentView::theDarkerShadowIsSeenBetweenPages()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    window.view.setZoom(0.25);
    QVERIFY(window.settle());
    const QImage seen = window.pages.viewport()->grab().toImage();
    const QRectF whole(QPointF(), QPageSize(QPageSize::A4).sizePoints());
    const QRect first = window.pages.onScreen(0, whole).toAlignedRect();
    const QRect last = window.pages.onScreen(1, whole).toAlignedRect();
    const auto lightness = [&](int y) { return qGray(seen.pixel(first.center().x(), y)); };
    const int ground = qGray(seen.pixel(2, 2));
    int shadowed = 0;
    for (int below = 3; first.bottom() + below < last.top() - 1; ++below) {
        const int alone = lightness(last.bottom() + below);
        QVERIFY2(lightness(first.bottom() + below) <= alone, qPrintable(QString::number(below)));
        shadowed += alone < ground ? 1 : 0;
    }
    QVERIFY(shadowed > 5);
}

WINDOW_TEST(TestDocumentView)
#include "tst_documentview.moc"

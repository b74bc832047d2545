// Selecting, copying and finding the words of a document.

#include "documentfind.h"
#include "documentfixture.h"
#include "findbar.h"
#include "pagetext.h"
#include "testentry.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

const QStringList written{QStringLiteral("Invoice INV-88213"), QStringLiteral("Harbour Supply Company"),
                          QStringLiteral("Hex bolt M8 box of 200"), QStringLiteral("Total 9,964.95 GBP")};

double lineAt(qsizetype line)
{
    return 100 + 40 * static_cast<double>(line);
}

PaintedPage pageOfLines(const QStringList &lines)
{
    return {QPageSize(QPageSize::A4), [lines](QPainter &painter) {
                painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 14));
                for (qsizetype i = 0; i < lines.size(); ++i)
                    painter.drawText(QPointF(80, lineAt(i)), lines[i]);
            }};
}

QByteArray letter(int pages)
{
    return paintedPdf(std::vector<PaintedPage>(static_cast<std::size_t>(pages), pageOfLines(written)));
}

} // namespace

class TestDocumentText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->clear(); }
    void copiedTextIsWhatWasWritten();
    void wholeDocumentIsCopied();
    void doubleClickTakesAWord();
    void tripleClickTakesALine();
    void shiftClickExtends();
    void selectingBeyondTheEdgeScrolls();
    void selectionTurnsWithThePage();
    void emptyPagesHaveNothingToSelect();
    void findsAndCounts();
    void goesRoundTheHits();
    void beginsAtThePageSeen();
    void caseMatters();
    void aHitAcrossTwoLinesIsOne();
    void nothingFoundSaysSo();
    void escapeEndsTheSearch();
    void hitsTurnWithThePage();
    void aNewDocumentIsSearchedAsWell();
    void theHitCountIsBounded();

private:
    static bool hasWords(ViewerWindow &window, int page = 0)
    {
        auto *text = window.view.findChild<PageText *>();
        return QTest::qWaitFor([text, page] { return text->words(page) != nullptr; }, 20'000);
    }
    static void drag(ViewerWindow &window, const QPoint &from, const QPoint &to)
    {
        QWidget *at = window.pages.viewport();
        QTest::mousePress(at, Qt::LeftButton, {}, from);
        QTest::mouseMove(at, (from + to) / 2);
        QTest::mouseMove(at, to);
        QTest::mouseRelease(at, Qt::LeftButton, {}, to);
    }
    static QString copied(ViewerWindow &window)
    {
        window.pressKey(Qt::Key_C, Qt::ControlModifier);
        return QGuiApplication::clipboard()->text();
    }
    static QString result(ViewerWindow &window) { return window.view.findChild<FindBar *>()->resultText(); }
    static bool found(ViewerWindow &window, int hits)
    {
        auto *find = window.view.findChild<DocumentFind *>();
        return QTest::qWaitFor([find, hits] { return !find->isRunning() && find->count() == hits; }, 20'000);
    }
};

void TestDocumentText::copiedTextIsWhatWasWritten()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(1)));
    QVERIFY(hasWords(window));
    drag(window, window.onScreen(0, {82, lineAt(1) - 5}), window.onScreen(0, {95, lineAt(3) - 5}));
    QCOMPARE(copied(window), QStringLiteral("Harbour Supply Company\nHex bolt M8 box of 200\nTotal"));
    drag(window, window.onScreen(0, {95, lineAt(3) - 5}), window.onScreen(0, {82, lineAt(2) - 5})); // upwards
    QCOMPARE(copied(window), QStringLiteral("Hex bolt M8 box of 200\nTotal"));
    QTest::mouseClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, {300, 600}));
    QVERIFY(window.pages.selection().isEmpty());
}

void TestDocumentText::wholeDocumentIsCopied()
{
    constexpr int pages = 90; // more than are kept at a time
    ViewerWindow window;
    QVERIFY(window.open(letter(pages)));
    window.pressKey(Qt::Key_A, Qt::ControlModifier);
    QVERIFY(!window.pages.selection().isEmpty());
    QSignalSpy changed(QGuiApplication::clipboard(), &QClipboard::dataChanged);
    window.pressKey(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(changed.wait(20'000));
    QStringList all;
    for (int page = 0; page < pages; ++page)
        all += written;
    QCOMPARE(QGuiApplication::clipboard()->text(), all.join(QLatin1Char('\n')));
}

void TestDocumentText::doubleClickTakesAWord()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(1)));
    QVERIFY(hasWords(window));
    QTest::mouseDClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, {160, lineAt(0) - 5}));
    QCOMPARE(copied(window), QStringLiteral("INV-88213"));
    QTest::mouseDClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, {160, 600}));
    QVERIFY(window.pages.selection().isEmpty()); // there is no word there
}

void TestDocumentText::tripleClickTakesALine()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(1)));
    QVERIFY(hasWords(window));
    const QPoint at = window.onScreen(0, {120, lineAt(2) - 5});
    QTest::mouseDClick(window.pages.viewport(), Qt::LeftButton, {}, at);
    QTest::mousePress(window.pages.viewport(), Qt::LeftButton, {}, at);
    QTest::mouseRelease(window.pages.viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(copied(window), written[2]);
}

void TestDocumentText::shiftClickExtends()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(2)));
    QVERIFY(hasWords(window));
    QTest::mouseClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, {82, lineAt(3) - 5}));
    QVERIFY(window.pages.selection().isEmpty());
    window.view.nextPage();
    QVERIFY(hasWords(window, 1));
    QTest::mouseClick(window.pages.viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      window.onScreen(1, {95, lineAt(0) - 5}));
    QCOMPARE(copied(window), QStringLiteral("Total 9,964.95 GBP\nInvoice"));
}

void TestDocumentText::selectingBeyondTheEdgeScrolls()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(6)));
    QVERIFY(hasWords(window));
    QWidget *at = window.pages.viewport();
    QTest::mousePress(at, Qt::LeftButton, {}, window.onScreen(0, {82, lineAt(2) - 5}));
    const QPoint below(at->width() / 2, at->height() + 400);
    QTest::mouseMove(at, {at->width() / 2, at->height() / 2});
    QTest::mouseMove(at, below);
    QTRY_VERIFY(window.pages.selection().last.page >= 2);
    QTest::mouseRelease(at, Qt::LeftButton, {}, below);
    QCOMPARE(window.pages.selection().first, (WordPlace{0, 5}));
    const int stays = window.pages.verticalScrollBar()->value();
    QCoreApplication::processEvents();
    QCOMPARE(window.pages.verticalScrollBar()->value(), stays);
}

void TestDocumentText::selectionTurnsWithThePage()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(1)));
    QVERIFY(hasWords(window));
    window.view.rotateRight();
    QVERIFY(window.settle());
    window.pages.showPlace(0, QRectF(80, 80, 60, 60));
    QTest::mouseDClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, {160, lineAt(0) - 5}));
    QCOMPARE(copied(window), QStringLiteral("INV-88213"));
    const QImage image = window.pages.viewport()->grab().toImage();
    const auto text = window.view.findChild<PageText *>();
    const QRectF mark = window.pages.onScreen(0, text->boxes(0, window.pages.selection()).front());
    QVERIFY(mark.height() > mark.width()); // it stands on end
    QVERIFY(image.pixelColor((mark.topLeft() + QPointF(2, 2)).toPoint()) != QColor(Qt::white));
    QCOMPARE(image.pixelColor((mark.topLeft() - QPointF(4, 4)).toPoint()), QColor(Qt::white));
}

void TestDocumentText::emptyPagesHaveNothingToSelect()
{
    ViewerWindow window;
    QVERIFY(window.open(paintedPdf({{QPageSize(QPageSize::A4), [](QPainter &) {}}})));
    QVERIFY(hasWords(window));
    drag(window, {100, 100}, {300, 300});
    QVERIFY(window.pages.selection().isEmpty());
    window.view.selectAll();
    window.view.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void TestDocumentText::findsAndCounts()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(17)));
    window.pressKey(Qt::Key_F, Qt::ControlModifier);
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(field);
    QTest::keyClicks(field, QStringLiteral("harbour"));
    QVERIFY(found(window, 17));
    QCOMPARE(result(window), QStringLiteral("1 of 17"));
    const auto *find = window.view.findChild<DocumentFind *>();
    QCOMPARE(find->hitsOn(3).size(), std::size_t(1));
    QVERIFY(std::abs(find->hitsOn(3).front().box.center().y() - (lineAt(1) - 5)) < 8);
}

void TestDocumentText::goesRoundTheHits()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(3)));
    window.view.beginFind(QStringLiteral("inv")); // "Invoice" and "INV-88213"
    QVERIFY(found(window, 6));
    QCOMPARE(result(window), QStringLiteral("1 of 6"));
    window.pressKey(Qt::Key_Return);
    window.pressKey(Qt::Key_Return);
    QCOMPARE(result(window), QStringLiteral("3 of 6"));
    QCOMPARE(window.view.currentPage(), 1); // it went there
    window.pressKey(Qt::Key_Return, Qt::ShiftModifier);
    window.pressKey(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(result(window), QStringLiteral("1 of 6"));
    window.pressKey(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(result(window), QStringLiteral("6 of 6"));
    window.pressKey(Qt::Key_F3);
    QCOMPARE(result(window), QStringLiteral("1 of 6"));
    const auto *find = window.view.findChild<DocumentFind *>();
    const QRectF hit = window.pages.onScreen(0, find->hitsOn(0).front().box);
    QVERIFY(QRectF(window.pages.viewport()->rect()).contains(hit));
    QVERIFY(window.settle());
    const QImage image = window.pages.viewport()->grab().toImage();
    QVERIFY(image.pixelColor((hit.topLeft() + QPointF(1, 1)).toPoint()) != QColor(Qt::white));
}

void TestDocumentText::beginsAtThePageSeen()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(9)));
    window.view.goToPage(5);
    window.view.beginFind(QStringLiteral("company"));
    QVERIFY(found(window, 9));
    QCOMPARE(result(window), QStringLiteral("6 of 9"));
    QCOMPARE(window.view.currentPage(), 5);
}

void TestDocumentText::caseMatters()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(2)));
    window.view.beginFind(QStringLiteral("HEX"));
    QVERIFY(found(window, 2));
    auto *bar = window.view.findChild<FindBar *>();
    for (QPushButton *button : bar->findChildren<QPushButton *>()) {
        if (button->isCheckable())
            button->click();
    }
    QVERIFY(bar->matchesCase());
    QVERIFY(found(window, 0));
    window.view.beginFind(QStringLiteral("Hex"));
    QVERIFY(found(window, 2));
}

void TestDocumentText::aHitAcrossTwoLinesIsOne()
{
    const PaintedPage page{QPageSize(QPageSize::A4), [](QPainter &painter) {
                               painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 9));
                               for (int line = 0; line < 6; ++line)
                                   painter.drawText(QPointF(100, 100 + 11 * line),
                                                    QStringLiteral("Line %1 with bolts and nuts").arg(line));
                           }};
    ViewerWindow window;
    QVERIFY(window.open(paintedPdf({page, page})));
    window.view.beginFind(QStringLiteral("nuts line 4"));
    QVERIFY(found(window, 2));
    QCOMPARE(result(window), QStringLiteral("1 of 2"));
    QVERIFY(window.settle());
    const TextHit hit = window.view.findChild<DocumentFind *>()->hitsOn(0).front();
    const QImage image = window.pages.viewport()->grab().toImage();
    for (const QRectF &box : {hit.box, hit.continued}) {
        const QRectF mark = window.pages.onScreen(0, box);
        QVERIFY(image.pixelColor((mark.topLeft() + QPointF(1, 1)).toPoint()) != QColor(Qt::white));
    }
    window.view.findNext();
    QCOMPARE(window.view.currentPage(), 1);
}

void TestDocumentText::nothingFoundSaysSo()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(2)));
    window.view.beginFind(QStringLiteral("flux capacitor"));
    QTRY_COMPARE(result(window), QStringLiteral("Not found"));
    window.view.findNext();
    window.view.findPrevious();
    QCOMPARE(result(window), QStringLiteral("Not found"));
}

void TestDocumentText::escapeEndsTheSearch()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(2)));
    window.view.beginFind(QStringLiteral("box"));
    QVERIFY(found(window, 2));
    window.pressKey(Qt::Key_Escape);
    QVERIFY(!window.view.findChild<FindBar *>()->isVisible());
    QCOMPARE(window.view.findChild<DocumentFind *>()->count(), 0);
    QVERIFY(window.pages.hasFocus());
    window.pressKey(Qt::Key_F3); // opens it again with the words of before
    QVERIFY(found(window, 2));
}

void TestDocumentText::hitsTurnWithThePage()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(1)));
    window.view.beginFind(QStringLiteral("9,964.95"));
    QVERIFY(found(window, 1));
    window.view.rotateLeft();
    window.view.findNext();
    QVERIFY(window.settle());
    const auto *find = window.view.findChild<DocumentFind *>();
    const QRectF hit = window.pages.onScreen(0, find->hitsOn(0).front().box);
    QVERIFY(hit.height() > hit.width());
    QVERIFY(QRectF(window.pages.viewport()->rect()).contains(hit));
    const QImage image = window.pages.viewport()->grab().toImage();
    QVERIFY(image.pixelColor((hit.topLeft() + QPointF(1, 1)).toPoint()) != QColor(Qt::white));
}

void TestDocumentText::aNewDocumentIsSearchedAsWell()
{
    ViewerWindow window;
    QVERIFY(window.open(letter(2)));
    window.view.beginFind(QStringLiteral("box"));
    QVERIFY(found(window, 2));
    QVERIFY(window.open(letter(5)));
    QVERIFY(found(window, 5));
    QCOMPARE(result(window), QStringLiteral("1 of 5"));
}

void TestDocumentText::theHitCountIsBounded()
{
    QStringList lines;
    for (int line = 0; line < 18; ++line)
        lines.append(QStringLiteral("e").repeated(50));
    ViewerWindow window;
    QVERIFY(window.open(paintedPdf(std::vector<PaintedPage>(20, pageOfLines(lines))))); // 18,000 in all
    window.view.beginFind(QStringLiteral("e"));
    const auto *find = window.view.findChild<DocumentFind *>();
    QTRY_VERIFY_WITH_TIMEOUT(find->isCut(), 20'000);
    QVERIFY(!find->isRunning());
    QVERIFY(find->count() >= DocumentFind::mostHits && find->count() < DocumentFind::mostHits + 1'000);
    QVERIFY(result(window).contains(QStringLiteral("more than")));
}

WINDOW_TEST(TestDocumentText)
#include "tst_documenttext.moc"

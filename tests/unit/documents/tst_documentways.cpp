// Ways through a document: links, outline, the list of hits, one page at a time, by hand, on dark paper.

#include "addressopening.h"
#include "confirmsheet.h"
#include "documentfind.h"
#include "documentfixture.h"
#include "documentsidebar.h"
#include "hitlist.h"
#include "outlinelist.h"
#include "pagelinks.h"
#include "testentry.h"
#include "tokens.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

constexpr QPoint inFirstLink(200, 67); // points of the page, of pdfWithLinks()
constexpr QPoint inSecondLink(200, 167);

// Takes the place of the system's browser.
class OpenedAddresses final : public QObject
{
    Q_OBJECT
public:
    OpenedAddresses() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "take"); }
    ~OpenedAddresses() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }

    QList<QUrl> urls;

public Q_SLOTS:
    void take(const QUrl &url) { urls.append(url); }
};

bool readLinks(ViewerWindow &window)
{
    const auto *links = window.view.findChild<PageLinks *>();
    return window.settle() && QTest::qWaitFor([links] { return !links->onPage(0).empty(); });
}

void click(ViewerWindow &window, const QPoint &point)
{
    QTest::mouseClick(window.pages.viewport(), Qt::LeftButton, {}, window.onScreen(0, point));
}

} // namespace

class TestDocumentWays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linksLeadThroughTheDocumentAndBack();
    void addressesAreAskedAboutFirst();
    void whatIsNoPageOfTheWebIsNotOpened();
    void addressesCannotPretend_data();
    void addressesCannotPretend();
    void linksByKeyboard();
    void theOutlineLeads();
    void hitsAreListed();
    void onePageAtATime();
    void aHandMovesThePages();
    void darkPages();
    void theLookIsKept();
    void aDocumentIsPinned();
};

void TestDocumentWays::linksLeadThroughTheDocumentAndBack()
{
    ViewerWindow window;
    QVERIFY(window.open(pdfWithLinks()));
    window.view.setZoom(2);
    QVERIFY(readLinks(window));
    window.pages.goToPage(0);
    click(window, inFirstLink);
    QCOMPARE(window.view.currentPage(), 1);
    // Its place, 300 points down the page, is at the top.
    QVERIFY(qAbs(window.pages.topPlace().top - 300) < 2);
    window.pressKey(Qt::Key_Backspace);
    QCOMPARE(window.pages.topPlace().page, 0);
    const int before = window.pages.verticalScrollBar()->value();
    window.pressKey(Qt::Key_Backspace); // there is nothing further back
    QCOMPARE(window.pages.verticalScrollBar()->value(), before);
    // A selection that begins on a link is one, and follows nothing.
    const QPoint from = window.onScreen(0, inFirstLink);
    QTest::mousePress(window.pages.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(window.pages.viewport(), from + QPoint(60, 60));
    QTest::mouseRelease(window.pages.viewport(), Qt::LeftButton, {}, from + QPoint(60, 60));
    QCOMPARE(window.pages.topPlace().page, 0);
}

void TestDocumentWays::addressesAreAskedAboutFirst()
{
    OpenedAddresses opened;
    ViewerWindow window;
    QVERIFY(window.open(pdfWithLinks()));
    QVERIFY(readLinks(window));
    click(window, inSecondLink);
    auto *sheet = window.view.window()->findChild<ConfirmSheet *>();
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(sheet->accessibleDescription().contains(QStringLiteral("https://example.com/pay?invoice=90")));
    QVERIFY(opened.urls.isEmpty());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!window.view.window()->findChild<ConfirmSheet *>());
    QVERIFY(opened.urls.isEmpty());
    click(window, inSecondLink);
    sheet = window.view.window()->findChild<ConfirmSheet *>();
    QVERIFY(sheet);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(opened.urls, (QList<QUrl>{QUrl(QStringLiteral("https://example.com/pay?invoice=90"))}));
}

void TestDocumentWays::whatIsNoPageOfTheWebIsNotOpened()
{
    ViewerWindow window;
    QVERIFY(window.open(pdfWithLinks()));
    for (const QString &address : {QStringLiteral("file:///etc/passwd"),
                                   QStringLiteral("javascript:alert(1)"), QStringLiteral("smb://there/share"),
                                   QStringLiteral("https:///nowhere"), QStringLiteral("invoice.exe")}) {
        QGuiApplication::clipboard()->clear();
        askToOpenAddress(&window.view, address);
        auto *sheet = window.view.window()->findChild<ConfirmSheet *>();
        QVERIFY(sheet);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // all that can be done is to copy it
        QTRY_VERIFY(!window.view.window()->findChild<ConfirmSheet *>());
        QCOMPARE(QGuiApplication::clipboard()->text(), readableAddress(address));
    }
}

void TestDocumentWays::addressesCannotPretend_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("readable");
    QTest::newRow("plain") << QStringLiteral("https://example.com/a b")
                           << QStringLiteral("https://example.com/a%20b");
    QTest::newRow("letters of another script")
        << QStringLiteral("https://pаypal.com/") << QStringLiteral("https://xn--pypal-4ve.com/");
    QTest::newRow("a name in front of the host") << QStringLiteral("https://supplier.example@evil.example/")
                                                 << QStringLiteral("https://evil.example/");
    QTest::newRow("turned round") << QStringLiteral("https://example.com/\u202Etxt.exe")
                                  << QStringLiteral("https://example.com/%E2%80%AEtxt.exe");
}

void TestDocumentWays::addressesCannotPretend()
{
    QFETCH(QString, address);
    QTEST(readableAddress(address), "readable");
    QVERIFY(readableAddress(QString(100'000, u'x')).size() < 500);
}

void TestDocumentWays::linksByKeyboard()
{
    ViewerWindow window;
    QVERIFY(window.open(pdfWithLinks()));
    QVERIFY(readLinks(window));
    window.pressKey(Qt::Key_K);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QTRY_COMPARE(window.view.currentPage(), 1);
}

void TestDocumentWays::theOutlineLeads()
{
    ViewerWindow window;
    QVERIFY(window.open(pdfWithLinks()));
    QVERIFY(window.settle());
    auto *outline = window.view.findChild<OutlineList *>();
    QTRY_VERIFY(!outline->isEmpty());
    QVERIFY(!outline->isVisible());
    window.pressKey(Qt::Key_O);
    QVERIFY(outline->isVisible() && outline->hasFocus());
    QCOMPARE(outline->currentIndex().data().toString(), QStringLiteral("Deliveries"));
    QTest::keyClick(outline, Qt::Key_Down);
    QTest::keyClick(outline, Qt::Key_Return);
    QCOMPARE(window.view.currentPage(), 1);
    QCOMPARE(outline->currentIndex().data().toString(), QStringLiteral("Second part"));
    QTest::keyClick(outline, Qt::Key_O); // a letter is the viewer's: it goes again
    QVERIFY(!outline->isVisible() && window.pages.hasFocus());

    QVERIFY(window.open(colouredPdf(2)));
    QVERIFY(window.settle());
    QVERIFY(outline->isEmpty());
    window.pressKey(Qt::Key_O);
    QVERIFY(!outline->isVisible());
}

void TestDocumentWays::hitsAreListed()
{
    ViewerWindow window;
    QVERIFY(window.open(plainPdf(3)));
    auto *list = window.view.findChild<HitList *>();
    const QAbstractItemModelTester tester(list->model());
    window.view.beginFind(QStringLiteral("bolts"));
    QTRY_COMPARE(list->model()->rowCount(), 60);
    QCOMPARE(list->model()->index(25, 0).data().toString().trimmed(),
             QStringLiteral("Line 5 with bolts, nuts and 12.50"));
    window.view.toggleHits();
    QVERIFY(list->isVisible() && list->hasFocus());
    QCOMPARE(list->currentIndex().row(), 0);
    list->setCurrentIndex(list->model()->index(45, 0));
    QCOMPARE(window.view.currentPage(), 2);
    QCOMPARE(window.view.findChild<DocumentFind *>()->position(), 46);
    window.view.findNext();
    QCOMPARE(list->currentIndex().row(), 46);
    window.view.findChild<QLineEdit *>()->clear();
    window.view.beginFind(QStringLiteral("page 2"));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTRY_COMPARE(list->currentIndex().row(), 0);
}

void TestDocumentWays::onePageAtATime()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(3)));
    window.view.fitPage();
    window.pressKey(Qt::Key_S);
    QVERIFY(window.view.isSinglePage());
    QVERIFY(window.settle());
    QCOMPARE(window.seenAt(0, inSquare).rgb(), colourOf(0).rgb());
    const QRect room = window.pages.viewport()->rect();
    QVERIFY(!window.pages.pageRect(1).toAlignedRect().intersects(room));
    window.pressKey(Qt::Key_PageDown); // there is no more of this page, so it is the next
    QCOMPARE(window.view.currentPage(), 1);
    QVERIFY(window.settle());
    QCOMPARE(window.seenAt(1, inSquare).rgb(), colourOf(1).rgb());
    turnWheel(window.pages, {100, 100}, -120);
    QCOMPARE(window.view.currentPage(), 2);
    turnWheel(window.pages, {100, 100}, -120);
    QCOMPARE(window.view.currentPage(), 2);
    window.view.goToPage(0);
    QCOMPARE(window.view.currentPage(), 0);
    window.view.fitWidth(); // higher than the window: scrolled first, turned then
    window.pressKey(Qt::Key_End);
    QTRY_COMPARE(window.pages.verticalScrollBar()->value(), window.pages.verticalScrollBar()->maximum());
    QCOMPARE(window.view.currentPage(), 0);
    window.pressKey(Qt::Key_Space);
    QCOMPARE(window.view.currentPage(), 1);
    QCOMPARE(window.pages.verticalScrollBar()->value(), 0);
    window.pressKey(Qt::Key_PageUp); // and back to the end of the one before
    QCOMPARE(window.view.currentPage(), 0);
    QCOMPARE(window.pages.verticalScrollBar()->value(), window.pages.verticalScrollBar()->maximum());
    window.view.goToPage(2);
    window.pressKey(Qt::Key_S);
    QVERIFY(!window.view.isSinglePage());
    QCOMPARE(window.view.currentPage(), 2);
    window.pressKey(Qt::Key_S);
    QVERIFY(window.open(colouredPdf(2))); // stays for the next document
    QVERIFY(window.view.isSinglePage());
    QCOMPARE(window.view.currentPage(), 0);
}

void TestDocumentWays::aHandMovesThePages()
{
    ViewerWindow window;
    QVERIFY(window.open(plainPdf(3)));
    window.view.setZoom(2);
    QVERIFY(window.settle());
    QScrollBar &bar = *window.pages.verticalScrollBar();
    bar.setValue(300);
    const auto drag = [&window](Qt::MouseButton button) {
        QWidget *target = window.pages.viewport();
        QTest::mousePress(target, button, {}, {200, 300});
        QMouseEvent move(QEvent::MouseMove, QPointF(200, 180), target->mapToGlobal(QPointF(200, 180)),
                         Qt::NoButton, button, {});
        QApplication::sendEvent(target, &move);
        QTest::mouseRelease(target, button, {}, {200, 180});
    };
    drag(Qt::MiddleButton); // at any time
    QCOMPARE(bar.value(), 420);
    window.pressKey(Qt::Key_H);
    drag(Qt::LeftButton);
    QCOMPARE(bar.value(), 540);
    QVERIFY(window.pages.selection().isEmpty());
    window.pressKey(Qt::Key_H);
    drag(Qt::LeftButton);
    QCOMPARE(bar.value(), 540);
}

void TestDocumentWays::darkPages()
{
    ViewerWindow window;
    QVERIFY(window.open(plainPdf(1)));
    QVERIFY(window.settle());
    constexpr QPointF paper(20, 20);
    constexpr QPointF square(150, 150);
    QCOMPARE(window.seenAt(0, paper), QColor(Qt::white));
    window.pressKey(Qt::Key_D);
    QVERIFY(window.settle());
    QCOMPARE(window.seenAt(0, paper), Tokens::darkSet().panel);
    QCOMPARE(window.seenAt(0, square), Tokens::darkSet().text);
    window.pressKey(Qt::Key_D);
    QVERIFY(window.settle());
    QCOMPARE(window.seenAt(0, square), QColor(Qt::black));
}

void TestDocumentWays::theLookIsKept()
{
    QByteArray look;
    {
        ViewerWindow window;
        QVERIFY(window.open(pdfWithLinks()));
        window.view.toggleDarkPages();
        window.view.toggleSinglePage();
        window.view.toggleThumbnails();
        look = window.view.saveLook();
    }
    ViewerWindow window;
    window.view.restoreLook(look);
    QVERIFY(window.open(colouredPdf(2)));
    QVERIFY(window.view.hasDarkPages() && window.view.isSinglePage() && window.view.areThumbnailsShown());
    for (qsizetype length = 0; length < look.size(); ++length) {
        ViewerWindow other;
        other.view.restoreLook(look.left(length));
        QVERIFY(!other.view.hasDarkPages());
    }
}

void TestDocumentWays::aDocumentIsPinned()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(1)));
    window.pressKey(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(window.port.pinned(), QSet<QString>{window.view.key()});
    const auto commands = window.view.commands();
    const auto pin = std::find_if(commands.begin(), commands.end(), [](const DocumentView::Command &command) {
        return command.id == QLatin1String("document.pin");
    });
    QVERIFY(pin->action->isChecked());
    window.pressKey(Qt::Key_D, Qt::ControlModifier);
    QVERIFY(window.port.pinned().isEmpty() && !pin->action->isChecked());
}

WINDOW_TEST(TestDocumentWays)
#include "tst_documentways.moc"

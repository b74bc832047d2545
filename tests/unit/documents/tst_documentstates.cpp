// What the viewer says while a document is fetched, and when it is not to be had.

#include "documentfixture.h"
#include "documentprogress.h"
#include "statepanel.h"
#include "testentry.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

class TestDocumentStates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noDocumentSaysSo();
    void progressIsShownInBytes();
    void wordsAreOfTheDocumentWanted();
    void whatIsHereOpensWithoutWords();
    void offlineComesByItself();
    void aFailedFetchIsTriedAgain();
    void damagedFilesSaySo_data();
    void damagedFilesSaySo();
    void onlyTheLastOfManyIsShown();
    void theSameDocumentIsNotFetchedAgain();
    void aLateAnswerIsNotTaken();
    void leavingForgets();

private:
    static StatePanel *panel(ViewerWindow &window) { return window.view.findChild<StatePanel *>(); }
};

void TestDocumentStates::noDocumentSaysSo()
{
    ViewerWindow window;
    QVERIFY(panel(window)->isVisible());
    QVERIFY(!panel(window)->title().isEmpty());
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    QVERIFY(!panel(window)->isVisible());
    window.view.setDocument({}, {});
    QVERIFY(panel(window)->isVisible());
    QCOMPARE(window.port.wanted, QStringList{QStringLiteral("DOC-1")});
    QCOMPARE(window.port.forgotten, QStringList{QStringLiteral("DOC-1")});
}

void TestDocumentStates::progressIsShownInBytes()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-88213"));
    auto *progress = window.view.findChild<DocumentProgress *>();
    QVERIFY(!progress->isVisible()); // most are here sooner than words could be read
    QTRY_VERIFY(progress->isVisible());
    QVERIFY(progress->text().contains(QStringLiteral("INV-88213")));
    Q_EMIT window.port.progressed(QStringLiteral("DOC-1"), {1'200'000, 3'400'000});
    QVERIFY2(progress->text().contains(QStringLiteral("1.2 MB of 3.4 MB")), qPrintable(progress->text()));
    Q_EMIT window.port.progressed(QStringLiteral("DOC-2"), {1, 2}); // another's
    QVERIFY(progress->text().contains(QStringLiteral("1.2 MB of 3.4 MB")));
    Q_EMIT window.port.progressed(QStringLiteral("DOC-1"), {3'000'000'000, 4'000'000'000});
    QVERIFY(progress->text().contains(QStringLiteral("3.0 GB of 4.0 GB")));
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(1)));
    QTRY_VERIFY(window.view.isOpen());
    QVERIFY(!progress->isVisible());
    QVERIFY(window.pages.isVisible());
}

void TestDocumentStates::wordsAreOfTheDocumentWanted()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    auto *progress = window.view.findChild<DocumentProgress *>();
    QTRY_VERIFY(progress->isVisible());
    Q_EMIT window.port.progressed(QStringLiteral("DOC-1"), {1'200'000, 3'400'000});
    window.view.setDocument(QStringLiteral("DOC-2"), QStringLiteral("INV-2"));
    QVERIFY2(progress->text().contains(QStringLiteral("INV-2")), qPrintable(progress->text()));
    QVERIFY(!progress->text().contains(QStringLiteral("3.4 MB")));
}

void TestDocumentStates::whatIsHereOpensWithoutWords()
{
    ViewerWindow window;
    QSignalSpy opened(&window.view, &DocumentView::opened);
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(2)));
    QVERIFY(opened.wait());
    QCOMPARE(opened.first().at(0).toInt(), 2);
    QCOMPARE(window.view.title(), QStringLiteral("INV-1"));
    QVERIFY(!panel(window)->isVisible());
}

void TestDocumentStates::offlineComesByItself()
{
    ViewerWindow window;
    QSignalSpy failed(&window.view, &DocumentView::failed);
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    const QString sentence = QStringLiteral("There is no network. It is fetched as soon as there is one.");
    Q_EMIT window.port.failed(QStringLiteral("DOC-1"), Error{ErrorKind::Offline, sentence});
    QCOMPARE(failed.count(), 1);
    QVERIFY(panel(window)->isVisible());
    QVERIFY(panel(window)->title().contains(QStringLiteral("INV-1")));
    QCOMPARE(panel(window)->text(), sentence);
    QVERIFY(window.port.forgotten.isEmpty()); // it stays wanted
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(1)));
    QTRY_VERIFY(window.view.isOpen());
    QVERIFY(!panel(window)->isVisible());
}

void TestDocumentStates::aFailedFetchIsTriedAgain()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), {});
    Q_EMIT window.port.failed(QStringLiteral("DOC-1"),
                              Error{ErrorKind::ServerDown, QStringLiteral("The gateway has a fault.")});
    QVERIFY(panel(window)->isVisible());
    QCOMPARE(panel(window)->text(), QStringLiteral("The gateway has a fault."));
    auto *again = panel(window)->findChild<QPushButton *>();
    QVERIFY(again->isVisible());
    again->setFocus();
    window.pressKey(Qt::Key_Space);
    QCOMPARE(window.port.wanted.size(), 2);
    QVERIFY(window.pages.hasFocus());
    QVERIFY(!panel(window)->isVisible());
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(1)));
    QTRY_VERIFY(window.view.isOpen());
}

void TestDocumentStates::damagedFilesSaySo_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not a PDF") << QByteArray("<html>no invoice here</html>");
    QTest::newRow("cut short") << colouredPdf(3).left(200);
    QTest::newRow("no pages") << pdfOf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"});
}

void TestDocumentStates::damagedFilesSaySo()
{
    QFETCH(QByteArray, bytes);
    ViewerWindow window;
    QSignalSpy failed(&window.view, &DocumentView::failed);
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(bytes));
    QVERIFY(failed.wait(20'000));
    QVERIFY(!window.view.isOpen());
    QVERIFY(panel(window)->isVisible());
    QVERIFY(panel(window)->text().endsWith(QLatin1Char('.')));
    QVERIFY(panel(window)->findChild<QPushButton *>()->isVisible());
    window.view.setDocument(QStringLiteral("DOC-2"), QStringLiteral("INV-2")); // the window goes on
    Q_EMIT window.port.ready(QStringLiteral("DOC-2"), window.files.file(colouredPdf(1)));
    QTRY_VERIFY(window.view.isOpen());
    QVERIFY(!panel(window)->isVisible());
}

void TestDocumentStates::onlyTheLastOfManyIsShown()
{
    ViewerWindow window;
    QSignalSpy opened(&window.view, &DocumentView::opened);
    for (int i = 1; i <= 20; ++i) {
        const QString key = QStringLiteral("DOC-%1").arg(i);
        window.view.setDocument(key, key);
        if (i % 3 != 0) // some are here already
            Q_EMIT window.port.ready(key, window.files.file(colouredPdf(i)));
        if (i % 4 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_VERIFY(window.view.isOpen());
    QCOMPARE(window.view.pageCount(), 20);
    QVERIFY(window.settle());
    for (const QList<QVariant> &one : std::as_const(opened))
        QVERIFY(one.at(0).toInt() <= 20);
    QCOMPARE(opened.last().at(0).toInt(), 20);
    QCOMPARE(window.view.title(), QStringLiteral("DOC-20"));
}

void TestDocumentStates::theSameDocumentIsNotFetchedAgain()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1"));
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(3)));
    QTRY_VERIFY(window.view.isOpen());
    window.view.goToPage(2);
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-1 · paid")); // its row changed
    QCOMPARE(window.port.wanted.size(), 1);
    QCOMPARE(window.view.currentPage(), 2);
    QCOMPARE(window.view.title(), QStringLiteral("INV-1 · paid"));
}

void TestDocumentStates::aLateAnswerIsNotTaken()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), {});
    window.view.setDocument(QStringLiteral("DOC-2"), {});
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(1)));
    Q_EMIT window.port.failed(QStringLiteral("DOC-1"),
                              Error{ErrorKind::Timeout, QStringLiteral("Too late.")});
    QVERIFY(!window.view.isOpen());
    QVERIFY(!panel(window)->isVisible());
    Q_EMIT window.port.ready(QStringLiteral("DOC-2"), window.files.file(colouredPdf(2)));
    QTRY_VERIFY(window.view.isOpen());
    QCOMPARE(window.view.pageCount(), 2);
    Q_EMIT window.port.ready(QStringLiteral("DOC-2"), window.files.file(colouredPdf(7))); // said twice
    QCoreApplication::processEvents();
    QVERIFY(window.view.isOpen());
    QCOMPARE(window.view.pageCount(), 2);
}

void TestDocumentStates::leavingForgets()
{
    SetDocumentPort port;
    PageRenderer renderer(QStringLiteral(RENDER_PROGRAM));
    {
        DocumentView view(port, renderer);
        view.setDocument(QStringLiteral("DOC-1"), {});
    }
    QCOMPARE(port.forgotten, QStringList{QStringLiteral("DOC-1")});
}

WINDOW_TEST(TestDocumentStates)
#include "tst_documentstates.moc"

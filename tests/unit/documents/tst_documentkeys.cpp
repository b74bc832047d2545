// The viewer by keyboard, and what its buttons leave to it.

#include "documentfixture.h"
#include "pagefault.h"
#include "pagepictures.h"
#include "testentry.h"
#include "thumbnailstrip.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QValidator>

using namespace Counterfoil;

class TestDocumentKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keysScroll();
    void keysBelongToTheViewer();
    void clicksLeaveTheKeysWithThePages();
    void endsWhileItsMenuIsOpen();
    void pageNumbersFollowTheDocument();
    void smallPagesKeepTheirKeysApart();
    void everythingHasAName();
};

void TestDocumentKeys::keysScroll()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(4)));
    QScrollBar &bar = *window.pages.verticalScrollBar();
    QCOMPARE(bar.value(), 0);
    window.pressKey(Qt::Key_Down);
    QTRY_COMPARE(bar.value(), bar.singleStep());
    window.pressKey(Qt::Key_Up);
    QTRY_COMPARE(bar.value(), 0);
    window.pressKey(Qt::Key_Space);
    QTRY_VERIFY(bar.value() > window.pages.viewport()->height() / 2);
    QTRY_COMPARE(bar.value(), window.pages.viewport()->height() - bar.singleStep());
    window.pressKey(Qt::Key_Space, Qt::ShiftModifier);
    QTRY_COMPARE(bar.value(), 0);
    window.pressKey(Qt::Key_End);
    QTRY_COMPARE(bar.value(), bar.maximum());
    QCOMPARE(window.view.currentPage(), 3);
    window.pressKey(Qt::Key_PageUp);
    QTRY_VERIFY(bar.value() < bar.maximum());
    window.pressKey(Qt::Key_Home);
    QTRY_COMPARE(bar.value(), 0);
    window.pressKey(Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(window.view.currentPage(), 1);
    window.pressKey(Qt::Key_Right);
    QCOMPARE(window.view.currentPage(), 2); // as wide as the window: sideways is the next page

    const int before = bar.value();
    turnWheel(window.pages, {100, 100}, 120);
    turnWheel(window.pages, {100, 100}, 120); // while the first is still gliding
    QTRY_COMPARE(bar.value(), before - 6 * bar.singleStep());
}

void TestDocumentKeys::keysBelongToTheViewer()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(2)));
    QAction rival(&window.view); // such as the window's "Copy the selected rows"
    rival.setShortcut(QKeySequence::Copy);
    window.view.window()->addAction(&rival);
    QSignalSpy rivalled(&rival, &QAction::triggered);
    window.view.selectAll();
    window.pressKey(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(rivalled.count(), 0);
    window.pressKey(Qt::Key_Escape); // nothing selected any more
    QVERIFY(window.pages.selection().isEmpty());
    window.pressKey(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(rivalled.count(), 1);
    window.pressKey(Qt::Key_G);
    const double zoom = window.view.zoom();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Plus); // is typed, though no number has one
    QCOMPARE(window.view.zoom(), zoom);
    for (const DocumentView::Command &command : window.view.commands())
        QVERIFY(!command.action->text().isEmpty());
}

void TestDocumentKeys::clicksLeaveTheKeysWithThePages()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(3)));
    QVERIFY(window.pages.hasFocus());
    for (QPushButton *button : window.view.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->isEnabled() && !button->accessibleName().startsWith(u"Find"))
            QTest::mouseClick(button, Qt::LeftButton);
        if (QWidget *menu = QApplication::activePopupWidget())
            menu->close();
    }
    QVERIFY(window.pages.hasFocus());
    window.view.beginFind(QStringLiteral("x"));
    QWidget *field = QApplication::focusWidget();
    for (QPushButton *button : window.view.findChildren<QPushButton *>()) {
        if (button->accessibleName().startsWith(u"Small and capital"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(QApplication::focusWidget(), field);
}

void TestDocumentKeys::endsWhileItsMenuIsOpen()
{
    auto window = std::make_unique<ViewerWindow>();
    QVERIFY(window->open(colouredPdf(1)));
    const QPoint at = window->onScreen(0, inSquare);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, window->pages.viewport()->mapToGlobal(at));
    QApplication::sendEvent(window->pages.viewport(), &event);
    QVERIFY(QApplication::activePopupWidget());
    window.reset();
    QVERIFY(!QApplication::activePopupWidget());
}

void TestDocumentKeys::pageNumbersFollowTheDocument()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(12)));
    QVERIFY(window.open(colouredPdf(3)));
    QVERIFY(window.open(colouredPdf(5)));
    QCOMPARE(window.view.findChildren<QValidator *>().size(), 1);
    window.pressKey(Qt::Key_G);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("w4"));
    window.pressKey(Qt::Key_Return);
    QCOMPARE(window.view.currentPage(), 3);
    QVERIFY(window.pages.hasFocus());
}

void TestDocumentKeys::smallPagesKeepTheirKeysApart()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(4)));
    window.view.setThumbnailsShown(true);
    auto *strip = window.view.findChild<ThumbnailStrip *>();
    strip->setFocus();
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    window.pressKey(Qt::Key_C, Qt::ControlModifier); // nothing is selected: not the number of the page
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    window.pressKey(Qt::Key_R);
    QCOMPARE(window.view.rotation(), 90);
    window.pressKey(Qt::Key_T);
    QVERIFY(!window.view.areThumbnailsShown());
}

void TestDocumentKeys::everythingHasAName()
{
    ViewerWindow window;
    window.view.setDocument(QStringLiteral("DOC-1"), QStringLiteral("INV-88213"));
    QVERIFY(window.view.accessibleName().contains(QStringLiteral("INV-88213")));
    Q_EMIT window.port.ready(QStringLiteral("DOC-1"), window.files.file(colouredPdf(3)));
    QTRY_VERIFY(window.view.isOpen());
    window.view.beginFind();
    for (const QPushButton *button : window.view.findChildren<QPushButton *>()) {
        if (button->isVisible())
            QVERIFY(!button->accessibleName().isEmpty() || button->text().size() > 2);
    }
    for (const QLineEdit *field : window.view.findChildren<QLineEdit *>())
        QVERIFY(!field->accessibleName().isEmpty());
    window.view.nextPage();
    QCOMPARE(window.pages.accessibleName(), QStringLiteral("Page 2 of 3"));
    QTRY_COMPARE(window.pages.accessibleDescription(), QStringLiteral("Sheet 2")); // what is read on it
}

WINDOW_TEST(TestDocumentKeys)
#include "tst_documentkeys.moc"

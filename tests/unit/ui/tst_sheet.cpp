#include "sheet.h"
#include "testentry.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

class TestSheet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keysOfOneLetterMeanTheSheet();
};

// "A" approves in the pane behind; whoever reads a sheet does not see what it would be about.
void TestSheet::keysOfOneLetterMeanTheSheet()
{
    QWidget window;
    auto *deed = new QAction(&window);
    deed->setShortcut(Qt::Key_A);
    window.addAction(deed);
    auto *loud = new QAction(&window);
    loud->setShortcut(QKeySequence(QStringLiteral("Ctrl+A")));
    window.addAction(loud);
    QSignalSpy done(deed, &QAction::triggered);
    QSignalSpy doneLoud(loud, &QAction::triggered);
    Sheet sheet(&window, QStringLiteral("Keys"), new QLabel(QStringLiteral("What they do")));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_A);
    QCOMPARE(done.count(), 1);
    sheet.open();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A);
    QCOMPARE(done.count(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(doneLoud.count(), 1);
    sheet.dismiss();
    QTest::keyClick(&window, Qt::Key_A);
    QCOMPARE(done.count(), 2);
}

WINDOW_TEST(TestSheet)
#include "tst_sheet.moc"

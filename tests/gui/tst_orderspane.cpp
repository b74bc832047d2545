#include "freshness.h"
#include "guifixture.h"
#include "orderspane.h"
#include "recordfilteroptions.h"
#include "recordheader.h"
#include "recordview.h"
#include "statepanel.h"
#include "tabletext.h"
#include "theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QtTest>

using namespace Counterfoil;

namespace {

// The pane on a real cache with orders 1 to `count`.
struct Fixture
{
    explicit Fixture(int count)
    {
        std::vector<Change> changes;
        for (int i = 1; i <= count; ++i) {
            Order order = plainOrder(i);
            order.shipToName = i % 2 ? "Reno plant" : "Cardiff";
            order.open = i % 10 == 0;
            changes.push_back(changeTo(order));
        }
        if (!changes.empty())
            cache.put(changes);
        sync.setMode(SyncStatus::Mode::Live, clock);
        freshness = std::make_unique<Freshness>(sync, clock);
        options = std::make_unique<RecordFilterOptions>(
            cache.readers(), Order::type, std::vector<std::string>{"status", "origin", "shipToName"});
        pane = std::make_unique<OrdersPane>(cache.readers(), *options, *freshness, clock, true);
        pane->resize(760, 600);
        pane->show();
    }
    ~Fixture() { pane.reset(); }

    RecordView &view() { return pane->view(); }
    QLineEdit *filter() { return pane->findChildren<QLineEdit *>().value(0); }
    QString keyAt(int y) { return view().indexAt(QPoint(20, y)).data(ItemRole::Key).toString(); }
    int rows() { return pane->model().rowCount(); }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    std::unique_ptr<Freshness> freshness;
    std::unique_ptr<RecordFilterOptions> options;
    std::unique_ptr<OrdersPane> pane;
};

} // namespace

class TestOrdersPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void filtersAsOneTypes();
    void saysWhichFiltersFoundNothing();
    void saysThatThereAreNoOrders();
    void keepsScrollAndSelectionUnderLiveChanges();
    void showsNewOrdersAtTheTopWhenNobodyLooks();
    void glowsWithoutMoving();
    void movesByKeys();
    void copiesRowsForASpreadsheet();
    void keepsItsLayout();
    void fitsItsColumnsToTheWidth();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestOrdersPane::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestOrdersPane::filtersAsOneTypes()
{
    Fixture f(300);
    QTRY_COMPARE(f.rows(), 300);
    f.pane->focusFilter();
    QTest::keyClicks(f.filter(), QStringLiteral("SO-101"));
    QTRY_COMPARE(f.rows(), 100); // 10100 to 10199
    QTest::keyClicks(f.filter(), QStringLiteral("50"));
    QTRY_COMPARE(f.rows(), 1);
    QTRY_COMPARE(f.keyAt(10), QStringLiteral("o150"));
    QTest::keyClick(f.filter(), Qt::Key_Escape);
    QTRY_COMPARE(f.rows(), 300);
}

void TestOrdersPane::saysWhichFiltersFoundNothing()
{
    Fixture f(30);
    QTRY_COMPARE(f.rows(), 30);
    auto *state = f.view().viewport()->findChild<StatePanel *>();
    QVERIFY(!state->isVisible());
    QTest::keyClicks(f.filter(), QStringLiteral("nowhere"));
    QTRY_VERIFY(state->isVisible());
    QVERIFY(state->text().contains(QStringLiteral("nowhere")));
    QTest::mouseClick(state->findChild<QAbstractButton *>(), Qt::LeftButton);
    QTRY_COMPARE(f.rows(), 30);
    QVERIFY(!state->isVisible());
    QVERIFY(f.filter()->text().isEmpty());
}

void TestOrdersPane::saysThatThereAreNoOrders()
{
    Fixture f(0);
    auto *state = f.view().viewport()->findChild<StatePanel *>();
    QTRY_VERIFY(state->isVisible());
    QCOMPARE(state->title(), QStringLiteral("No orders yet"));
    f.cache.put({changeTo(plainOrder(1))});
    QTRY_COMPARE(f.rows(), 1);
    QTRY_VERIFY(!state->isVisible());
}

void TestOrdersPane::keepsScrollAndSelectionUnderLiveChanges()
{
    Fixture f(300);
    QTRY_COMPARE(f.rows(), 300);
    f.view().setFocus();
    f.view().verticalScrollBar()->setValue(1234);
    QTRY_VERIFY(!f.keyAt(100).isEmpty());
    f.view().setCurrentIndex(f.view().indexAt(QPoint(20, 100)));
    const QString seen = f.keyAt(100);
    const QString selected = f.pane->currentKey();
    QCOMPARE(selected, seen);

    Order newest = plainOrder(900);
    f.cache.put({changeTo(newest)});
    QTRY_COMPARE(f.rows(), 301);
    QCOMPARE(f.keyAt(100), seen);
    QCOMPARE(f.view().currentIndex().data(ItemRole::Key).toString(), selected);

    f.cache.remove(Order::type, "o900");
    QTRY_COMPARE(f.rows(), 300);
    QTRY_COMPARE(f.keyAt(100), seen);
    QCOMPARE(f.view().currentIndex().data(ItemRole::Key).toString(), selected);
}

void TestOrdersPane::showsNewOrdersAtTheTopWhenNobodyLooks()
{
    Fixture f(50);
    QTRY_COMPARE(f.rows(), 50);
    f.view().clearFocus();
    f.cache.put({changeTo(plainOrder(900))});
    QTRY_COMPARE(f.rows(), 51);
    QTRY_COMPARE(f.keyAt(10), QStringLiteral("o900"));
    QCOMPARE(f.view().verticalScrollBar()->value(), 0);
}

void TestOrdersPane::glowsWithoutMoving()
{
    Fixture f(60);
    QTRY_COMPARE(f.rows(), 60);
    QTRY_VERIFY(!f.keyAt(200).isEmpty());
    QVERIFY(!f.view().isGlowing());
    const QString seen = f.keyAt(200);
    Order order = plainOrder(seen.mid(1).toInt());
    order.unitsShipped = Decimal::fromInteger(9);
    Change change = changeTo(order);
    change.version = 2;
    f.cache.put({change});
    QTRY_VERIFY(f.view().isGlowing());
    QCOMPARE(f.keyAt(200), seen);
    const double before = f.view().glowOf(f.view().indexAt(QPoint(20, 200)));
    QVERIFY(before > 0.9);
    f.clock.advance(RecordView::glowMs / 2);
    const double later = f.view().glowOf(f.view().indexAt(QPoint(20, 200)));
    QVERIFY(later <= before && later > 0);
    f.clock.advance(RecordView::glowMs);
    QTRY_VERIFY(!f.view().isGlowing()); // and with it the timer
    QCOMPARE(f.keyAt(200), seen);
}

void TestOrdersPane::movesByKeys()
{
    Fixture f(40);
    QTRY_COMPARE(f.rows(), 40);
    QTRY_COMPARE(f.pane->currentKey(), QStringLiteral("o40")); // the newest is chosen by itself
    QSignalSpy opened(f.pane.get(), &OrdersPane::opened);
    QTest::keyClick(&f.view(), Qt::Key_Down);
    QCOMPARE(f.pane->currentKey(), QStringLiteral("o39"));
    QTest::keyClick(&f.view(), Qt::Key_End);
    QTRY_COMPARE(f.pane->currentKey(), QStringLiteral("o1"));
    QTest::keyClick(&f.view(), Qt::Key_Home);
    QTRY_COMPARE(f.pane->currentKey(), QStringLiteral("o40"));
    QTest::keyClick(&f.view(), Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("o40"));
    QTest::keyClick(f.filter(), Qt::Key_Down); // out of the filter into the list
    QVERIFY(f.view().hasFocus() || QApplication::focusWidget() == nullptr);
}

void TestOrdersPane::copiesRowsForASpreadsheet()
{
    Fixture f(5);
    QTRY_COMPARE(f.rows(), 5);
    QTRY_VERIFY(!f.keyAt(10).isEmpty());
    f.view().clearSelection();
    QVERIFY(selectedTableText(f.view()).isEmpty());
    f.view().selectRow(0);
    const QString one = selectedTableText(f.view());
    QVERIFY(one.startsWith(QStringLiteral("SO-10005\tPO/5\t")));
    QVERIFY(!one.contains(QLatin1Char('\n')));
    f.view().selectAll();
    const QStringList lines = selectedTableText(f.view()).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines.first().startsWith(QStringLiteral("Order\t")));
    QCOMPARE(lines.at(1).count(QLatin1Char('\t')), lines.at(0).count(QLatin1Char('\t')));
}

void TestOrdersPane::keepsItsLayout()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("window.ini"));
    Fixture f(5);
    const int number = f.pane->model().columnOf(QStringLiteral("number"));
    const int origin = f.pane->model().columnOf(QStringLiteral("origin"));
    const int total = f.pane->model().columnOf(QStringLiteral("total"));
    f.view().recordHeader().resizeSection(number, 150);
    f.view().recordHeader().setSectionHidden(origin, true);
    f.view().recordHeader().setSortIndicator(total, Qt::AscendingOrder);
    f.pane->setCompact(true);
    {
        QSettings settings(file, QSettings::IniFormat);
        f.pane->saveTo(settings);
    }
    Fixture again(5);
    again.pane->restoreFrom(QSettings(file, QSettings::IniFormat));
    QCOMPARE(again.view().columnWidth(number), 150);
    QVERIFY(again.view().isColumnHidden(origin));
    QCOMPARE(again.pane->model().query().sortField, std::string("total"));
    QVERIFY(!again.pane->model().query().descending);
    QVERIFY(again.pane->isCompact());
    again.pane->resetLayout();
    QVERIFY(!again.view().isColumnHidden(origin));
    QVERIFY(!again.pane->isCompact());

    QSettings broken(dir.filePath(QStringLiteral("broken.ini")), QSettings::IniFormat);
    broken.setValue(QStringLiteral("orders/layoutVersion"), 1);
    broken.setValue(QStringLiteral("orders/header"), QByteArray("no header state"));
    again.pane->restoreFrom(broken);
    QVERIFY(!again.view().isColumnHidden(number));
}

void TestOrdersPane::fitsItsColumnsToTheWidth()
{
    Fixture f(5);
    QTRY_COMPARE(f.rows(), 5);
    const int shipped = f.pane->model().columnOf(QStringLiteral("unitsShipped"));
    f.pane->resize(1100, 600);
    QTRY_VERIFY(!f.view().isColumnHidden(shipped));
    f.pane->resize(700, 600);
    QTRY_VERIFY(f.view().isColumnHidden(shipped));
    QVERIFY(!f.view().isColumnHidden(f.pane->model().columnOf(QStringLiteral("total"))));
    QTRY_COMPARE(f.view().horizontalScrollBar()->maximum(), 0);
}

QTEST_MAIN(TestOrdersPane)
#include "tst_orderspane.moc"

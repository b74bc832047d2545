#include "account.h"
#include "amountchip.h"
#include "freshness.h"
#include "guifixture.h"
#include "invoice.h"
#include "invoiceslist.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "orderslist.h"
#include "panecontext.h"
#include "recordheader.h"
#include "recordview.h"
#include "statepanel.h"
#include "statuswording.h"
#include "tabletext.h"
#include "testentry.h"
#include "theme.h"

#include <QAbstractButton>
#include <QAbstractItemDelegate>
#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolTip>
#include <QtTest>

using namespace Counterfoil;

namespace {

// A list on a real cache that holds what is given.
struct ListFixture
{
    ListFixture(const ListDescription &description, const std::vector<Change> &changes)
    {
        if (!changes.empty())
            cache.put(changes);
        sync.setMode(SyncStatus::Mode::Live, clock);
        freshness = std::make_unique<Freshness>(sync, clock);
        wording = std::make_unique<StatusWording>(cache.readers());
        const PaneContext context{cache.readers(), *wording, *freshness, clock, person, documents, QString()};
        pane = std::make_unique<ListPane>(context, description);
        pane->resize(760, 600);
        pane->show();
    }
    explicit ListFixture(int count) // with orders 1 to `count`
        : ListFixture(ordersList(), orders(count))
    { }
    ~ListFixture() { pane.reset(); }

    static std::vector<Change> orders(int count)
    {
        std::vector<Change> changes;
        for (int i = 1; i <= count; ++i) {
            Order order = plainOrder(i);
            order.shipToName = i % 2 ? "Reno plant" : "Cardiff";
            order.open = i % 10 == 0;
            changes.push_back(changeTo(order));
        }
        return changes;
    }

    RecordView &view() { return pane->view(); }
    QLineEdit *filter() { return pane->findChildren<QLineEdit *>().value(0); }
    QString keyAt(int y) { return view().indexAt(QPoint(20, y)).data(ItemRole::Key).toString(); }
    int rows() { return pane->model().rowCount(); }
    ChipButton *chip(const QString &text)
    {
        for (ChipButton *chip : pane->findChildren<ChipButton *>()) {
            if (chip->text() == text)
                return chip;
        }
        return nullptr;
    }
    QStringList keys()
    {
        QStringList all;
        for (int row = 0; row < rows(); ++row)
            all.append(pane->model().index(row, 0).data(ItemRole::Key).toString());
        all.sort();
        return all;
    }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    Person person = buyer();
    std::unique_ptr<Freshness> freshness;
    std::unique_ptr<StatusWording> wording;
    std::unique_ptr<ListPane> pane;
};

Invoice invoice(const char *key, int dueInDays, bool open, std::int64_t minor)
{
    Invoice made;
    made.key = key;
    made.account = "a1";
    made.number = std::string("INV-") + key;
    made.issuedAt = Instant{1'790'000'000'000};
    made.dueOn = Date::fromCivil(2026, 11, 21);
    made.dueOn.daysSinceEpoch += dueInDays;
    made.open = open;
    made.status = open ? "open" : "paid";
    made.currency = "GBP";
    made.total = Amount{minor};
    made.openAmount = open ? made.total : Amount{};
    return made;
}

// Five that differ in how they stand on 21 November 2026.
std::vector<Change> invoices()
{
    Invoice disputed = invoice("disputed", 5, true, 50'000);
    disputed.status = "disputed";
    disputed.disputeReason = "One box was empty";
    Invoice credit = invoice("credit", 0, true, -4'310);
    credit.credit = true;
    credit.dueOn = {};
    credit.status = "credit-open";
    Account account;
    account.key = account.account = "a1";
    account.calendar = "Pacific/Auckland"; // thirteen hours ahead in November
    return {changeTo(account),
            changeTo(invoice("due", 0, true, 100'000)),
            changeTo(invoice("late", -11, true, 88'259)),
            changeTo(invoice("paid", -30, false, 20'000)),
            changeTo(disputed),
            changeTo(credit)};
}

} // namespace

class TestListPane : public QObject
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
    void goesToARowFarDown();
    void restrictsInvoicesByHowTheyStand();
    void decidesWhatIsOverdueByTheSuppliersDay();
    void restrictsByDatesAndAmounts();
    void understandsTypedAmounts_data();
    void understandsTypedAmounts();
    void tipsSayWhatTheErpSays();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestListPane::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestListPane::filtersAsOneTypes()
{
    ListFixture f(300);
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

void TestListPane::saysWhichFiltersFoundNothing()
{
    ListFixture f(30);
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

void TestListPane::saysThatThereAreNoOrders()
{
    ListFixture f(0);
    auto *state = f.view().viewport()->findChild<StatePanel *>();
    QTRY_VERIFY(state->isVisible());
    QCOMPARE(state->title(), QStringLiteral("No orders yet"));
    f.cache.put({changeTo(plainOrder(1))});
    QTRY_COMPARE(f.rows(), 1);
    QTRY_VERIFY(!state->isVisible());
}

void TestListPane::keepsScrollAndSelectionUnderLiveChanges()
{
    ListFixture f(300);
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

void TestListPane::showsNewOrdersAtTheTopWhenNobodyLooks()
{
    ListFixture f(50);
    QTRY_COMPARE(f.rows(), 50);
    f.view().clearFocus();
    f.cache.put({changeTo(plainOrder(900))});
    QTRY_COMPARE(f.rows(), 51);
    QTRY_COMPARE(f.keyAt(10), QStringLiteral("o900"));
    QCOMPARE(f.view().verticalScrollBar()->value(), 0);
}

void TestListPane::glowsWithoutMoving()
{
    ListFixture f(60);
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

void TestListPane::movesByKeys()
{
    ListFixture f(40);
    QTRY_COMPARE(f.rows(), 40);
    QTRY_COMPARE(f.pane->currentKey(), QStringLiteral("o40")); // the newest is chosen by itself
    QSignalSpy opened(f.pane.get(), &ListPane::opened);
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

void TestListPane::copiesRowsForASpreadsheet()
{
    ListFixture f(5);
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

void TestListPane::keepsItsLayout()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("window.ini"));
    ListFixture f(5);
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
    ListFixture again(5);
    again.pane->restoreFrom(QSettings(file, QSettings::IniFormat));
    QCOMPARE(again.view().columnWidth(number), 150);
    QVERIFY(again.view().isColumnHidden(origin));
    QCOMPARE(again.pane->model().query().sortField, std::string("total"));
    QVERIFY(!again.pane->model().query().descending);
    QVERIFY(again.pane->isCompact());
    again.pane->resetLayout();
    again.pane->resize(1100, 600);
    QTRY_VERIFY(!again.view().isColumnHidden(origin)); // there is room for all
    QVERIFY(!again.pane->isCompact());

    QSettings broken(dir.filePath(QStringLiteral("broken.ini")), QSettings::IniFormat);
    broken.setValue(QStringLiteral("orders/layoutVersion"), 2);
    broken.setValue(QStringLiteral("orders/header"), QByteArray("no header state"));
    again.pane->restoreFrom(broken);
    QVERIFY(!again.view().isColumnHidden(number));
}

void TestListPane::fitsItsColumnsToTheWidth()
{
    ListFixture f(5);
    QTRY_COMPARE(f.rows(), 5);
    const int shipped = f.pane->model().columnOf(QStringLiteral("unitsShipped"));
    f.pane->resize(1100, 600);
    QTRY_VERIFY(!f.view().isColumnHidden(shipped));
    f.pane->resize(700, 600);
    QTRY_VERIFY(f.view().isColumnHidden(shipped));
    QVERIFY(!f.view().isColumnHidden(f.pane->model().columnOf(QStringLiteral("total"))));
    QTRY_COMPARE(f.view().horizontalScrollBar()->maximum(), 0);
}

void TestListPane::goesToARowFarDown()
{
    ListFixture f(400);
    QTRY_COMPARE(f.rows(), 400);
    f.pane->select(QStringLiteral("o3")); // older than all that is in memory
    QTRY_COMPARE(f.view().currentIndex().row(), 397);
    QTRY_COMPARE(f.view().currentIndex().data(ItemRole::Key).toString(), QStringLiteral("o3"));
    QCOMPARE(f.pane->currentKey(), QStringLiteral("o3"));
}

void TestListPane::restrictsInvoicesByHowTheyStand()
{
    ListFixture f(invoicesList(), invoices());
    f.pane->setAccounts({}, "a1");
    QTRY_COMPARE(f.rows(), 5);
    const auto shown = [&f](const char *chip) {
        f.chip(QString::fromLatin1(chip))->click();
        return f.pane->filters().toggle();
    };
    QCOMPARE(shown("Unpaid"), QStringLiteral("unpaid"));
    QTRY_COMPARE(f.keys(),
                 QStringList({QStringLiteral("disputed"), QStringLiteral("due"), QStringLiteral("late")}));
    QCOMPARE(shown("Overdue"), QStringLiteral("overdue")); // instead of the other
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("late")}));
    QCOMPARE(shown("Disputed"), QStringLiteral("disputed"));
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("disputed")}));
    QCOMPARE(shown("Credits"), QStringLiteral("credits"));
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("credit")}));
    QCOMPARE(shown("Credits"), QString()); // and off again
    QTRY_COMPARE(f.rows(), 5);
}

void TestListPane::decidesWhatIsOverdueByTheSuppliersDay()
{
    ListFixture f(invoicesList(), invoices());
    f.clock.wall = Instant{1'795'258'800'000}; // 2026-11-21 11:00 in London, midnight in Auckland
    f.clock.wall.ms -= 1000;
    f.pane->setAccounts({}, "a1");
    f.pane->filters().setToggle(QStringLiteral("overdue"));
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("late")}));
    f.clock.advance(2000);
    f.pane->setAccounts({}, "a1"); // as any change of the query does
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("due"), QStringLiteral("late")}));
}

void TestListPane::restrictsByDatesAndAmounts()
{
    ListFixture f(invoicesList(), invoices());
    QTRY_COMPARE(f.rows(), 5);
    f.pane->filters().setDates(QStringLiteral("dueOn"), QDate(2026, 11, 20), QDate(2026, 11, 26));
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("disputed"), QStringLiteral("due")}));
    f.pane->filters().setDates(QStringLiteral("dueOn"), {}, QDate(2026, 11, 10));
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("late"), QStringLiteral("paid")}));
    f.pane->clearFilters();
    QTRY_COMPARE(f.rows(), 5);
    auto *amount = f.pane->findChild<AmountChip *>();
    amount->setRange(QStringLiteral("GBP"), Amount{50'000}, Amount{88'259}); // both inclusive
    Q_EMIT amount->rangeChanged();
    QTRY_COMPARE(f.keys(), QStringList({QStringLiteral("disputed"), QStringLiteral("late")}));
    QVERIFY(f.pane->filters().descriptions().first().contains(QStringLiteral("882.59")));
    f.pane->clearFilters();
    QTRY_COMPARE(f.rows(), 5);
}

void TestListPane::understandsTypedAmounts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("places");
    QTest::addColumn<bool>("understood");
    QTest::addColumn<qint64>("minor");
    const auto row = [](const char *typed, int places, bool understood, qint64 minor) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << places << understood << minor;
    };
    row("12", 2, true, 1200);
    row(" 1,250.5 ", 2, true, 125'050);
    row("£0.05", 2, true, 5);
    row("1250.", 2, true, 125'000);
    row("980", 0, true, 980);
    row("980.5", 0, false, 0); // yen have no parts
    row("1.005", 2, false, 0);
    row("1.2.3", 2, false, 0);
    row("twelve", 2, false, 0);
    row("", 2, false, 0);
    row(".", 2, false, 0);
    row("9999999999999999", 2, false, 0); // would not fit
}

void TestListPane::understandsTypedAmounts()
{
    QFETCH(QString, typed);
    QFETCH(int, places);
    QFETCH(bool, understood);
    QFETCH(qint64, minor);
    const std::optional<Amount> amount = typedAmount(typed, places);
    QCOMPARE(amount.has_value(), understood);
    if (amount)
        QCOMPARE(qint64{amount->minor}, minor);
}

// A name that looks like HTML is shown, not obeyed.
void TestListPane::tipsSayWhatTheErpSays()
{
    Order order = plainOrder(1);
    order.shipToName = "<b>Cardiff</b>";
    ListFixture s(ordersList(), {changeTo(order)});
    QTRY_COMPARE(s.rows(), 1);
    QModelIndex cell;
    QTRY_VERIFY([&] {
        for (int column = 0; column < s.pane->model().columnCount(); ++column) {
            cell = s.pane->model().index(0, column);
            if (cell.data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>")))
                return true;
        }
        return false;
    }());
    QHelpEvent help(QEvent::ToolTip, {}, {});
    QVERIFY(s.view().itemDelegate()->helpEvent(&help, &s.view(), {}, cell));
    QVERIFY2(QToolTip::text().contains(QLatin1String("&lt;b&gt;Cardiff")), qPrintable(QToolTip::text()));
}

WINDOW_TEST(TestListPane)
#include "tst_listpane.moc"

// The pane of what was bought before, over a real cache.

#include "account.h"
#include "actions.h"
#include "boughtdetail.h"
#include "boughtpane.h"
#include "choicefield.h"
#include "freshness.h"
#include "guifixture.h"
#include "recordheader.h"
#include "recordview.h"
#include "reorderby.h"
#include "searchfield.h"
#include "statepanel.h"
#include "statuswording.h"
#include "theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

constexpr std::int64_t dayMs = 86'400'000;

// The day of SetClock.
int today()
{
    return Date::fromCivil(2026, 11, 21).daysSinceEpoch;
}

Order orderOf(int n, int daysAgo, const std::string &sku, std::int64_t quantity, const char *price)
{
    Order order = plainOrder(n);
    order.placedAt = Instant{(today() - daysAgo) * dayMs + 36'000'000};
    OrderLine line;
    line.lineNumber = 1;
    line.sku = sku;
    line.description = sku == "UF-0231" ? "Ultra Forge drill press" : "Hex bolt";
    line.ordered = Decimal::fromInteger(quantity);
    line.unitPrice = *Decimal::parse(price);
    order.lines.push_back(line);
    return order;
}

Account accountOf(const std::string &key)
{
    Account account;
    account.key = account.account = key;
    account.name = "Company " + key;
    account.calendar = "Europe/London";
    return account;
}

class Fixture
{
public:
    explicit Fixture(Person who = buyer())
        : person(std::move(who))
    {
        sync.setMode(SyncStatus::Mode::Live, clock);
    }

    // A press bought once; bolts every 30 days, for the last time 40 days ago.
    void fill()
    {
        cache.put({changeTo(accountOf("a1")), changeTo(orderOf(1, 100, "WH-4410", 10, "2.125")),
                   changeTo(orderOf(2, 70, "WH-4410", 10, "2.25")),
                   changeTo(orderOf(3, 40, "WH-4410", 10, "2.375")),
                   changeTo(orderOf(4, 5, "UF-0231", 1, "1240"))});
    }
    void showPane()
    {
        tester.reset();
        pane.reset();
        actionsOf = std::make_unique<QWidget>();
        actions = new Actions(*actionsOf);
        pane = std::make_unique<BoughtPane>(
            PaneContext{cache.readers(), wording, freshness, clock, person, documents, {}});
        pane->addActions(*actions);
        tester = std::make_unique<QAbstractItemModelTester>(
            &pane->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        pane->resize(1200, 700);
        pane->show();
        pane->activateWindow();
        QTRY_VERIFY(pane->model().state() != BoughtModel::State::Loading);
    }
    QString cell(int row, BoughtModel::Column column) const
    {
        return pane->model().index(row, column).data().toString();
    }
    QString stateTitle() const
    {
        const auto *state = pane->view().findChild<StatePanel *>();
        return state->isVisibleTo(pane.get()) ? state->title() : QString();
    }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    Person person;
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    std::unique_ptr<QWidget> actionsOf;
    Actions *actions = nullptr;
    std::unique_ptr<BoughtPane> pane;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

class TestBoughtPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhenForHowMuchAndWhatIsDue();
    void theDetailShowsEveryOrder();
    void typedWordsFind();
    void columnsSort();
    void whatIsNotWantedYetRests();
    void aLiveOrderKeepsTheRowChosen();
    void keysLeadToTheLastOrder();
    void noPricesForWhoMayNotSeeThem();
    void nothingAndSeveralAccountsAreSaidInWords();
};

void TestBoughtPane::saysWhenForHowMuchAndWhatIsDue()
{
    Fixture f;
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    QCOMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("UF-0231"));
    QCOMPARE(f.cell(0, BoughtModel::DueAgain), QString());
    QCOMPARE(f.cell(1, BoughtModel::LastPrice), QStringLiteral("£2.375"));
    QCOMPARE(f.cell(1, BoughtModel::Usual), QStringLiteral("10"));
    QCOMPARE(f.cell(1, BoughtModel::Times), QStringLiteral("3"));
    QVERIFY(f.cell(1, BoughtModel::Rhythm).contains(QStringLiteral("30")));
    QTRY_COMPARE(f.cell(1, BoughtModel::DueAgain), QStringLiteral("Since 11 Nov"));
    QTRY_COMPARE(f.pane->model().due(), 1);
    f.pane->showDueOnly(true);
    QTRY_COMPARE(f.pane->model().rowCount(), 1);
    QCOMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("WH-4410"));
}

void TestBoughtPane::theDetailShowsEveryOrder()
{
    Fixture f;
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    f.pane->select(QStringLiteral("a1\nWH-4410"));
    QTRY_COMPARE(f.pane->detail().history().size(), 3U);
    QCOMPARE(f.pane->detail().history().front().orderNumber, "SO-10003");
    QCOMPARE(f.pane->detail().history().back().unitPrice.toString(), "2.125");
    QSignalSpy chosen(f.pane.get(), &BoughtPane::orderChosen);
    auto *lines = f.pane->detail().findChild<QTableView *>();
    Q_EMIT lines->activated(lines->model()->index(2, 0));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().value<RecordRef>().key, "o1");
}

void TestBoughtPane::typedWordsFind()
{
    Fixture f;
    f.fill();
    f.showPane();
    for (const char *text : {"uf0231", "UF-02", "forge PRESS"}) {
        f.pane->filter().setText(QString::fromLatin1(text));
        QTRY_COMPARE(f.pane->model().query().text, QString::fromLatin1(text));
        QTRY_COMPARE(f.pane->model().rowCount(), 1);
        QCOMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("UF-0231"));
    }
    f.pane->filter().setText(QStringLiteral("nothing like it"));
    QTRY_COMPARE(f.pane->model().rowCount(), 0);
    QTRY_COMPARE(f.stateTitle(), QStringLiteral("No item matches"));
    f.pane->clearFilters();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    QCOMPARE(f.stateTitle(), QString());
}

void TestBoughtPane::columnsSort()
{
    Fixture f;
    f.fill();
    f.showPane();
    RecordHeader &header = f.pane->view().recordHeader();
    header.setSortIndicator(BoughtModel::Usual, Qt::DescendingOrder);
    QTRY_COMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("WH-4410"));
    header.setSortIndicator(BoughtModel::LastPrice, Qt::DescendingOrder);
    QTRY_COMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("UF-0231"));
    // What has no rhythm comes last both ways.
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        header.setSortIndicator(BoughtModel::DueAgain, order);
        QTRY_COMPARE(f.cell(0, BoughtModel::Sku), QStringLiteral("WH-4410"));
    }
}

void TestBoughtPane::whatIsNotWantedYetRests()
{
    Fixture f;
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().due(), 1);
    f.pane->select(QStringLiteral("a1\nWH-4410"));
    f.actions->find(QStringLiteral("bought.rest"))->trigger();
    QTRY_COMPARE(f.pane->model().due(), 0);
    QTemporaryDir dir;
    QSettings settings(dir.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    QVERIFY(f.pane->reorderBy() == ReorderBy::Usual);
    f.pane->quantities().setValue(QStringLiteral("packs"));
    f.pane->saveTo(settings);
    f.showPane(); // another time
    QTRY_COMPARE(f.pane->model().due(), 1);
    f.pane->restoreFrom(settings);
    QTRY_COMPARE(f.pane->model().due(), 0);
    QVERIFY(f.pane->reorderBy() == ReorderBy::Packs);
}

void TestBoughtPane::aLiveOrderKeepsTheRowChosen()
{
    Fixture f;
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    f.pane->select(QStringLiteral("a1\nWH-4410"));
    QCOMPARE(f.pane->view().currentIndex().row(), 1);
    f.cache.put({changeTo(orderOf(5, 1, "AA-1", 2, "3"))});
    QTRY_COMPARE(f.pane->model().rowCount(), 3);
    QCOMPARE(f.pane->view().currentIndex().row(), 2);
    QCOMPARE(f.pane->detail().item()->sku, "WH-4410");
}

void TestBoughtPane::keysLeadToTheLastOrder()
{
    Fixture f;
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    QVERIFY(QTest::qWaitForWindowActive(f.pane.get()));
    f.pane->focusFirst();
    QTest::keyClick(&f.pane->view(), Qt::Key_Down);
    QTRY_COMPARE(f.pane->detail().item()->sku, "WH-4410");
    QSignalSpy chosen(f.pane.get(), &BoughtPane::orderChosen);
    QTest::keyClick(&f.pane->view(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().value<RecordRef>().key, "o3");
}

void TestBoughtPane::noPricesForWhoMayNotSeeThem()
{
    Fixture f(viewer());
    f.fill();
    f.showPane();
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
    QVERIFY(f.pane->view().isColumnHidden(BoughtModel::LastPrice));
    for (int row = 0; row < 2; ++row)
        QCOMPARE(f.cell(row, BoughtModel::LastPrice), QString());
}

void TestBoughtPane::nothingAndSeveralAccountsAreSaidInWords()
{
    Fixture f;
    f.cache.put({changeTo(accountOf("a1"))});
    f.showPane();
    QTRY_COMPARE(f.stateTitle(), QStringLiteral("Nothing bought yet"));
    f.cache.put({changeTo(accountOf("b1"))});
    QTRY_COMPARE_WITH_TIMEOUT(f.stateTitle(), QStringLiteral("No account is chosen"), 10'000);
    QSignalSpy wanted(f.pane.get(), &BoughtPane::accountChoiceWanted);
    Q_EMIT f.pane->view().findChild<StatePanel *>()->actionChosen();
    QCOMPARE(wanted.size(), 1);
    f.fill();
    f.pane->setAccounts({"a1"}, "a1");
    QTRY_COMPARE(f.pane->model().rowCount(), 2);
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    Theme theme(app);
    TestBoughtPane test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_boughtpane.moc"

// The Home pane over a real cache.

#include "creditview.h"
#include "display.h"
#include "figuresample.h"
#include "freshness.h"
#include "guifixture.h"
#include "homecard.h"
#include "homepane.h"
#include "homerows.h"
#include "monthchart.h"
#include "statuswording.h"
#include "theme.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

// The day of SetClock, which is a Saturday morning.
Date day(int offset)
{
    return {Date::fromCivil(2026, 11, 21).daysSinceEpoch + offset};
}

CreditStanding standingOf(const std::string &account, std::int64_t used)
{
    CreditStanding standing;
    standing.key = standing.account = account;
    standing.currency = "GBP";
    standing.limited = true;
    standing.limit = {5'000'000};
    standing.used = standing.openInvoices = {used};
    standing.available = {5'000'000 - used};
    return standing;
}

class Fixture
{
public:
    explicit Fixture(Person who = buyer())
        : person(std::move(who))
    {
        sync.setMode(SyncStatus::Mode::Live, clock);
    }

    void showPane()
    {
        pane = std::make_unique<HomePane>(
            PaneContext{cache.readers(), wording, freshness, clock, person, documents, {}});
        pane->resize(1100, 760);
        pane->show();
    }

    // The rows of a card; empty where the card is not there.
    HomeRows *rows(const QString &title) const
    {
        for (HomeCard *card : pane->findChildren<HomeCard *>()) {
            if (card->title() == title && card->isVisibleTo(pane.get()))
                return card->findChild<HomeRows *>();
        }
        return nullptr;
    }
    bool hasCard(const QString &title) const
    {
        for (HomeCard *card : pane->findChildren<HomeCard *>()) {
            if (card->title() == title && card->isVisibleTo(pane.get()))
                return true;
        }
        return false;
    }
    bool says(const QString &text) const
    {
        for (QLabel *label : pane->findChildren<QLabel *>()) {
            if (label->isVisibleTo(pane.get()) && label->text().contains(text))
                return true;
        }
        return false;
    }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    Person person;
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    std::unique_ptr<HomePane> pane;
};

} // namespace

class TestHomePane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowTheAccountStands();
    void rowsOpenTheirRecords();
    void keysGoThroughTheRows();
    void aHoldIsSaidWithItsReason();
    void manyAccountsShowWhoIsMostOverdue();
    void nothingFinancialForWhoMayNotSeeIt();
    void focusStaysWhileFiguresChange();
    void anEmptyAccountIsSaidInWords();
    void narrowAndWideKeepEveryCard();
};

void TestHomePane::saysHowTheAccountStands()
{
    Fixture f;
    f.cache.put({changeTo(plainAccount("a1")), changeTo(standingOf("a1", 1'234'500)),
                 changeTo(plainInvoice(1, day(-11), 98'700))});
    f.showPane();
    f.pane->setAccounts({"a1"});
    QTRY_VERIFY(f.says(Display::money({3'765'500}, "GBP")));
    QVERIFY(f.says(Display::money({5'000'000}, "GBP")));
    QVERIFY(f.says(Display::money({1'234'500}, "GBP")));
    QVERIFY(f.says(QStringLiteral("Net 30")));
    QVERIFY(f.says(QStringLiteral("Company a1")));
    QTRY_COMPARE(f.rows(QStringLiteral("Recent invoices"))->count(), 1);
    QVERIFY(f.rows(QStringLiteral("Recent invoices"))->row(0)->words().chip.contains(QStringLiteral("11")));
    QTRY_VERIFY(f.pane->findChild<MonthChart *>()->headline() == Display::money({98'700}, "GBP"));
    f.cache.put({changeTo(standingOf("a1", 5'100'000))});
    QTRY_VERIFY(f.says(Display::money({-100'000}, "GBP")));
}

void TestHomePane::rowsOpenTheirRecords()
{
    Fixture f;
    Payment payment;
    payment.key = "p1";
    payment.account = "a1";
    payment.currency = "GBP";
    payment.receivedAt = f.clock.now();
    payment.method = "Bank transfer";
    payment.parts = {{"inv1", "INV-1", {100}, {}}};
    Shipment shipment;
    shipment.key = "s1";
    shipment.account = "a1";
    shipment.open = true;
    shipment.expectedOn = day(-2);
    f.cache.put({changeTo(plainAccount("a1")), changeTo(plainOrder(1)),
                 changeTo(plainInvoice(1, day(3), 100)), changeTo(payment), changeTo(shipment)});
    f.showPane();
    QSignalSpy opened(f.pane.get(), &HomePane::opened);
    const std::pair<const char *, const RecordType *> expected[] = {{"Recent orders", &Order::type},
                                                                    {"Recent invoices", &Invoice::type},
                                                                    {"Payments received", &Payment::type},
                                                                    {"Arriving next", &Shipment::type}};
    for (const auto &[title, kind] : expected) {
        QTRY_VERIFY2(f.rows(QString::fromLatin1(title)), title);
        HomeRows *rows = f.rows(QString::fromLatin1(title));
        QTRY_COMPARE(rows->count(), 1);
        QTest::mouseClick(rows->row(0), Qt::LeftButton);
        QVERIFY(opened.last().at(0).value<RecordRef>().kind == kind);
        QVERIFY(!opened.last().at(1).toBool());
    }
    QCOMPARE(opened.size(), 4);
    const HomeRowWords paid = f.rows(QStringLiteral("Payments received"))->row(0)->words();
    QVERIFY(paid.about.contains(QStringLiteral("Bank transfer"))
            && paid.about.contains(QStringLiteral("INV-1")));
    QVERIFY(f.rows(QStringLiteral("Arriving next"))->row(0)->words().tone == Tone::Bad);
}

void TestHomePane::keysGoThroughTheRows()
{
    Fixture f;
    f.cache.put({changeTo(plainAccount("a1")), changeTo(plainOrder(1)), changeTo(plainOrder(2)),
                 changeTo(plainOrder(3))});
    f.showPane();
    QTRY_VERIFY(f.rows(QStringLiteral("Recent orders")));
    HomeRows *rows = f.rows(QStringLiteral("Recent orders"));
    QTRY_COMPARE(rows->count(), 3);
    f.pane->activateWindow();
    f.pane->focusFirst();
    QTRY_VERIFY(rows->row(0)->hasFocus());
    QTest::keyClick(rows->row(0), Qt::Key_Down);
    QVERIFY(rows->row(1)->hasFocus());
    QTest::keyClick(rows->row(1), Qt::Key_Up);
    QVERIFY(rows->row(0)->hasFocus());
    QSignalSpy opened(f.pane.get(), &HomePane::opened);
    QTest::keyClick(rows->row(0), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QVERIFY(rows->row(0)->accessibleName().contains(rows->row(0)->words().lead));
}

void TestHomePane::aHoldIsSaidWithItsReason()
{
    Fixture f;
    CreditStanding standing = standingOf("a1", 100);
    standing.holdReason = "Over 60 days overdue";
    f.cache.put({changeTo(plainAccount("a1")), changeTo(standing)});
    f.showPane();
    QTRY_VERIFY(f.says(QStringLiteral("Over 60 days overdue.")));
    standing.holdReason.clear();
    f.cache.put({changeTo(standing)});
    QTRY_VERIFY(!f.says(QStringLiteral("Over 60 days overdue.")));
}

void TestHomePane::manyAccountsShowWhoIsMostOverdue()
{
    Fixture f;
    std::vector<Change> changes;
    for (int n = 0; n < 9; ++n) {
        const std::string key = "a" + std::to_string(n);
        changes.push_back(changeTo(plainAccount(key)));
        changes.push_back(changeTo(plainInvoice(n, day(-n), 100 * n + 1, key)));
    }
    f.cache.put(changes);
    f.showPane();
    QTRY_VERIFY(f.rows(QStringLiteral("Most overdue")));
    QVERIFY(!f.hasCard(QStringLiteral("Credit")));
    QTRY_COMPARE(f.rows(QStringLiteral("Most overdue"))->count(), AccountFigures::overduePerCurrency);
    QSignalSpy opened(f.pane.get(), &HomePane::opened);
    f.rows(QStringLiteral("Most overdue"))->row(0)->click();
    const auto ref = opened.at(0).at(0).value<RecordRef>();
    QVERIFY(ref == (RecordRef{&Account::type, "a8"}));
    f.pane->setAccounts({"a3"});
    QTRY_VERIFY(f.hasCard(QStringLiteral("Credit")));
    QVERIFY(!f.hasCard(QStringLiteral("Most overdue")));
}

void TestHomePane::nothingFinancialForWhoMayNotSeeIt()
{
    Fixture f(viewer());
    f.cache.put({changeTo(plainAccount("a1")), changeTo(plainOrder(1)), changeTo(standingOf("a1", 1))});
    f.showPane();
    QTRY_VERIFY(f.rows(QStringLiteral("Recent orders")));
    QTRY_COMPARE(f.rows(QStringLiteral("Recent orders"))->count(), 1);
    for (const char *title :
         {"Credit", "Open and overdue", "Most overdue", "Spend", "Recent invoices", "Payments received"})
        QVERIFY2(!f.hasCard(QString::fromLatin1(title)), title);
    QVERIFY(f.rows(QStringLiteral("Recent orders"))->row(0)->words().value.isEmpty());
}

void TestHomePane::focusStaysWhileFiguresChange()
{
    Fixture f;
    f.cache.put({changeTo(plainAccount("a1")), changeTo(plainOrder(1)), changeTo(plainOrder(2))});
    f.showPane();
    QTRY_VERIFY(f.rows(QStringLiteral("Recent orders")));
    HomeRows *rows = f.rows(QStringLiteral("Recent orders"));
    QTRY_COMPARE(rows->count(), 2);
    HomeRow *second = rows->row(1);
    f.pane->activateWindow();
    second->setFocus();
    QTRY_VERIFY(second->hasFocus());
    f.cache.put({changeTo(plainOrder(3))});
    QTRY_COMPARE(rows->count(), 3);
    QVERIFY(rows->row(1) == second && second->hasFocus());
}

void TestHomePane::anEmptyAccountIsSaidInWords()
{
    Fixture f;
    f.cache.put({changeTo(plainAccount("a1"))});
    f.showPane();
    f.pane->setAccounts({"a1"});
    QTRY_VERIFY(f.says(QStringLiteral("No orders yet.")));
    QVERIFY(f.says(QStringLiteral("Nothing is on its way.")));
    QVERIFY(f.says(QStringLiteral("No payments yet.")));
}

void TestHomePane::narrowAndWideKeepEveryCard()
{
    Fixture f;
    f.cache.put({changeTo(plainAccount("a1")), changeTo(plainOrder(1))});
    f.showPane();
    QTRY_VERIFY(f.hasCard(QStringLiteral("Recent orders")));
    for (const int width : {400, 1100, 1800, 700}) {
        f.pane->resize(width, 700);
        for (const char *title : {"Credit", "Open and overdue", "Spend", "Recent invoices",
                                  "Payments received", "Arriving next", "Recent orders"})
            QVERIFY2(f.hasCard(QString::fromLatin1(title)), title);
    }
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const Theme theme(application);
    TestHomePane test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_homepane.moc"

// Sums over real rows, compared with the same sums made the plain way.

#include "accountfigures.h"
#include "ageingmodel.h"
#include "askpace.h"
#include "clock.h"
#include "figuresample.h"
#include "homefigures.h"
#include "testentry.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace Counterfoil;

namespace {

// Noon of 21 November 2026.
constexpr Instant noon{1'795'262'400'000};

class StillClock final : public Clock
{
public:
    Instant now() const override { return wall; }
    BootTime sinceBoot() const override { return {1}; }
    Instant wall = noon;
};

Date day(int offset)
{
    return {Date::fromCivil(2026, 11, 21).daysSinceEpoch + offset};
}

Shipment plainShipment(const std::string &key, Date expected, bool open)
{
    Shipment shipment;
    shipment.key = key;
    shipment.account = "a1";
    shipment.number = "SH-" + key;
    shipment.open = open;
    shipment.expectedOn = expected;
    shipment.shippedAt = noon;
    return shipment;
}

Order waitingOrder(int n, Date expected)
{
    Order order = plainOrder(n);
    order.open = true;
    OrderLine line;
    line.lineNumber = 1;
    line.sku = "WH-" + std::to_string(n);
    line.unit = "each";
    line.ordered = Decimal::fromInteger(5);
    line.backordered = Decimal::fromInteger(3);
    line.expectedOn = expected;
    order.lines = {line};
    return order;
}

} // namespace

class TestAccountFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketsByDays();
    void ageingAddsUpToWhatIsOpen();
    void eachAccountHasItsOwnDay();
    void creditsStandApart();
    void mostOverdueAreWithinTheirCurrency();
    void spendingIsByCalendarMonth();
    void nothingIsSpentTwice();
    void whatComesNextIsByDay();
    void standingsBeginWithTheWorst();
    void amountsTooGreatAreAnError();
    void theModelFollowsChanges();
    void theModelRestsWhileNobodyLooks();
    void theModelTurnsWithTheDay();
    void homeFollowsAccountsAndChanges();
    void homeReadsNothingFinancialForWhoMayNot();
};

void TestAccountFigures::bucketsByDays()
{
    QCOMPARE(Ageing::bucketOf(-5), Ageing::NotDue);
    QCOMPARE(Ageing::bucketOf(0), Ageing::NotDue);
    QCOMPARE(Ageing::bucketOf(1), Ageing::To30);
    QCOMPARE(Ageing::bucketOf(30), Ageing::To30);
    QCOMPARE(Ageing::bucketOf(31), Ageing::To60);
    QCOMPARE(Ageing::bucketOf(60), Ageing::To60);
    QCOMPARE(Ageing::bucketOf(61), Ageing::Beyond);
}

void TestAccountFigures::ageingAddsUpToWhatIsOpen()
{
    TestCache cache;
    std::mt19937 random(7);
    std::vector<Change> changes{changeTo(plainAccount("a1")), changeTo(plainAccount("a2"))};
    std::map<std::string, Ageing> expected;
    for (int n = 0; n < 400; ++n) {
        const std::string account = n % 3 == 0 ? "a2" : "a1";
        const std::string currency = n % 5 == 0 ? "JPY" : "GBP";
        const int late = int(random() % 140) - 60;
        const std::int64_t open = n % 4 == 0 ? 0 : std::int64_t(random() % 1'000'000) + 1;
        changes.push_back(changeTo(plainInvoice(n, day(-late), open, account, currency)));
        if (open == 0 || account != "a1")
            continue;
        Ageing &sum = expected[currency];
        const Ageing::Bucket bucket = Ageing::bucketOf(late);
        sum.currency = currency;
        sum.amounts[bucket] += Amount{open};
        ++sum.invoices[bucket];
    }
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto figures = AccountFigures(reader).ageing({"a1"}, noon);
    QVERIFY(figures.ok());
    QCOMPARE(figures->byCurrency.size(), 2U);
    QCOMPARE(figures->byCurrency[0].currency, std::string("GBP"));
    for (const Ageing &ageing : figures->byCurrency)
        QVERIFY(ageing == expected[ageing.currency]);
    const auto both = AccountFigures(reader).ageing({"a1", "a2"}, noon);
    const auto all = AccountFigures(reader).ageing({}, noon);
    QVERIFY(both.ok() && all.ok());
    QVERIFY(both->byCurrency == all->byCurrency);
    QVERIFY(all->byCurrency[0].open() > figures->byCurrency[0].open());
    QVERIFY(AccountFigures(reader).ageing({"nobody"}, noon)->byCurrency.empty());
}

void TestAccountFigures::eachAccountHasItsOwnDay()
{
    TestCache cache;
    // At 15:30 UTC it is tomorrow in Tokyo already.
    const Instant afternoon{noon.ms + 12'600'000};
    cache.put({changeTo(plainAccount("a1", "Europe/London")), changeTo(plainAccount("a2", "Asia/Tokyo")),
               changeTo(plainAccount("a3", "No/Where")), changeTo(plainInvoice(1, day(0), 100, "a1")),
               changeTo(plainInvoice(2, day(0), 20, "a2")), changeTo(plainInvoice(3, day(0), 3, "a3")),
               changeTo(plainInvoice(4, {}, 5'000, "a1"))});
    CacheReader reader(cache.path());
    const auto figures = AccountFigures(reader).ageing({}, afternoon);
    QVERIFY(figures.ok());
    QCOMPARE(figures->byCurrency[0].overdue().minor, 20);
    QCOMPARE(figures->byCurrency[0].amounts[Ageing::NotDue].minor, 5'103);
}

void TestAccountFigures::creditsStandApart()
{
    TestCache cache;
    cache.put({changeTo(plainInvoice(1, day(-3), 1'000)), changeTo(plainInvoice(2, day(-3), -400))});
    CacheReader reader(cache.path());
    const auto figures = AccountFigures(reader).ageing({}, noon);
    const Ageing &ageing = figures->byCurrency[0];
    QCOMPARE(ageing.overdue().minor, 1'000);
    QCOMPARE(ageing.overdueInvoices(), 1);
    QCOMPARE(ageing.credits.minor, -400);
    QCOMPARE(ageing.open().minor, 600);
    QCOMPARE(ageing.documents(), 2);
}

void TestAccountFigures::mostOverdueAreWithinTheirCurrency()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int n = 0; n < 8; ++n) {
        const std::string key = "a" + std::to_string(n);
        changes.push_back(changeTo(plainAccount(key)));
        changes.push_back(changeTo(plainInvoice(n, day(-n - 1), 100 * (n + 1), key)));
        changes.push_back(changeTo(plainInvoice(100 + n, day(5), 9'999, key)));
    }
    changes.push_back(changeTo(plainInvoice(200, day(-90), 5'000'000, "a0", "JPY")));
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto figures = AccountFigures(reader).ageing({}, noon);
    const auto &most = figures->mostOverdue;
    QCOMPARE(most.size(), std::size_t(AccountFigures::overduePerCurrency + 1));
    QCOMPARE(most[0].account, std::string("a7"));
    QCOMPARE(most[0].name, std::string("Company a7"));
    QCOMPARE(most[0].overdue.minor, 800);
    QCOMPARE(most[0].days, 8);
    QCOMPARE(most[4].account, std::string("a3"));
    QCOMPARE(most[5].currency, std::string("JPY"));
    QCOMPARE(most[5].days, 90);
}

void TestAccountFigures::spendingIsByCalendarMonth()
{
    TestCache cache;
    const auto at = [](int n, const char *moment, std::int64_t total) {
        Invoice invoice = plainInvoice(n, day(0), total);
        invoice.issuedAt = *Instant::parse(moment);
        return changeTo(invoice);
    };
    // In Auckland, 13 hours ahead of UTC, October ends before noon of its last day in London.
    cache.put({changeTo(plainAccount("a1", "Pacific/Auckland")), at(1, "2026-10-31T10:59:59Z", 1),
               at(2, "2026-10-31T11:00:00Z", 10), at(3, "2026-11-21T11:00:00Z", 100),
               at(4, "2026-11-02T00:00:00Z", -30), at(5, "2025-11-30T10:59:59Z", 7'000),
               at(6, "2025-11-30T11:00:00Z", 1'000)});
    CacheReader reader(cache.path());
    const auto figures = AccountFigures(reader).spending({"a1"}, noon, 12);
    QVERIFY(figures.ok());
    QCOMPARE(figures->months.size(), 12U);
    QCOMPARE(figures->months.front(), Date::fromCivil(2025, 12, 1));
    QCOMPARE(figures->months.back(), Date::fromCivil(2026, 11, 1));
    QCOMPARE(figures->byCurrency.size(), 1U);
    const Spending &spending = figures->byCurrency[0];
    QCOMPARE(spending.months[11].minor, 80);
    QCOMPARE(spending.months[10].minor, 1);
    QCOMPARE(spending.months[0].minor, 1'000);
    QCOMPARE(spending.sum().minor, 1'081);
}

void TestAccountFigures::nothingIsSpentTwice()
{
    TestCache cache;
    std::vector<Change> changes{changeTo(plainAccount("a1"))};
    std::map<std::string, Amount> expected;
    for (int n = 0; n < 500; ++n) {
        const std::string currency = n % 7 == 0 ? "EUR" : "GBP";
        const std::int64_t total = n % 11 == 0 ? -n : 10 * n;
        changes.push_back(changeTo(plainInvoice(n, day(30 - n % 320), total, "a1", currency)));
        expected[currency] += Amount{total};
    }
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto one = AccountFigures(reader).spending({"a1"}, noon, 12);
    const auto all = AccountFigures(reader).spending({}, noon, 12);
    QVERIFY(one.ok() && all.ok());
    QVERIFY(*one == *all);
    for (const Spending &spending : one->byCurrency)
        QCOMPARE(spending.sum().minor, expected[spending.currency].minor);
}

void TestAccountFigures::whatComesNextIsByDay()
{
    TestCache cache;
    cache.put({changeTo(plainShipment("s1", day(4), true)), changeTo(plainShipment("s2", day(-1), true)),
               changeTo(plainShipment("s3", day(1), false)), changeTo(plainShipment("s4", {}, true)),
               changeTo(waitingOrder(1, day(2))), changeTo(waitingOrder(2, {}))});
    CacheReader reader(cache.path());
    AccountFigures figures(reader);
    const auto shipments = figures.underWay({"a1"}, 8);
    QVERIFY(shipments.ok());
    std::string order;
    for (const CachedRecord &row : *shipments)
        order += row.record.as<Shipment>()->key + ' ';
    QCOMPARE(order, std::string("s2 s1 s4 "));
    const auto lines = figures.backordered({}, 8);
    QVERIFY(lines.ok());
    QCOMPARE(lines->size(), 2U);
    QCOMPARE(lines->front().sku, std::string("WH-1"));
    QCOMPARE(lines->front().quantity, Decimal::fromInteger(3));
    QCOMPARE(lines->front().expectedOn, day(2));
    QVERIFY(!lines->back().expectedOn.isSet());
    QCOMPARE(figures.backordered({}, 1)->size(), 1U);
    QVERIFY(figures.underWay({"nobody"}, 8)->empty());
}

void TestAccountFigures::standingsBeginWithTheWorst()
{
    TestCache cache;
    const auto standing = [](const char *key, bool limited, std::int64_t used, const char *hold) {
        CreditStanding record;
        record.key = record.account = key;
        record.currency = "GBP";
        record.limited = limited;
        record.limit = {1'000};
        record.used = {used};
        record.holdReason = hold;
        return changeTo(record);
    };
    cache.put({standing("a1", true, 100, ""), standing("a2", true, 900, ""), standing("a3", false, 5'000, ""),
               standing("a4", true, 1, "Over 60 days overdue.")});
    CacheReader reader(cache.path());
    const auto all = AccountFigures(reader).standings({}, 10);
    QVERIFY(all.ok());
    std::string order;
    for (const CachedRecord &row : *all)
        order += row.record.as<CreditStanding>()->key + ' ';
    QCOMPARE(order, std::string("a4 a2 a1 a3 "));
    QCOMPARE(AccountFigures(reader).standings({"a1", "a3"}, 1)->size(), 1U);
}

void TestAccountFigures::amountsTooGreatAreAnError()
{
    TestCache cache;
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    cache.put({changeTo(plainInvoice(1, day(0), most)), changeTo(plainInvoice(2, day(0), most))});
    CacheReader reader(cache.path());
    QVERIFY(!AccountFigures(reader).ageing({}, noon).ok());
    QVERIFY(!AccountFigures(reader).spending({}, noon, 12).ok());
}

void TestAccountFigures::theModelFollowsChanges()
{
    TestCache cache;
    cache.put({changeTo(plainAccount("a1")), changeTo(plainInvoice(1, day(-3), 1'000))});
    StillClock clock;
    AgeingModel model(cache.readers(), clock);
    QVERIFY(!model.isKnown());
    QTRY_VERIFY(model.isKnown());
    QCOMPARE(model.buckets()[0].overdue().minor, 1'000);
    cache.put({changeTo(plainInvoice(2, day(-3), 500))});
    QTRY_COMPARE(model.buckets()[0].overdue().minor, 1'500);
    model.setAccounts({"nobody"});
    QTRY_VERIFY(model.isKnown() && model.buckets().empty());
    model.setAccounts({"a1"});
    QTRY_VERIFY(model.isKnown() && model.buckets().size() == 1);
}

void TestAccountFigures::theModelRestsWhileNobodyLooks()
{
    TestCache cache;
    cache.put({changeTo(plainInvoice(1, day(-3), 1'000))});
    StillClock clock;
    AgeingModel model(cache.readers(), clock);
    QTRY_VERIFY(model.isKnown());
    model.setWatched(false);
    QSignalSpy changed(&model, &AgeingModel::changed);
    cache.put({changeTo(plainInvoice(2, day(-3), 500))});
    QVERIFY(!changed.wait(AskPace::shortestRestMs * 2));
    model.setWatched(true);
    QTRY_COMPARE(model.buckets()[0].overdue().minor, 1'500);
}

void TestAccountFigures::theModelTurnsWithTheDay()
{
    TestCache cache;
    cache.put({changeTo(plainAccount("a1")), changeTo(plainInvoice(1, day(0), 1'000))});
    StillClock clock;
    clock.wall.ms = noon.ms + 43'200'000 - 1'500; // midnight is near
    AgeingModel model(cache.readers(), clock);
    QTRY_VERIFY(model.isKnown());
    QCOMPARE(model.buckets()[0].overdue().minor, 0);
    clock.wall.ms += 2'000;
    QTRY_COMPARE(model.buckets()[0].overdue().minor, 1'000);
}

void TestAccountFigures::homeFollowsAccountsAndChanges()
{
    TestCache cache;
    Payment payment;
    payment.key = "p1";
    payment.account = "a1";
    payment.receivedAt = noon;
    payment.parts = {{"inv1", "INV-1", {100}, {}}};
    cache.put({changeTo(plainAccount("a1")), changeTo(plainAccount("a2")), changeTo(waitingOrder(1, day(2))),
               changeTo(plainShipment("s1", day(1), true)), changeTo(plainInvoice(1, day(3), 100)),
               changeTo(payment)});
    StillClock clock;
    HomeFigures home(cache.readers(), clock, true);
    QTRY_VERIFY(home.isKnown() && home.isSpendingKnown());
    QCOMPARE(home.lists().accountCount, 2);
    QCOMPARE(home.lists().orders.size(), 1U);
    QCOMPARE(home.lists().invoices.size(), 1U);
    QCOMPARE(home.lists().payments.front().parts.size(), 1U);
    QCOMPARE(home.lists().arrivals.size(), 2U);
    QCOMPARE(home.lists().arrivals[0].ref().key, std::string("s1"));
    QVERIFY(home.lists().arrivals[1].ref().kind == &Order::type);
    QCOMPARE(home.lists().accounts.at("a1").terms, std::string("Net 30"));
    QCOMPARE(home.spending().byCurrency[0].sum().minor, 100);
    for (int n = 2; n < 12; ++n)
        cache.put({changeTo(waitingOrder(n, day(n)))});
    QTRY_COMPARE(home.lists().orders.size(), std::size_t(HomeFigures::rowsPerList));
    QTRY_COMPARE(home.lists().orders.front().number, waitingOrder(11, {}).number);
    QCOMPARE(home.lists().arrivals.size(), std::size_t(HomeFigures::arrivalsMost));
    home.setAccounts({"a2"});
    QTRY_VERIFY(home.isKnown() && home.lists().orders.empty());
    QCOMPARE(home.lists().accountCount, 1);
    QVERIFY(home.lists().accounts.contains("a2"));
}

void TestAccountFigures::homeReadsNothingFinancialForWhoMayNot()
{
    TestCache cache;
    cache.put(
        {changeTo(plainAccount("a1")), changeTo(plainInvoice(1, day(3), 100)), changeTo(plainOrder(1))});
    StillClock clock;
    HomeFigures home(cache.readers(), clock, false);
    QTRY_VERIFY(home.isKnown());
    QVERIFY(home.lists().invoices.empty());
    QVERIFY(!home.isSpendingKnown());
}

CORE_TEST(TestAccountFigures)
#include "tst_accountfigures.moc"

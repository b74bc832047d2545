// What accounts bought before, from the lines of their orders.

#include "account.h"
#include "boughtitems.h"
#include "cachereader.h"
#include "testcache.h"
#include "testentry.h"

#include <QTest>

#include <ctime>

using namespace Counterfoil;

namespace {

constexpr std::int64_t dayMs = 86'400'000;

OrderLine lineOf(const std::string &sku, std::int64_t quantity, const char *price,
                 const std::string &unit = {})
{
    OrderLine line;
    line.lineNumber = 1;
    line.sku = sku;
    line.description = "What " + sku + " is";
    line.unit = unit;
    line.ordered = Decimal::fromInteger(quantity);
    line.unitPrice = *Decimal::parse(price);
    return line;
}

Order orderOn(int n, int day, const std::vector<OrderLine> &lines, const std::string &account = "a1")
{
    Order order = plainOrder(n);
    order.account = account;
    order.placedAt = Instant{day * dayMs + 36'000'000};
    order.lines = lines;
    for (std::size_t i = 0; i < order.lines.size(); ++i)
        order.lines[i].lineNumber = static_cast<std::int64_t>(i) + 1;
    return order;
}

Account accountOf(const std::string &key, const std::string &parent = {})
{
    Account account;
    account.key = account.account = key;
    account.name = "Company " + key;
    account.parent = parent;
    return account;
}

BoughtItems::List listOf(TestCache &cache, const std::vector<std::string> &accounts = {"a1"})
{
    CacheReader reader(cache.path());
    auto list = BoughtItems(reader).of(accounts);
    return list ? *list : BoughtItems::List();
}

const BoughtItem *find(const BoughtItems::List &list, const std::string &sku)
{
    for (const BoughtItem &item : list.items) {
        if (item.sku == sku)
            return &item;
    }
    return nullptr;
}

} // namespace

class TestBoughtItems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastOrderSaysDateAndPrice();
    void quantityAndRhythmAreTheMiddleOnes();
    void whatWasCancelledWasNotBought();
    void unitsAreNotMixed();
    void severalLinesOfAnOrderAreOnePurchase();
    void branchesStandApartAndCompaniesAreNotMixed();
    void thePurchasesOfAnItem();
    void aChangedOrderChangesWhatIsSaid();
    void manyOrdersAreReadInGoodTime();
};

void TestBoughtItems::theLastOrderSaysDateAndPrice()
{
    TestCache cache;
    cache.put({changeTo(orderOn(1, 20'000, {lineOf("WH-1", 4, "2.125"), lineOf("UF-2", 1, "10")})),
               changeTo(orderOn(2, 20'030, {lineOf("WH-1", 6, "2.375")}))});
    const BoughtItems::List list = listOf(cache);
    QCOMPARE(list.items.size(), 2U);
    QCOMPARE(list.items.front().sku, "WH-1"); // the last bought first
    const BoughtItem &item = list.items.front();
    QCOMPARE(item.last.orderNumber, "SO-10002");
    QCOMPARE(item.last.unitPrice.toString(), "2.375"); // exact
    QCOMPARE(item.last.currency, "GBP");
    QCOMPARE(item.last.quantity, Decimal::fromInteger(6));
    QCOMPARE(item.lastOn.daysSinceEpoch, 20'030);
    QCOMPARE(item.times, 2);
    QCOMPARE(item.rhythmDays, 0); // two orders make no rhythm
    QVERIFY(!item.dueOn.isSet());
    QVERIFY(!list.cut);
}

void TestBoughtItems::quantityAndRhythmAreTheMiddleOnes()
{
    TestCache cache;
    // 30, 30, 28 and once 200 days between; a single huge order does not make the usual quantity.
    const std::pair<int, int> purchases[]
        = {{20'000, 10}, {20'200, 12}, {20'230, 12}, {20'258, 500}, {20'288, 12}};
    std::vector<Change> changes;
    int n = 0;
    for (const auto &[day, quantity] : purchases)
        changes.push_back(changeTo(orderOn(++n, day, {lineOf("WH-1", quantity, "2")})));
    cache.put(changes);
    const BoughtItem item = listOf(cache).items.front();
    QCOMPARE(item.usual, Decimal::fromInteger(12));
    QCOMPARE(item.rhythmDays, 30);
    QCOMPARE(item.dueOn.daysSinceEpoch, 20'318);
    QCOMPARE(item.times, 5);
}

void TestBoughtItems::whatWasCancelledWasNotBought()
{
    TestCache cache;
    Order gone = orderOn(2, 20'050, {lineOf("WH-1", 6, "3")});
    gone.lines.front().cancelled = gone.lines.front().ordered;
    Order part = orderOn(1, 20'000, {lineOf("WH-1", 6, "2")});
    part.lines.front().cancelled = Decimal::fromInteger(2);
    Order only = orderOn(3, 20'060, {lineOf("UF-2", 1, "9")});
    only.lines.front().cancelled = Decimal::fromInteger(1);
    cache.put({changeTo(gone), changeTo(part), changeTo(only)});
    const BoughtItems::List list = listOf(cache);
    QCOMPARE(list.items.size(), 1U);
    QCOMPARE(list.items.front().last.orderNumber, "SO-10001");
    QCOMPARE(list.items.front().last.quantity, Decimal::fromInteger(4));
}

void TestBoughtItems::unitsAreNotMixed()
{
    TestCache cache;
    cache.put({changeTo(orderOn(1, 20'000, {lineOf("WH-1", 400, "0.5", "each")})),
               changeTo(orderOn(2, 20'010, {lineOf("WH-1", 600, "0.5", "each")})),
               changeTo(orderOn(3, 20'020, {lineOf("WH-1", 2, "90", "box of 200")}))});
    const BoughtItem item = listOf(cache).items.front();
    QCOMPARE(item.last.unit, "box of 200");
    QCOMPARE(item.usual, Decimal::fromInteger(2));
    QCOMPARE(item.rhythmDays, 10);
}

void TestBoughtItems::severalLinesOfAnOrderAreOnePurchase()
{
    TestCache cache;
    cache.put({changeTo(
        orderOn(1, 20'000, {lineOf("WH-1", 4, "2"), lineOf("UF-2", 1, "9"), lineOf("WH-1", 6, "2")}))});
    const BoughtItems::List list = listOf(cache);
    const BoughtItem *item = find(list, "WH-1");
    QVERIFY(item);
    QCOMPARE(item->times, 1);
    QCOMPARE(item->last.quantity, Decimal::fromInteger(10));
    QCOMPARE(item->usual, Decimal::fromInteger(10));
}

void TestBoughtItems::branchesStandApartAndCompaniesAreNotMixed()
{
    TestCache cache;
    cache.put({changeTo(accountOf("a1")), changeTo(accountOf("a2", "a1")),
               changeTo(orderOn(1, 20'000, {lineOf("WH-1", 4, "2")})),
               changeTo(orderOn(2, 20'001, {lineOf("WH-1", 5, "2")}, "a2"))});
    QCOMPARE(listOf(cache, {}).items.size(), 2U);
    QCOMPARE(listOf(cache, {"a2"}).items.size(), 1U);
    QCOMPARE(listOf(cache, {"a1", "a2"}).items.size(), 2U);
    QVERIFY(!listOf(cache, {}).several);
    cache.put({changeTo(accountOf("b1"))});
    const BoughtItems::List list = listOf(cache, {});
    QVERIFY(list.several);
    QVERIFY(list.items.empty());
}

void TestBoughtItems::thePurchasesOfAnItem()
{
    TestCache cache;
    cache.put({changeTo(orderOn(1, 20'000, {lineOf("WH-1", 4, "2.5"), lineOf("WH-1", 1, "2.5")})),
               changeTo(orderOn(2, 20'030, {lineOf("UF-2", 6, "2.375")})),
               changeTo(orderOn(3, 20'060, {lineOf("WH-1", 7, "2.75")})),
               changeTo(orderOn(4, 20'070, {lineOf("WH-1", 9, "2.75")}, "a2"))});
    CacheReader reader(cache.path());
    const auto history = BoughtItems(reader).history("a1", "WH-1");
    QVERIFY(history);
    QCOMPARE(history->size(), 2U);
    QCOMPARE(history->front().order, "o3");
    QCOMPARE(history->front().unitPrice.toString(), "2.75");
    QCOMPARE(history->back().quantity, Decimal::fromInteger(5));
    QVERIFY(BoughtItems(reader).history("a1", "'; DROP TABLE orders; --")->empty());
}

void TestBoughtItems::aChangedOrderChangesWhatIsSaid()
{
    TestCache cache;
    cache.put({changeTo(orderOn(1, 20'000, {lineOf("WH-1", 4, "2")}))});
    QCOMPARE(listOf(cache).items.front().usual, Decimal::fromInteger(4));
    cache.put({changeTo(orderOn(1, 20'000, {lineOf("WH-1", 8, "2")}))});
    QCOMPARE(listOf(cache).items.front().usual, Decimal::fromInteger(8));
    cache.remove(Order::type, "o1");
    QVERIFY(listOf(cache).items.empty());
}

// 20,000 orders are looked at, however many there are; on a slow machine, in seconds.
void TestBoughtItems::manyOrdersAreReadInGoodTime()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int n = 1; n <= BoughtItems::ordersMost + 500; ++n)
        changes.push_back(changeTo(orderOn(n, 10'000 + n / 20,
                                           {lineOf("S-" + std::to_string(n % 700), n % 9 + 1, "2.5"),
                                            lineOf("T-" + std::to_string(n % 90), n % 5 + 1, "7")})));
    cache.put(changes);
    const std::clock_t before = std::clock(); // the processor's time, which others on the machine do not take
    const BoughtItems::List list = listOf(cache);
    const std::clock_t taken = std::clock() - before;
    QCOMPARE(list.items.size(), 790U);
    QVERIFY(list.cut);
    QVERIFY2(taken < 10 * CLOCKS_PER_SEC, qPrintable(QString::number(taken)));
    QCOMPARE(find(list, "T-7")->rhythmDays, 4); // every 90th order, 20 a day
}

CORE_TEST(TestBoughtItems)
#include "tst_boughtitems.moc"

#include "heldlists.h"
#include "invoice.h"
#include "random.h"
#include "recordreader.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

#include <numeric>
#include <ranges>

using namespace Counterfoil;

// What lists hold in memory is what the disk would answer, whatever was committed meanwhile.
class TestHeldLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sayWhatWasTouchedSince();
    void forgetWhatCannotBeMended();
    void refuseWhatWasReadBefore();
    void stayWithinTheirBound();
    void answerAsTheDiskDoes();
    void keepEqualValuesInTheOrderOfTime();
    void listNoMoreRowsThanTheyHold();
};

namespace {

ChangeNotice noticeOf(const RecordType &kind, std::vector<std::int64_t> updated)
{
    ChangeNotice notice;
    notice.kinds.push_back({&kind, {}, std::move(updated), {}});
    return notice;
}

HeldLists::Held orderOf(std::size_t size)
{
    return {std::make_shared<RowIds>(size), nullptr, false, {}};
}

const HeldLists::What orders{&Order::type, "by time"};
const HeldLists::What invoices{&Invoice::type, "by time"};

Order anyOrder(SeededRandom &random, int most)
{
    Order order = plainOrder(static_cast<int>(random.below(static_cast<std::uint64_t>(most))));
    order.account = random.below(3) == 0 ? "a2" : "a1";
    order.open = random.below(3) == 0;
    order.status = order.open ? "open" : random.below(2) == 0 ? "delivered" : "cancelled";
    order.total = {static_cast<std::int64_t>(random.below(20)) * 100};
    order.shipToName = random.below(2) == 0 ? "Reno plant" : "Zürich, rare place";
    if (random.below(10) == 0)
        order.placedAt = {};
    return order;
}

std::vector<RecordQuery> queries()
{
    std::vector<RecordQuery> all;
    const auto add = [&all](const std::function<void(RecordQuery &)> &restrict) {
        RecordQuery query = allOf<Order>();
        restrict(query);
        for (const char *field : {"", "total", "status"}) {
            query.sortField = field;
            query.descending = *field != 't';
            all.push_back(query);
        }
    };
    add([](RecordQuery &) {});
    add([](RecordQuery &query) { query.text = "reno"; });
    add([](RecordQuery &query) { query.text = "r so-101"; });
    add([](RecordQuery &query) { query.text = "zur rare"; });
    add([](RecordQuery &query) { query.flags = {{"open", true}}; });
    add([](RecordQuery &query) { query.flags = {{"open", false}}; });
    add([](RecordQuery &query) { query.accounts = {"a2"}; });
    add([](RecordQuery &query) { query.ranges = {{"total", 500, 1'500}}; });
    add([](RecordQuery &query) {
        query.accounts = {"a1", "a2"};
        query.anyOf = {{"status", {"delivered", "open"}}};
        query.text = "plant";
    });
    return all;
}

} // namespace

void TestHeldLists::sayWhatWasTouchedSince()
{
    HeldLists lists;
    QVERIFY(!lists.find(orders));
    lists.keep(orders, orderOf(3), lists.moment());
    QVERIFY(lists.find(orders)->touched.empty());
    lists.note(noticeOf(Order::type, {7, 3}));
    lists.note(noticeOf(Invoice::type, {9}));
    lists.note(noticeOf(Order::type, {3, 5}));
    QVERIFY((lists.find(orders)->touched == std::vector<RowId>{3, 5, 7}));
    lists.keep(orders, orderOf(4), lists.moment());
    QVERIFY(lists.find(orders)->touched.empty());
    QCOMPARE(lists.find(orders)->order->size(), std::size_t{4});
}

void TestHeldLists::forgetWhatCannotBeMended()
{
    HeldLists lists;
    lists.keep(orders, orderOf(3), lists.moment());
    lists.keep(invoices, orderOf(3), lists.moment());
    ChangeNotice whole = noticeOf(Order::type, {});
    whole.everything = true;
    lists.note(whole);
    QVERIFY(!lists.find(orders));
    QVERIFY(lists.find(invoices));
    std::vector<std::int64_t> many(HeldLists::touchedMost + 1);
    std::iota(many.begin(), many.end(), 1);
    lists.note(noticeOf(Invoice::type, many));
    QVERIFY(!lists.find(invoices));
    lists.keep(orders, orderOf(3), lists.moment());
    ChangeNotice replaced;
    replaced.everything = true;
    lists.note(replaced);
    QVERIFY(!lists.find(orders));
}

// A reader began before the commit that it is told of only later.
void TestHeldLists::refuseWhatWasReadBefore()
{
    HeldLists lists;
    const std::uint64_t before = lists.moment();
    ChangeNotice whole = noticeOf(Order::type, {});
    whole.everything = true;
    lists.note(whole);
    lists.keep(orders, orderOf(3), before);
    QVERIFY(!lists.find(orders));
    const std::uint64_t between = lists.moment();
    lists.note(noticeOf(Order::type, {4}));
    lists.keep(orders, orderOf(3), between);
    QVERIFY((lists.find(orders)->touched == std::vector<RowId>{4}));
    lists.keep(orders, orderOf(5), lists.moment());
    lists.keep(orders, orderOf(3), between); // by a slower reader
    QCOMPARE(lists.find(orders)->order->size(), std::size_t{5});
}

void TestHeldLists::stayWithinTheirBound()
{
    HeldLists lists;
    constexpr std::size_t size = HeldLists::bytesMost / sizeof(RowId) / 4;
    for (int i = 0; i < 8; ++i) {
        lists.keep({&Order::type, std::to_string(i)}, orderOf(size), lists.moment());
        QVERIFY(lists.find({&Order::type, "0"})); // used all the time
    }
    std::size_t held = 0;
    for (int i = 0; i < 8; ++i)
        held += lists.find({&Order::type, std::to_string(i)}) ? size : 0;
    QVERIFY(held > 0 && held * sizeof(RowId) <= HeldLists::bytesMost);
    QVERIFY(!lists.find({&Order::type, "1"}));
    for (int i = 0; i < 100; ++i) { // what was touched is remembered for a while only
        std::vector<std::int64_t> ids(300);
        std::iota(ids.begin(), ids.end(), i * 300);
        lists.note(noticeOf(Invoice::type, ids));
    }
    QVERIFY(!lists.find({&Order::type, "0"}));
}

void TestHeldLists::answerAsTheDiskDoes()
{
    TestCache cache;
    HeldLists lists;
    CacheReader holding(cache.path(), &lists);
    CacheReader plain(cache.path());
    SeededRandom random(17);
    for (int round = 0; round < 25; ++round) {
        std::vector<Change> changes;
        for (std::uint64_t i = 0, n = round == 0 ? 700 : random.below(30); i < n; ++i) {
            changes.push_back(changeTo(anyOrder(random, 1'200)));
            if (random.below(5) == 0)
                changes.back().record = {};
        }
        lists.note(cache.put(changes));
        for (const RecordQuery &query : queries()) {
            const auto expected = RecordReader(plain).list(query);
            const auto all = RecordReader(holding).list(query);
            QVERIFY(expected && all);
            QVERIFY2(**all == **expected, qPrintable(QString::fromStdString(query.text)));
            const auto first = RecordReader(holding).ids(query, 40);
            QVERIFY(first);
            QVERIFY(std::ranges::equal(*first, std::span(**expected).first(first->size())));
            QCOMPARE(first->size(), std::min<std::size_t>(40, (*expected)->size()));
            const auto totals = RecordReader(holding).totals(query);
            QVERIFY(totals);
            QCOMPARE(totals->count, static_cast<std::int64_t>((*expected)->size()));
            QVERIFY(totals->byCurrency == RecordReader(plain).totals(query)->byCurrency);
        }
    }
}

void TestHeldLists::keepEqualValuesInTheOrderOfTime()
{
    TestCache cache;
    HeldLists lists;
    CacheReader reader(cache.path(), &lists);
    std::vector<Change> changes;
    for (int i = 0; i < 1'500; ++i) // all of one total, origin and address
        changes.push_back(changeTo(plainOrder(i * 7 % 1'500)));
    lists.note(cache.put(changes));
    const auto byTime = RecordReader(reader).list(allOf<Order>());
    QVERIFY(byTime);
    for (const char *field : {"total", "origin", "shipToName", "status"}) {
        RecordQuery query = allOf<Order>();
        query.sortField = field;
        QVERIFY(**RecordReader(reader).list(query) == **byTime);
        lists.note(cache.put({changeTo(plainOrder(700))}));
        QVERIFY(**RecordReader(reader).list(query) == **byTime);
        query.descending = false;
        QVERIFY(std::ranges::equal(**RecordReader(reader).list(query), std::views::reverse(**byTime)));
    }
}

void TestHeldLists::listNoMoreRowsThanTheyHold()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int i = 0; i < 300; ++i)
        changes.push_back(changeTo(plainOrder(i)));
    cache.put(changes);
    HeldLists lists(100);
    CacheReader few(cache.path(), &lists);
    CacheReader all(cache.path());
    for (const char *text : {"", "reno", "so-1001"}) {
        RecordQuery query = allOf<Order>();
        query.text = text;
        for (int again = 0; again < 2; ++again) {
            const auto found = RecordReader(few).list(query);
            const auto expected = RecordReader(all).list(query);
            QVERIFY(found && expected);
            QCOMPARE((*found)->size(), std::min<std::size_t>(100, (*expected)->size()));
            QVERIFY(std::ranges::equal(**found, std::span(**expected).first((*found)->size())));
            QCOMPARE(RecordReader(few).totals(query)->count, static_cast<std::int64_t>((*expected)->size()));
        }
        query.flags = {{"open", false}};
        QCOMPARE(RecordReader(few).totals(query)->count, 0);
    }
}

CORE_TEST(TestHeldLists)
#include "tst_heldlists.moc"

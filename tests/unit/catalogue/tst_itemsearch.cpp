#include "account.h"
#include "cachereader.h"
#include "item.h"
#include "itemindex.h"
#include "itemrecords.h"
#include "itemsearch.h"
#include "likewords.h"
#include "recordreader.h"
#include "searchtable.h"
#include "testcache.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr int itemsOfTable = 100'000;
constexpr int bestThree = 3;
constexpr int ofAHundred = 95;

ItemIndex::Facts factsOf(const Item &item, RowId row)
{
    return {row,           item.sku,    item.name,     item.manufacturer, item.manufacturerNumber,
            item.category, item.family, item.keywords, item.withdrawn};
}

Item plainItem(const std::string &sku, const std::string &name, const std::string &keywords = {},
               const std::string &makers = {})
{
    Item item;
    item.key = item.sku = sku;
    item.name = name;
    item.keywords = keywords;
    item.manufacturerNumber = makers;
    item.minimum = item.multiple = Decimal::fromInteger(1);
    return item;
}

// A handful in an index, whose rows are their places from 1.
class Few
{
public:
    explicit Few(const std::vector<Item> &items)
        : m_items(items)
    {
        for (std::size_t i = 0; i < items.size(); ++i)
            index.add(factsOf(m_items[i], static_cast<RowId>(i) + 1));
    }
    std::vector<std::string> find(const char *text, bool exactly = false) const
    {
        std::vector<std::string> skus;
        for (const RowId row : index.find(text, nullptr, exactly).rows)
            skus.push_back(m_items[row - 1].sku);
        return skus;
    }

    ItemIndex index;

private:
    std::vector<Item> m_items;
};

using Skus = std::vector<std::string>;

} // namespace

// Items found by what people type.
class ItemSearchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mistakesAreCounted_data();
    void mistakesAreCounted();
    void numbersInAllTheirForms();
    void exactComesFirst();
    void widenedOnlyWhenThereIsNothing();
    void whatComesCloseBringsWhatMayBeTakenInstead();
    void saysByWhatItWasFound();
    void hostileTextIsJustText();
    void aHundredQueriesAmongAHundredThousand();
    void listsAreRankedAndRestricted();
    void followsTheCache();
};

void ItemSearchTest::mistakesAreCounted_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("mistakes");
    QTest::newRow("none") << QByteArray("drill") << QByteArray("drill") << 0;
    QTest::newRow("left out") << QByteArray("dril") << QByteArray("drill") << 1;
    QTest::newRow("added") << QByteArray("drrill") << QByteArray("drill") << 1;
    QTest::newRow("another") << QByteArray("drabl") << QByteArray("drill") << 2;
    QTest::newRow("swapped") << QByteArray("rdill") << QByteArray("drill") << 1;
    QTest::newRow("too many") << QByteArray("spoon") << QByteArray("drill") << 3;
    QTest::newRow("nothing typed") << QByteArray() << QByteArray("drill") << 3;
    QTest::newRow("endless") << QByteArray(1'000, 'x') << QByteArray(1'000, 'x') << 3;
}

void ItemSearchTest::mistakesAreCounted()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, word);
    QTEST(LikeWords::mistakes(typed.toStdString(), word.toStdString(), 2), "mistakes");
}

void ItemSearchTest::numbersInAllTheirForms()
{
    Few few({plainItem("AB-12.5", "Gasket", {}, "ZX/400-1"), plainItem("CD-99", "Pump")});
    few.index.addOwnNumber("CD-99", "MAT-0042");
    for (const char *text :
         {"AB-12.5", "ab125", "ab 12 5", "12.5", "125", "AB12", "zx4001", "400-1", "ZX 400"})
        QCOMPARE(few.find(text), Skus{"AB-12.5"});
    for (const char *text : {"mat0042", "0042", "MAT 0042", "mat-042"})
        QCOMPARE(few.find(text), Skus{"CD-99"});
    QVERIFY(few.find("CD-98", true).empty());
}

void ItemSearchTest::exactComesFirst()
{
    const Few few({plainItem("X-10234", "Angle grinder, 125 mm"), plainItem("X-1023", "Angle bracket"),
                   plainItem("X-2", "Grinder for angles and more of them")});
    QCOMPARE(few.find("x1023").front(), std::string("X-1023"));
    QCOMPARE(few.find("1023").front(), std::string("X-1023"));
    QCOMPARE(few.find("angle grinder").front(), std::string("X-10234"));
    Item old = plainItem("A-1", "Bolt");
    old.withdrawn = true;
    const Few bolts({old, plainItem("A-2", "Bolt")});
    QCOMPARE(bolts.find("bolt"), (Skus{"A-2", "A-1"})); // what is sold no more comes last
}

void ItemSearchTest::widenedOnlyWhenThereIsNothing()
{
    const Few few({plainItem("A-1", "Cordless drill"), plainItem("A-2", "Pillar drill")});
    using Closeness = ItemIndex::Closeness;
    QVERIFY(few.index.find("drill").closeness == Closeness::AsTyped);
    QVERIFY(few.index.find("cordles dirll").closeness == Closeness::Forgiven);
    QCOMPARE(few.find("cordles dirll"), Skus{"A-1"});
    QVERIFY(few.find("cordles dirll", true).empty());
    const auto wide = few.index.find("drill purple");
    QVERIFY(wide.closeness == Closeness::Widened);
    QCOMPARE(wide.rows.size(), 2U);
    QVERIFY(few.find("spoon").empty());
}

// CAT-08
void ItemSearchTest::whatComesCloseBringsWhatMayBeTakenInstead()
{
    Item old = plainItem("A-4", "Mallet");
    old.withdrawn = true;
    Few few({plainItem("A-1", "Cordless drill"), plainItem("A-2", "Hammer"),
             plainItem("A-3", "Brace and bit"), old});
    few.index.addInstead("A-1", "A-3");
    few.index.addInstead("A-4", "A-2");
    few.index.addInstead("A-2", "A-9");                // of which nothing is known
    QCOMPARE(few.find("cordless drill"), Skus{"A-1"}); // it is here, and sold
    QCOMPARE(few.find("cordles dirll"), (Skus{"A-1", "A-3"}));
    QCOMPARE(few.find("mallet"), (Skus{"A-4", "A-2"}));
    QCOMPARE(few.find("mallet", true), Skus{"A-4"});
    QCOMPARE(few.find("hamer"), Skus{"A-2"});
    RowSet among;
    among.insert(1);
    QCOMPARE(few.index.find("cordles dirll", &among).rows, RowIds{1}); // the other may not be bought
    // Each says for which it is here; what was found by itself is here for itself.
    const auto instead = few.index.insteadAmong({1, 3}, "cordles dirll");
    QCOMPARE(instead.size(), 1U);
    QVERIFY(instead[0].row == 3 && instead[0].of == 1);
    QVERIFY(few.index.insteadAmong({1, 2, 3, 4}, "brace").empty());
    QCOMPARE(few.index.insteadAmong({2, 4}, "mallet").size(), 1U);
    QVERIFY(few.index.insteadAmong({1, 3}, "cordless drill").empty());
}

void ItemSearchTest::saysByWhatItWasFound()
{
    Few few({plainItem("A-1", "Combination spanner", "wrench, ring key", "UF-77-1")});
    few.index.addOwnNumber("A-1", "MAT-9");
    using By = ItemIndex::Why::By;
    QVERIFY(!few.index.why(1, "spanner"));
    QVERIFY(!few.index.why(1, "a-1"));
    QCOMPARE(few.index.why(1, "wrench")->matched, std::string("wrench"));
    QVERIFY(few.index.why(1, "uf771")->by == By::MakersNumber);
    QCOMPARE(few.index.why(1, "mat9")->matched, std::string("MAT-9"));
    QVERIFY(!few.index.why(7, "spanner"));
}

void ItemSearchTest::hostileTextIsJustText()
{
    const Few few({plainItem("A-1", "Drill")});
    const std::string endless(1'000'000, 'a');
    for (const std::string &text :
         {std::string("\" OR 1=1 --"), std::string("***"), std::string("\xff\xfe\x80"), std::string(3, '\0'),
          endless, std::string("NEAR(drill)")})
        (void)few.index.find(text);
    QVERIFY(few.find("").empty());
    QVERIFY(few.find("  \t ").empty());
    QVERIFY(ItemIndex().find("drill").rows.empty());
}

void ItemSearchTest::aHundredQueriesAmongAHundredThousand()
{
    const Sandbox::Company company(1, 1'000'000);
    const Sandbox::Offers offers(company);
    QCOMPARE(company.products().size(), std::size_t{itemsOfTable});
    ItemIndex index;
    std::vector<std::string> skus{{}};
    for (const Sandbox::Product &product : company.products()) {
        const Item item = Sandbox::itemOf(offers, product, 0);
        index.add(factsOf(item, static_cast<RowId>(skus.size())));
        skus.push_back(item.sku);
    }
    for (const OwnNumber &own : ownNumbers)
        index.addOwnNumber(own.sku, own.number);
    int found = 0;
    int queries = 0;
    for (const Typed &typed : searchTable) {
        const auto rows = index.find(typed.text).rows;
        const auto place = std::ranges::find(rows, typed.sku, [&skus](RowId row) { return skus[row]; });
        const auto rank = place == rows.end() ? 0 : place - rows.begin() + 1;
        found += rank >= 1 && rank <= bestThree ? 1 : 0;
        ++queries;
        qInfo("%3d  %-46s %-9s rank %d", queries, typed.text, typed.sku, static_cast<int>(rank));
    }
    qInfo("%d of %d among the first %d", found, queries, bestThree);
    QCOMPARE(queries, 100);
    QVERIFY(found >= ofAHundred);
}

void ItemSearchTest::listsAreRankedAndRestricted()
{
    TestCache cache;
    Account ours;
    ours.key = ours.account = "a1";
    ours.assortments = {{"range-1"}};
    Account theirs;
    theirs.key = theirs.account = "a2";
    std::vector<Change> changes{changeTo(ours), changeTo(theirs)};
    Item cheap = plainItem("B-1", "Hex bolt, M8");
    cheap.category = "Fixings";
    Item special = plainItem("B-2", "Bolt");
    special.account = "range-1";
    special.category = "Fixings";
    Item other = plainItem("C-1", "Bolt cutter");
    other.category = "Tools";
    for (const Item &item : {cheap, special, other})
        changes.push_back(changeTo(item));
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto find = [&](RecordQuery query) {
        query.kind = &Item::type;
        Skus skus;
        const auto ids = RecordReader(reader).ids(query);
        const auto rows = reader.byIds(Item::type, *ids, WithLists::No);
        for (const CachedRecord &row : *rows)
            skus.push_back(row.record.as<Item>()->sku);
        return skus;
    };
    QCOMPARE(find({.text = "bolt"}), (Skus{"B-2", "C-1", "B-1"}));
    QCOMPARE(find({.accounts = {"a2"}, .text = "bolt"}), (Skus{"C-1", "B-1"}));
    QCOMPARE(find({.accounts = {"a1"}, .text = "bolt"}).size(), 3U);
    QCOMPARE(find({.accounts = {"a2"}}).size(), 2U);
    QCOMPARE(find({.anyOf = {{"category", {"Tools"}}}, .text = "bolt"}), Skus{"C-1"});
    RecordQuery wrong = allOf<Item>();
    wrong.text = "botl";
    QVERIFY(RecordReader(reader).totals(wrong)->widened);
    QCOMPARE(RecordReader(reader).totals(wrong)->count, 3);
    wrong.exactly = true;
    QCOMPARE(RecordReader(reader).totals(wrong)->count, 0);
    QCOMPARE(RecordReader(reader).facets(Item::type, "category", {"a2"})->size(), 2U);
}

void ItemSearchTest::followsTheCache()
{
    TestCache cache;
    cache.put({changeTo(plainItem("B-1", "Bolt"))});
    RecordQuery query = allOf<Item>();
    query.text = "bolt";
    const auto count = [&] {
        std::atomic<std::int64_t> found = -1;
        cache.readers().run({},
                            [&](CacheReader &reader) { found = RecordReader(reader).totals(query)->count; });
        return QTest::qWaitFor([&] { return found >= 0; }) ? found.load() : -1;
    };
    QCOMPARE(count(), 1);
    cache.put({changeTo(plainItem("B-2", "Lag bolt"))});
    QTRY_COMPARE(count(), 2);
    ItemNumber own;
    own.key = "n1";
    own.account = "a1";
    own.sku = "B-2";
    own.number = "MAT-77";
    cache.put({changeTo(own)});
    query.text = "mat77";
    QTRY_COMPARE(count(), 1);
    cache.remove(Item::type, "B-2");
    QTRY_COMPARE(count(), 0);
}

CORE_TEST(ItemSearchTest)
#include "tst_itemsearch.moc"

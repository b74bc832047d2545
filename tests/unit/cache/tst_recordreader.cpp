#include "recordreader.h"
#include "searchwords.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

class TestRecordReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void ordersByEverySortableField();
    void filters_data();
    void filters();
    void findsWords_data();
    void findsWords();
    void takesAnyText_data();
    void takesAnyText();
    void addsUp();
    void countsWhatOccurs();
    void findsThePlaceOfARow();
    void cutsLongResultsShort();
    void findsTheFirstOfManyAsAmongAll_data();
    void findsTheFirstOfManyAsAmongAll();
    void sortsEqualsByTime();

private:
    QString keys(const RecordQuery &query);

    TestCache m_cache;
    std::unique_ptr<CacheReader> m_reader;
};

void TestRecordReader::initTestCase()
{
    std::vector<Change> changes;
    Order one = plainOrder(1);
    one.poReference = "4500-7781/B";
    one.lines.push_back({});
    one.lines.back().lineNumber = 1;
    one.lines.back().sku = "AB-12.5";
    one.lines.back().description = "Überwurfmutter, brass";
    Order two = plainOrder(2);
    two.account = "a2";
    two.status = "shipped";
    two.open = false;
    two.origin = "edi";
    two.shipToName = "Café Zürich";
    two.currency = "EUR";
    two.total = Amount{500};
    Order three = plainOrder(3);
    three.account = "a2";
    three.total = Amount{10'000'000};
    three.placedAt = {};
    three.number = "so-09999";
    Shipment shipment;
    shipment.key = "s1";
    shipment.account = "a2";
    shipment.number = "SH-77";
    shipment.order = two.key;
    shipment.parcels = {{"1Z 999 AA1", "on its way", {}}, {"00340434161094", "delivered", {}}};
    changes = {changeTo(one), changeTo(two), changeTo(three), changeTo(shipment)};
    m_cache.put(changes);
    m_reader = std::make_unique<CacheReader>(m_cache.path());
}

QString TestRecordReader::keys(const RecordQuery &query)
{
    const auto ids = RecordReader(*m_reader).ids(query);
    if (!ids)
        return ids.error().detail;
    const auto rows = m_reader->byIds(Order::type, *ids, WithLists::No);
    if (!rows)
        return rows.error().detail;
    QStringList keys;
    for (const CachedRecord &row : *rows)
        keys.append(QString::fromStdString(row.record.as<Order>()->key));
    return keys.join(QLatin1Char(' '));
}

void TestRecordReader::ordersByEverySortableField()
{
    QCOMPARE(keys(allOf<Order>()),
             QStringLiteral("o2 o1 o3")); // what has no time comes first when rising, last when falling
    for (const Field &field : Order::type.fields) {
        if (!field.is(Sortable))
            continue;
        RecordQuery query = allOf<Order>();
        query.sortField = field.name;
        const QString falling = keys(query);
        query.descending = false;
        const QString rising = keys(query);
        QStringList turned = rising.split(QLatin1Char(' '));
        std::ranges::reverse(turned);
        QCOMPARE(falling, turned.join(QLatin1Char(' ')));
    }
    RecordQuery query = allOf<Order>();
    query.sortField = "number"; // whatever its case
    query.descending = false;
    QCOMPARE(keys(query), QStringLiteral("o3 o1 o2"));
    query.sortField = "no such field\"; DROP TABLE orders;";
    QCOMPARE(keys(query), QStringLiteral("o3 o1 o2"));
}

void TestRecordReader::filters_data()
{
    QTest::addColumn<RecordQuery>("query");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const RecordQuery &query, const char *expected) {
        QTest::newRow(name) << query << QString::fromLatin1(expected);
    };
    RecordQuery query = allOf<Order>();
    query.accounts = {"a2"};
    row("account", query, "o2 o3");
    query.accounts = {"a1", "a2"};
    row("accounts", query, "o2 o1 o3");
    query.accounts = {"' OR 1 --"};
    row("no such account", query, "");
    query = allOf<Order>();
    query.anyOf = {{"status", {"shipped"}}};
    row("status", query, "o2");
    query = allOf<Order>();
    query.anyOf = {{"origin", {"web"}}};
    row("origin", query, "o1 o3");
    query = allOf<Order>();
    query.anyOf = {{"shipToName", {"Reno plant"}}};
    row("ship-to", query, "o1 o3");
    query = allOf<Order>();
    query.flags = {{"open", true}};
    row("open", query, "o1 o3");
    query = allOf<Order>();
    query.ranges = {{"placedAt", plainOrder(2).placedAt.ms}};
    row("from, inclusive", query, "o2");
    query = allOf<Order>();
    query.ranges = {{"placedAt", RecordQuery::Range::open, plainOrder(2).placedAt.ms}};
    row("before, exclusive, and not what has no time", query, "o1");
    query = allOf<Order>();
    query.accounts = {"a2"};
    query.flags = {{"open", true}};
    query.text = "so";
    row("together", query, "o3");
}

void TestRecordReader::filters()
{
    QFETCH(RecordQuery, query);
    QTEST(keys(query), "expected");
}

void TestRecordReader::findsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(expected);
    };
    row("10001", "o1");
    row("so-10001", "o1");
    row("SO10001", "o1");
    row("so 10001", "o1");
    row("so-1000", "o2 o1");
    row("0001", ""); // a word begins, it does not merely contain
    row("45007781", "o1");
    row("4500-7781/B", "o1");
    row("7781", "o1");
    row("ab-12.5", "o1");
    row("ab125", "o1");
    row("AB-1", "o1");
    row("überwurf", "o1");
    row("uberwurf", "o1");
    row("brass", "o1");
    row("cafe zur", "o2");
    row("reno 09999", "o3");
    row("reno brass", "o1");
    row("cafe · zür", "o2");
    row("reno — 🚚 brass", "o1");
    row("·", "o2 o1 o3");
    row("reno edi", "");
    row("-", "o2 o1 o3"); // no word in it
    row("\" OR \"*", "");
    row("NEAR(a b)", "");
    row("a\" AND b:c ^", "");
}

void TestRecordReader::findsWords()
{
    QFETCH(QString, text);
    RecordQuery query = allOf<Order>();
    query.text = text.toStdString();
    QTEST(keys(query), "expected");
}

void TestRecordReader::takesAnyText_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray odd[] = {"\"",
                              "'",
                              "re\"no",
                              "reno*",
                              "words:reno",
                              "-reno",
                              "re no OR brass",
                              "{reno}",
                              "^ab",
                              "🚚",
                              "reno🚚",
                              "🚚reno brass",
                              "\xff\xfe reno",
                              QByteArray("re\0no", 5),
                              QByteArray(10'000, 'x'),
                              QByteArray("reno ").repeated(2'000),
                              QByteArray("ü").repeated(5'000),
                              QByteArray("ab-").repeated(3'000),
                              "%",
                              "_eno",
                              "١٢٣",
                              "ＲＥＮＯ",
                              "re\xcc\x81no"};
    for (const QByteArray &text : odd)
        QTest::newRow(text.left(12).toPercentEncoding().constData()) << text;
}

// Whatever is pasted, the full-text table finds the rows whose words begin so, and never takes it for a
// query.
void TestRecordReader::takesAnyText()
{
    QFETCH(QByteArray, text);
    RecordQuery query = allOf<Order>();
    query.text = text.toStdString();
    const auto found = RecordReader(*m_reader).list(query);
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    const std::vector<std::string> typed = SearchWords::typed(query.text);
    QVERIFY(typed.size() <= 16);
    const auto rows = m_reader->all(Order::type);
    QVERIFY(rows);
    std::size_t expected = 0;
    for (const CachedRecord &row : *rows) {
        const auto whole = m_reader->byId(Order::type, row.id, WithLists::Yes);
        expected += SearchWords::hasAll(SearchWords::of(Order::type, (*whole)->record.data()), typed);
    }
    QCOMPARE((*found)->size(), expected);
}

void TestRecordReader::addsUp()
{
    const auto totals = RecordReader(*m_reader).totals(allOf<Order>());
    QVERIFY(totals);
    QCOMPARE(totals->count, 3);
    // The one in euro is done with.
    QVERIFY((totals->byCurrency == std::vector<CurrencyTotal>{{"GBP", 2, {10'231'840}}}));
}

void TestRecordReader::countsWhatOccurs()
{
    const auto statuses = RecordReader(*m_reader).facets(Order::type, "status", {});
    QVERIFY(statuses);
    QVERIFY((*statuses == std::vector<FacetValue>{{"open", 2}, {"shipped", 1}}));
    const auto origins = RecordReader(*m_reader).facets(Order::type, "origin", {"a2"});
    QVERIFY(origins);
    QVERIFY((*origins == std::vector<FacetValue>{{"edi", 1}, {"web", 1}}));
}

void TestRecordReader::findsThePlaceOfARow()
{
    RecordReader orders(*m_reader);
    for (const char *field : {"placedAt", "number", "total", "status"}) {
        for (bool descending : {false, true}) {
            RecordQuery query = allOf<Order>();
            query.sortField = field;
            query.descending = descending;
            const auto ids = orders.ids(query);
            QVERIFY(ids);
            for (std::size_t i = 0; i < ids->size(); ++i) {
                RowIds without(ids->begin(), ids->end());
                without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
                // Rows that are gone from the cache do not mislead it.
                without.insert(without.begin() + 1, {7001, 7002});
                const auto place = orders.placeOf(query, (*ids)[i], without);
                QVERIFY(place);
                auto with = without;
                with.insert(with.begin() + static_cast<std::ptrdiff_t>(*place),
                            static_cast<RowId>((*ids)[i]));
                std::erase_if(with, [](RowId id) { return id > 7000; });
                QVERIFY(std::ranges::equal(with, *ids));
            }
        }
    }
}

void TestRecordReader::cutsLongResultsShort()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int i = 0; i < 600; ++i)
        changes.push_back(changeTo(plainOrder(i)));
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto page = RecordReader(reader).ids(allOf<Order>(), 100);
    QCOMPARE(page->size(), std::size_t{100});
}

void TestRecordReader::findsTheFirstOfManyAsAmongAll_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("openOnly");
    QTest::addColumn<QString>("sortField");
    for (const char *text :
         {"reno", "re", "SO-1", "SO-101", "SO-10003", "10777", "rare", "plant so-11", "none"}) {
        for (const bool openOnly : {false, true}) {
            for (const char *field : {"", "number", "total"})
                QTest::addRow("%s%s by %s", text, openOnly ? ", open" : "", field)
                    << QString::fromLatin1(text) << openOnly << QString::fromLatin1(field);
        }
    }
}

// However the first page is found: among the first rows of all, or by gathering all that has the words.
void TestRecordReader::findsTheFirstOfManyAsAmongAll()
{
    QFETCH(QString, text);
    QFETCH(bool, openOnly);
    QFETCH(QString, sortField);
    static TestCache cache;
    static bool filled = false;
    if (!std::exchange(filled, true)) {
        std::vector<Change> changes;
        for (int i = 0; i < 1'500; ++i) {
            Order order = plainOrder((i * 7'919) % 1'500); // rows in another order than time
            order.open = i % 3 == 0;
            order.total = {i % 50};
            if (i % 100 == 0)
                order.shipToName = "rare place";
            changes.push_back(changeTo(order));
        }
        cache.put(changes);
    }
    CacheReader reader(cache.path());
    RecordQuery query = allOf<Order>();
    query.text = text.toStdString();
    query.sortField = sortField.toStdString();
    if (openOnly)
        query.flags = {{"open", true}};
    const auto all = RecordReader(reader).ids(query);
    QVERIFY(all);
    for (const std::int64_t limit : {1, 10, 100, 500}) {
        const auto first = RecordReader(reader).ids(query, limit);
        QVERIFY(first);
        const auto size = std::min(all->size(), static_cast<std::size_t>(limit));
        QVERIFY(
            (*first
             == std::vector<std::int64_t>(all->begin(), all->begin() + static_cast<std::ptrdiff_t>(size))));
    }
    const auto again = RecordReader(reader).matching(query, *all);
    QVERIFY(again);
    QVERIFY(*again == *all);
    QVERIFY(RecordReader(reader).matching(query, {})->empty());
}

void TestRecordReader::sortsEqualsByTime()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int n : {2, 3, 1}) { // all of one state
        changes.push_back(changeTo(plainOrder(n)));
    }
    cache.put(changes);
    CacheReader reader(cache.path());
    RecordQuery query = allOf<Order>();
    query.sortField = "status";
    QVERIFY((*RecordReader(reader).ids(query) == std::vector<std::int64_t>{2, 1, 3}));
    query.descending = false;
    QVERIFY((*RecordReader(reader).ids(query) == std::vector<std::int64_t>{3, 1, 2}));
}

CORE_TEST(TestRecordReader)
#include "tst_recordreader.moc"

#include "account.h"
#include "address.h"
#include "contact.h"
#include "invoice.h"
#include "jumpsearch.h"
#include "jumptext.h"
#include "order.h"
#include "payment.h"
#include "random.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

#include <ctime>

using namespace Counterfoil;

class TestJumpSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsTheRightRecord_data();
    void findsTheRightRecord();
    void findsItInSubjects_data();
    void findsItInSubjects();
    void ranksTheOrderBeforeWhatCameOfIt();
    void prefersThePaperThatSpeaksOfTheOthers();
    void leavesTheChoiceWhereSeveralAreMeant();
    void findsNothingInNonsense_data();
    void findsNothingInNonsense();
    void takesAPageOfText();
    void survivesAnyBytes();
    void cutsLongResultsShort();
    void cleansWhatNobodySees();
    void gathersWhatMayBeANumber();

private:
    std::vector<JumpHit> find(const std::string &typed);
    QString best(const QString &typed);

    TestCache m_cache;
    std::unique_ptr<CacheReader> m_reader;
};

namespace {

Invoice invoiceTo(const Order &order, const std::string &number)
{
    Invoice invoice;
    invoice.key = number;
    invoice.account = order.account;
    invoice.number = number;
    invoice.order = order.key;
    invoice.orderNumber = order.number;
    invoice.poReference = order.poReference;
    invoice.issuedAt = order.placedAt;
    return invoice;
}

Shipment shipmentOf(const Order &order, const std::string &number)
{
    Shipment shipment;
    shipment.key = number;
    shipment.account = order.account;
    shipment.number = number;
    shipment.order = order.key;
    shipment.orderNumber = order.number;
    shipment.poReference = order.poReference;
    shipment.shippedAt = order.placedAt;
    return shipment;
}

} // namespace

void TestJumpSearch::initTestCase()
{
    Order one = plainOrder(1);
    one.poReference = "4500-7781/B";
    one.lines.push_back({});
    one.lines.back().sku = "AB-12.5";
    one.lines.back().description = "Überwurfmutter, brass";
    Order two = plainOrder(2);
    two.poReference = "4500-771";
    two.shipToName = "Café Zürich";
    const Order three = plainOrder(3);
    Shipment first = shipmentOf(two, "SHP-10002-1");
    first.tracking = "1Z 999 AA1";
    first.parcelCount = 2;
    first.parcels.resize(2);
    first.parcels[0].trackingNumber = "1Z 999 AA1";
    first.parcels[1].trackingNumber = "00340434161094";
    const Shipment second = shipmentOf(two, "SHP-10002-2");
    Invoice invoice = invoiceTo(two, "INV-80123");
    Invoice credit = invoiceTo(two, "CM-7001");
    credit.credit = true;
    credit.creditedInvoice = invoice.key;
    credit.creditedNumber = invoice.number;
    Payment payment;
    payment.key = "p1";
    payment.account = "a1";
    payment.number = "PAY-301";
    payment.reference = "RF18 5390 0754 7034";
    payment.parts.push_back({invoice.key, invoice.number, {}, {}});
    Account account;
    account.key = account.account = "a1";
    account.number = "C-20017";
    account.name = "Bergström & Söner AB";
    Address address; // named as the orders that went there say
    address.key = "d1";
    address.account = "a1";
    address.name = "Café Zürich";
    address.city = "Zürich";
    address.postalCode = "10001"; // as some order's number
    Address depot = address;
    depot.key = "d2";
    depot.name = "Depot North";
    depot.postalCode = "LS1 4AB";
    Contact contact;
    contact.key = "k1";
    contact.account = "a1";
    contact.name = "Maya Söderberg";
    contact.role = "Purchasing";
    contact.email = "maya@bsab.example";
    contact.phone = "+46 (0)8 5555 1234";
    contact.mobile = "+46 70 123 45 67";
    m_cache.put({changeTo(one), changeTo(two), changeTo(three), changeTo(first), changeTo(second),
                 changeTo(invoice), changeTo(credit), changeTo(payment), changeTo(account), changeTo(address),
                 changeTo(depot), changeTo(contact)});
    m_reader = std::make_unique<CacheReader>(m_cache.path());
}

std::vector<JumpHit> TestJumpSearch::find(const std::string &typed)
{
    auto hits = JumpSearch(*m_reader).find(typed);
    if (!hits) {
        QTest::qFail(qPrintable(hits.error().detail), __FILE__, __LINE__);
        return {};
    }
    return std::move(*hits);
}

// The first hit's key, with "!" when it alone was meant, and the text that matched.
QString TestJumpSearch::best(const QString &typed)
{
    const auto hits = find(typed.toStdString());
    if (hits.empty())
        return {};
    return QStringLiteral("%1%2 %3").arg(QString::fromStdString(hits[0].ref.key),
                                         hits[0].exact ? QStringLiteral("!") : QString(),
                                         QString::fromStdString(hits[0].matched));
}

void TestJumpSearch::findsTheRightRecord_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("SO-10001", "o1! SO-10001");
    row(" so10001\n", "o1! SO-10001");
    row("10001", "o1! SO-10001");
    row("SO-1000", "o3 SO-10003"); // it begins so, and is the newest
    row("4500-7781/B", "o1! 4500-7781/B");
    row("45007781b", "o1! 4500-7781/B");
    row("4500-7781", "o1 4500-7781/B");
    row("4500 771", "o2! 4500-771");
    row("1Z999AA1", "SHP-10002-1! 1Z 999 AA1");
    row("1Z 999 AA1", "SHP-10002-1! 1Z 999 AA1");
    row("1z-999-aa1", "SHP-10002-1! 1Z 999 AA1");
    row("0034043", "SHP-10002-1 00340434161094");
    row("0034 0434 1610 94", "SHP-10002-1! 00340434161094");
    row("003 404 3416", "SHP-10002-1 00340434161094");
    row("SHP-10002-2", "SHP-10002-2! SHP-10002-2");
    row("inv80123", "INV-80123! INV-80123");
    row("80123", "INV-80123! INV-80123"); // as it is said on the telephone
    row("CM 7001", "CM-7001! CM-7001");
    row("PAY-301", "p1! PAY-301");
    row("RF18539007547034", "p1! RF18 5390 0754 7034");
    row("RF18 5390 0754 7034", "p1! RF18 5390 0754 7034");
    row("C-20017", "a1! C-20017");
    row("bergstrom", "a1 ");
    row("Bergström", "a1 Bergström & Söner AB");
    row("Bergström & Söner AB", "a1! Bergström & Söner AB");
    row("Café", "o2 Café Zürich");
    row("Café Zürich", "o2! Café Zürich"); // before the address itself
    row("Depot North", "d2! Depot North");
    row("depot", "d2 Depot North");
    row("LS1 4AB", "d2! LS1 4AB");
    row("Maya Söderberg", "k1! Maya Söderberg");
    row("maya@bsab.example", "k1! maya@bsab.example");
    row("soderberg", "k1 ");
    row("08-5555 1234", "k1! +46 (0)8 5555 1234"); // as it is dialled, and as the telephone shows it
    row("+46855551234", "k1! +46 (0)8 5555 1234");
    row("070 123 45 67", "k1! +46 70 123 45 67");
    row("5 1234", ""); // too little to be somebody's
    row("AB-12.5", "o1 AB-12.5 Überwurfmutter, brass");
    row("brass", "o1 AB-12.5 Überwurfmutter, brass");
}

void TestJumpSearch::findsTheRightRecord()
{
    QFETCH(QString, typed);
    QTEST(best(typed), "expected");
}

void TestJumpSearch::findsItInSubjects_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("RE: late? your order SO-10002 (urgent)", "o2! SO-10002");
    row("Re: Fwd: [EXT] Your invoice INV-80123 for PO 4500-771 is overdue", "INV-80123! INV-80123");
    row("AW: WG: Rechnung 80123 zu Bestellung 4500-771", "INV-80123! INV-80123");
    row("PO:4500-771 status?", "o2! 4500-771");
    row("status of PO4500771 please", "o2! 4500-771");
    row("[Ticket #99812] Order#10001 short by 3 boxes", "o1! SO-10001");
    row("Tracking 1Z 999 AA1 stuck since Monday", "SHP-10002-1! 1Z 999 AA1");
    row("Your parcel 0034-0434 1610 94 could not be delivered on 3 May", "SHP-10002-1! 00340434161094");
    row("Remittance advice RF18 5390 0754 7034, 12.03.2026", "p1! RF18 5390 0754 7034");
    row("credit CM-7001 against INV-80123", "CM-7001 CM-7001"); // two papers of one sort; see below
    row("Fwd: shipment (SHP-10002-2), order SO-10002", "SHP-10002-2! SHP-10002-2");
    row("\u200fחשבונית\u200f \u2066INV\u201180123\u2069 \u202eעבור\u202c", "INV-80123! INV-80123");
    row("发票 INV－８０１２３ 已逾期", "INV-80123! INV-80123"); // of double width
    row("Re: INV-80123\x01\x02 overdue\x7f", "INV-80123! INV-80123");
    row("RE: invoice INV\u00ad-80123\u00a0(2nd reminder)", "INV-80123! INV-80123");
    row("a question about SO-1000 from May", "o3 SO-10003"); // no such order, but some begin so
}

void TestJumpSearch::findsItInSubjects()
{
    QFETCH(QString, typed);
    QTEST(best(typed), "expected");
}

void TestJumpSearch::ranksTheOrderBeforeWhatCameOfIt()
{
    const auto hits = find("4500-771");
    QVERIFY(hits.size() >= 4);
    QCOMPARE(hits[0].ref, (RecordRef{&Order::type, "o2"}));
    QVERIFY(hits[0].exact);
    QCOMPARE(hits[1].ref.kind, &Shipment::type);
    QCOMPARE(hits[2].ref.kind, &Shipment::type);
    QCOMPARE(hits[3].ref.kind, &Invoice::type);
    for (const JumpHit &hit : hits)
        QVERIFY(hit.by == JumpHit::By::PoReference || &hit == &hits.back());
    // An order's own number before the papers that speak of it.
    const auto byNumber = find("SO-10002");
    QVERIFY(byNumber.size() > 3);
    QCOMPARE(byNumber[0].ref.kind, &Order::type);
    QVERIFY(byNumber[0].exact);
    QVERIFY(byNumber[1].by == JumpHit::By::Related);
    QVERIFY(!byNumber[1].exact);
}

void TestJumpSearch::prefersThePaperThatSpeaksOfTheOthers()
{
    const auto hits = find("Invoice INV-80123, order SO-10002, shipment SHP-10002-1: where is it?");
    QVERIFY(hits.size() >= 3);
    QCOMPARE(hits[0].ref.kind, &Invoice::type);
    QCOMPARE(hits[1].ref.kind, &Shipment::type);
    QCOMPARE(hits[2].ref.kind, &Order::type);
    QVERIFY(hits[0].exact);
}

void TestJumpSearch::leavesTheChoiceWhereSeveralAreMeant()
{
    const auto hits = find("orders SO-10001 and SO-10003 are late");
    QCOMPARE(hits.size(), std::size_t{2});
    QVERIFY(!hits[0].exact);
    QVERIFY(!hits[1].exact);
}

void TestJumpSearch::findsNothingInNonsense_data()
{
    QTest::addColumn<QString>("typed");
    for (const char *typed :
         {"", " ", "·", "?!", "\t\n", "nothing like it", "\" OR \"*", "NEAR(a b)", "a\" AND b:c ^",
          "number 9", "' OR 1=1 --", "🚚", "\u200f\u200e\u2066", "1", "12 34"})
        QTest::newRow(typed) << QString::fromUtf8(typed);
}

void TestJumpSearch::findsNothingInNonsense()
{
    QFETCH(QString, typed);
    QVERIFY(find(typed.toStdString()).empty() || typed == QStringLiteral("1")
            || typed == QStringLiteral("12 34"));
}

void TestJumpSearch::takesAPageOfText()
{
    const std::string page = "Order SO-10001 " + std::string(1'000'000, 'x') + " SO-10002";
    const std::clock_t before = std::clock(); // the processor's time, which others on the machine do not take
    const auto hits = find(page);
    QCOMPARE(hits.size(), std::size_t{1}); // what stands a megabyte further down was not meant
    QCOMPARE(hits[0].ref.key, std::string("o1"));
    std::string numbers;
    for (int i = 0; i < 200'000; ++i)
        numbers += std::to_string(i) + ' ';
    QVERIFY(find(numbers).size() <= JumpSearch::maxHits);
    QVERIFY(find(std::string(1 << 20, '1')).empty());
    QVERIFY(find(std::string(1 << 20, '\0')).empty());
    QVERIFY(find(std::string(1 << 20, '"')).empty());
    QVERIFY2(std::clock() - before < 5 * CLOCKS_PER_SEC, "no text takes long");
}

void TestJumpSearch::survivesAnyBytes()
{
    SeededRandom random(4711);
    static const std::string pieces[] = {"SO-10001", "\"",   "*",   "(",    ")", " ", "\xff\xfe",
                                         "\xe2\x80", "NEAR", "AND", "4500", "-", ":", "\xf0\x9f\x9a\x9a",
                                         "\x00",     "'",    "^",   "1Z"};
    for (int round = 0; round < 400; ++round) {
        std::string typed;
        for (auto count = random.below(12); count > 0; --count)
            typed += pieces[random.below(std::size(pieces))];
        const auto hits = JumpSearch(*m_reader).find(typed);
        QVERIFY2(hits, hits ? "" : qPrintable(hits.error().detail));
    }
}

void TestJumpSearch::cutsLongResultsShort()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int i = 0; i < 600; ++i) {
        changes.push_back(changeTo(plainOrder(i)));
        Shipment shipment = shipmentOf(plainOrder(i), "S" + std::to_string(i));
        shipment.shipToName = "Reno plant";
        changes.push_back(changeTo(shipment));
    }
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto hits = JumpSearch(reader).find("Reno");
    QVERIFY(hits);
    QCOMPARE(hits->size(), 2 * JumpSearch::maxPerKind);
    QCOMPARE(hits->front().ref.key, std::string("o599"));
}

void TestJumpSearch::cleansWhatNobodySees()
{
    QCOMPARE(JumpText::cleaned("a\u00a0\u2003b\t\nc"), std::string("a b c"));
    QCOMPARE(JumpText::cleaned("1\u20112\u20133\u22124"), std::string("1-2-3-4"));
    QCOMPARE(JumpText::cleaned("\u202a\u200fAB\u00adC\u200b\u202c"), std::string("ABC"));
    QCOMPARE(JumpText::cleaned("\xff"), std::string("\xef\xbf\xbd"));
    QVERIFY(JumpText::cleaned(std::string(5'000, 'x')).size() <= 1024);
}

void TestJumpSearch::gathersWhatMayBeANumber()
{
    const std::vector<std::string> one{"inv80123"};
    QVERIFY(JumpText::numbers("your INV-80123!") == one);
    const auto spaced = JumpText::numbers("parcel 1Z 999 AA1 lost");
    QVERIFY(std::ranges::find(spaced, "1z999aa1") != spaced.end());
    QVERIFY(JumpText::numbers("no number in here").empty());
    std::string many;
    for (int i = 0; i < 2'000; ++i)
        many += "12345" + std::to_string(i) + ' ';
    QVERIFY(JumpText::numbers(many).size() <= 100);
    QCOMPARE(JumpText::withoutLabel("po4500771"), std::string("4500771"));
    QCOMPARE(JumpText::withoutLabel("4500771"), std::string());
    QCOMPARE(JumpText::withoutLabel("po12"), std::string());
}

CORE_TEST(TestJumpSearch)
#include "tst_jumpsearch.moc"

// Lists of items that people paste: read, or refused with a sentence, and never in silence.

#include "partlist.h"
#include "partmatch.h"
#include "testentry.h"

#include <QTest>

#include <ctime>

using namespace Counterfoil;

namespace {

PartList read(const char16_t *text)
{
    return PartList::read(QStringView(text));
}

} // namespace

class TestPartList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsOfASpreadsheet();
    void quantities_data();
    void quantities();
    void whatIsNoList();
    void fiftyThousandRows();
    void anythingAtAll();
    void matchesWhatWasBoughtBefore();
};

void TestPartList::rowsOfASpreadsheet()
{
    const PartList list = read(
        u"Item\tQty\r\nUF-0231\t3\r\n\r\nWH-4410;12\n\"BR, 7\",2\n4 x JN-1012\nJN-1012 Glass cleaner 5");
    QCOMPARE(list.rows.size(), 5U);
    QCOMPARE(list.rows[0].item, QStringLiteral("UF-0231"));
    QCOMPARE(list.rows[0].line, 2);
    QCOMPARE(list.rows[0].quantity, Decimal::fromInteger(3));
    QCOMPARE(list.rows[1].quantity, Decimal::fromInteger(12));
    QCOMPARE(list.rows[2].item, QStringLiteral("BR, 7"));
    QCOMPARE(list.rows[3].quantity, Decimal::fromInteger(4));
    QCOMPARE(list.rows[4].item, QStringLiteral("JN-1012"));
    QCOMPARE(list.rows[4].quantity, Decimal::fromInteger(5));
}

void TestPartList::quantities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("quantity");
    const auto good = static_cast<int>(PartRow::State::Good);
    const auto doubtful = static_cast<int>(PartRow::State::Doubtful);
    const auto bad = static_cast<int>(PartRow::State::Bad);
    QTest::newRow("whole") << QStringLiteral("12") << good << QStringLiteral("12");
    QTest::newRow("point") << QStringLiteral("1.5") << good << QStringLiteral("1.5");
    QTest::newRow("comma") << QStringLiteral("1,5") << good << QStringLiteral("1.5");
    QTest::newRow("thousands or not") << QStringLiteral("1,500") << doubtful << QStringLiteral("1500");
    QTest::newRow("both marks") << QStringLiteral("1.500,25") << good << QStringLiteral("1500.25");
    QTest::newRow("twice grouped") << QStringLiteral("100,000") << doubtful << QStringLiteral("100000");
    QTest::newRow("word") << QStringLiteral("two") << bad << QStringLiteral("0");
    QTest::newRow("nothing") << QString() << bad << QStringLiteral("0");
    QTest::newRow("zero") << QStringLiteral("0") << bad << QStringLiteral("0");
    QTest::newRow("negative") << QStringLiteral("-3") << bad << QStringLiteral("0");
    QTest::newRow("10^12") << QStringLiteral("1000000000000") << bad << QStringLiteral("0");
    QTest::newRow("10^40") << QString(41, u'9') << bad << QStringLiteral("0");
    QTest::newRow("a million") << QStringLiteral("1000000") << bad << QStringLiteral("0");
    QTest::newRow("the most") << QStringLiteral("999999") << good << QStringLiteral("999999");
    QTest::newRow("exponent") << QStringLiteral("1e3") << bad << QStringLiteral("0");
    QTest::newRow("too exact") << QStringLiteral("0.0000001") << bad << QStringLiteral("0");
    QTest::newRow("formula") << QStringLiteral("=A1*2") << bad << QStringLiteral("0");
}

void TestPartList::quantities()
{
    QFETCH(const QString, text);
    QFETCH(const int, state);
    QFETCH(const QString, quantity);
    const PartRow row = PartList::quantityOf(text);
    QCOMPARE(static_cast<int>(row.state), state);
    QCOMPARE(QString::fromStdString(row.quantity.toString()), quantity);
    QCOMPARE(row.note.isEmpty(), row.state == PartRow::State::Good);
}

void TestPartList::whatIsNoList()
{
    for (const char16_t *text : {u"", u"  \n\t\n", u"Item\tQuantity\n", u"PK\x03\x04\x14"})
        QVERIFY(!read(text).refused.isEmpty());
    QVERIFY(!PartList::read(QString(QChar(0))).refused.isEmpty());
    QVERIFY(!PartList::read(QString(PartList::charactersMost + 1, u'a')).refused.isEmpty());
    const PartList formula = read(u"=cmd|' /C calc'!A0\t3");
    QCOMPARE(formula.rows.front().state, PartRow::State::Bad);
    const PartList word = read(u"UF-0231\ttwo");
    QCOMPARE(word.rows.front().state, PartRow::State::Bad);
    QVERIFY(word.rows.front().note.contains(QStringLiteral("two")));
    QCOMPARE(read(u"UF-0231").rows.front().state, PartRow::State::Doubtful);
}

void TestPartList::fiftyThousandRows()
{
    QString text;
    for (int i = 0; i < 50'000; ++i)
        text += QStringLiteral("SKU-%1\t%2\n").arg(i).arg(i % 9 + 1);
    const std::clock_t before = std::clock(); // the processor's time, which others on the machine do not take
    const PartList list = PartList::read(text);
    const std::clock_t taken = std::clock() - before;
    QCOMPARE(static_cast<int>(list.rows.size()), PartList::rowsMost);
    QCOMPARE(list.left, 50'000 - PartList::rowsMost);
    QVERIFY2(taken < 2 * CLOCKS_PER_SEC, qPrintable(QString::number(taken)));
}

// Whatever stands in it, every row is a row, and none crashes.
void TestPartList::anythingAtAll()
{
    const QString letters = QStringLiteral("\"\t;,. \n\r-+=0159xX€Aäß٣");
    quint32 seed = 7;
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        for (int i = 0; i < 24; ++i) {
            seed = seed * 1'664'525U + 1'013'904'223U;
            text += letters[qsizetype((seed >> 16U) % quint32(letters.size()))];
        }
        for (const PartRow &row : PartList::read(text).rows) {
            QVERIFY(row.state == PartRow::State::Bad || row.quantity > Decimal());
            QVERIFY(row.state == PartRow::State::Good || !row.note.isEmpty());
            QVERIFY(row.state == PartRow::State::Bad || !row.item.isEmpty());
        }
    }
}

void TestPartList::matchesWhatWasBoughtBefore()
{
    BoughtItem press;
    press.sku = "UF-0231";
    press.last.description = "Ultra Forge drill press";
    press.last.unit = "each";
    BoughtItem one;
    one.sku = "A-12";
    BoughtItem other;
    other.sku = "A1-2";
    const MatchedParts parts = MatchedParts::of(
        read(u"UF-0231\t3\nuf0231\t1\nNEW-9\t2\nUF-0231\ttwo\na12\t4\nUF-0231\t1,500"), {press, one, other});
    using Group = MatchedPart::Group;
    const Group groups[]
        = {Group::Matched, Group::Doubtful, Group::Unknown, Group::Bad, Group::Unknown, Group::Doubtful};
    for (std::size_t i = 0; i < std::size(groups); ++i)
        QCOMPARE(parts.rows[i].group, groups[i]);
    QCOMPARE(parts.rows[1].line.sku, "UF-0231");
    QVERIFY(parts.rows[1].note.contains(QStringLiteral("uf0231")));
    QCOMPARE(parts.lines().size(), 5U);
    QCOMPARE(parts.count(Group::Bad), 1);
}

CORE_TEST(TestPartList)
#include "tst_partlist.moc"

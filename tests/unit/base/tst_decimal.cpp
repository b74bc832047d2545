#include "decimal.h"
#include "random.h"
#include "testentry.h"

#include <QtTest>

#include <limits>

using namespace Counterfoil;

class TestDecimal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void readsBackWhatItWrites();
    void writesTheShortestText();
    void reckonsExactly();
};

void TestDecimal::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("millionths");
    const auto row
        = [](const char *text, qint64 millionths) { QTest::newRow(text) << QByteArray(text) << millionths; };
    row("0", 0);
    row("-0", 0);
    row("12", 12'000'000);
    row("-0.5", -500'000);
    row("1.250000", 1'250'000);
    row("0.000001", 1);
    row("1.2500000000", 1'250'000); // places that do not count
    row("999999999999.999999", 999'999'999'999'999'999);
    row("-999999999999.999999", -999'999'999'999'999'999);
    row("007", 7'000'000);
}

void TestDecimal::parses()
{
    QFETCH(QByteArray, text);
    const auto value = Decimal::parse(text.toStdString());
    QVERIFY(value);
    QTEST(qint64{value->millionths}, "millionths");
}

void TestDecimal::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "-", ".", "1.", ".5", "+1", "1e3", "1,000", "0x10", " 1", "1 ", "--1",
                             "1.2.3", "0.0000001", "1000000000000", "12a", "NaN", "inf", "\xd9\xa1"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("with a zero byte") << QByteArray("1\0", 2);
}

void TestDecimal::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Decimal::parse(text.toStdString()));
}

void TestDecimal::readsBackWhatItWrites()
{
    SeededRandom random(1);
    for (int i = 0; i < 10'000; ++i) {
        // Every magnitude, not only the large ones that are most of all numbers.
        const auto bound = std::uint64_t{1} << (1 + random.below(59));
        const Decimal value{static_cast<std::int64_t>(random.below(bound)) * (random.below(2) ? 1 : -1)};
        const auto back = Decimal::parse(value.toString());
        QVERIFY2(back, value.toString().c_str());
        QCOMPARE(back->millionths, value.millionths);
    }
}

void TestDecimal::writesTheShortestText()
{
    QCOMPARE(Decimal{}.toString(), std::string("0"));
    QCOMPARE(Decimal::fromInteger(12).toString(), std::string("12"));
    QCOMPARE((Decimal{-500'000}).toString(), std::string("-0.5"));
    QCOMPARE((Decimal{1}).toString(), std::string("0.000001"));
    QCOMPARE((Decimal{std::numeric_limits<std::int64_t>::min()}).toString(),
             std::string("-9223372036854.775808"));
}

void TestDecimal::reckonsExactly()
{
    Decimal sum;
    for (int i = 0; i < 10; ++i)
        sum += *Decimal::parse("0.1");
    QCOMPARE(sum, Decimal::fromInteger(1));
    QVERIFY(*Decimal::parse("0.3") - *Decimal::parse("0.1") == *Decimal::parse("0.2"));
    QVERIFY(-sum < Decimal());
    QVERIFY((sum -= sum).isZero());
}

CORE_TEST(TestDecimal)
#include "tst_decimal.moc"

#include "exactvalue.h"
#include "testentry.h"

#include "random.h"

#include <QTest>

using namespace Counterfoil;

class ExactValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void multiplies_data();
    void multiplies();
    void rounds_data();
    void rounds();
    void sumsInAnyOrder();
    void taxesHalvesAwayFromZero();
};

void ExactValueTest::multiplies_data()
{
    QTest::addColumn<QByteArray>("quantity");
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("plain") << QByteArray("6") << QByteArray("2.55") << QByteArray("15.30");
    QTest::newRow("third decimal") << QByteArray("1") << QByteArray("0.001") << QByteArray("0.001");
    QTest::newRow("all decimals") << QByteArray("0.000001") << QByteArray("0.000001")
                                  << QByteArray("0.000000000001");
    QTest::newRow("negative") << QByteArray("-3") << QByteArray("0.335") << QByteArray("-1.005");
    QTest::newRow("both negative") << QByteArray("-2.5") << QByteArray("-4.1") << QByteArray("10.25");
    QTest::newRow("below nothing") << QByteArray("-1") << QByteArray("0.25") << QByteArray("-0.25");
    QTest::newRow("nothing") << QByteArray("80995") << QByteArray("0") << QByteArray("0.00");
    QTest::newRow("largest") << QByteArray("999999999.999999") << QByteArray("999999999.999999")
                             << QByteArray("999999999999998000.000000000001");
}

void ExactValueTest::multiplies()
{
    QFETCH(QByteArray, quantity);
    QFETCH(QByteArray, price);
    QFETCH(QByteArray, value);
    const auto a = Decimal::parse(quantity.toStdString());
    const auto b = Decimal::parse(price.toStdString());
    QVERIFY(a && b && ExactValue::inRange(*a) && ExactValue::inRange(*b));
    QCOMPARE(ExactValue::product(*a, *b).toString(), value.toStdString());
    QCOMPARE(ExactValue::product(*b, *a).toString(), value.toStdString());
}

void ExactValueTest::rounds_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("places");
    QTest::addColumn<qint64>("minor");
    QTest::newRow("exact") << QByteArray("15.30") << 2 << qint64{1530};
    QTest::newRow("half up") << QByteArray("0.005") << 2 << qint64{1};
    QTest::newRow("below half") << QByteArray("0.004999") << 2 << qint64{0};
    QTest::newRow("negative half") << QByteArray("-0.005") << 2 << qint64{-1};
    QTest::newRow("yen") << QByteArray("199.5") << 0 << qint64{200};
    QTest::newRow("dinar") << QByteArray("1.2345") << 3 << qint64{1235};
}

void ExactValueTest::rounds()
{
    QFETCH(QByteArray, value);
    QFETCH(int, places);
    QFETCH(qint64, minor);
    QCOMPARE(extended(*Decimal::parse(value.toStdString()), Decimal::fromInteger(1), places).minor, minor);
}

void ExactValueTest::sumsInAnyOrder()
{
    SeededRandom random(5);
    std::vector<ExactValue> values;
    for (int i = 0; i < 2'000; ++i) {
        const auto draw = [&random] {
            return Decimal{static_cast<std::int64_t>(random.below(4'000'000'000)) - 2'000'000'000};
        };
        values.push_back(ExactValue::product(draw(), draw()));
    }
    ExactValue forwards;
    ExactValue backwards;
    for (std::size_t i = 0; i < values.size(); ++i) {
        forwards += values[i];
        backwards += values[values.size() - 1 - i];
    }
    QCOMPARE(forwards.toString(), backwards.toString());
    for (const ExactValue &value : values)
        forwards += {-value.whole, -value.trillionths};
    QVERIFY(forwards == ExactValue());
}

void ExactValueTest::taxesHalvesAwayFromZero()
{
    QCOMPARE(taxOn({1'000}, 2'000).minor, 200);
    QCOMPARE(taxOn({3}, 2'000).minor, 1); // 0.6
    QCOMPARE(taxOn({2}, 2'500).minor, 1); // 0.5
    QCOMPARE(taxOn({-2}, 2'500).minor, -1);
    QCOMPARE(taxOn({2}, 2'000).minor, 0); // 0.4
}

CORE_TEST(ExactValueTest)
#include "tst_exactvalue.moc"

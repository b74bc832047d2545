#include "instant.h"
#include "random.h"
#include "testentry.h"

#include <QDate>
#include <QDateTime>
#include <QtTest>

using namespace Counterfoil;

class TestInstant : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void agreesWithQt();
    void refusesDates_data();
    void refusesDates();
    void datesAgreeWithQt();
    void isNoneByDefault();
};

void TestInstant::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    const auto row = [](const char *text, qint64 ms) { QTest::newRow(text) << QByteArray(text) << ms; };
    row("1970-01-01T00:00:00Z", 0);
    row("1970-01-01T00:00:00.001Z", 1);
    row("1970-01-01T00:00:00.5Z", 500);
    row("1970-01-01T00:00:00.123456789Z", 123);
    row("1969-12-31T23:59:59.999Z", -1);
    row("2000-02-29T12:00:00Z", 951'825'600'000);
    row("9999-12-31T23:59:59.999Z", 253'402'300'799'999);
    row("1900-01-01T00:00:00Z", -2'208'988'800'000);
}

void TestInstant::parses()
{
    QFETCH(QByteArray, text);
    const auto value = Instant::parse(text.toStdString());
    QVERIFY(value);
    QTEST(qint64{value->ms}, "ms");
}

void TestInstant::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "2026-11-21", "2026-11-21T08:12:00", "2026-11-21T08:12:00+01:00", "2026-11-21 08:12:00Z",
          "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-32T00:00:00Z",
          "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z",
          "1899-12-31T23:59:59Z", "26-11-21T08:12:00Z", "2026-11-21T08:12:00Zx", "2026-11-21T8:12:00Z",
          "-2026-11-21T08:12:00Z", "20261121T081200Z"})
        QTest::newRow(text) << QByteArray(text);
}

void TestInstant::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Instant::parse(text.toStdString()));
}

void TestInstant::agreesWithQt()
{
    SeededRandom random(2);
    constexpr std::int64_t first = -2'208'988'800'000;
    constexpr std::int64_t last = 253'402'300'799'999;
    for (int i = 0; i < 5'000; ++i) {
        const Instant instant{first + static_cast<std::int64_t>(random.below(last - first))};
        const QString qt = QDateTime::fromMSecsSinceEpoch(instant.ms, Qt::UTC).toString(Qt::ISODateWithMs);
        QCOMPARE(QString::fromStdString(instant.toString()), qt);
        QCOMPARE(Instant::parse(instant.toString()), std::optional(instant));
    }
}

void TestInstant::refusesDates_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "2026-11-31", "2025-02-29", "1900-02-29", "2026-1-01", "2026-11-21T",
                             "1899-12-31", "10000-01-01", "2026/11/21", "21.11.2026"})
        QTest::newRow(text) << QByteArray(text);
}

void TestInstant::refusesDates()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Date::parse(text.toStdString()));
}

void TestInstant::datesAgreeWithQt()
{
    const QDate epoch(1970, 1, 1);
    for (QDate day(1900, 1, 1); day.year() < 2110; day = day.addDays(1)) {
        const Date date{static_cast<std::int32_t>(epoch.daysTo(day))};
        QCOMPARE(date, Date::fromCivil(day.year(), day.month(), day.day()));
        QCOMPARE(QString::fromStdString(date.toString()), day.toString(Qt::ISODate));
        QCOMPARE(Date::parse(date.toString()), std::optional(date));
    }
    QVERIFY(!Date::fromCivil(2026, 2, 29).isSet());
}

void TestInstant::isNoneByDefault()
{
    QVERIFY(!Instant().isSet());
    QVERIFY(!Date().isSet());
    QVERIFY(Instant().toString().empty());
    QVERIFY(Date().toString().empty());
    QVERIFY(Instant() < Instant::parse("1900-01-01T00:00:00Z"));
}

CORE_TEST(TestInstant)
#include "tst_instant.moc"

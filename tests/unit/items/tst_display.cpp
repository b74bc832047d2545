#include "display.h"
#include "testentry.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>
#include <QtTest>

#include <limits>

using namespace Counterfoil;

class TestDisplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void showsMoney_data();
    void showsMoney();
    void showsPrices();
    void showsQuantities();
    void showsDates();
    void roundsAgesUp_data();
    void roundsAgesUp();
    void wordsOrigins();

private:
    static Decimal decimal(const char *text) { return *Decimal::parse(text); }
};

void TestDisplay::initTestCase()
{
    qputenv("TZ", "UTC");
    cleanup();
}

void TestDisplay::cleanup()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestDisplay::showsMoney_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<qint64>("minor");
    QTest::addColumn<QByteArray>("currency");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *locale, qint64 minor, const char *currency, const char *expected) {
        // No-break spaces as ordinary ones, so that the table can be read.
        QTest::addRow("%s %s %lld", locale, currency, minor)
            << QString::fromLatin1(locale) << minor << QByteArray(currency) << QString::fromUtf8(expected);
    };
    row("en_GB", 231'840, "GBP", "£2,318.40");
    row("en_GB", 5, "GBP", "£0.05");
    row("en_GB", -231'840, "GBP", "-£2,318.40");
    row("en_GB", 0, "EUR", "€0.00");
    row("en_GB", 1'500, "JPY", "¥1,500");
    row("en_GB", 1'500, "KWD", "KWD 1.500");
    row("en_GB", 1'500, "CHF", "CHF 15.00");
    row("en_GB", 1'500, "", "15.00");
    row("en_GB", std::numeric_limits<qint64>::min(), "GBP", "-£92,233,720,368,547,758.08");
    row("de_DE", 231'840, "EUR", "2.318,40 €");
    row("de_DE", -231'840, "EUR", "-2.318,40 €");
    row("en_US", 231'840, "USD", "$2,318.40");
    row("C", 231'840, "USD", "$2318.40");
}

void TestDisplay::showsMoney()
{
    QFETCH(QString, locale);
    QFETCH(qint64, minor);
    QFETCH(QByteArray, currency);
    QLocale::setDefault(QLocale(locale));
    QString text = Display::money({minor}, currency.toStdString());
    QTEST(text.replace(QChar(0xa0), QLatin1Char(' ')), "expected");
}

void TestDisplay::showsPrices()
{
    QCOMPARE(Display::unitPrice(decimal("1.5"), "GBP"), QStringLiteral("£1.50"));
    QCOMPARE(Display::unitPrice(decimal("0.00325"), "GBP"), QStringLiteral("£0.00325"));
    QCOMPARE(Display::unitPrice(decimal("-12"), "GBP"), QStringLiteral("-£12.00"));
    QCOMPARE(Display::unitPrice(decimal("120.5"), "JPY"), QStringLiteral("¥120.5"));
}

void TestDisplay::showsQuantities()
{
    QCOMPARE(Display::quantity(decimal("12")), QStringLiteral("12"));
    QCOMPARE(Display::quantity(decimal("-1234.5")), QStringLiteral("-1,234.5"));
    QCOMPARE(Display::quantity(decimal("0.000001")), QStringLiteral("0.000001"));
    QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
    QCOMPARE(Display::quantity(decimal("1234.5")), QStringLiteral("1.234,5"));
    QLocale::setDefault(QLocale(QStringLiteral("ar_EG")));
    QCOMPARE(Display::quantity(decimal("12.5")), QString::fromUtf8("١٢٫٥"));
}

void TestDisplay::showsDates()
{
    QCOMPARE(Display::shortDate(Date::fromCivil(1999, 11, 21)), QStringLiteral("21 Nov 1999"));
    QCOMPARE(Display::shortDate(*Instant::parse("1999-11-21T23:59:00Z")), QStringLiteral("21 Nov 1999"));
    const int year = QDate::currentDate().year();
    QCOMPARE(Display::shortDate(Date::fromCivil(year, 6, 2)), QStringLiteral("2 Jun"));
    QCOMPARE(Display::shortDate(Date()), QString());
    QCOMPARE(Display::full(Instant()), QString());
    const QString full = Display::full(*Instant::parse("1999-11-21T08:12:07Z"));
    QVERIFY2(full.contains(QStringLiteral("08:12:07")) && full.contains(QStringLiteral("UTC")),
             qPrintable(full));
    QVERIFY(Display::full(Date::fromCivil(1999, 11, 21)).contains(QStringLiteral("1999")));
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    QCOMPARE(Display::shortDate(Date::fromCivil(1999, 11, 21)), QStringLiteral("Nov 21, 1999"));
}

void TestDisplay::roundsAgesUp_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("expected");
    const auto row = [](qint64 ms, const char *expected) {
        QTest::addRow("%lld", ms) << ms << QString::fromLatin1(expected);
    };
    row(-5, "0.0 s");
    row(0, "0.0 s");
    row(1, "0.1 s");
    row(400, "0.4 s");
    row(401, "0.5 s");
    row(901, "1 s");
    row(1'001, "2 s");
    row(12'000, "12 s");
    row(59'001, "1 min");
    row(300'000, "5 min");
    row(59 * 60'000 + 1, "1 h");
    row(3 * 3'600'000, "3 h");
    row(48 * 3'600'000, "2 d");
}

void TestDisplay::roundsAgesUp()
{
    QFETCH(qint64, ms);
    QTEST(Display::ago(ms), "expected");
}

void TestDisplay::wordsOrigins()
{
    QCOMPARE(Display::origin("edi"), QStringLiteral("EDI"));
    QCOMPARE(Display::origin("fax"), QStringLiteral("fax"));
}

CORE_TEST(TestDisplay)
#include "tst_display.moc"

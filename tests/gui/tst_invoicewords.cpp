#include "invoicewords.h"
#include "lineoutlook.h"
#include "parcelslist.h"
#include "testentry.h"

#include <QApplication>
#include <QtTest>

using namespace Counterfoil;

namespace {

const Date today = Date::fromCivil(2026, 11, 21);

Date inDays(int days)
{
    Date date = today;
    date.daysSinceEpoch += days;
    return date;
}

Invoice open(int dueInDays, std::int64_t minor = 88'259, const char *currency = "GBP")
{
    Invoice invoice;
    invoice.key = "i1";
    invoice.open = true;
    invoice.dueOn = inDays(dueInDays);
    invoice.currency = currency;
    invoice.total = invoice.openAmount = Amount{minor};
    return invoice;
}

} // namespace

// What the window says about how a record stands, in sentences.
class TestInvoiceWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void saysWhenItIsDue();
    void saysWhatIsDisputed();
    void saysWhenItWasPaid();
    void saysWhatACreditIsWorth();
    void offersTheDiscountWhileItLasts();
    void saysWhatIsStillToCome();
    void trustsOnlyWebAddresses_data();
    void trustsOnlyWebAddresses();
};

void TestInvoiceWords::saysWhenItIsDue()
{
    const auto words = [](int days) { return standingOf(open(days), {}, today); };
    QVERIFY(words(-11).sentence.startsWith(QStringLiteral("Overdue by 11 ")));
    QVERIFY(words(-11).sentence.contains(QStringLiteral("£882.59 was due on 10 Nov")));
    QCOMPARE(words(-11).tone, Tone::Bad);
    QCOMPARE(words(0).sentence, QStringLiteral("£882.59 is due today."));
    QCOMPARE(words(0).tone, Tone::Warn);
    QVERIFY(words(12).sentence.startsWith(QStringLiteral("£882.59 is due on 3 Dec, in 12 ")));
    QCOMPARE(words(12).tone, Tone::Info);
    // Without minor units, and with three places.
    QVERIFY(standingOf(open(0, 30'538, "JPY"), {}, today).sentence.startsWith(QStringLiteral("¥30,538 ")));
    QVERIFY(standingOf(open(0, 365'960, "KWD"), {}, today).sentence.contains(QStringLiteral("365.960")));
    Invoice undated = open(0);
    undated.dueOn = {};
    QVERIFY(standingOf(undated, {}, today).sentence.contains(QStringLiteral("no due date")));
    // As long as it is not known what day it is there, nothing is called overdue.
    QCOMPARE(standingOf(open(-11), {}, Date()).tone, Tone::Info);
}

void TestInvoiceWords::saysWhatIsDisputed()
{
    Invoice disputed = open(-11);
    disputed.disputeReason = "One box was empty";
    const InvoiceStanding standing = standingOf(disputed, {}, today);
    QVERIFY(standing.sentence.contains(QStringLiteral("One box was empty")));
    QCOMPARE(standing.tone, Tone::Warn);
}

void TestInvoiceWords::saysWhenItWasPaid()
{
    Invoice paid = open(-11);
    paid.open = false;
    paid.openAmount = {};
    QCOMPARE(standingOf(paid, {}, today).sentence, QStringLiteral("Settled: nothing is to be paid."));
    Payment other;
    other.receivedAt = Instant{1'795'200'000'000};
    other.parts.push_back({"i2", {}, Amount{1}, {}});
    Payment payment;
    payment.receivedAt = Instant{1'794'500'000'000}; // 2026-11-12
    payment.parts.push_back({"i1", {}, Amount{88'259}, {}});
    QVERIFY(standingOf(paid, {other, payment}, today).sentence.contains(QStringLiteral("12 Nov")));
    QCOMPARE(standingOf(paid, {payment}, today).tone, Tone::Ok);
}

void TestInvoiceWords::saysWhatACreditIsWorth()
{
    Invoice credit = open(0, -4'310);
    credit.credit = true;
    QCOMPARE(standingOf(credit, {}, today).sentence,
             QStringLiteral("A credit of £43.10, of which £43.10 is still to be offset."));
    credit.open = false;
    credit.openAmount = {};
    QCOMPARE(standingOf(credit, {}, today).sentence, QStringLiteral("A credit of £43.10, offset in full."));
}

void TestInvoiceWords::offersTheDiscountWhileItLasts()
{
    Invoice invoice = open(20, 61'500);
    invoice.discount = Amount{1'230};
    invoice.discountUntil = inDays(4);
    QCOMPARE(earlyDiscountOf(invoice, today),
             QStringLiteral("Keep £12.30 back if you pay by 25 Nov: then £602.70 settles it."));
    invoice.discountUntil = today;
    QVERIFY(!earlyDiscountOf(invoice, today).isEmpty());
    invoice.discountUntil = inDays(-1);
    QVERIFY(earlyDiscountOf(invoice, today).isEmpty());
    invoice.discountUntil = inDays(4);
    invoice.discount = invoice.openAmount; // nonsense of the ERP's
    QVERIFY(earlyDiscountOf(invoice, today).isEmpty());
    invoice.discount = Amount{1'230};
    invoice.open = false;
    QVERIFY(earlyDiscountOf(invoice, today).isEmpty());
}

void TestInvoiceWords::saysWhatIsStillToCome()
{
    Order order;
    OrderLine line;
    line.ordered = Decimal::fromInteger(40);
    line.shipped = Decimal::fromInteger(12);
    line.backordered = Decimal::fromInteger(28);
    line.expectedOn = Date::fromCivil(2026, 12, 3);
    QCOMPARE(outlookOf(line, order).text, QStringLiteral("28 of 40 to come, expected 3 Dec"));
    QCOMPARE(outlookOf(line, order).tone, Tone::Warn);
    line.expectedOn = {};
    QCOMPARE(outlookOf(line, order).text, QStringLiteral("28 of 40 to come, no date known"));
    line.backordered = {};
    order.promisedOn = Date::fromCivil(2026, 12, 1);
    QCOMPARE(outlookOf(line, order).text, QStringLiteral("28 of 40 to come, promised for 1 Dec"));
    line.cancelled = Decimal::fromInteger(28);
    QVERIFY(outlookOf(line, order).text.isEmpty());
    line.shipped = Decimal::fromInteger(50); // more than was ordered
    QVERIFY(outlookOf(line, order).text.isEmpty());
}

void TestInvoiceWords::trustsOnlyWebAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("trusted");
    const auto row
        = [](const char *url, bool trusted) { QTest::newRow(url) << QString::fromLatin1(url) << trusted; };
    row("https://carrier.example/track?n=1Z%20999", true);
    row(" http://carrier.example/1 ", true);
    row("", false);
    row("javascript:alert(1)", false);
    row("file:///etc/passwd", false);
    row("ftp://carrier.example/1", false);
    row("https://", false);
    row("https:///track", false);
    row("https://somebody:secret@carrier.example/", false);
    row("carrier.example/track", false);
    row("\\\\server\\share", false);
}

void TestInvoiceWords::trustsOnlyWebAddresses()
{
    QFETCH(QString, url);
    QFETCH(bool, trusted);
    QCOMPARE(!carrierPage(url.toStdString()).isEmpty(), trusted);
}

WINDOW_TEST(TestInvoiceWords)
#include "tst_invoicewords.moc"

// Papers of any length and with any text: sound, or refused with a sentence.

#include "readpaper.h"
#include "testentry.h"

#include <QGuiApplication>
#include <QTest>

#include <limits>

using namespace Counterfoil;

class TestPaperLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fiveHundredPages();
    void hostileTextStaysSound_data();
    void hostileTextStaysSound();
    void whatCannotBeDrawnIsRefused_data();
    void whatCannotBeDrawnIsRefused();
};

void TestPaperLimits::fiveHundredPages()
{
    PaperData data = samplePaper();
    addLines(data, 18'500);
    const auto pdf = drawPaper(data);
    QVERIFY(pdf.ok());
    const auto document = Poppler::Document::loadFromData(QByteArray::fromStdString(*pdf));
    QVERIFY(document);
    QVERIFY2(document->numPages() >= 500, qPrintable(QString::number(document->numPages())));
    const QString last = readable(document->page(document->numPages() - 1)->text({}));
    QVERIFY(last.contains(QStringLiteral("Page %1 of %1").arg(document->numPages())));
    QVERIFY(last.contains(QStringLiteral("GBP ") + pounds(data.invoice.total.minor)));
}

void TestPaperLimits::hostileTextStaysSound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("control characters")
        << QByteArray("Bolt\x01\x02\x1b[31m\x7f\r\tM8", 15) << QStringLiteral("M8");
    QTest::newRow("zero byte") << QByteArray("Bolt\0M8", 7) << QStringLiteral("M8");
    QTest::newRow("not UTF-8") << QByteArray("Bolt \xff\xfe\xc3 M8") << QStringLiteral("M8");
    QTest::newRow("reordering marks") << QByteArray("Bolt \xe2\x80\xae"
                                                    "8M")
                                      << QStringLiteral("8M");
    QTest::newRow("PDF syntax") << QByteArray("Bolt ) Tj ET endstream endobj %%EOF M8")
                                << QStringLiteral("%%EOF");
    QTest::newRow("placeholders") << QByteArray("Bolt %1 %2 %3") << QStringLiteral("%1 %2 %3");
    QTest::newRow("one word") << QByteArray(9'000, 'x') << QStringLiteral("xxxxxxxx");
    QTest::newRow("many lines") << QByteArray("Bolt\n").repeated(1'500) << QStringLiteral("Bolt");
    QTest::newRow("marks on marks") << (QByteArray("Bo") + QByteArray("\xcc\x81").repeated(2'000))
                                    << QStringLiteral("Bo");
    QTest::newRow("emoji") << QByteArray("Bolt \xf0\x9f\x98\x80 M8") << QStringLiteral("M8");
}

void TestPaperLimits::hostileTextStaysSound()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, shown);
    PaperData data = samplePaper();
    addLines(data, 25);
    addLine(data, text.toStdString(), 10'000);
    addLine(data, "the line after", 10'000);
    Invoice &invoice = data.invoice;
    for (std::string *field :
         {&invoice.billToName, &invoice.billToAddress, &invoice.shipToName, &invoice.terms,
          &invoice.poReference, &data.taxName, &data.issuer.name, &data.issuer.address, &data.creditReason,
          &data.taxNote, &data.accountName, &data.paymentReference})
        *field = text.toStdString();
    data.payTo.front().value = text.toStdString();
    invoice.lines.front().sku = text.toStdString();
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    QVERIFY(sheet.pages.size() >= 2);
    QVERIFY(sheet.all().contains(shown));
    QVERIFY(sheet.all().contains(QStringLiteral("the line after")));
    QVERIFY(found(sheet, QStringLiteral("GBP ") + pounds(invoice.total.minor))
            || sheet.all().contains(pounds(invoice.total.minor)));
    for (int i = 0; i < qMin(4, int(sheet.pages.size())); ++i)
        QVERIFY(!sheet.document->page(i)->renderToImage(36, 36).isNull());
}

void TestPaperLimits::whatCannotBeDrawnIsRefused_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("ten megabytes of description") << 0;
    QTest::newRow("amounts beyond any money") << 1;
    QTest::newRow("too many lines") << 2;
    QTest::newRow("too many instructions") << 3;
    QTest::newRow("too much text altogether") << 4;
}

void TestPaperLimits::whatCannotBeDrawnIsRefused()
{
    QFETCH(int, fault);
    PaperData data = samplePaper();
    addLine(data, "Cordless drill", 10'000);
    switch (fault) {
    case 0:
        data.invoice.lines.front().description = std::string(10 << 20, 'x');
        break;
    case 1:
        data.invoice.lines.front().net = {std::numeric_limits<std::int64_t>::min()};
        break;
    case 2:
        data.invoice.lines.resize(paperLinesMost + 1);
        break;
    case 3:
        data.payTo.resize(paperFactsMost + 1);
        break;
    default:
        for (std::size_t i = 0; i <= paperTotalTextMost / paperTextMost; ++i)
            addLine(data, std::string(paperTextMost, 'x'), 1);
    }
    const auto pdf = drawPaper(data);
    QVERIFY(!pdf.ok());
    QCOMPARE(pdf.error().kind, ErrorKind::BadInput);
    QVERIFY(pdf.error().userText.contains(QStringLiteral("INV-88213")));
    QVERIFY(!retryable(pdf.error().kind));
}

GUI_TEST(TestPaperLimits)
#include "tst_paperlimits.moc"

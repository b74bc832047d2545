// Papers as their reader finds them: drawn, then opened with another program's eyes.

#include "document.h"
#include "readpaper.h"
#include "testentry.h"

#include <QGuiApplication>
#include <QImage>
#include <QTest>
#include <QTimeZone>

#include <limits>
#include <string_view>

using namespace Counterfoil;

class TestPaper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFactIsOnIt();
    void everyLineOfManyPagesIsOnIt();
    void whatIsCarriedForwardAddsUp();
    void taxesAreSummedByRate();
    void manyRatesKeepToThePage();
    void amountsLookAsInTheCountry_data();
    void amountsLookAsInTheCountry();
    void aCreditSaysWhatItCredits();
    void anEarlyPaymentIsOffered();
    void anyScriptIsFoundAndCopied_data();
    void anyScriptIsFoundAndCopied();
    void shapesAreDrawnWhereLettersJoin();
    void fontsAreEmbedded();
    void theSameDataGivesTheSameBytes();
    void anAcknowledgementSaysWhatWasOrdered();
    void aSlipSaysNoPrice();
    void aBillOfLadingSaysWhatTheCarrierTookOver();
    void aProofSaysWhoWhenAndWhere();
    void aReceiptSaysWhatWasPaid();
    void whatIsSaidOfAnItem();

private:
    static PaperData sampleShipment(std::string_view paper);
};

PaperData TestPaper::sampleShipment(std::string_view paper)
{
    PaperData data = samplePaper();
    data.paper = paper;
    data.invoice = {};
    data.issuedTime = "14:05";
    data.shipment.number = "SH-5521";
    data.shipment.orderNumber = "SO-20415";
    data.shipment.poReference = "PO 7779";
    data.shipment.carrier = "Blue Van";
    data.shipment.shipToName = "Harbour Supply Co. Cardiff";
    data.shipment.shipToAddress = "12 Ocean Way\nCardiff CF24 5PF";
    data.shipment.receivedBy = "Priya Natarajan";
    data.shipment.parcels = {{"BV100", {}, {}, {}, {7'500'000}}, {"BV200", {}, {}, {}, {2'250'000}}};
    data.shipment.lines = {{1, "WH-4401", "Cordless drill, 18 V", "each", Decimal::fromInteger(3), "BV100"},
                           {2, "HT-1007", "Claw hammer, 450 g", "each", Decimal::fromInteger(12), "BV200"}};
    data.shipment.events = {{"BV100", {}, "picked-up", "Collected", "Bristol"},
                            {"BV100", {}, "delivered", "Delivered", "Cardiff"}};
    return data;
}

void TestPaper::anAcknowledgementSaysWhatWasOrdered()
{
    PaperData data = samplePaper();
    data.paper = Paper::acknowledgement;
    data.invoice = {};
    Order &order = data.order;
    order.number = "SO-20415";
    order.currency = "GBP";
    order.poReference = "PO 7779";
    order.placedBy = "Maya Okafor";
    order.shipToName = "Harbour Supply Co. Cardiff";
    order.freight = {950};
    for (int i = 1; i <= 70; ++i) {
        OrderLine line;
        line.lineNumber = i;
        line.sku = "WH-" + std::to_string(4'400 + i);
        line.description = "Drill";
        line.ordered = Decimal::fromInteger(2);
        line.unitPrice = {10'500'000};
        line.net = {2'100};
        order.net += line.net;
        order.lines.push_back(line);
    }
    order.tax = {29'590};
    order.total = order.net + order.tax + order.freight;
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document && sheet.pages.size() > 1);
    QCOMPARE(sheet.document->title(), QStringLiteral("Order acknowledgement SO-20415"));
    for (const char *said : {"Order acknowledgement", "PO 7779", "Maya Okafor", "WH-4470", "10.50", "21.00",
                             "1,470.00", "9.50", "GBP 1,775.40", "Carried forward"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    QVERIFY(!sheet.all().contains(QLatin1String("Remittance")));
}

void TestPaper::aSlipSaysNoPrice()
{
    const Sheet sheet = drawn(sampleShipment(Paper::packingSlip));
    QVERIFY(sheet.document);
    QCOMPARE(sheet.document->title(), QStringLiteral("Packing slip SH-5521"));
    for (const char *said : {"SH-5521", "SO-20415", "PO 7779", "Blue Van", "12 Ocean Way", "WH-4401",
                             "Cordless drill, 18 V", "BV200", "9.75 kg", "19 Nov 2026"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    for (const char *unsaid : {"GBP", "Price", "Net", "Total", "VAT 20", "forward", "Remittance", "Priya"})
        QVERIFY2(!sheet.all().contains(QLatin1String(unsaid)), unsaid);
    QVERIFY(!sheet.document->hasEmbeddedFiles());
}

void TestPaper::aBillOfLadingSaysWhatTheCarrierTookOver()
{
    const Sheet sheet = drawn(sampleShipment(Paper::billOfLading));
    QVERIFY(sheet.document);
    QCOMPARE(sheet.document->title(), QStringLiteral("Bill of lading SH-5521"));
    for (const char *said : {"Shipper", "Meridian Trade Supply", "Consignee", "12 Ocean Way", "Blue Van",
                             "BV100", "3 each WH-4401", "BV200", "7.5", "Packages", "9.75 kg"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    for (const char *unsaid : {"GBP", "Price", "Priya"})
        QVERIFY2(!sheet.all().contains(QLatin1String(unsaid)), unsaid);
}

void TestPaper::aProofSaysWhoWhenAndWhere()
{
    const Sheet sheet = drawn(sampleShipment(Paper::proofOfDelivery));
    QVERIFY(sheet.document);
    for (const char *said : {"Proof of delivery", "Received by", "Priya Natarajan", "20 Nov 2026, 14:05",
                             "Cardiff", "WH-4401", "HT-1007"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
}

void TestPaper::aReceiptSaysWhatWasPaid()
{
    PaperData data = samplePaper();
    data.paper = Paper::receipt;
    data.invoice = {};
    data.payment.number = "PAY-50007";
    data.payment.currency = "GBP";
    data.payment.method = "Bank transfer";
    data.payment.reference = "REM 77";
    data.payment.parts = {{"1", "INV-1", {100'000}, {2'000}}, {"2", "CM-2", {-5'000}, {}}};
    data.payment.unapplied = {500};
    data.payment.amount = {95'500};
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    for (const char *said : {"Payment receipt", "PAY-50007", "Bank transfer", "REM 77", "Invoice INV-1",
                             "1,000.00", "20.00", "Credit memo CM-2", "-50.00", "950.00", "Not applied yet",
                             "5.00", "GBP 955.00", "Harbour Supply Co."})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
}

void TestPaper::whatIsSaidOfAnItem()
{
    PaperData data = samplePaper();
    data.invoice = {};
    data.paper = Paper::safetyDataSheet;
    data.item = {"SDS-JN-1051-2",
                 "JN-1051",
                 "Tamar degreaser, 5 l",
                 "2",
                 true,
                 {{"1 Identity", "A cleaning preparation"}, {"4 First aid", "Rinse with water"}}};
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    for (const char *said : {"Safety data sheet", "SDS-JN-1051-2", "JN-1051", "Tamar degreaser, 5 l",
                             "Revision", "4 First aid", "Rinse with water", "A later revision"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    data.item.statements[1].value = std::string(paperTextMost + 1, 'x');
    QVERIFY(!drawPaper(data));
}

void TestPaper::everyFactIsOnIt()
{
    PaperData data = samplePaper();
    data.invoice.freight = {4800};
    addLine(data, "Cordless drill, 18 V", 109'800);
    data.invoice.tax += Amount{960};
    data.invoice.total += Amount{960};
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    QCOMPARE(sheet.pages.size(), 1);
    QCOMPARE(sheet.document->title(), QStringLiteral("Invoice INV-88213"));
    QCOMPARE(sheet.document->creator(), QStringLiteral("Counterfoil"));
    for (const char *said : {"Meridian Trade Supply",
                             "Invoice",
                             "INV-88213",
                             "Bill to",
                             "Harbour Supply Co.",
                             "Unit 4, Avon Park",
                             "Bristol BS11 9EX",
                             "Ship to",
                             "Harbour Supply Co. Cardiff",
                             "12 Ocean Way",
                             "20 Nov 2026",
                             "20 Dec 2026",
                             "C-10021",
                             "PO 7779",
                             "SO-20415, 14 Nov 2026",
                             "SH-5521, 19 Nov 2026",
                             "Net 30",
                             "GB 118 2231 09",
                             "WH-4401",
                             "Cordless drill, 18 V",
                             "box of 100",
                             "12.3456",
                             "20%",
                             "1,098.00",
                             "Net GBP",
                             "Freight",
                             "48.00",
                             "VAT 20% on 1,146.00",
                             "229.20",
                             "GBP 1,375.20",
                             "Please pay by 20 Dec 2026.",
                             "Remittance",
                             "GB29 NWBK 6016 1331 9268 19",
                             "10021-88213",
                             "Amount due",
                             "VAT GB 293 4410 22",
                             "Page 1 of 1"})
        QVERIFY2(sheet.all().contains(QString::fromUtf8(said)), said);
}

void TestPaper::everyLineOfManyPagesIsOnIt()
{
    PaperData data = samplePaper();
    addLines(data, 200);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    const int pages = int(sheet.pages.size());
    QVERIFY(pages > 4);
    for (const InvoiceLine &line : data.invoice.lines) {
        QVERIFY2(sheet.all().contains(QString::fromStdString(line.sku)), line.sku.c_str());
        QVERIFY2(sheet.all().contains(QString::fromStdString(line.description)), line.description.c_str());
        QVERIFY2(sheet.all().contains(pounds(line.net.minor)), line.sku.c_str());
    }
    for (int i = 0; i < pages; ++i) {
        const QString &page = sheet.pages.at(i);
        QVERIFY(page.contains(QStringLiteral("Page %1 of %2").arg(i + 1).arg(pages)));
        QVERIFY(page.contains(QStringLiteral("INV-88213")));
        QCOMPARE(page.count(QStringLiteral("Description")), page.contains(QStringLiteral("WH-")) ? 1 : 0);
        QCOMPARE(page.contains(QStringLiteral("Remittance")), i == pages - 1);
    }
    QVERIFY(sheet.all().contains(QStringLiteral("GBP ") + pounds(data.invoice.total.minor)));
}

void TestPaper::whatIsCarriedForwardAddsUp()
{
    PaperData data = samplePaper();
    addLines(data, 120);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.pages.size() > 2);
    static const QRegularExpression forward(QStringLiteral("(Brought|Carried) forward\\s+([\\d,.]+)"));
    std::int64_t sum = 0;
    std::size_t line = 0;
    for (qsizetype i = 0; i < sheet.pages.size(); ++i) {
        const QString &page = sheet.pages.at(i);
        if (!page.contains(QStringLiteral("Description")))
            continue;
        auto marks = forward.globalMatch(page);
        if (i > 0) {
            QVERIFY(marks.hasNext());
            const auto brought = marks.next();
            QCOMPARE(brought.captured(1), QStringLiteral("Brought"));
            QCOMPARE(brought.captured(2), pounds(sum));
        }
        while (line < data.invoice.lines.size()
               && page.contains(QString::fromStdString(data.invoice.lines[line].description)))
            sum += data.invoice.lines[line++].net.minor;
        if (marks.hasNext()) {
            const auto carried = marks.next();
            QCOMPARE(carried.captured(1), QStringLiteral("Carried"));
            QCOMPARE(carried.captured(2), pounds(sum));
        }
    }
    QCOMPARE(line, data.invoice.lines.size());
    QCOMPARE(sum, data.invoice.net.minor);
}

void TestPaper::taxesAreSummedByRate()
{
    PaperData data = samplePaper();
    addLine(data, "Gloves", 10'000, 20);
    addLine(data, "Books", 5'000, 0);
    addLine(data, "Fuel", 3'000, 5);
    addLine(data, "Boots", 2'000, 20);
    const QString text = drawn(data).all();
    QVERIFY(text.contains(QStringLiteral("VAT 20% on 120.00")));
    QVERIFY(text.contains(QStringLiteral("VAT 5% on 30.00")));
    QVERIFY(text.contains(QStringLiteral("VAT 0% on 50.00")));
    QVERIFY(text.contains(QStringLiteral("GBP 225.50")));
}

void TestPaper::manyRatesKeepToThePage()
{
    PaperData data = samplePaper();
    for (int rate = 1; rate <= 60; ++rate)
        addLine(data, "Item", 10'000, rate);
    const QString text = drawn(data).all();
    QVERIFY(text.contains(QStringLiteral("VAT 60% on 100.00")));
    QVERIFY(text.contains(QStringLiteral("VAT at other rates on 5,500.00")));
    QVERIFY(text.contains(QStringLiteral("1,540.00"))); // 1% to 55% of 100.00
}

void TestPaper::amountsLookAsInTheCountry_data()
{
    QTest::addColumn<QString>("country");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("net");
    QTest::addColumn<QString>("date");
    QTest::addColumn<int>("height"); // of the sheet, in points
    QTest::newRow("Britain") << "GB"
                             << "GBP"
                             << "12,345.67"
                             << "20 Nov 2026" << 842;
    QTest::newRow("Germany") << "DE"
                             << "EUR"
                             << "12.345,67"
                             << "20 Nov 2026" << 842;
    QTest::newRow("France") << "FR"
                            << "EUR"
                            << "12 345,67"
                            << "20 Nov 2026" << 842;
    QTest::newRow("United States") << "US"
                                   << "USD"
                                   << "12,345.67"
                                   << "Nov 20, 2026" << 792;
    QTest::newRow("no minor unit") << "JP"
                                   << "JPY"
                                   << "1,234,567"
                                   << "20 Nov 2026" << 842;
    QTest::newRow("three places") << "KW"
                                  << "KWD"
                                  << "1,234.567"
                                  << "20 Nov 2026" << 842;
    QTest::newRow("no known country") << "??"
                                      << "XTS"
                                      << "12,345.67"
                                      << "20 Nov 2026" << 842;
}

void TestPaper::amountsLookAsInTheCountry()
{
    QFETCH(QString, country);
    QFETCH(QString, currency);
    QFETCH(QString, net);
    QFETCH(QString, date);
    QFETCH(int, height);
    PaperData data = samplePaper();
    data.country = country.toStdString();
    data.invoice.currency = currency.toStdString();
    addLine(data, "Cordless drill", 1'234'567, 0);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    QVERIFY2(sheet.all().contains(currency + u' ' + net), qPrintable(sheet.all()));
    QVERIFY(sheet.all().contains(date));
    QCOMPARE(qRound(sheet.document->page(0)->pageSizeF().height()), height);
}

void TestPaper::aCreditSaysWhatItCredits()
{
    PaperData data = samplePaper();
    data.invoice.credit = true;
    data.invoice.number = "CM-4410";
    data.invoice.creditedNumber = "INV-88102";
    data.invoice.dueOn = {};
    data.creditReason = "Two units arrived damaged.";
    addLine(data, "Cordless drill", -4'310);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    QCOMPARE(sheet.document->title(), QStringLiteral("Credit memo CM-4410"));
    const QString said = sentences(sheet);
    QVERIFY2(said.contains(QStringLiteral("credited against invoice INV-88102")), qPrintable(said));
    QVERIFY(said.contains(QStringLiteral("Two units arrived damaged.")));
    QVERIFY(sheet.all().contains(QStringLiteral("GBP -51.72")));
    QVERIFY(!said.contains(QStringLiteral("Remittance")));
    QVERIFY(!said.contains(QStringLiteral("Please pay")));
}

void TestPaper::anEarlyPaymentIsOffered()
{
    PaperData data = samplePaper();
    addLine(data, "Cordless drill", 10'000);
    data.invoice.discountUntil = Date::fromCivil(2026, 11, 30);
    data.invoice.discount = {240};
    const QString said = sentences(drawn(data));
    QVERIFY2(
        said.contains(QStringLiteral("Pay by 30 Nov 2026 and keep back GBP 2.40: GBP 117.60 then settles")),
        qPrintable(said));
}

void TestPaper::anyScriptIsFoundAndCopied_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("Latin with ligatures") << QStringLiteral("Office fiat, efficient baffle");
    QTest::newRow("German") << QStringLiteral("Großküchentechnik Übelacker");
    QTest::newRow("Polish") << QStringLiteral("Świętokrzyska Łódź");
    QTest::newRow("Greek") << QStringLiteral("Αφοί Παπαδόπουλος Ο.Ε.");
    QTest::newRow("Cyrillic") << QStringLiteral("Димитров и синове АД");
    QTest::newRow("Arabic") << QStringLiteral("شركة النور للتجارة");
    QTest::newRow("Hebrew") << QStringLiteral("מלונות כרמל");
    QTest::newRow("Japanese") << QStringLiteral("大阪精密工業株式会社");
    QTest::newRow("Japanese with a figure") << QStringLiteral("本町3丁目12番地");
    QTest::newRow("Chinese") << QStringLiteral("华兴贸易有限公司");
    QTest::newRow("Korean") << QStringLiteral("한국어 회사");
    QTest::newRow("Thai") << QStringLiteral("ราชอาณาจักรไทย");
    QTest::newRow("Hindi") << QStringLiteral("शक्ति उद्योग");
}

void TestPaper::anyScriptIsFoundAndCopied()
{
    QFETCH(QString, text);
    PaperData data = samplePaper();
    data.invoice.billToName = text.toStdString();
    addLine(data, text.toStdString(), 10'000);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    const auto page = sheet.document->page(0);
    QCOMPARE(page->search(text).size(), 2);
    const QString copied = readable(page->text(QRectF(), Poppler::Page::PhysicalLayout));
    QVERIFY2(copied.count(text) == 2, qPrintable(copied));
}

// The word is seen, not just found: where its letters are, the page is not white.
void TestPaper::shapesAreDrawnWhereLettersJoin()
{
    const QString text = QStringLiteral("للتجارة");
    PaperData data = samplePaper();
    data.invoice.billToName = text.toStdString();
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    const auto page = sheet.document->page(0);
    const QList<QRectF> places = page->search(text);
    QCOMPARE(places.size(), 1);
    const double dpi = 144;
    const QRect area
        = QRectF(places.first().topLeft() * dpi / 72, places.first().size() * dpi / 72).toAlignedRect();
    QVERIFY(area.width() > 20);
    const QImage image = page->renderToImage(dpi, dpi).copy(area).convertToFormat(QImage::Format_Grayscale8);
    int dark = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            dark += qGray(image.pixel(x, y)) < 128 ? 1 : 0;
    }
    const int all = image.width() * image.height();
    QVERIFY2(dark > all / 20 && dark < all / 2, qPrintable(QStringLiteral("%1 of %2").arg(dark).arg(all)));
}

void TestPaper::fontsAreEmbedded()
{
    PaperData data = samplePaper();
    addLine(data, "شركة Office 大阪 Ελ Дим", 10'000);
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    const auto fonts = sheet.document->fonts();
    QVERIFY(fonts.size() >= 3);
    for (const Poppler::FontInfo &font : fonts)
        QVERIFY2(font.isEmbedded(), qPrintable(font.name()));
    QVERIFY(drawPaper(data)->size() < 150'000); // whole fonts would be megabytes
}

void TestPaper::theSameDataGivesTheSameBytes()
{
    PaperData data = samplePaper();
    addLines(data, 40);
    const auto once = drawPaper(data);
    const auto twice = drawPaper(data);
    QVERIFY(once.ok() && twice.ok());
    QVERIFY(*once == *twice);
    QCOMPARE(read(*once).document->creationDate().toUTC().date(), QDate(2026, 11, 20));
    data.invoice.number = "INV-88214";
    QVERIFY(*drawPaper(data) != *once);
}

GUI_TEST(TestPaper)
#include "tst_paper.moc"

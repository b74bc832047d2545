#include "document.h"
#include "readpaper.h"
#include "testentry.h"

#include <QGuiApplication>
#include <QImage>
#include <QTest>

#include <zbar.h>

using namespace Counterfoil;

namespace {

PaperData sampleReturn(const std::string &number)
{
    PaperData data = samplePaper();
    data.invoice = {};
    data.paper = Paper::returnLabel;
    Return &record = data.returned;
    record.number = number;
    record.orderNumber = "SO-20415";
    record.poReference = "PO 7779";
    record.returnTo = "Meridian Trade Supply, Returns\nFoss Islands Road\nYork YO31 7UL";
    record.instructions = "Pack it so that it cannot move.\nHand it to any carrier within 14 days.";
    record.labelPaid = true;
    record.lines.resize(2);
    record.lines[0].sku = "WH-4401";
    record.lines[0].description = "Cordless drill, 18 V";
    record.lines[0].unit = "each";
    record.lines[0].quantity = Decimal::fromInteger(3);
    record.lines[0].authorised = Decimal::fromInteger(2);
    record.lines[1].sku = "HT-1007";
    record.lines[1].description = "Refused anyway";
    record.lines[1].quantity = Decimal::fromInteger(1);
    return data;
}

// What a scanner reads on the page, at so many dots an inch.
QStringList scanned(const Sheet &sheet, int page, int dotsPerInch)
{
    const QImage image = sheet.document->page(page)
                             ->renderToImage(dotsPerInch, dotsPerInch)
                             .convertToFormat(QImage::Format_Grayscale8);
    QByteArray grey;
    for (int y = 0; y < image.height(); ++y)
        grey.append(reinterpret_cast<const char *>(image.constScanLine(y)), image.width());
    zbar::ImageScanner scanner;
    scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    scanner.set_config(zbar::ZBAR_CODE128, zbar::ZBAR_CFG_ENABLE, 1);
    zbar::Image picture(static_cast<unsigned>(image.width()), static_cast<unsigned>(image.height()), "Y800",
                        grey.constData(), static_cast<unsigned long>(grey.size()));
    scanner.scan(picture);
    QStringList found;
    for (auto symbol = picture.symbol_begin(); symbol != picture.symbol_end(); ++symbol)
        found.append(QString::fromStdString(symbol->get_data()));
    return found;
}

} // namespace

class ReturnLabelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsToBeSent();
    void scannersReadIt_data();
    void scannersReadIt();
    void longReturnsKeepTheirLabel();
    void oddNumbersHaveNoBars();
};

void ReturnLabelTest::saysWhatIsToBeSent()
{
    const Sheet sheet = drawn(sampleReturn("RMA-10031"));
    QVERIFY(sheet.document);
    QCOMPARE(sheet.document->title(), QStringLiteral("Return RMA-10031"));
    for (const char *said : {"Foss Islands Road", "Harbour Supply Co.", "SO-20415", "PO 7779", "WH-4401",
                             "RMA-10031", "Postage is paid", "cut off", "cannot move"})
        QVERIFY2(sheet.all().contains(QLatin1String(said)), said);
    // Only what is authorised, and no price: it lies in a parcel.
    for (const char *unsaid : {"HT-1007", "Refused anyway", "GBP", "Price", "Remittance"})
        QVERIFY2(!sheet.all().contains(QLatin1String(unsaid)), unsaid);
}

void ReturnLabelTest::scannersReadIt_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("dotsPerInch");
    for (const char *number :
         {"RMA-10031", "R/2026-11/000001", "1", "RMA 2026 11 23 0000000000000000000001"}) {
        for (const int dots : {203, 300}) // a label printer's, an office printer's
            QTest::addRow("%s at %d", number, dots) << QString::fromLatin1(number) << dots;
    }
}

void ReturnLabelTest::scannersReadIt()
{
    QFETCH(QString, number);
    QFETCH(int, dotsPerInch);
    const Sheet sheet = drawn(sampleReturn(number.toStdString()));
    QVERIFY(sheet.document);
    QCOMPARE(scanned(sheet, 0, dotsPerInch), QStringList{number});
}

void ReturnLabelTest::longReturnsKeepTheirLabel()
{
    PaperData data = sampleReturn("RMA-10032");
    while (data.returned.lines.size() < mostReturnLines)
        data.returned.lines.push_back(data.returned.lines.front());
    const Sheet sheet = drawn(data);
    QVERIFY(sheet.document);
    QVERIFY(sheet.document->numPages() > 1);
    QCOMPARE(scanned(sheet, sheet.document->numPages() - 1, 300), QStringList{QStringLiteral("RMA-10032")});
}

// What no scanner could give back is printed as words alone.
void ReturnLabelTest::oddNumbersHaveNoBars()
{
    for (const char *number : {"返品-7", "RMA-ÄÖ", "RMA-00000000000000000000000000000000000000001"}) {
        const Sheet sheet = drawn(sampleReturn(number));
        QVERIFY(sheet.document);
        QVERIFY(scanned(sheet, 0, 300).isEmpty());
        QVERIFY(sheet.all().contains(QString::fromUtf8(number).left(8)));
    }
}

GUI_TEST(ReturnLabelTest)
#include "tst_returnlabel.moc"

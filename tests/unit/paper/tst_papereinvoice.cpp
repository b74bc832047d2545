// What is embedded in a paper says what the paper says, and adds up.

#include "einvoicecheck.h"
#include "einvoicereader.h"
#include "einvoicewords.h"
#include "papereinvoice.h"
#include "readpaper.h"
#include "testentry.h"

#include <QGuiApplication>
#include <QTest>

using namespace Counterfoil;

namespace {

// As the ERP's books have them.
void addExactLine(PaperData &data, const std::string &sku, std::int64_t quantity, std::int64_t priceMinor,
                  std::int64_t taxPercent)
{
    addLine(data, sku + " of steel", quantity * priceMinor, taxPercent);
    InvoiceLine &line = data.invoice.lines.back();
    line.sku = sku;
    line.quantity = Decimal::fromInteger(quantity);
    line.unitPrice = {priceMinor * 10'000};
}

PaperData sample()
{
    PaperData data = samplePaper();
    data.issuer.country = "GB";
    data.payTo.push_back({"BIC", "NWBKGB2L"});
    addExactLine(data, "WH-4401", 3, 1'235, 20);
    addExactLine(data, "SF-0100", 40, 99, 0);
    addExactLine(data, "WH-4403", 7, 333, 20);
    Invoice &invoice = data.invoice;
    invoice.freight = {950};
    invoice.tax += Amount{190};
    invoice.total = invoice.net + invoice.tax + invoice.freight;
    invoice.issuedAt = *Instant::parse("2026-11-20T10:00:00Z");
    return data;
}

QByteArray embedded(const Sheet &sheet)
{
    const auto files = sheet.document->embeddedFiles();
    return files.size() == 1 && files[0]->name() == QLatin1String(einvoiceFileName) ? files[0]->data()
                                                                                    : QByteArray();
}

QStringList sentences(const EInvoiceFindings &findings)
{
    QStringList list;
    for (const EInvoiceFinding &finding : findings)
        list.append(EInvoiceWords::sentence(finding, QStringLiteral("GBP")));
    return list;
}

} // namespace

class TestPaperEInvoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithItsPaperAndItsRecord();
    void aCreditMemoGivesBack();
    void saysWhyNothingIsTaxed();
    void whoHasNoVatGetsNone();
    void textsOfAllKindsAreXml();
    void isTheSameEachTime();
};

void TestPaperEInvoice::agreesWithItsPaperAndItsRecord()
{
    const PaperData data = sample();
    const Sheet sheet = drawn(data);
    const auto invoice = readEInvoice(embedded(sheet));
    QVERIFY2(invoice.ok(), invoice ? "" : qPrintable(invoice.error().detail));
    QVERIFY(invoice->flaws.empty());
    QCOMPARE(sentences(checkInItself(*invoice)), QStringList());
    QCOMPARE(sentences(compareWithRecord(*invoice, data.invoice)), QStringList());
    QCOMPARE(sentences(compareWithPages(*invoice, sheet.all())), QStringList());
    QCOMPARE(invoice->taxes.size(), size_t(2));
    QCOMPARE(invoice->seller.vatId, QStringLiteral("GB293441022"));
    QCOMPARE(invoice->buyer.name, QStringLiteral("Harbour Supply Co."));
    QCOMPARE(invoice->payments[0].account, QStringLiteral("GB29NWBK60161331926819"));
    QVERIFY(invoice->due == data.invoice.dueOn && invoice->delivered == data.shippedOn);
}

void TestPaperEInvoice::aCreditMemoGivesBack()
{
    PaperData data = sample();
    Invoice &invoice = data.invoice;
    invoice.credit = true;
    invoice.creditedNumber = "INV-88000";
    invoice.dueOn = {};
    for (Amount *amount : {&invoice.net, &invoice.tax, &invoice.freight, &invoice.total})
        *amount = -*amount;
    for (InvoiceLine &line : invoice.lines) {
        line.quantity = -line.quantity;
        line.net = -line.net;
        line.tax = -line.tax;
    }
    const auto read = readEInvoice(einvoiceOf(data));
    QVERIFY(read && read->creditNote);
    QVERIFY(read->grandTotal->value > Decimal());
    QCOMPARE(read->preceding[0].number, QStringLiteral("INV-88000"));
    QCOMPARE(sentences(checkInItself(*read)), QStringList());
    QCOMPARE(sentences(compareWithRecord(*read, invoice)), QStringList());
}

void TestPaperEInvoice::saysWhyNothingIsTaxed()
{
    PaperData data = samplePaper();
    data.issuer.country = "GB";
    data.country = "DE";
    data.taxNote = "Reverse charge: the customer accounts for the VAT.";
    data.freightTaxRate = {};
    addExactLine(data, "WH-4401", 3, 1'235, 0);
    const auto read = readEInvoice(einvoiceOf(data));
    QVERIFY(read);
    QCOMPARE(read->taxes[0].category, QStringLiteral("AE"));
    QCOMPARE(read->taxes[0].exemption, QString::fromStdString(data.taxNote));
    QVERIFY(!anyWrong(checkInItself(*read)));
}

void TestPaperEInvoice::whoHasNoVatGetsNone()
{
    PaperData data = sample();
    data.taxName = "Sales tax";
    data.country = "US";
    QVERIFY(drawn(data).document->embeddedFiles().isEmpty());
}

void TestPaperEInvoice::textsOfAllKindsAreXml()
{
    PaperData data = sample();
    data.invoice.billToName = "<&>\"' \x01\x1f 大阪精密工業 \xff]]>";
    data.invoice.poReference = "&#0;";
    const auto read = readEInvoice(einvoiceOf(data));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
    QVERIFY(read->buyer.name.startsWith(QStringLiteral("<&>\"'"))
            && read->buyer.name.contains(QStringLiteral("大阪精密工業")));
    QCOMPARE(read->order, QStringLiteral("&#0;"));
}

void TestPaperEInvoice::isTheSameEachTime()
{
    const auto once = drawPaper(sample());
    const auto again = drawPaper(sample());
    QVERIFY(once && again);
    QVERIFY(*once == *again);
}

GUI_TEST(TestPaperEInvoice)
#include "tst_papereinvoice.moc"

// The same sale read from each syntax, and what is no e-invoice.

#include "einvoicereader.h"
#include "einvoicesamples.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

namespace {

Decimal decimal(const char *text)
{
    return Decimal::parse(text).value_or(Decimal{-1});
}

} // namespace

class EInvoiceReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySyntax_data();
    void readsEverySyntax();
    void readsNumbersAsXmlWritesThem_data();
    void readsNumbersAsXmlWritesThem();
    void keepsWhatIsNoNumber();
    void inventsNothing();
    void tellsTheTaxInBothCurrencies();
    void refusesWhatIsNoInvoice_data();
    void refusesWhatIsNoInvoice();
    void knowsTheNamesOfFiles();
};

void EInvoiceReaderTest::readsEverySyntax_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<int>("syntax");
    QTest::addColumn<bool>("creditNote");
    QTest::newRow("CII") << ciiSample() << int(EInvoice::Syntax::Cii) << false;
    QTest::newRow("ZUGFeRD 1") << zugferd1Sample() << int(EInvoice::Syntax::Zugferd1) << false;
    QTest::newRow("UBL") << ublSample() << int(EInvoice::Syntax::Ubl) << false;
    QTest::newRow("UBL credit note") << ublCreditNoteSample() << int(EInvoice::Syntax::Ubl) << true;
}

void EInvoiceReaderTest::readsEverySyntax()
{
    QFETCH(QByteArray, xml);
    QFETCH(int, syntax);
    QFETCH(bool, creditNote);
    const auto read = readEInvoice(xml);
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().detail));
    const EInvoice &invoice = *read;
    QCOMPARE(int(invoice.syntax), syntax);
    QCOMPARE(invoice.creditNote, creditNote);
    QVERIFY(invoice.flaws.empty());
    QCOMPARE(invoice.number, QStringLiteral("INV-7"));
    QCOMPARE(invoice.typeCode, creditNote ? QStringLiteral("381") : QStringLiteral("380"));
    QVERIFY(invoice.issued == Date::fromCivil(2026, 11, 2));
    QVERIFY(invoice.due == Date::fromCivil(2026, 12, 2));
    QVERIFY(invoice.delivered == Date::fromCivil(2026, 10, 30));
    QCOMPARE(invoice.currency, QStringLiteral("EUR"));
    QCOMPARE(invoice.buyerReference, QStringLiteral("04011000-12345-34"));
    QCOMPARE(invoice.order, QStringLiteral("PO-4500"));
    QCOMPARE(invoice.salesOrder, QStringLiteral("SO-1"));
    QCOMPARE(invoice.paymentReference, QStringLiteral("RF-7"));
    QCOMPARE(invoice.notes.size(), size_t(1));
    QCOMPARE(invoice.notes[0].text, QStringLiteral("Thank you & goodbye"));
    QCOMPARE(invoice.terms[0].text, QStringLiteral("30 days net"));
    QCOMPARE(invoice.payments[0].code, QStringLiteral("58"));
    QCOMPARE(invoice.payments[0].account, QStringLiteral("DE02120300000000202051"));
    QCOMPARE(invoice.seller.name, QStringLiteral("Meridian Trade Supply"));
    QCOMPARE(invoice.seller.vatId, QStringLiteral("GB293441022"));
    QCOMPARE(invoice.seller.taxNumber, QStringLiteral("201/113"));
    QCOMPARE(invoice.seller.ids, QStringList{QStringLiteral("V-77")});
    QCOMPARE(invoice.seller.postcode, QStringLiteral("BS1 6FL"));
    QCOMPARE(invoice.seller.contact, QStringLiteral("Ana Ortiz"));
    QCOMPARE(invoice.buyer.name, QStringLiteral("Harbour Supply Co."));
    QVERIFY(invoice.payee.isEmpty() && invoice.shipTo.isEmpty());
    QCOMPARE(invoice.lines.size(), size_t(2));
    const EInvoiceLine &line = invoice.lines[0];
    QCOMPARE(line.name, QStringLiteral("Bolts M8"));
    QCOMPARE(line.sellerItem, QStringLiteral("BOLT-8"));
    QCOMPARE(line.standardItem, QStringLiteral("4012345001235"));
    QCOMPARE(line.unit, QStringLiteral("H87"));
    QVERIFY(line.quantity->value == decimal("10") && line.price->value == decimal("12.5"));
    QVERIFY(line.grossPrice->value == decimal("13") && line.discount->value == decimal("0.5"));
    QVERIFY(line.net->value == decimal("120") && line.taxRate->value == decimal("19"));
    QCOMPARE(line.allowances.size(), size_t(1));
    QCOMPARE(line.properties[0].value, QStringLiteral("Zinc"));
    QVERIFY(invoice.lines[1].priceBase->value == decimal("100"));
    QCOMPARE(invoice.allowances.size(), size_t(2));
    QVERIFY(invoice.allowances[0].charge && !invoice.allowances[1].charge);
    QCOMPARE(invoice.allowances[0].reason, QStringLiteral("Freight"));
    QCOMPARE(invoice.taxes.size(), size_t(1));
    QVERIFY(invoice.taxes[0].basis->value == decimal("130")
            && invoice.taxes[0].amount->value == decimal("24.7"));
    QVERIFY(invoice.taxTotal->value == decimal("24.7") && invoice.grandTotal->value == decimal("154.7"));
    QVERIFY(invoice.prepaid->value == decimal("50") && invoice.payable->value == decimal("104.7"));
}

void EInvoiceReaderTest::readsNumbersAsXmlWritesThem_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("value"); // empty: it is none
    QTest::addColumn<int>("places");
    QTest::addColumn<bool>("cut");
    QTest::newRow("plain") << QByteArray("12.50") << QByteArray("12.5") << 2 << false;
    QTest::newRow("signed") << QByteArray("+.5") << QByteArray("0.5") << 1 << false;
    QTest::newRow("point last") << QByteArray("5.") << QByteArray("5") << 0 << false;
    QTest::newRow("noughts") << QByteArray("-000000000000007.000000000") << QByteArray("-7") << 9 << false;
    QTest::newRow("many places") << QByteArray("0.12345650") << QByteArray("0.123457") << 8 << true;
    QTest::newRow("largest") << QByteArray("999999999999") << QByteArray("999999999999") << 0 << false;
    QTest::newRow("too large") << QByteArray("1000000000000") << QByteArray() << 0 << false;
    QTest::newRow("exponent") << QByteArray("1e99") << QByteArray() << 0 << false;
    QTest::newRow("words") << QByteArray("NaN") << QByteArray() << 0 << false;
    QTest::newRow("grouped") << QByteArray("1,234.50") << QByteArray() << 0 << false;
    QTest::newRow("two signs") << QByteArray("--1") << QByteArray() << 0 << false;
    QTest::newRow("endless") << QByteArray("0." + QByteArray(15'000, '1')) << QByteArray("0.111111") << 1'000
                             << true;
}

void EInvoiceReaderTest::readsNumbersAsXmlWritesThem()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, value);
    QFETCH(int, places);
    QFETCH(bool, cut);
    const auto invoice = readEInvoice(ciiSample().replace(">154.70<", ">" + written + "<"));
    QVERIFY(invoice);
    QCOMPARE(invoice->grandTotal.has_value(), !value.isEmpty());
    QCOMPARE(invoice->flaws.size(), size_t(value.isEmpty() ? 1 : 0));
    if (value.isEmpty())
        return;
    QCOMPARE(QByteArray::fromStdString(invoice->grandTotal->value.toString()), value);
    QCOMPARE(invoice->grandTotal->places, places);
    QCOMPARE(invoice->grandTotal->cut, cut);
}

void EInvoiceReaderTest::keepsWhatIsNoNumber()
{
    const auto invoice = readEInvoice(ciiSample().replace("20261102", "20261399"));
    QVERIFY(invoice);
    QVERIFY(!invoice->issued.isSet());
    QCOMPARE(invoice->flaws.size(), size_t(1));
    QCOMPARE(invoice->flaws[0].element, QStringLiteral("DateTimeString"));
    QCOMPARE(invoice->flaws[0].text, QStringLiteral("20261399"));
}

void EInvoiceReaderTest::inventsNothing()
{
    const auto invoice
        = readEInvoice("<CrossIndustryInvoice "
                       "xmlns='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>");
    QVERIFY(invoice);
    QVERIFY(invoice->number.isEmpty() && !invoice->issued.isSet() && !invoice->grandTotal
            && !invoice->taxTotal);
    QVERIFY(invoice->lines.empty() && invoice->taxes.empty() && invoice->seller.isEmpty());
}

void EInvoiceReaderTest::tellsTheTaxInBothCurrencies()
{
    QByteArray xml = ciiSample();
    xml.replace("<ram:InvoiceCurrencyCode>",
                "<ram:TaxCurrencyCode>GBP</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>");
    xml.replace("<ram:TaxTotalAmount ",
                "<ram:TaxTotalAmount currencyID=\"GBP\">21.10</ram:TaxTotalAmount><ram:TaxTotalAmount ");
    const auto invoice = readEInvoice(xml);
    QVERIFY(invoice);
    QVERIFY(invoice->taxTotal->value == decimal("24.7"));
    QVERIFY(invoice->taxTotalAtHome->value == decimal("21.1"));
}

void EInvoiceReaderTest::refusesWhatIsNoInvoice_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("another root") << QByteArray("<html/>");
    QTest::newRow("another namespace") << QByteArray("<Invoice xmlns='urn:mine'/>");
    QTest::newRow("an order") << QByteArray(
        "<SCRDMCCBDACIOMessageStructure "
        "xmlns='urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'/>");
    QTest::newRow("cut") << ciiSample().left(3'000);
    QTest::newRow("many notes") << ublSample().replace(
        "<cbc:Note>", QByteArray("<cbc:Note>a</cbc:Note>").repeated(int(einvoiceEntriesMost)) + "<cbc:Note>");
    QTest::newRow("many lines") << ublSample().replace(
        "<cac:InvoiceLine>",
        QByteArray("<cac:InvoiceLine/>").repeated(int(einvoiceLinesMost)) + "<cac:InvoiceLine>");
}

void EInvoiceReaderTest::refusesWhatIsNoInvoice()
{
    QFETCH(QByteArray, xml);
    const auto invoice = readEInvoice(xml);
    QVERIFY(!invoice);
    QCOMPARE(invoice.error().kind, ErrorKind::BadInput);
    QVERIFY(!invoice.error().userText.isEmpty());
}

void EInvoiceReaderTest::knowsTheNamesOfFiles()
{
    QVERIFY(isEInvoiceName(QStringLiteral("factur-x.xml"))
            && isEInvoiceName(QStringLiteral("ZUGFeRD-invoice.xml"))
            && isEInvoiceName(QStringLiteral("xrechnung.xml")));
    QVERIFY(!isEInvoiceName(QStringLiteral("../factur-x.xml"))
            && !isEInvoiceName(QStringLiteral("order-x.xml")));
}

CORE_TEST(EInvoiceReaderTest)
#include "tst_einvoicereader.moc"

// What is found wrong: in an invoice itself, against the ERP's record, and against its pages.

#include "einvoicecheck.h"
#include "einvoicereader.h"
#include "einvoicesamples.h"
#include "einvoicewords.h"
#include "invoice.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

using What = EInvoiceFinding::What;

namespace {

EInvoice invoiceOf(const QByteArray &xml)
{
    auto read = readEInvoice(xml);
    return read ? std::move(*read) : EInvoice();
}

Invoice recordOfSample()
{
    Invoice record;
    record.number = "INV-7";
    record.orderNumber = "SO-1";
    record.poReference = "PO-4500";
    record.issuedAt = *Instant::parse("2026-11-02T09:00:00Z");
    record.dueOn = Date::fromCivil(2026, 12, 2);
    record.billToName = "Harbour Supply Co.";
    record.currency = "EUR";
    record.net = {12'000};
    record.freight = {1'000};
    record.tax = {2'470};
    record.total = {15'470};
    const Decimal rate = Decimal::fromInteger(19);
    record.lines = {
        {1, 1, "BOLT-8", "Bolts M8", "each", Decimal::fromInteger(10), {12'500'000}, rate, {12'000}, {2'280}},
        {2, 2, "NUT-8", "Nuts M8", "each", Decimal::fromInteger(3), {1'999'000}, rate, {600}, {114}}};
    return record;
}

QStringList sentences(const EInvoiceFindings &findings)
{
    QStringList list;
    for (const EInvoiceFinding &finding : findings)
        list.append(EInvoiceWords::sentence(finding, QStringLiteral("EUR")));
    return list;
}

} // namespace

class EInvoiceCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesAgree_data();
    void samplesAgree();
    void namesWhatDoesNotAddUp_data();
    void namesWhatDoesNotAddUp();
    void roundingIsANote_data();
    void roundingIsANote();
    void roundsToTheCurrency();
    void aSmallProfileLacksNothing();
    void aProfileExcusesNothingThatIsThere();
    void notesDoNotHideWhatIsWrong();
    void absurdNumbersAreNoTrouble();
    void aTaxTooLargeIsSaid();
    void agreesWithTheRecord();
    void namesEachDifferenceToTheRecord_data();
    void namesEachDifferenceToTheRecord();
    void aCreditNoteIsACreditMemoTurned();
    void readsThePages_data();
    void readsThePages();
};

void EInvoiceCheckTest::samplesAgree_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("CII") << ciiSample();
    QTest::newRow("ZUGFeRD 1") << zugferd1Sample();
    QTest::newRow("UBL") << ublSample();
    QTest::newRow("UBL credit note") << ublCreditNoteSample();
}

void EInvoiceCheckTest::samplesAgree()
{
    QFETCH(QByteArray, xml);
    QCOMPARE(sentences(checkInItself(invoiceOf(xml))), QStringList());
}

void EInvoiceCheckTest::namesWhatDoesNotAddUp_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("then");
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("sentence"); // a part of it
    const auto row = [](const char *name, const char *now, const char *then, What what, const char *rule,
                        const char *part) {
        QTest::newRow(name) << QByteArray(now) << QByteArray(then) << int(what) << QString::fromLatin1(rule)
                            << QString::fromUtf8(part);
    };
    row("line", ">120.00<", ">121.00<", What::LineNet, "", "Line 1 is given as €121.00");
    row("line's discount", ">5.00<", ">7.00<", What::LineNet, "", "come to €118.00");
    row("line of a hundred", ">6.00</ram:LineTotal", ">6.05</ram:LineTotal", What::LineNet, "",
        "Line 2 is given as €6.05");
    row("lines", ">126.00<", ">126.01<", What::LineSum, "BR-CO-10", "€126.01, but they add up to €126.00");
    row("discounts", "AllowanceTotalAmount>6.00", "AllowanceTotalAmount>7.00", What::AllowanceSum, "BR-CO-11",
        "€7.00");
    row("charges", ">10.00</ram:ChargeTotal", ">9.99</ram:ChargeTotal", What::ChargeSum, "BR-CO-12", "€9.99");
    row("net", ">130.00</ram:TaxBasisTotal", ">131.00</ram:TaxBasisTotal", What::NetTotal, "BR-CO-13",
        "€131.00");
    row("tax", "\"EUR\">24.70", "\"EUR\">24.71", What::TaxSum, "BR-CO-14", "€24.71");
    row("total", ">154.70<", ">154.07<", What::GrandTotal, "BR-CO-15",
        "given as €154.07, but net total and tax come to €154.70");
    row("payable", ">104.70<", ">104.07<", What::Payable, "BR-CO-16", "€104.07 is to be paid");
    row("tax at a rate", "<ram:CalculatedAmount>24.70", "<ram:CalculatedAmount>24.80", What::TaxAmount,
        "BR-CO-17", "19 %");
    row("basis", ">130.00</ram:BasisAmount", ">100.00</ram:BasisAmount", What::TaxBasis, "BR-S-8",
        "charged on €100.00");
    row("rate of a line",
        ">19.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>\n<ram:SpecifiedTradeSett",
        ">7</ram:RateApplicablePercent></ram:ApplicableTradeTax>\n<ram:SpecifiedTradeSett", What::TaxUnlisted,
        "BR-S-8", "€6.00 is taxed at 7 %");
    row("line with a short price", ">12.50<", ">12<", What::LineNet, "", "come to €115.00");
    row("rate of no line", "<ram:SpecifiedTradePaymentTerms>",
        "<ram:ApplicableTradeTax><ram:CalculatedAmount>70</ram:CalculatedAmount><ram:TypeCode>VAT</"
        "ram:TypeCode>"
        "<ram:BasisAmount>1000</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>"
        "<ram:RateApplicablePercent>7</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        "<ram:SpecifiedTradePaymentTerms>",
        What::TaxBasis, "BR-S-8",
        "Tax at 7 % is charged on €1,000.00, but what is taxed at that rate comes to €0.00");
    row("no category of a line", "<ram:CategoryCode>S</ram:CategoryCode>", "", What::Missing, "BR-CO-04",
        "how line 1 is taxed");
    row("no quantity", "<ram:BilledQuantity unitCode=\"H87\">10</ram:BilledQuantity>", "", What::Missing,
        "BR-22", "the quantity of line 1");
    row("no price", "<ram:ChargeAmount>12.50</ram:ChargeAmount>", "", What::Missing, "BR-26",
        "the price of line 1");
    row("no amount of a line", "<ram:LineTotalAmount>6.00</ram:LineTotalAmount>", "", What::Missing, "BR-24",
        "what line 2 comes to");
    row("no basis", "<ram:BasisAmount>130.00</ram:BasisAmount>", "", What::Missing, "BR-45",
        "on what the tax at 19 % is charged");
    row("no tax", "<ram:CalculatedAmount>24.70</ram:CalculatedAmount>", "", What::Missing, "BR-46",
        "the tax at 19 %");
    row("no sum of discounts", "<ram:AllowanceTotalAmount>6.00</ram:AllowanceTotalAmount>", "", What::Missing,
        "BR-CO-11", "the sum of the discounts");
    row("no number", "<ram:ID>INV-7</ram:ID>", "", What::Missing, "BR-02", "the invoice’s number");
    row("not a number", ">154.70<", ">lots<", What::Unreadable, "", "“lots”");
    row("period", "<ram:SpecifiedTradePaymentTerms>",
        "<ram:BillingSpecifiedPeriod><ram:StartDateTime><udt:DateTimeString>20261031</udt:DateTimeString></"
        "ram:StartDateTime>"
        "<ram:EndDateTime><udt:DateTimeString>20261001</udt:DateTimeString></ram:EndDateTime></"
        "ram:BillingSpecifiedPeriod>"
        "<ram:SpecifiedTradePaymentTerms>",
        What::PeriodReversed, "BR-29", "before it begins");
}

void EInvoiceCheckTest::namesWhatDoesNotAddUp()
{
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, then);
    QFETCH(int, what);
    QFETCH(QString, rule);
    QFETCH(QString, sentence);
    const QByteArray xml = ciiSample().replace(now, then);
    QVERIFY(xml != ciiSample());
    const EInvoiceFindings findings = checkInItself(invoiceOf(xml));
    const auto found
        = std::ranges::find_if(findings, [what](const auto &each) { return int(each.what) == what; });
    QVERIFY2(found != findings.end(), qPrintable(sentences(findings).join(u'\n')));
    QCOMPARE(found->rule, rule);
    QVERIFY(found->grade() == EInvoiceFinding::Grade::Wrong && anyWrong(findings));
    const QString words = EInvoiceWords::sentence(*found, QStringLiteral("EUR"));
    QVERIFY2(words.contains(sentence), qPrintable(words));
}

void EInvoiceCheckTest::roundingIsANote_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("then");
    QTest::addColumn<int>("what");
    QTest::newRow("price") << QByteArray(">12.50<") << QByteArray(">12.5<") << -1;
    QTest::newRow("a cent on a line")
        << QByteArray(">120.00<") << QByteArray(">120.02<") << int(What::LineNetRounded);
    QTest::newRow("tax by line") << QByteArray("CalculatedAmount>24.70")
                                 << QByteArray("CalculatedAmount>24.71") << int(What::TaxAmountRounded);
    QTest::newRow("list price") << QByteArray(">13.00<") << QByteArray(">14.00<") << int(What::LineDiscount);
}

void EInvoiceCheckTest::roundingIsANote()
{
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, then);
    QFETCH(int, what);
    const EInvoiceFindings findings = checkInItself(invoiceOf(ciiSample().replace(now, then)));
    const auto found
        = std::ranges::find_if(findings, [what](const auto &each) { return int(each.what) == what; });
    QCOMPARE(found == findings.end(), what < 0);
    if (what < 0)
        QCOMPARE(sentences(findings), QStringList());
    else
        QVERIFY(found->grade() == EInvoiceFinding::Grade::Note);
}

// 19 % of 0.5 in yen, which have no places.
void EInvoiceCheckTest::roundsToTheCurrency()
{
    EInvoice invoice;
    invoice.currency = QStringLiteral("JPY");
    invoice.taxes.push_back({QStringLiteral("S"),
                             StatedNumber{Decimal::fromInteger(10)},
                             StatedNumber{Decimal::fromInteger(1'005)},
                             StatedNumber{Decimal::fromInteger(101)},
                             {}});
    const auto taxed = [&] {
        const EInvoiceFindings findings = checkInItself(invoice);
        return std::ranges::any_of(findings, [](const auto &each) {
            return each.what == What::TaxAmount || each.what == What::TaxAmountRounded;
        });
    };
    QVERIFY(!taxed()); // 100.5, away from nought
    invoice.taxes[0].amount = StatedNumber{Decimal::fromInteger(100)};
    QVERIFY(taxed());
    invoice.taxes[0].basis = StatedNumber{Decimal::fromInteger(-1'005)};
    invoice.taxes[0].amount = StatedNumber{Decimal::fromInteger(-101)};
    QVERIFY(!taxed());
}

void EInvoiceCheckTest::aSmallProfileLacksNothing()
{
    EInvoice invoice = invoiceOf(ciiSample());
    invoice.profile = QStringLiteral("urn:factur-x.eu:1p0:minimum");
    invoice.lines.clear();
    invoice.taxes.clear();
    invoice.allowances.clear();
    invoice.prepaid = invoice.lineTotal = invoice.allowanceTotal = invoice.chargeTotal = {};
    const EInvoiceFindings findings = checkInItself(invoice);
    QCOMPARE(findings.size(), size_t(1));
    QVERIFY(findings[0].what == What::PaidUnknown && !anyWrong(findings));
    invoice.profile = QStringLiteral("urn:cen.eu:en16931:2017");
    QVERIFY(anyWrong(checkInItself(invoice)));
}

void EInvoiceCheckTest::aProfileExcusesNothingThatIsThere()
{
    EInvoice invoice = invoiceOf(ciiSample().replace(">126.00<", ">127.00<"));
    invoice.profile = QStringLiteral("urn:factur-x.eu:1p0:minimum");
    QVERIFY(anyWrong(checkInItself(invoice)));
    invoice = invoiceOf(ciiSample());
    invoice.profile = QStringLiteral("urn:factur-x.eu:1p0:minimum");
    invoice.lines.clear();
    invoice.taxes.clear();
    invoice.prepaid->value = Decimal::fromInteger(7);
    const EInvoiceFindings findings = checkInItself(invoice);
    QVERIFY(std::ranges::any_of(findings, [](const auto &each) { return each.what == What::Payable; }));
}

void EInvoiceCheckTest::notesDoNotHideWhatIsWrong()
{
    EInvoice invoice = invoiceOf(ciiSample().replace(">154.70<", ">154.07<"));
    invoice.lines[1].grossPrice = StatedNumber{Decimal::fromInteger(300)};
    for (std::size_t i = 0; i < findingsMost + 50; ++i)
        invoice.lines.push_back(invoice.lines[1]);
    const EInvoiceFindings findings = checkInItself(invoice);
    QVERIFY(anyWrong(findings));
    QVERIFY(std::ranges::any_of(findings, [](const auto &each) { return each.what == What::GrandTotal; }));
    QVERIFY(findings.back().what == What::LeftOut);
    QCOMPARE(sentences(findings).last(), QStringLiteral("More was found than is shown here. Left out: 51."));
}

// Nine hundred thousand million at a hundred million per cent.
void EInvoiceCheckTest::aTaxTooLargeIsSaid()
{
    const EInvoice invoice = invoiceOf(ciiSample()
                                           .replace("BasisAmount>130.00", "BasisAmount>900000000000")
                                           .replace(">19.00<", ">100000000<")
                                           .replace(">19<", ">100000000<"));
    const EInvoiceFindings findings = checkInItself(invoice);
    QVERIFY(std::ranges::any_of(findings, [](const auto &each) { return each.what == What::TaxTooLarge; }));
    EInvoice lines = invoiceOf(ciiSample());
    lines.lines[0].net = lines.lines[1].net = StatedNumber{Decimal::fromInteger(900'000'000'000)};
    QVERIFY(!sentences(checkInItself(lines))
                 .filter(QStringLiteral("add up to more than can be shown"))
                 .isEmpty());
}

void EInvoiceCheckTest::absurdNumbersAreNoTrouble()
{
    QByteArray xml = ciiSample();
    for (const char *number :
         {">10<", ">12.50<", ">120.00<", ">19<", ">19.00<", ">130.00<", ">154.70<", ">199.90<", ">100<"})
        xml.replace(number, ">-999999999999.999999<");
    const EInvoiceFindings findings = checkInItself(invoiceOf(xml));
    QVERIFY(anyWrong(findings));
    for (const QString &sentence : sentences(findings))
        QVERIFY(!sentence.isEmpty() && !sentence.contains(u'%' + QString::number(1)));
    Invoice record = recordOfSample();
    record.total = {std::numeric_limits<std::int64_t>::max()};
    sentences(compareWithRecord(invoiceOf(xml), record));
}

void EInvoiceCheckTest::agreesWithTheRecord()
{
    const Invoice record = recordOfSample();
    QCOMPARE(sentences(compareWithRecord(invoiceOf(ciiSample()), record)), QStringList());
    QCOMPARE(sentences(compareWithRecord(invoiceOf(ublSample()), record)), QStringList());
}

void EInvoiceCheckTest::namesEachDifferenceToTheRecord_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("sentence");
    int which = 0;
    for (const char *sentence :
         {"It has the number INV-7, the ERP has INV-8.",
          "It is an invoice, the ERP has a credit note.",
          "according to the ERP on",
          "It is due on",
          "It is in EUR, according to the ERP in GBP.",
          "It is made out to Harbour Supply Co., according to the ERP to Harbour Ltd.",
          "It names Meridian Trade Supply as the seller, the ERP is that of Meridian Ltd.",
          "It was delivered to Leith depot, according to the ERP to Dock 4.",
          "It is for the order SO-1, according to the ERP for SO-2.",
          "It names the PO reference PO-4500, the ERP PO-4501.",
          "Line 3 of the ERP, WASHER, is not in it.",
          "Line 2, Nuts M8, is not in the ERP.",
          "Line 1 has the item BOLT-8, according to the ERP BOLT-9.",
          "Line 1 has the quantity 10, according to the ERP 11.",
          "Line 1 has the price €12.50, according to the ERP €12.60.",
          "Line 1 is taxed at 19 %, according to the ERP at 20 %.",
          "Line 1 comes to €120.00, according to the ERP to €121.00.",
          "The total without tax is €130.00, according to the ERP €131.00.",
          "The tax at 19 % is €24.70, according to the ERP €23.94.",
          "The tax is €24.70, according to the ERP €24.71.",
          "The total is €154.70, according to the ERP €154.71."})
        QTest::newRow(sentence) << which++ << QString::fromUtf8(sentence);
}

void EInvoiceCheckTest::namesEachDifferenceToTheRecord()
{
    QFETCH(int, which);
    QFETCH(QString, sentence);
    Invoice r = recordOfSample();
    QString seller = QStringLiteral("meridian trade supply"); // people write it one way or the other
    const std::array<std::function<void()>, 21> changes{
        [&] { r.number = "INV-8"; },
        [&] { r.credit = true; },
        [&] { r.issuedAt.ms += 3LL * 86'400'000; },
        [&] { r.dueOn.daysSinceEpoch += 1; },
        [&] { r.currency = "GBP"; },
        [&] { r.billToName = "Harbour Ltd."; },
        [&] { seller = QStringLiteral("Meridian Ltd."); },
        [&] { r.shipToName = "Dock 4"; },
        [&] { r.orderNumber = "SO-2"; },
        [&] { r.poReference = "PO-4501"; },
        [&] {
            r.lines.push_back({3, 0, "WASHER"});
        },
        [&] { r.lines.pop_back(); },
        [&] { r.lines[0].sku = "BOLT-9"; },
        [&] { r.lines[0].quantity = Decimal::fromInteger(11); },
        [&] { r.lines[0].unitPrice = {12'600'000}; },
        [&] { r.lines[0].taxRate = Decimal::fromInteger(20); },
        [&] { r.lines[0].net.minor += 100; },
        [&] { r.net.minor += 100; },
        [&] { r.freight = {}; },
        [&] { r.tax.minor += 1; },
        [&] { r.total.minor += 1; },
    };
    changes.at(std::size_t(which))();
    EInvoice invoice = invoiceOf(ciiSample());
    invoice.shipTo.name = QStringLiteral("Leith depot");
    const QStringList told = sentences(compareWithRecord(invoice, r, seller));
    QVERIFY2(!told.filter(sentence).isEmpty(), qPrintable(told.join(u'\n')));
}

void EInvoiceCheckTest::aCreditNoteIsACreditMemoTurned()
{
    Invoice record = recordOfSample();
    record.credit = true;
    for (Amount *amount : {&record.net, &record.tax, &record.freight, &record.total})
        *amount = -*amount;
    for (InvoiceLine &line : record.lines) {
        line.quantity = -line.quantity;
        line.net = -line.net;
        line.tax = -line.tax;
    }
    QCOMPARE(sentences(compareWithRecord(invoiceOf(ublCreditNoteSample()), record)), QStringList());
    record.total.minor += 1;
    QCOMPARE(compareWithRecord(invoiceOf(ublCreditNoteSample()), record).size(), size_t(1));
}

void EInvoiceCheckTest::readsThePages_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("missing"); // 1: the number, 2: the total
    QTest::newRow("both") << QStringLiteral("Invoice INV-7 Total 154.70") << 0;
    QTest::newRow("comma") << QStringLiteral("Nr. INV-7\nSumme 154,70 EUR") << 0;
    QTest::newRow("parted number") << QStringLiteral("INV -7 total 154,70") << 0;
    QTest::newRow("another total") << QStringLiteral("INV-7 154.71") << 2;
    QTest::newRow("part of a larger one") << QStringLiteral("INV-7 1,154.70 2154.70 154.701") << 2;
    QTest::newRow("part of a longer number") << QStringLiteral("INV-71 XINV-7 154.70") << 1;
    QTest::newRow("behind a blank that groups") << QStringLiteral("INV-7 2 154,70") << 2;
    QTest::newRow("behind an apostrophe") << QStringLiteral("INV-7 2’154.70") << 2;
    QTest::newRow("behind a no-break space") << QStringLiteral("INV-7 12\u00a0154.70") << 2;
    QTest::newRow("in a row of amounts") << QStringLiteral("INV-7 130,00 24,70 154,70") << 0;
    QTest::newRow("neither") << QStringLiteral("nothing") << 3;
}

void EInvoiceCheckTest::readsThePages()
{
    QFETCH(QString, words);
    QFETCH(int, missing);
    const EInvoiceFindings findings = compareWithPages(invoiceOf(ciiSample()), words);
    int found = 0;
    for (const EInvoiceFinding &finding : findings)
        found |= finding.what == What::NumberNotPrinted ? 1 : 2;
    QCOMPARE(found, missing);
    EInvoice large = invoiceOf(ciiSample());
    large.grandTotal = StatedNumber{Decimal{-1'234'567'500'000}};
    for (const char *written :
         {"1,234,567.50", "1.234.567,50", "1 234 567,50", "1'234'567.50", "1234567.50", "-1.234.567,50"})
        QVERIFY(compareWithPages(large, QStringLiteral("INV-7 ") + QLatin1String(written)).empty());
}

CORE_TEST(EInvoiceCheckTest)
#include "tst_einvoicecheck.moc"

#include "einvoicewords.h"

#include "display.h"
#include "einvoicetext.h"

#include <QLocale>

#include <span>
#include <utility>

namespace Counterfoil::EInvoiceWords {

namespace {

using What = EInvoiceFinding::What;

constexpr qsizetype codeMost = 10; // a currency's has three letters

using Code = std::pair<const char *, const char *>;

QString inWords(std::span<const Code> words, const QString &code)
{
    for (const auto &[known, word] : words) {
        if (code == QLatin1String(known))
            return EInvoiceText::tr(word);
    }
    return code;
}

// %1 is what the e-invoice states, %2 what it should, %3 what it is about; of one of its lines.
const char *linePattern(const EInvoiceFinding &finding)
{
    const bool hasExpected = finding.expected.index() != 0;
    switch (finding.what) {
    case What::LineNet:
        return hasExpected
            ? QT_TRANSLATE_NOOP("EInvoice", "Line %3 is given as %1, but its quantity and price come to %2.")
            : QT_TRANSLATE_NOOP("EInvoice",
                                "Line %3 is given as %1, but its quantity and price come to something else.");
    case What::LineNetRounded:
        return hasExpected
            ? QT_TRANSLATE_NOOP(
                "EInvoice",
                "Line %3 is given as %1; its quantity and price come to %2. Rounding explains it.")
            : QT_TRANSLATE_NOOP("EInvoice",
                                "Line %3 is given as %1, which is quantity and price but for rounding.");
    case What::LineTooLarge:
        return QT_TRANSLATE_NOOP("EInvoice", "The numbers of line %3 are too large to be checked.");
    case What::LineDiscount:
        return QT_TRANSLATE_NOOP(
            "EInvoice",
            "The price of line %3 is given as %1, but its list price less its discount comes to %2.");
    default:
        return nullptr;
    }
}

// The same of any finding.
const char *pattern(const EInvoiceFinding &finding)
{
    switch (finding.what) {
    case What::Unreadable:
        return QT_TRANSLATE_NOOP("EInvoice", "“%1” stands where a number or a date belongs (%3).");
    case What::Missing:
        return QT_TRANSLATE_NOOP("EInvoice", "It does not say %3.");
    case What::NoLines:
        return QT_TRANSLATE_NOOP("EInvoice", "It has no lines.");
    case What::NoTaxes:
        return QT_TRANSLATE_NOOP("EInvoice", "It does not say how it is taxed.");
    case What::NoTerms:
        return QT_TRANSLATE_NOOP("EInvoice",
                                 "%1 is to be paid, and it says neither by when nor on what terms.");
    case What::PeriodReversed:
        return QT_TRANSLATE_NOOP("EInvoice", "A period ends on %2, before it begins on %1.");
    case What::LineSum:
        return QT_TRANSLATE_NOOP("EInvoice", "The sum of the lines is given as %1, but they add up to %2.");
    case What::AllowanceSum:
        return QT_TRANSLATE_NOOP("EInvoice", "The discounts are given as %1 in all, but they add up to %2.");
    case What::ChargeSum:
        return QT_TRANSLATE_NOOP("EInvoice", "The charges are given as %1 in all, but they add up to %2.");
    case What::NetTotal:
        return QT_TRANSLATE_NOOP(
            "EInvoice", "The total without tax is given as %1, but lines, discounts and charges come to %2.");
    case What::TaxSum:
        return QT_TRANSLATE_NOOP("EInvoice",
                                 "The tax is given as %1 in all, but the taxes by rate add up to %2.");
    case What::GrandTotal:
        return QT_TRANSLATE_NOOP("EInvoice", "The total is given as %1, but net total and tax come to %2.");
    case What::Payable:
        return QT_TRANSLATE_NOOP("EInvoice",
                                 "%1 is to be paid, but the total less what was paid comes to %2.");
    case What::PaidUnknown:
        return QT_TRANSLATE_NOOP(
            "EInvoice", "%1 of %2 is to be paid; this kind of e-invoice does not say what was paid before.");
    case What::TaxBasis:
        return QT_TRANSLATE_NOOP("EInvoice",
                                 "Tax at %3 is charged on %1, but what is taxed at that rate comes to %2.");
    case What::TaxUnlisted:
        return QT_TRANSLATE_NOOP("EInvoice", "%2 is taxed at %3, but no tax at that rate is listed.");
    case What::TaxAmount:
        return QT_TRANSLATE_NOOP("EInvoice", "The tax at %3 is given as %1, but comes to %2.");
    case What::TaxAmountRounded:
        return QT_TRANSLATE_NOOP(
            "EInvoice", "The tax at %3 is given as %1 and comes to %2. Rounding line by line explains it.");
    case What::TaxTooLarge:
        return QT_TRANSLATE_NOOP("EInvoice", "The numbers of the tax at %3 are too large to be checked.");
    case What::LeftOut:
        return QT_TRANSLATE_NOOP("EInvoice", "More was found than is shown here. Left out: %3.");
    case What::NumberNotPrinted:
        return QT_TRANSLATE_NOOP("EInvoice", "The number %1 was not found on the pages.");
    case What::TotalNotPrinted:
        return QT_TRANSLATE_NOOP("EInvoice", "The total of %1 was not found on the pages.");
    default:
        return linePattern(finding);
    }
}

const char *recordPattern(What what)
{
    switch (what) {
    case What::RecordNumber:
        return QT_TRANSLATE_NOOP("EInvoice", "It has the number %1, the ERP has %2.");
    case What::RecordKind:
        return QT_TRANSLATE_NOOP("EInvoice", "It is %1, the ERP has %2.");
    case What::RecordIssued:
        return QT_TRANSLATE_NOOP("EInvoice", "It was issued on %1, according to the ERP on %2.");
    case What::RecordDue:
        return QT_TRANSLATE_NOOP("EInvoice", "It is due on %1, according to the ERP on %2.");
    case What::RecordCurrency:
        return QT_TRANSLATE_NOOP("EInvoice", "It is in %1, according to the ERP in %2.");
    case What::RecordSeller:
        return QT_TRANSLATE_NOOP("EInvoice", "It names %1 as the seller, the ERP is that of %2.");
    case What::RecordShipTo:
        return QT_TRANSLATE_NOOP("EInvoice", "It was delivered to %1, according to the ERP to %2.");
    case What::RecordBuyer:
        return QT_TRANSLATE_NOOP("EInvoice", "It is made out to %1, according to the ERP to %2.");
    case What::RecordOrder:
        return QT_TRANSLATE_NOOP("EInvoice", "It is for the order %1, according to the ERP for %2.");
    case What::RecordPoReference:
        return QT_TRANSLATE_NOOP("EInvoice", "It names the PO reference %1, the ERP %2.");
    case What::RecordLineMissing:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 of the ERP, %2, is not in it.");
    case What::RecordLineMore:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3, %1, is not in the ERP.");
    case What::RecordLineItem:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 has the item %1, according to the ERP %2.");
    case What::RecordLineQuantity:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 has the quantity %1, according to the ERP %2.");
    case What::RecordLinePrice:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 has the price %1, according to the ERP %2.");
    case What::RecordLineTaxRate:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 is taxed at %1, according to the ERP at %2.");
    case What::RecordLineNet:
        return QT_TRANSLATE_NOOP("EInvoice", "Line %3 comes to %1, according to the ERP to %2.");
    case What::RecordNet:
        return QT_TRANSLATE_NOOP("EInvoice", "The total without tax is %1, according to the ERP %2.");
    case What::RecordTaxAtRate:
        return QT_TRANSLATE_NOOP("EInvoice", "The tax at %3 % is %1, according to the ERP %2.");
    case What::RecordTax:
        return QT_TRANSLATE_NOOP("EInvoice", "The tax is %1, according to the ERP %2.");
    default:
        return QT_TRANSLATE_NOOP("EInvoice", "The total is %1, according to the ERP %2.");
    }
}

QString wordsOf(const EInvoiceFinding::Value &value, What what, const QString &currency)
{
    if (const auto *number = std::get_if<Decimal>(&value)) {
        if (what == What::RecordLineQuantity)
            return Display::quantity(*number);
        if (what == What::RecordLineTaxRate)
            return percent(StatedNumber{*number});
        return Display::unitPrice(*number, currency.toStdString());
    }
    if (const auto *date = std::get_if<Date>(&value))
        return Display::shortDate(*date);
    if (value.index() == 0)
        return EInvoiceText::tr("more than can be shown");
    const auto *text = std::get_if<QString>(&value);
    if (text && what == What::RecordKind)
        return *text == QLatin1String("credit") ? EInvoiceText::tr("a credit note")
                                                : EInvoiceText::tr("an invoice");
    return text ? *text : QString();
}

} // namespace

QString sentence(const EInvoiceFinding &finding, const QString &currency)
{
    const char *known = pattern(finding);
    const QString words = EInvoiceText::tr(known ? known : recordPattern(finding.what));
    constexpr qsizetype most = 200; // characters of a value; nobody reads a longer one here
    // Not every sentence has all three, and arg() complains of what it cannot place.
    QStringList values;
    if (words.contains(QLatin1String("%1")))
        values.append(wordsOf(finding.stated, finding.what, currency.left(codeMost)).left(most));
    if (words.contains(QLatin1String("%2")))
        values.append(wordsOf(finding.expected, finding.what, currency.left(codeMost)).left(most));
    if (words.contains(QLatin1String("%3")))
        values.append(finding.subject.left(most));
    switch (values.size()) {
    case 0:
        return words;
    case 1:
        return words.arg(values[0]);
    case 2:
        return words.arg(values[0], values[1]);
    default:
        return words.arg(values[0], values[1], values[2]);
    }
}

QString profile(const EInvoice &invoice)
{
    // The longest name first, of those that one can hold.
    static constexpr Code profiles[] = {
        {"xrechnung", "XRechnung"},        {":extended", "Factur-X EXTENDED"},
        {":basicwl", "Factur-X BASIC WL"}, {":basic", "Factur-X BASIC"},
        {":comfort", "Factur-X COMFORT"},  {":minimum", "Factur-X MINIMUM"},
        {"peppol", "Peppol BIS Billing"},  {"en16931:2017", "EN 16931"},
    };
    QString name = invoice.profile;
    for (const auto &[part, known] : profiles) {
        if (invoice.profile.contains(QLatin1String(part), Qt::CaseInsensitive)) {
            name = QString::fromLatin1(known);
            break;
        }
    }
    if (invoice.syntax == EInvoice::Syntax::Zugferd1)
        name.replace(QLatin1String("Factur-X"), QLatin1String("ZUGFeRD 1"));
    const QString syntax
        = invoice.syntax == EInvoice::Syntax::Ubl ? QStringLiteral("UBL") : QStringLiteral("CII");
    return name.isEmpty() ? syntax : name + QStringLiteral(" · ") + syntax;
}

QString kind(const EInvoice &invoice)
{
    // UNTDID 1001, of which EN 16931 allows these and others like them.
    static constexpr Code kinds[] = {
        {"", QT_TRANSLATE_NOOP("EInvoice", "E-invoice")},
        {"204", QT_TRANSLATE_NOOP("EInvoice", "Payment valuation")},
        {"261", QT_TRANSLATE_NOOP("EInvoice", "Self-billed credit note")},
        {"325", QT_TRANSLATE_NOOP("EInvoice", "Pro-forma invoice")},
        {"326", QT_TRANSLATE_NOOP("EInvoice", "Partial invoice")},
        {"380", QT_TRANSLATE_NOOP("EInvoice", "Invoice")},
        {"381", QT_TRANSLATE_NOOP("EInvoice", "Credit note")},
        {"384", QT_TRANSLATE_NOOP("EInvoice", "Corrected invoice")},
        {"386", QT_TRANSLATE_NOOP("EInvoice", "Prepayment invoice")},
        {"387", QT_TRANSLATE_NOOP("EInvoice", "Hire invoice")},
        {"389", QT_TRANSLATE_NOOP("EInvoice", "Self-billed invoice")},
        {"393", QT_TRANSLATE_NOOP("EInvoice", "Factored invoice")},
        {"575", QT_TRANSLATE_NOOP("EInvoice", "Insurer’s invoice")},
        {"751", QT_TRANSLATE_NOOP("EInvoice", "Invoice, for accounting")},
        {"875", QT_TRANSLATE_NOOP("EInvoice", "Partial construction invoice")},
        {"876", QT_TRANSLATE_NOOP("EInvoice", "Partial final construction invoice")},
        {"877", QT_TRANSLATE_NOOP("EInvoice", "Final construction invoice")},
    };
    const QString word = inWords(kinds, invoice.typeCode);
    if (word != invoice.typeCode || word.isEmpty())
        return word;
    return invoice.creditNote ? EInvoiceText::tr("Credit note of kind %1").arg(word)
                              : EInvoiceText::tr("Invoice of kind %1").arg(word);
}

QString unit(const QString &code)
{
    static constexpr Code units[] = {
        {"C62", ""},
        {"H87", QT_TRANSLATE_NOOP("EInvoice", "pieces")},
        {"EA", QT_TRANSLATE_NOOP("EInvoice", "each")},
        {"XPP", QT_TRANSLATE_NOOP("EInvoice", "pieces")},
        {"KGM", "kg"},
        {"GRM", "g"},
        {"TNE", "t"},
        {"LTR", "l"},
        {"MTR", "m"},
        {"CMT", "cm"},
        {"MTK", "m²"},
        {"MTQ", "m³"},
        {"KWH", "kWh"},
        {"KMT", "km"},
        {"HUR", QT_TRANSLATE_NOOP("EInvoice", "hours")},
        {"DAY", QT_TRANSLATE_NOOP("EInvoice", "days")},
        {"MON", QT_TRANSLATE_NOOP("EInvoice", "months")},
        {"ANN", QT_TRANSLATE_NOOP("EInvoice", "years")},
        {"LS", QT_TRANSLATE_NOOP("EInvoice", "lump sum")},
        {"SET", QT_TRANSLATE_NOOP("EInvoice", "sets")},
        {"PR", QT_TRANSLATE_NOOP("EInvoice", "pairs")},
        {"XBX", QT_TRANSLATE_NOOP("EInvoice", "boxes")},
        {"XCT", QT_TRANSLATE_NOOP("EInvoice", "cartons")},
        {"XPK", QT_TRANSLATE_NOOP("EInvoice", "packs")},
    };
    for (const auto &[known, word] : units) {
        if (code == QLatin1String(known))
            return *word ? EInvoiceText::tr(word) : QString();
    }
    return code;
}

QString taxCategory(const QString &code)
{
    static constexpr Code categories[] = {
        {"S", QT_TRANSLATE_NOOP("EInvoice", "Taxed")},
        {"Z", QT_TRANSLATE_NOOP("EInvoice", "Zero-rated")},
        {"E", QT_TRANSLATE_NOOP("EInvoice", "Exempt")},
        {"AE", QT_TRANSLATE_NOOP("EInvoice", "Reverse charge")},
        {"K", QT_TRANSLATE_NOOP("EInvoice", "Supply within the European Union")},
        {"G", QT_TRANSLATE_NOOP("EInvoice", "Export")},
        {"O", QT_TRANSLATE_NOOP("EInvoice", "Outside the scope of tax")},
        {"L", QT_TRANSLATE_NOOP("EInvoice", "Canary Islands tax")},
        {"M", QT_TRANSLATE_NOOP("EInvoice", "Tax of Ceuta and Melilla")},
    };
    return inWords(categories, code);
}

QString paymentMeans(const QString &code)
{
    static constexpr Code means[] = {
        {"1", ""},
        {"10", QT_TRANSLATE_NOOP("EInvoice", "Cash")},
        {"20", QT_TRANSLATE_NOOP("EInvoice", "Cheque")},
        {"30", QT_TRANSLATE_NOOP("EInvoice", "Credit transfer")},
        {"31", QT_TRANSLATE_NOOP("EInvoice", "Debit transfer")},
        {"42", QT_TRANSLATE_NOOP("EInvoice", "To a bank account")},
        {"48", QT_TRANSLATE_NOOP("EInvoice", "Card")},
        {"49", QT_TRANSLATE_NOOP("EInvoice", "Direct debit")},
        {"54", QT_TRANSLATE_NOOP("EInvoice", "Credit card")},
        {"57", QT_TRANSLATE_NOOP("EInvoice", "Standing agreement")},
        {"58", QT_TRANSLATE_NOOP("EInvoice", "SEPA credit transfer")},
        {"59", QT_TRANSLATE_NOOP("EInvoice", "SEPA direct debit")},
        {"97", QT_TRANSLATE_NOOP("EInvoice", "Set off between partners")},
    };
    for (const auto &[known, word] : means) {
        if (code == QLatin1String(known))
            return *word ? EInvoiceText::tr(word) : QString();
    }
    return code;
}

QString country(const QString &code)
{
    const QLocale::Territory territory = QLocale::codeToTerritory(code);
    return territory == QLocale::AnyTerritory ? code : QLocale::territoryToString(territory);
}

QString amount(const Stated &number, const QString &currency)
{
    return number ? Display::unitPrice(number->value, currency.left(codeMost).toStdString()) : QString();
}

QString quantity(const Stated &number)
{
    return number ? Display::quantity(number->value) : QString();
}

QString percent(const Stated &number)
{
    return number ? EInvoiceText::tr("%1 %").arg(Display::quantity(number->value)) : QString();
}

} // namespace Counterfoil::EInvoiceWords

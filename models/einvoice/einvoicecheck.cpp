#include "einvoicecheck.h"

#include "amount.h"
#include "boundedfindings.h"
#include "exactvalue.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

namespace Counterfoil {

namespace {

using What = EInvoiceFinding::What;
using Value = EInvoiceFinding::Value;

Decimal valueOf(const Stated &number)
{
    return number ? number->value : Decimal();
}

ExactValue exactOf(const Stated &number)
{
    return ExactValue::of(valueOf(number));
}

Value shown(const ExactValue &value)
{
    const auto decimal = value.decimal();
    return decimal ? Value(*decimal) : Value();
}

Value shown(const Stated &number)
{
    return number ? Value(number->value) : Value();
}

ExactValue magnitude(const ExactValue &value)
{
    return value < ExactValue() ? -value : value;
}

bool counts(const EInvoiceLine &line)
{
    return line.kind.isEmpty() || line.kind == QLatin1String("DETAIL");
}

// A category without a rate has nought.
struct TaxGroup
{
    QString category;
    Decimal rate;

    bool operator<(const TaxGroup &other) const
    {
        return std::tie(category, rate) < std::tie(other.category, other.rate);
    }
    QString inWords() const
    {
        return QCoreApplication::translate("EInvoice", "%1 %", "a tax rate in per cent")
            .arg(QString::fromStdString(rate.toString()));
    }
};

class Check
{
public:
    explicit Check(const EInvoice &invoice)
        : m_invoice(invoice)
        , m_places(minorUnitPlaces(invoice.currency.toStdString()))
        , m_smallest{Decimal::one}
    {
        for (int i = 0; i < m_places; ++i)
            m_smallest.millionths /= 10;
    }

    EInvoiceFindings run()
    {
        for (const EInvoiceFlaw &flaw : m_invoice.flaws)
            add({What::Unreadable, {}, flaw.element, flaw.text, {}});
        requireTerms();
        for (const EInvoiceLine &line : m_invoice.lines)
            checkLine(line);
        checkSums();
        checkTaxes();
        checkTotals();
        return m_findings.take();
    }

private:
    void add(EInvoiceFinding finding) { m_findings.add(std::move(finding)); }
    void require(bool there, const char *rule, const char *term)
    {
        if (!there)
            add({What::Missing, QString::fromLatin1(rule), QCoreApplication::translate("EInvoice", term)});
    }
    // `term` has a place for which line, or which tax, it is.
    void requireOf(bool there, const char *rule, const char *term, const QString &which)
    {
        if (!there)
            add({What::Missing, QString::fromLatin1(rule),
                 QCoreApplication::translate("EInvoice", term).arg(which)});
    }
    // ZUGFeRD 1.0 BASIC has lines to read, without prices and taxes.
    bool hasFullLines() const
    {
        return m_invoice.depth() == EInvoice::Depth::Full
            && !(m_invoice.syntax == EInvoice::Syntax::Zugferd1
                 && m_invoice.profile.endsWith(QLatin1String(":basic")));
    }

    void requireTerms();
    void requireOfLine(const EInvoiceLine &line);
    void checkLine(const EInvoiceLine &line);
    void checkNet(const EInvoiceLine &line);
    void checkSums();
    void checkTaxes();
    void requireCategories();
    void checkBases(const std::map<TaxGroup, ExactValue> &taxed,
                    const std::map<TaxGroup, ExactValue> &listed);
    void checkTax(const EInvoiceTax &tax, std::size_t parts);
    void checkTotals();
    void expectSum(What what, const char *rule, const Stated &stated, const ExactValue &sum);

    const EInvoice &m_invoice;
    const int m_places;
    Decimal m_smallest; // unit of the currency
    BoundedFindings m_findings;
};

void Check::requireTerms()
{
    const EInvoice &i = m_invoice;
    require(!i.number.isEmpty(), "BR-02", QT_TRANSLATE_NOOP("EInvoice", "the invoice’s number"));
    require(i.issued.isSet(), "BR-03", QT_TRANSLATE_NOOP("EInvoice", "the day of issue"));
    require(!i.typeCode.isEmpty(), "BR-04", QT_TRANSLATE_NOOP("EInvoice", "the kind of invoice"));
    require(!i.currency.isEmpty(), "BR-05", QT_TRANSLATE_NOOP("EInvoice", "the currency"));
    require(!i.seller.name.isEmpty(), "BR-06", QT_TRANSLATE_NOOP("EInvoice", "the seller’s name"));
    require(!i.buyer.name.isEmpty(), "BR-07", QT_TRANSLATE_NOOP("EInvoice", "the buyer’s name"));
    require(i.taxBasisTotal.has_value(), "BR-13", QT_TRANSLATE_NOOP("EInvoice", "the total without tax"));
    require(i.grandTotal.has_value(), "BR-14", QT_TRANSLATE_NOOP("EInvoice", "the total with tax"));
    require(i.payable.has_value(), "BR-15", QT_TRANSLATE_NOOP("EInvoice", "the amount to be paid"));
    if (i.depth() == EInvoice::Depth::Minimum)
        return;
    require(i.lineTotal.has_value(), "BR-12", QT_TRANSLATE_NOOP("EInvoice", "the sum of the lines"));
    if (i.lines.empty() && i.depth() == EInvoice::Depth::Full)
        add({What::NoLines, QStringLiteral("BR-16")});
    if (i.taxes.empty())
        add({What::NoTaxes, QStringLiteral("BR-CO-18")});
    const bool terms = i.due.isSet()
        || std::ranges::any_of(i.terms, [](const EInvoiceTerms &each) { return !each.text.isEmpty(); });
    if (valueOf(i.payable) > Decimal() && !terms)
        add({What::NoTerms, QStringLiteral("BR-CO-25"), {}, shown(i.payable)});
    if (i.periodFrom.isSet() && i.periodTo.isSet() && i.periodTo < i.periodFrom)
        add({What::PeriodReversed, QStringLiteral("BR-29"), {}, i.periodFrom, i.periodTo});
}

void Check::requireOfLine(const EInvoiceLine &line)
{
    requireOf(line.quantity.has_value(), "BR-22", QT_TRANSLATE_NOOP("EInvoice", "the quantity of line %1"),
              line.id);
    requireOf(line.price.has_value(), "BR-26", QT_TRANSLATE_NOOP("EInvoice", "the price of line %1"),
              line.id);
    requireOf(line.net.has_value(), "BR-24", QT_TRANSLATE_NOOP("EInvoice", "what line %1 comes to"), line.id);
    requireOf(!line.taxCategory.isEmpty(), "BR-CO-04", QT_TRANSLATE_NOOP("EInvoice", "how line %1 is taxed"),
              line.id);
}

void Check::checkLine(const EInvoiceLine &line)
{
    if (counts(line) && hasFullLines())
        requireOfLine(line);
    checkNet(line);
    if (line.grossPrice && line.price) {
        ExactValue rest = exactOf(line.grossPrice);
        rest -= exactOf(line.discount);
        if (rest != exactOf(line.price))
            add({What::LineDiscount, {}, line.id, shown(line.price), shown(rest)});
    }
    if (line.from.isSet() && line.to.isSet() && line.to < line.from)
        add({What::PeriodReversed, QStringLiteral("BR-30"), line.id, line.from, line.to});
}

// Net = quantity × price ÷ base + charges − discounts. Nothing is divided: both sides are multiplied by the
// base.
void Check::checkNet(const EInvoiceLine &line)
{
    if (!line.quantity || !line.price || !line.net)
        return;
    const Decimal base
        = line.priceBase && !line.priceBase->value.isZero() ? line.priceBase->value : Decimal::fromInteger(1);
    ExactValue goods = exactOf(line.net);
    ExactValue adjusted;
    for (const EInvoiceAllowance &each : line.allowances) {
        if (each.charge)
            adjusted += exactOf(each.amount);
        else
            adjusted -= exactOf(each.amount);
    }
    goods -= adjusted;
    const auto known = goods.decimal();
    if (!known || !ExactValue::fits(*known, base)
        || !ExactValue::fits(line.quantity->value, line.price->value)) {
        add({What::LineTooLarge, {}, line.id});
        return;
    }
    const ExactValue product = ExactValue::product(line.quantity->value, line.price->value);
    ExactValue off = product;
    off -= ExactValue::product(*known, base);
    off = magnitude(off);
    const Decimal absBase = base < Decimal() ? -base : base;
    if (off <= ExactValue::product(Decimal{m_smallest.millionths / 2}, absBase))
        return;
    // Two of the smallest unit are what Peppol's rule R120 lets pass; a price may be wrong by half of its
    // last place, times the quantity. Who writes “3” or “12.5” has left out noughts, and has rounded nothing.
    Decimal half{Decimal::one / 2};
    for (int i = 0; i < std::min(std::max(line.price->places, m_places), Decimal::places); ++i)
        half.millionths /= 10;
    const Decimal quantity = line.quantity->value < Decimal() ? -line.quantity->value : line.quantity->value;
    const ExactValue slack
        = std::max(ExactValue::product(Decimal{2 * m_smallest.millionths}, absBase),
                   ExactValue::fits(quantity, half) ? ExactValue::product(quantity, half) : ExactValue());
    Value expected;
    if (base == Decimal::fromInteger(1)) {
        ExactValue whole = adjusted;
        whole += product;
        expected = shown(whole);
    }
    add({off <= slack ? What::LineNetRounded : What::LineNet, {}, line.id, shown(line.net), expected});
}

void Check::expectSum(What what, const char *rule, const Stated &stated, const ExactValue &sum)
{
    if (exactOf(stated) != sum)
        add({what, QString::fromLatin1(rule), {}, Value(valueOf(stated)), shown(sum)});
}

void Check::checkSums()
{
    const EInvoice &i = m_invoice;
    if (i.depth() == EInvoice::Depth::Minimum)
        return;
    ExactValue lines;
    for (const EInvoiceLine &line : i.lines) {
        if (counts(line))
            lines += exactOf(line.net);
    }
    if (!i.lines.empty() && i.lineTotal)
        expectSum(What::LineSum, "BR-CO-10", i.lineTotal, lines);
    ExactValue allowances;
    ExactValue charges;
    for (const EInvoiceAllowance &each : i.allowances)
        (each.charge ? charges : allowances) += exactOf(each.amount);
    require(i.allowanceTotal || allowances == ExactValue(), "BR-CO-11",
            QT_TRANSLATE_NOOP("EInvoice", "the sum of the discounts"));
    require(i.chargeTotal || charges == ExactValue(), "BR-CO-12",
            QT_TRANSLATE_NOOP("EInvoice", "the sum of the charges"));
    if (i.allowanceTotal)
        expectSum(What::AllowanceSum, "BR-CO-11", i.allowanceTotal, allowances);
    if (i.chargeTotal)
        expectSum(What::ChargeSum, "BR-CO-12", i.chargeTotal, charges);
    if (i.lineTotal && i.taxBasisTotal) {
        ExactValue net = exactOf(i.lineTotal);
        net -= exactOf(i.allowanceTotal);
        net += exactOf(i.chargeTotal);
        expectSum(What::NetTotal, "BR-CO-13", i.taxBasisTotal, net);
    }
}

void Check::checkTaxes()
{
    const EInvoice &i = m_invoice;
    std::map<TaxGroup, ExactValue> taxed;
    std::map<TaxGroup, std::size_t> parts;
    const auto gather = [&](const QString &category, const Stated &rate, const ExactValue &amount) {
        const TaxGroup group{category, valueOf(rate)};
        taxed[group] += amount;
        ++parts[group];
    };
    for (const EInvoiceLine &line : i.lines) {
        if (counts(line) && !line.taxCategory.isEmpty())
            gather(line.taxCategory, line.taxRate, exactOf(line.net));
    }
    for (const EInvoiceAllowance &each : i.allowances) {
        if (!each.taxCategory.isEmpty())
            gather(each.taxCategory, each.taxRate,
                   each.charge ? exactOf(each.amount) : -exactOf(each.amount));
    }
    std::map<TaxGroup, ExactValue> listed;
    for (const EInvoiceTax &tax : i.taxes) {
        const TaxGroup group{tax.category, valueOf(tax.rate)};
        listed[group] += exactOf(tax.basis);
        checkTax(tax, parts.contains(group) ? parts[group] : 0);
    }
    if (i.lines.empty() || !hasFullLines())
        return;
    requireCategories();
    checkBases(taxed, listed);
}

// That of a line is required with its other terms.
void Check::requireCategories()
{
    for (const EInvoiceAllowance &each : m_invoice.allowances)
        require(!each.taxCategory.isEmpty(), each.charge ? "BR-37" : "BR-32",
                each.charge ? QT_TRANSLATE_NOOP("EInvoice", "how a charge is taxed")
                            : QT_TRANSLATE_NOOP("EInvoice", "how a discount is taxed"));
}

void Check::checkBases(const std::map<TaxGroup, ExactValue> &taxed,
                       const std::map<TaxGroup, ExactValue> &listed)
{
    for (const auto &[group, sum] : taxed) {
        const auto found = listed.find(group);
        const QString rule = QStringLiteral("BR-%1-8").arg(group.category);
        if (found == listed.end())
            add({What::TaxUnlisted, rule, group.inWords(), {}, shown(sum)});
        else if (found->second != sum)
            add({What::TaxBasis, rule, group.inWords(), shown(found->second), shown(sum)});
    }
    for (const auto &[group, basis] : listed) {
        if (!taxed.contains(group) && basis != ExactValue())
            add({What::TaxBasis, QStringLiteral("BR-%1-8").arg(group.category), group.inWords(), shown(basis),
                 Decimal()});
    }
}

void Check::checkTax(const EInvoiceTax &tax, std::size_t parts)
{
    const QString group = TaxGroup{tax.category, valueOf(tax.rate)}.inWords();
    requireOf(tax.basis.has_value(), "BR-45",
              QT_TRANSLATE_NOOP("EInvoice", "on what the tax at %1 is charged"), group);
    requireOf(tax.amount.has_value(), "BR-46", QT_TRANSLATE_NOOP("EInvoice", "the tax at %1"), group);
    if (!tax.basis || !tax.amount)
        return;
    const Decimal part{valueOf(tax.rate).millionths / 100};
    // Beyond what an amount can be, rounding would overflow.
    if (!ExactValue::fits(tax.basis->value, part) || !ExactValue::product(tax.basis->value, part).decimal()) {
        add({What::TaxTooLarge, {}, group});
        return;
    }
    const ExactValue rounded
        = ExactValue::of(ExactValue::product(tax.basis->value, part).rounded(m_places), m_places);
    ExactValue off = exactOf(tax.amount);
    off -= rounded;
    if (off == ExactValue())
        return;
    // Where the tax was rounded for each line and then added up, each may be half of the smallest unit off.
    const auto halves = static_cast<std::int64_t>(std::max<std::size_t>(parts, 1) + 1);
    const bool byLine = magnitude(off) <= ExactValue::of(Decimal{m_smallest.millionths / 2 * halves});
    add({byLine ? What::TaxAmountRounded : What::TaxAmount, QStringLiteral("BR-CO-17"), group,
         shown(tax.amount), shown(rounded)});
}

void Check::checkTotals()
{
    const EInvoice &i = m_invoice;
    if (i.depth() != EInvoice::Depth::Minimum && !i.taxes.empty()) {
        ExactValue taxes;
        for (const EInvoiceTax &tax : i.taxes)
            taxes += exactOf(tax.amount);
        expectSum(What::TaxSum, "BR-CO-14", i.taxTotal, taxes);
    }
    if (i.taxBasisTotal && i.grandTotal) {
        ExactValue total = exactOf(i.taxBasisTotal);
        total += exactOf(i.taxTotal);
        expectSum(What::GrandTotal, "BR-CO-15", i.grandTotal, total);
    }
    if (!i.grandTotal || !i.payable)
        return;
    ExactValue payable = exactOf(i.grandTotal);
    payable -= exactOf(i.prepaid);
    payable += exactOf(i.rounding);
    if (payable == exactOf(i.payable))
        return;
    if (i.depth() == EInvoice::Depth::Minimum && !i.prepaid) // which has no term for what was paid
        add({What::PaidUnknown, {}, {}, shown(i.payable), shown(i.grandTotal)});
    else
        expectSum(What::Payable, "BR-CO-16", i.payable, payable);
}

} // namespace

EInvoiceFinding::Grade EInvoiceFinding::grade() const
{
    switch (what) {
    case What::NoTerms:
    case What::LineNetRounded:
    case What::LineTooLarge:
    case What::LineDiscount:
    case What::PaidUnknown:
    case What::TaxAmountRounded:
    case What::TaxTooLarge:
    case What::LeftOut:
        return Grade::Note;
    default:
        return Grade::Wrong;
    }
}

bool anyWrong(const EInvoiceFindings &findings)
{
    return std::ranges::any_of(findings, [](const EInvoiceFinding &finding) {
        return finding.grade() == EInvoiceFinding::Grade::Wrong;
    });
}

EInvoiceFindings checkInItself(const EInvoice &invoice)
{
    return Check(invoice).run();
}

} // namespace Counterfoil

#include "einvoicecheck.h"

#include "amount.h"
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
        return std::move(m_findings);
    }

private:
    void add(EInvoiceFinding finding)
    {
        if (m_findings.size() < findingsMost)
            m_findings.push_back(std::move(finding));
    }
    void require(bool there, const char *rule, const char *term)
    {
        if (!there)
            add({What::Missing, QString::fromLatin1(rule), QCoreApplication::translate("EInvoice", term)});
    }

    void requireTerms();
    void checkLine(const EInvoiceLine &line);
    void checkNet(const EInvoiceLine &line);
    void checkSums();
    void checkTaxes();
    void checkTax(const EInvoiceTax &tax, std::size_t parts);
    void checkTotals();
    void expectSum(What what, const char *rule, const Stated &stated, const ExactValue &sum);

    const EInvoice &m_invoice;
    const int m_places;
    Decimal m_smallest; // unit of the currency
    EInvoiceFindings m_findings;
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

void Check::checkLine(const EInvoiceLine &line)
{
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
    // last place, times the quantity.
    Decimal half{Decimal::one / 2};
    for (int i = 0; i < std::min(line.price->places, Decimal::places); ++i)
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
    expectSum(What::AllowanceSum, "BR-CO-11", i.allowanceTotal, allowances);
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
    struct Sum
    {
        ExactValue basis;
        std::size_t parts = 0;
    };
    std::map<TaxGroup, Sum> groups;
    const auto gather = [&groups](const QString &category, const Stated &rate, const ExactValue &amount) {
        if (category.isEmpty())
            return;
        Sum &sum = groups[{category, valueOf(rate)}];
        sum.basis += amount;
        ++sum.parts;
    };
    for (const EInvoiceLine &line : i.lines) {
        if (counts(line))
            gather(line.taxCategory, line.taxRate, exactOf(line.net));
    }
    for (const EInvoiceAllowance &each : i.allowances)
        gather(each.taxCategory, each.taxRate, each.charge ? exactOf(each.amount) : -exactOf(each.amount));

    std::map<TaxGroup, ExactValue> listed;
    for (const EInvoiceTax &tax : i.taxes) {
        const TaxGroup group{tax.category, valueOf(tax.rate)};
        listed[group] += exactOf(tax.basis);
        checkTax(tax, groups.contains(group) ? groups[group].parts : 0);
    }
    if (i.lines.empty() || i.depth() != EInvoice::Depth::Full)
        return;
    for (const auto &[group, sum] : groups) {
        const auto found = listed.find(group);
        const QString rule = QStringLiteral("BR-%1-8").arg(group.category);
        if (found == listed.end())
            add({What::TaxUnlisted, rule, group.inWords(), {}, shown(sum.basis)});
        else if (found->second != sum.basis)
            add({What::TaxBasis, rule, group.inWords(), shown(found->second), shown(sum.basis)});
    }
}

void Check::checkTax(const EInvoiceTax &tax, std::size_t parts)
{
    if (!tax.basis || !tax.amount)
        return;
    const Decimal part{valueOf(tax.rate).millionths / 100};
    if (!ExactValue::fits(tax.basis->value, part))
        return;
    const ExactValue rounded
        = ExactValue::of(ExactValue::product(tax.basis->value, part).rounded(m_places), m_places);
    ExactValue off = exactOf(tax.amount);
    off -= rounded;
    if (off == ExactValue())
        return;
    // Where the tax was rounded for each line and then added up, each may be half of the smallest unit off.
    const auto halves = static_cast<std::int64_t>(std::max<std::size_t>(parts, 1) + 1);
    const bool byLine = magnitude(off) <= ExactValue::of(Decimal{m_smallest.millionths / 2 * halves});
    add({byLine ? What::TaxAmountRounded : What::TaxAmount, QStringLiteral("BR-CO-17"),
         TaxGroup{tax.category, valueOf(tax.rate)}.inWords(), shown(tax.amount), shown(rounded)});
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
    if (i.depth() == EInvoice::Depth::Minimum) // which has no term for what was paid
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

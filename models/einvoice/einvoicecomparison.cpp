// An e-invoice against what the ERP says, and against what is printed.

#include "boundedfindings.h"
#include "exactvalue.h"
#include "invoice.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace Counterfoil {

namespace {

using What = EInvoiceFinding::What;
using Value = EInvoiceFinding::Value;

QString text(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// Names are typed by people on both sides.
bool sameName(const QString &a, const QString &b)
{
    return a.simplified().compare(b.simplified(), Qt::CaseInsensitive) == 0;
}

class Comparison
{
public:
    Comparison(const EInvoice &invoice, const Invoice &record, QString seller)
        : m_invoice(invoice)
        , m_record(record)
        , m_seller(std::move(seller))
        , m_places(minorUnitPlaces(record.currency))
        , m_turned(invoice.creditNote && record.credit)
    { }

    EInvoiceFindings run()
    {
        compareHead();
        compareLines();
        compareTaxes();
        compareTotals();
        return m_findings.take();
    }

private:
    void add(What what, const QString &subject, Value stated, Value expected)
    {
        m_findings.add({what, {}, subject, std::move(stated), std::move(expected)});
    }
    void compareText(What what, const QString &stated, const QString &ours)
    {
        if (!stated.isEmpty() && !ours.isEmpty() && !sameName(stated, ours))
            add(what, {}, stated, ours);
    }
    void compareAmount(What what, const QString &subject, const Stated &stated, Amount ours)
    {
        const ExactValue expected = exact(ours);
        if (!stated || ExactValue::of(stated->value) == expected)
            return;
        const auto decimal = expected.decimal();
        add(what, subject, stated->value, decimal ? Value(*decimal) : Value());
    }
    // A credit note's positive amounts are what a credit memo has as negative ones.
    ExactValue exact(Amount ours) const { return ExactValue::of(m_turned ? -ours : ours, m_places); }

    void compareHead();
    void compareIssued();
    void compareLines();
    void compareLine(const EInvoiceLine &line, const InvoiceLine &ours);
    bool isFreight(const EInvoiceLine &line) const;
    void compareTaxes();
    void compareTotals();

    const EInvoice &m_invoice;
    const Invoice &m_record;
    const QString m_seller;
    const int m_places;
    const bool m_turned;
    BoundedFindings m_findings;
};

void Comparison::compareHead()
{
    compareText(What::RecordNumber, m_invoice.number, text(m_record.number));
    const bool givesBack
        = m_invoice.creditNote || (m_invoice.grandTotal && m_invoice.grandTotal->value < Decimal());
    if (givesBack != m_record.credit)
        add(What::RecordKind, {}, givesBack ? QStringLiteral("credit") : QStringLiteral("invoice"),
            m_record.credit ? QStringLiteral("credit") : QStringLiteral("invoice"));
    compareIssued();
    if (m_invoice.due.isSet() && m_record.dueOn.isSet() && m_invoice.due != m_record.dueOn)
        add(What::RecordDue, {}, m_invoice.due, m_record.dueOn);
    compareText(What::RecordCurrency, m_invoice.currency, text(m_record.currency));
    compareText(What::RecordSeller, m_invoice.seller.name, m_seller);
    compareText(What::RecordBuyer, m_invoice.buyer.name, text(m_record.billToName));
    compareText(What::RecordShipTo, m_invoice.shipTo.name, text(m_record.shipToName));
    compareText(What::RecordOrder, m_invoice.salesOrder, text(m_record.orderNumber));
    // Where the buyer has no reference of its own, some sellers write their number for the order there.
    if (!sameName(m_invoice.order, text(m_record.orderNumber)))
        compareText(What::RecordPoReference, m_invoice.order, text(m_record.poReference));
}

// The record has a moment, the file a day of the seller's calendar, which is not known here: any day that it
// was then anywhere will do.
void Comparison::compareIssued()
{
    constexpr std::int64_t hour = 3'600'000;
    constexpr std::int64_t day = 24 * hour;
    if (!m_invoice.issued.isSet() || !m_record.issuedAt.isSet())
        return;
    const auto dayAt
        = [](std::int64_t ms) { return Date{static_cast<std::int32_t>(ms / day - (ms % day < 0 ? 1 : 0))}; };
    const Date first = dayAt(m_record.issuedAt.ms - 12 * hour);
    const Date last = dayAt(m_record.issuedAt.ms + 14 * hour);
    if (m_invoice.issued < first || m_invoice.issued > last)
        add(What::RecordIssued, {}, m_invoice.issued, dayAt(m_record.issuedAt.ms));
}

bool Comparison::isFreight(const EInvoiceLine &line) const
{
    return line.net && m_record.freight != Amount()
        && ExactValue::of(line.net->value) == exact(m_record.freight);
}

// By the line's number where both sides count alike, else by their order.
void Comparison::compareLines()
{
    if (m_invoice.lines.empty())
        return;
    std::map<QString, const InvoiceLine *> byNumber;
    for (const InvoiceLine &ours : m_record.lines)
        byNumber[QString::number(ours.lineNumber)] = &ours;
    const bool alike = std::ranges::all_of(m_invoice.lines, [&](const EInvoiceLine &line) {
        return byNumber.contains(line.id) || isFreight(line);
    });
    std::set<const InvoiceLine *> met;
    std::size_t next = 0;
    for (const EInvoiceLine &line : m_invoice.lines) {
        const InvoiceLine *ours = nullptr;
        if (alike)
            ours = byNumber.contains(line.id) ? byNumber[line.id] : nullptr;
        else if (next < m_record.lines.size())
            ours = &m_record.lines[next++];
        if (ours) {
            met.insert(ours);
            compareLine(line, *ours);
        } else if (!isFreight(line)) {
            add(What::RecordLineMore, line.id, line.name, {});
        }
    }
    for (const InvoiceLine &ours : m_record.lines) {
        if (!met.contains(&ours))
            add(What::RecordLineMissing, QString::number(ours.lineNumber), {},
                text(ours.sku.empty() ? ours.description : ours.sku));
    }
}

void Comparison::compareLine(const EInvoiceLine &line, const InvoiceLine &ours)
{
    const QString sku = text(ours.sku);
    const std::array items{line.sellerItem, line.buyerItem, line.standardItem};
    const bool named = std::ranges::any_of(items, [](const QString &item) { return !item.isEmpty(); });
    if (named && !sku.isEmpty()
        && std::ranges::none_of(items, [&](const QString &item) { return sameName(item, sku); }))
        add(What::RecordLineItem, line.id,
            *std::ranges::find_if(items, [](const QString &item) { return !item.isEmpty(); }), sku);
    const Decimal quantity = m_turned ? -ours.quantity : ours.quantity;
    if (line.quantity && line.quantity->value != quantity)
        add(What::RecordLineQuantity, line.id, line.quantity->value, quantity);
    const bool ofOne = !line.priceBase || line.priceBase->value == Decimal::fromInteger(1);
    if (line.price && ofOne && line.price->value != ours.unitPrice)
        add(What::RecordLinePrice, line.id, line.price->value, ours.unitPrice);
    if (line.taxRate && line.taxRate->value != ours.taxRate)
        add(What::RecordLineTaxRate, line.id, line.taxRate->value, ours.taxRate);
    compareAmount(What::RecordLineNet, line.id, line.net, ours.net);
}

// The tax on freight is not told by rate in the record, so a rate is compared where freight cannot be in it.
void Comparison::compareTaxes()
{
    if (m_record.freight != Amount() || m_record.lines.empty())
        return;
    std::map<Decimal, Amount> ours;
    for (const InvoiceLine &line : m_record.lines)
        ours[line.taxRate] += line.tax;
    std::map<Decimal, ExactValue> stated;
    for (const EInvoiceTax &tax : m_invoice.taxes)
        stated[tax.rate ? tax.rate->value : Decimal()]
            += ExactValue::of(tax.amount ? tax.amount->value : Decimal());
    for (const auto &[rate, amount] : stated) {
        const ExactValue expected = ours.contains(rate) ? exact(ours[rate]) : ExactValue();
        if (amount == expected || !amount.decimal() || !expected.decimal())
            continue;
        add(What::RecordTaxAtRate, QString::fromStdString(rate.toString()), *amount.decimal(),
            *expected.decimal());
    }
}

void Comparison::compareTotals()
{
    compareAmount(What::RecordNet, {}, m_invoice.taxBasisTotal, m_record.net + m_record.freight);
    compareAmount(What::RecordTax, {}, m_invoice.taxTotal, m_record.tax);
    compareAmount(What::RecordTotal, {}, m_invoice.grandTotal, m_record.total);
}

// Whether it can be what stands behind a group's mark.
bool startsWithThree(const QString &grouped)
{
    qsizetype digits = 0;
    while (digits < grouped.size() && grouped[digits].isDigit())
        ++digits;
    return digits == 3;
}

// Whether what stands at `at` goes on a number: behind “1 ” or “12’”, but not behind “24,70 ”.
bool isBehindGroup(const QString &words, qsizetype at)
{
    constexpr qsizetype digitsMost = 3;
    if (at < 2 || !QStringView(u" '’").contains(words[at - 1]))
        return false;
    qsizetype first = at - 1;
    while (first > 0 && words[first - 1].isDigit())
        --first;
    const qsizetype digits = at - 1 - first;
    if (digits == 0 || digits > digitsMost)
        return false;
    const QChar before = first > 0 ? words[first - 1] : QChar(u' ');
    return before == u' ' || before == words[at - 1] || before.category() == QChar::Symbol_Currency;
}

// Among `words`, whose blanks do not count, and not as a part of something longer.
bool isPrintedAlone(const QString &number, const QString &words)
{
    QString joined;
    QList<qsizetype> places; // of each character of `joined`
    for (qsizetype at = 0; at < words.size(); ++at) {
        if (words[at] == u' ')
            continue;
        joined.append(words[at]);
        places.append(at);
    }
    const auto goesOn
        = [&words](qsizetype at) { return at >= 0 && at < words.size() && words[at].isLetterOrNumber(); };
    for (qsizetype at = joined.indexOf(number, 0, Qt::CaseInsensitive); at >= 0;
         at = joined.indexOf(number, at + 1, Qt::CaseInsensitive)) {
        const qsizetype last = at + number.size() - 1;
        if (!goesOn(places[at] - 1) && !goesOn(places[last] + 1))
            return true;
    }
    return false;
}

// "1234.50" as it may be printed: "1,234.50", "1.234,50", "1 234,50", "1'234.50", "1234,50".
bool isPrinted(Decimal amount, int places, const QString &words)
{
    const Decimal positive = amount < Decimal() ? -amount : amount;
    const QString whole = QString::number(positive.millionths / Decimal::one);
    QString fraction
        = QStringLiteral("%1").arg(positive.millionths % Decimal::one, Decimal::places, 10, QLatin1Char('0'));
    while (fraction.size() > places && fraction.endsWith(u'0'))
        fraction.chop(1);
    for (const QChar group : {QChar(), QChar(u','), QChar(u'.'), QChar(u'\''), QChar(u'’'), QChar(u' ')}) {
        QString grouped = whole;
        for (qsizetype at = whole.size() - 3; at > 0 && !group.isNull(); at -= 3)
            grouped.insert(at, group);
        for (const QChar point : {QChar(u'.'), QChar(u',')}) {
            if (point == group)
                continue;
            const QString written = fraction.isEmpty() ? grouped : grouped + point + fraction;
            for (qsizetype at = words.indexOf(written); at >= 0; at = words.indexOf(written, at + 1)) {
                const auto digitAt = [&words](qsizetype where) {
                    return where >= 0 && where < words.size() && words[where].isDigit();
                };
                const QChar before = at > 0 ? words[at - 1] : QChar();
                const bool inside = digitAt(at - 1) || digitAt(at + written.size())
                    || ((before == u'.' || before == u',') && digitAt(at - 2))
                    || (startsWithThree(grouped) && isBehindGroup(words, at));
                if (!inside)
                    return true;
            }
        }
    }
    return false;
}

} // namespace

EInvoiceFindings compareWithRecord(const EInvoice &invoice, const Invoice &record, const QString &seller)
{
    return Comparison(invoice, record, seller).run();
}

EInvoiceFindings compareWithPages(const EInvoice &invoice, const QString &words)
{
    EInvoiceFindings findings;
    QString plain = words;
    for (const char16_t space : {u'\u00a0', u'\u2009', u'\u202f', u'\n', u'\t'})
        plain.replace(QChar(space), QChar(u' '));
    QString number = invoice.number;
    number.remove(u' ');
    if (!number.isEmpty() && !isPrintedAlone(number, plain))
        findings.push_back({What::NumberNotPrinted, {}, {}, invoice.number, {}});
    if (invoice.grandTotal
        && !isPrinted(invoice.grandTotal->value, minorUnitPlaces(invoice.currency.toStdString()), plain))
        findings.push_back({What::TotalNotPrinted, {}, {}, invoice.grandTotal->value, {}});
    return findings;
}

} // namespace Counterfoil

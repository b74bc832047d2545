#include "paperform.h"
#include "papertype.h"

#include <map>

// The form of an invoice or a credit memo.
namespace Counterfoil {

namespace {

constexpr std::size_t ratesMost = 6; // lines of tax; more rates than these are added up in the last

PaperForm::Facts factsOf(const PaperData &data, const PaperNumbers &numbers)
{
    const Invoice &invoice = data.invoice;
    PaperForm::Facts facts;
    const auto withDate = [&numbers](const std::string &number, Date date) {
        const QString text = paperText(number);
        return text.isEmpty() || !date.isSet() ? text : text + QStringLiteral(", ") + numbers.date(date);
    };
    addFact(facts, "Number", paperText(invoice.number));
    addFact(facts, "Date", numbers.date(data.issuedOn));
    if (!invoice.credit)
        addFact(facts, "Due", numbers.date(invoice.dueOn));
    addFact(facts, "Credits", paperText(invoice.creditedNumber));
    addFact(facts, "Account", paperText(data.accountNumber));
    addFact(facts, "Your PO", paperText(invoice.poReference));
    addFact(facts, "Our order", withDate(invoice.orderNumber, data.orderedOn));
    addFact(facts, "Shipment", withDate(invoice.shipmentNumber, data.shippedOn));
    addFact(facts, "Terms", paperText(invoice.terms));
    addFact(facts, "Your tax no.", paperText(data.customerTaxNumber));
    return facts;
}

// Net, freight, and what is taxed at each rate. The tax that the lines do not bear is the freight's.
PaperForm::Facts sumsOf(const PaperData &data, const PaperNumbers &numbers)
{
    struct Taxed
    {
        Amount base;
        Amount tax;
    };
    std::map<Decimal, Taxed, std::greater<>> rates;
    const Invoice &invoice = data.invoice;
    Amount rest = invoice.tax;
    for (const InvoiceLine &line : invoice.lines) {
        Taxed &taxed = rates[line.taxRate];
        taxed.base += line.net;
        taxed.tax += line.tax;
        rest = rest - line.tax;
    }
    if (invoice.freight != Amount() || rest != Amount()) {
        Taxed &taxed = rates[data.freightTaxRate];
        taxed.base += invoice.freight;
        taxed.tax += rest;
    }
    const QString name = data.taxName.empty() ? QStringLiteral("Tax") : paperText(data.taxName).left(24);
    PaperForm::Facts sums{{QStringLiteral("Net"), numbers.amount(invoice.net)}};
    if (invoice.freight != Amount())
        sums.emplace_back(QStringLiteral("Freight"), numbers.amount(invoice.freight));
    Taxed others;
    std::size_t shown = 0;
    for (const auto &[rate, taxed] : rates) {
        if (++shown < ratesMost || rates.size() <= ratesMost) {
            sums.emplace_back(
                QStringLiteral("%1 %2 on %3").arg(name, numbers.percent(rate), numbers.amount(taxed.base)),
                numbers.amount(taxed.tax));
        } else {
            others.base += taxed.base;
            others.tax += taxed.tax;
        }
    }
    if (shown > ratesMost)
        sums.emplace_back(QStringLiteral("%1 at other rates on %2").arg(name, numbers.amount(others.base)),
                          numbers.amount(others.tax));
    return sums;
}

std::vector<QString> sentencesOf(const PaperData &data, const PaperNumbers &numbers)
{
    const Invoice &invoice = data.invoice;
    std::vector<QString> said;
    if (invoice.credit) {
        said.push_back(
            invoice.creditedNumber.empty()
                ? QStringLiteral("Nothing is to be paid. This amount is credited to your account.")
                : QStringLiteral("Nothing is to be paid. This amount is credited against invoice %1.")
                      .arg(paperText(invoice.creditedNumber)));
        if (!data.creditReason.empty())
            said.push_back(QStringLiteral("Reason: %1").arg(paperText(data.creditReason)));
    } else if (invoice.dueOn.isSet()) {
        said.push_back(QStringLiteral("Please pay by %1.").arg(numbers.date(invoice.dueOn)));
        if (invoice.discountUntil.isSet() && invoice.discount > Amount())
            said.push_back(QStringLiteral("Pay by %1 and keep back %2: %3 then settles this invoice in full.")
                               .arg(numbers.date(invoice.discountUntil), numbers.money(invoice.discount),
                                    numbers.money(invoice.total - invoice.discount)));
    }
    if (!data.taxNote.empty())
        said.push_back(paperText(data.taxNote));
    return said;
}

void addLines(PaperForm &form, const Invoice &invoice, const PaperNumbers &numbers)
{
    using Kind = PaperForm::Column::Kind;
    QString net = numbers.amount(invoice.net);
    const QString netTitle = QStringLiteral("Net GBP");
    form.columns = {{{}, Kind::Figure, true},
                    {QStringLiteral("Item"), Kind::Item},
                    {QStringLiteral("Description"), Kind::Words},
                    {QStringLiteral("Qty"), Kind::Figure},
                    {QStringLiteral("Unit"), Kind::Unit, true},
                    {QStringLiteral("Price"), Kind::Figure},
                    {QStringLiteral("Tax"), Kind::Figure, true},
                    {QStringLiteral("Net ") + paperText(invoice.currency).left(8), Kind::Figure, false,
                     netTitle.size() > net.size() ? netTitle : net}};
    form.carries = true;
    form.rows.reserve(invoice.lines.size());
    for (const InvoiceLine &line : invoice.lines) {
        form.rows.push_back(
            {{QString::number(line.lineNumber), paperText(line.sku), paperText(line.description),
              numbers.plain(line.quantity), paperText(line.unit), numbers.price(line.unitPrice),
              numbers.percent(line.taxRate), numbers.amount(line.net)},
             line.net});
    }
}

} // namespace

void fillInvoice(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    const Invoice &invoice = data.invoice;
    form.parties
        = {{QStringLiteral("Bill to"), paperText(invoice.billToName), paperText(invoice.billToAddress)},
           {QStringLiteral("Ship to"), paperText(invoice.shipToName), paperText(invoice.shipToAddress)}};
    form.facts = factsOf(data, numbers);
    addLines(form, invoice, numbers);
    form.sums = sumsOf(data, numbers);
    form.total = {QStringLiteral("Total"), numbers.money(invoice.total)};
    form.sentences = sentencesOf(data, numbers);
    if (!invoice.credit && invoice.dueOn.isSet())
        form.slip = PaperForm::Slip::Remittance;
}

} // namespace Counterfoil

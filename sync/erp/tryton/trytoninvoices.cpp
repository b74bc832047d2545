#include "document.h"
#include "invoice.h"
#include "payment.h"
#include "trytonthings.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr const char *invoiceFields[] = {"type",
                                         "number",
                                         "state",
                                         "invoice_date",
                                         "party",
                                         "party.name",
                                         "invoice_address.full_address",
                                         "invoice_address.party_name",
                                         "currency.code",
                                         "untaxed_amount",
                                         "tax_amount",
                                         "total_amount",
                                         "amount_to_pay",
                                         "payment_term.name",
                                         "reference",
                                         "lines_to_pay.maturity_date",
                                         "lines.type",
                                         "lines.origin",
                                         "lines.description",
                                         "lines.quantity",
                                         "lines.unit_price",
                                         "lines.amount",
                                         "lines.product.code",
                                         "lines.product.name",
                                         "lines.unit.name",
                                         "lines.taxes.rate",
                                         "lines.taxes.type"};

void wantOfInvoice(const TrytonRow &row, TrytonThing::Wanted &wanted)
{
    wanted.issues.push_back(row.id());
    for (const TrytonRow &line : row.rows("lines")) {
        if (const auto sale = line.reference("origin", "sale.line"); sale != 0)
            wanted.saleLines.push_back(sale);
        if (const auto credited = line.reference("origin", "account.invoice.line"); credited != 0)
            wanted.invoiceLines.push_back(credited);
    }
}

// What the whole invoice is of: that of its lines, where they agree.
class OriginReader
{
public:
    OriginReader(const TrytonLookups &lookups, Invoice &invoice)
        : m_lookups(lookups)
        , m_invoice(invoice)
    { }

    void read(const TrytonRow &row, InvoiceLine &line)
    {
        const auto of = m_lookups.saleLines.find(row.reference("origin", "sale.line"));
        if (of != m_lookups.saleLines.end()) {
            const auto back = m_lookups.returnSales.find(of->second.sale);
            if (back != m_lookups.returnSales.end()) {
                takeBack(back->second, of->second, line);
            } else {
                line.orderLine = of->second.lineNumber;
                take(of->second.sale, of->second.number, of->second.reference);
            }
        }
        const auto credited = m_lookups.invoiceLines.find(row.reference("origin", "account.invoice.line"));
        if (credited != m_lookups.invoiceLines.end() && m_invoice.creditedInvoice.empty()) {
            m_invoice.creditedInvoice = trytonKey("", credited->second.invoice);
            m_invoice.creditedNumber = credited->second.number;
        }
    }

private:
    // Of what came back: it is of the order that it was bought by.
    void takeBack(const TrytonReturnSale &back, const TrytonSaleLine &of, InvoiceLine &line)
    {
        const auto number = back.lines.find(of.product);
        line.orderLine = number == back.lines.end() ? 0 : number->second;
        take(back.order, back.orderNumber, back.poReference);
        if (m_invoice.credit)
            m_invoice.ofReturn = back.key;
    }

    void take(std::int64_t sale, const std::string &number, const std::string &reference)
    {
        const std::string order = trytonKey("", sale);
        if (!m_several && m_invoice.order.empty()) {
            m_invoice.order = order;
            m_invoice.orderNumber = number;
            m_invoice.poReference = reference;
        } else if (m_invoice.order != order) {
            m_several = true;
            m_invoice.order.clear();
            m_invoice.orderNumber.clear();
            m_invoice.poReference.clear();
        }
    }

    const TrytonLookups &m_lookups;
    Invoice &m_invoice;
    bool m_several = false;
};

void readLines(const TrytonRow &row, const TrytonLookups &lookups, Invoice &invoice)
{
    const int places = minorUnitPlaces(invoice.currency);
    OriginReader origins(lookups, invoice);
    for (const TrytonRow &from : row.rows("lines")) {
        if (from.text("type") != "line")
            continue;
        InvoiceLine line;
        line.lineNumber = std::ssize(invoice.lines) + 1;
        line.sku = from.row("product").text("code");
        line.description = trytonDescription(from);
        line.unit = from.row("unit").text("name");
        line.quantity = from.quantity("quantity");
        line.unitPrice = from.decimal("unit_price");
        line.taxRate = trytonTaxRate(from);
        line.net = from.amount("amount", places);
        line.tax = trytonTax(line.net, line.taxRate);
        origins.read(from, line);
        invoice.lines.push_back(std::move(line));
    }
}

const char *invoiceStatusOf(const Invoice &invoice, const std::string &state)
{
    if (state == "cancelled")
        return "cancelled";
    if (invoice.credit)
        return state == "paid" ? "credit-used" : "credit-open";
    if (state == "paid")
        return "paid";
    if (invoice.openAmount == Amount())
        return "settling";
    return invoice.openAmount == invoice.total ? "open" : "part-paid";
}

std::shared_ptr<Document> documentOf(const Invoice &invoice, const TrytonLookups &lookups, std::int64_t id)
{
    const auto document = std::make_shared<Document>();
    document->key = "invoice-" + invoice.key;
    document->account = invoice.account;
    document->number = invoice.number;
    document->paper = invoice.credit ? "creditMemo" : "invoice";
    document->mediaType = "application/pdf";
    document->invoice = invoice.key;
    document->dated = invoice.issuedAt;
    if (const auto issue = lookups.issues.find(id); issue != lookups.issues.end()) {
        document->issued = true;
        document->issuedAt = issue->second.at;
        document->bytes = issue->second.bytes;
        document->sha256 = issue->second.sha256;
    }
    return document;
}

// A draft is nobody's business, nor is what a supplier charges us.
void makeInvoice(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    const std::string state = row.text("state");
    if (row.text("type") != "out" || row.text("number").empty()
        || (state != "posted" && state != "paid" && state != "cancelled"))
        return;
    const auto invoice = std::make_shared<Invoice>();
    invoice->key = trytonKey("", row.id());
    invoice->account = trytonKey("", row.integer("party"));
    invoice->number = row.text("number");
    invoice->poReference = row.text("reference");
    invoice->issuedAt = noonOf(row.date("invoice_date"));
    invoice->billToName = row.row("invoice_address").text("party_name");
    if (invoice->billToName.empty())
        invoice->billToName = row.row("party").text("name");
    invoice->billToAddress = row.row("invoice_address").text("full_address");
    invoice->terms = row.row("payment_term").text("name");
    invoice->currency = row.row("currency").text("code");
    const int places = minorUnitPlaces(invoice->currency);
    invoice->net = row.amount("untaxed_amount", places);
    invoice->tax = row.amount("tax_amount", places);
    invoice->total = row.amount("total_amount", places);
    invoice->credit = invoice->total < Amount();
    if (state == "posted")
        invoice->openAmount = row.amount("amount_to_pay", places);
    invoice->open = invoice->openAmount != Amount();
    if (!invoice->credit) {
        for (const TrytonRow &due : row.rows("lines_to_pay"))
            invoice->dueOn = std::max(invoice->dueOn, due.date("maturity_date"));
    }
    readLines(row, lookups, *invoice);
    invoice->status = invoiceStatusOf(*invoice, state);
    records.emplace_back(invoice);
    if (state != "cancelled")
        records.emplace_back(documentOf(*invoice, lookups, row.id()));
}

constexpr const char *transferFields[] = {"party",
                                          "date",
                                          "debit",
                                          "credit",
                                          "description",
                                          "move.number",
                                          "move.origin",
                                          "move.description",
                                          "journal.name",
                                          "invoice_payments.number",
                                          "invoice_payments.party",
                                          "invoice_payments.currency.code",
                                          "invoice_payments.type",
                                          "amount_second_currency",
                                          "second_currency.code",
                                          "move.journal.name"};

// A payment booked by hand is a line of a move that an invoice names as a payment. What settles an invoice
// because it was credited, or because of a payment with states of its own, is told by these.
void makeTransfer(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    const auto invoices = row.rows("invoice_payments");
    const TrytonRow move = row.row("move");
    if (invoices.empty() || invoices.front().text("type") != "out"
        || move.reference("origin", "account.payment") != 0)
        return;
    const auto payment = std::make_shared<Payment>();
    payment->key = trytonKey("line-", row.id());
    payment->account = trytonKey("", invoices.front().integer("party"));
    payment->number = move.text("number");
    payment->reference = row.text("description");
    if (payment->reference.empty())
        payment->reference = move.text("description");
    payment->receivedAt = noonOf(row.date("date"));
    payment->method = move.row("journal").text("name");
    payment->status = "applied";
    // An invoice in another currency is paid in it; Tryton keeps that amount with the sign of a debit.
    const std::string second = row.row("second_currency").text("code");
    payment->currency = second.empty() ? lookups.company.currency : second;
    const int places = minorUnitPlaces(payment->currency);
    payment->amount = second.empty() ? row.amount("credit", places) - row.amount("debit", places)
                                     : Amount() - row.amount("amount_second_currency", places);
    if (payment->amount <= Amount())
        return; // it settles a credit memo
    PaymentPart part;
    part.invoice = trytonKey("", invoices.front().id());
    part.invoiceNumber = invoices.front().text("number");
    part.amount = payment->amount;
    payment->parts.push_back(std::move(part));
    records.emplace_back(payment);
}

constexpr const char *paymentFields[] = {"kind",
                                         "state",
                                         "party",
                                         "date",
                                         "amount",
                                         "description",
                                         "journal.name",
                                         "journal.currency.code",
                                         "line.move.origin"};

void wantOfPayment(const TrytonRow &row, TrytonThing::Wanted &wanted)
{
    if (const auto invoice = row.row("line").row("move").reference("origin", "account.invoice"); invoice != 0)
        wanted.invoices.push_back(invoice);
}

void makePayment(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    const std::string state = row.text("state");
    if (row.text("kind") != "receivable" || state == "draft" || state == "approved")
        return;
    const auto payment = std::make_shared<Payment>();
    payment->key = trytonKey("payment-", row.id());
    payment->account = trytonKey("", row.integer("party"));
    payment->number = trytonKey("", row.id()); // Tryton 6.0 numbers payments by nothing else
    payment->reference = row.text("description");
    payment->receivedAt = noonOf(row.date("date"));
    payment->method = row.row("journal").text("name");
    payment->status = state == "succeeded" ? "applied" : state;
    payment->currency = row.row("journal").row("currency").text("code");
    payment->amount = row.amount("amount", minorUnitPlaces(payment->currency));
    const auto id = row.row("line").row("move").reference("origin", "account.invoice");
    if (const auto invoice = lookups.invoices.find(id);
        invoice != lookups.invoices.end() && state != "failed") {
        PaymentPart part;
        part.invoice = trytonKey("", id);
        part.invoiceNumber = invoice->second;
        part.amount = payment->amount;
        payment->parts.push_back(std::move(part));
    } else {
        payment->unapplied = payment->amount;
    }
    records.emplace_back(payment);
}

constexpr TrytonThing::Kind invoiceKinds[] = {{&Invoice::type, ""}, {&Document::type, "invoice-"}};
constexpr TrytonThing::Kind transferKinds[] = {{&Payment::type, "line-"}};
constexpr TrytonThing::Kind paymentKinds[] = {{&Payment::type, "payment-"}};

} // namespace

const TrytonThing trytonInvoice{
    "account.invoice", "account.invoice", invoiceFields, "[[\"type\",\"=\",\"out\"]]",
    invoiceKinds,      makeInvoice,       wantOfInvoice};
const TrytonThing trytonTransfer{"account.move.line", "account.move.line",
                                 transferFields,      "[[\"invoice_payments\",\"!=\",null]]",
                                 transferKinds,       makeTransfer};
const TrytonThing trytonPayment{
    "account.payment", "account.payment", paymentFields, "[[\"kind\",\"=\",\"receivable\"]]",
    paymentKinds,      makePayment,       wantOfPayment};

} // namespace Counterfoil

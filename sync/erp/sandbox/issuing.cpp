#include "issuing.h"

#include "account.h"
#include "document.h"
#include "exactvalue.h"
#include "founders.h"
#include "itempapers.h"
#include "paperwork.h"
#include "sandboxpeople.h"
#include "sandboxtext.h"
#include "statements.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::size_t largestPaper = 64 << 20; // bytes

// The day of the supplier's calendar.
Date supplierDay(Instant at)
{
    const QTimeZone zone{QByteArray(supplierCalendar)};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at.ms, zone.isValid() ? zone : QTimeZone::utc());
    const QDate day = local.date();
    return Date::fromCivil(day.year(), day.month(), day.day());
}

PaperIssuer supplier()
{
    return {.name = sandboxSupplierName(),
            .address = "Meridian House\n14 Temple Back East\nBristol BS1 6FL\nUnited Kingdom",
            .taxNumber = "VAT GB 293 4410 22",
            .phone = "+44 117 496 0140",
            .email = "accounts@meridian-trade.example",
            .website = "www.meridian-trade.example",
            .country = "GB"};
}

std::vector<PaperFact> bankDetails(const std::string &currency)
{
    std::vector<PaperFact> facts{{"Account name", sandboxSupplierName()},
                                 {"Bank", "Severnside Bank, Bristol"}};
    if (currency == "GBP") {
        facts.push_back({"Sort code", "60-16-13"});
        facts.push_back({"Account number", "31926819"});
    }
    facts.push_back({"IBAN", "GB29 NWBK 6016 1331 9268 19"});
    facts.push_back({"BIC", "NWBKGB2L"});
    return facts;
}

// The supplier's clock: "14:05".
std::string supplierTime(Instant at)
{
    const QTimeZone zone{QByteArray(supplierCalendar)};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at.ms, zone.isValid() ? zone : QTimeZone::utc());
    return local.time().toString(QStringLiteral("HH:mm")).toStdString();
}

void addAccount(PaperData &data, Books &books, const Company &company, const std::string &key)
{
    if (const auto id = books.idOf(Account::type, key)) {
        Account account;
        books.read(Account::type, *id, &account);
        data.accountNumber = account.number;
        data.accountName = account.name;
        data.country = account.country;
    }
    data.taxName = taxName(data.country);
    if (const Customer *customer = company.findCustomer(key)) {
        data.customerTaxNumber = customer->taxNumber;
        data.freightTaxRate = {customer->taxBasisPoints * (Decimal::one / 100)};
        data.taxNote = customer->taxNote;
    }
}

void addInvoice(PaperData &data, Books &books, std::int64_t invoice)
{
    books.read(Invoice::type, invoice, &data.invoice);
    const Invoice &record = data.invoice;
    if (const auto ordered = books.find("SELECT placedAt FROM orders WHERE key=?", record.order))
        data.orderedOn = supplierDay({*ordered});
    if (const auto shipped = books.find("SELECT shippedAt FROM shipments WHERE key=?", record.shipment))
        data.shippedOn = supplierDay({*shipped});
    if (record.credit)
        data.creditReason = books.creditReason(invoice);
    else
        data.payTo = bankDetails(record.currency);
}

// What was cancelled since then was in the order when it was confirmed.
void addOrder(PaperData &data, Books &books, const Company &company, std::int64_t id)
{
    Order &order = data.order;
    books.read(Order::type, id, &order);
    data.orderedOn = supplierDay(order.placedAt);
    const Customer *customer = company.findCustomer(order.account);
    for (OrderLine &line : order.lines) {
        const Product *product = company.findProduct(line.sku);
        if (line.cancelled.isZero() || !customer || !product)
            continue;
        const Amount net = extended(line.ordered, line.unitPrice, minorUnitPlaces(order.currency));
        const Amount tax = taxOn(net, company.taxRate(*customer, *product));
        order.net += net - line.net;
        order.tax += tax - line.tax;
        order.total += net - line.net + tax - line.tax;
        line.net = net;
        line.tax = tax;
    }
}

PaperData paperDataOf(Books &books, const Company &company, const Document &document, std::int64_t id)
{
    PaperData data;
    data.paper = document.paper;
    data.issuer = supplier();
    data.issuedOn = supplierDay(document.dated);
    addAccount(data, books, company, document.account);
    const std::int64_t subject = subjectOf(id);
    if (!document.order.empty()) {
        addOrder(data, books, company, subject);
    } else if (!document.shipment.empty()) {
        books.read(Shipment::type, subject, &data.shipment);
        data.shippedOn = supplierDay(data.shipment.shippedAt);
        data.issuedTime = supplierTime(document.dated);
    } else if (!document.returned.empty()) {
        books.read(Return::type, subject, &data.returned);
    } else if (document.paper == Paper::statement) {
        data.statement = statementOf(books, document, id);
    } else if (!document.payment.empty()) {
        books.read(Payment::type, subject, &data.payment);
    } else if (const Product *product = company.findProduct(document.sku)) {
        data.item = itemPaper(document, *product);
    } else {
        addInvoice(data, books, subject);
    }
    return data;
}

QString numberOn(const PaperData &data)
{
    for (const std::string *number :
         {&data.order.number, &data.shipment.number, &data.payment.number, &data.returned.number,
          &data.statement.number, &data.item.number, &data.invoice.number}) {
        if (!number->empty())
            return QString::fromStdString(*number);
    }
    return {};
}

std::string sha256Of(const std::string &bytes)
{
    const QByteArray view = QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

Result<IssuedDocument> findDocument(Sqlite::Database &database, const Company &company,
                                    const std::string &key, PaperData &data)
{
    // Books of its own: what fails here is no failure of the company's.
    Books books(database);
    const auto id = books.idOf(Document::type, key);
    if (books.outcome() && !id)
        return Error{ErrorKind::NotFound, SandboxText::tr("The ERP has no such document."),
                     QString::fromStdString(key)};
    Document record;
    IssuedDocument found;
    if (id && books.read(Document::type, *id, &record)) {
        found = {record.issued ? books.paper(*id) : std::string(), record.mediaType, record.sha256};
        if (!record.issued)
            data = paperDataOf(books, company, record, *id);
    }
    if (const auto outcome = books.outcome(); !outcome)
        return outcome.error();
    return found;
}

Result<std::string> drawn(const PaperDrawing &drawing, const PaperData &data)
{
    if (!drawing) {
        return Error{
            ErrorKind::BadInput,
            SandboxText::tr("This ERP issues no new documents. Those that it issued before can be opened."),
            numberOn(data)};
    }
    auto bytes = drawing(data);
    if (bytes && (bytes->empty() || bytes->size() > largestPaper)) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("The ERP could not issue this document. Ask the supplier for a copy."),
                     QStringLiteral("%1: %2 bytes").arg(numberOn(data)).arg(bytes->size())};
    }
    return bytes;
}

Result<IssuedDocument> issueDocument(Sqlite::Database &database, const std::string &key,
                                     const std::string &bytes, Instant at)
{
    Books books(database);
    IssuedDocument issued;
    const auto done = database.transaction([&]() -> Outcome {
        const auto id = books.idOf(Document::type, key);
        Document record;
        const bool found = id && books.read(Document::type, *id, &record);
        if (const auto outcome = books.outcome(); !outcome)
            return outcome;
        if (!found)
            return Error{ErrorKind::NotFound, SandboxText::tr("The ERP has no such document."),
                         QString::fromStdString(key)};
        if (!record.issued) {
            record.issued = true;
            record.issuedAt = at;
            record.bytes = static_cast<std::int64_t>(bytes.size());
            record.sha256 = sha256Of(bytes);
            books.writePaper(*id, bytes);
            books.postAgain(Document::type, *id, &record, at);
        }
        issued = {books.paper(*id), record.mediaType, record.sha256};
        return books.outcome();
    });
    if (!done)
        return done.error();
    return issued;
}

} // namespace Counterfoil::Sandbox

#include "issuing.h"

#include "account.h"
#include "document.h"
#include "founders.h"
#include "sandboxpeople.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::size_t largestPaper = 64 << 20; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("Sandbox", text);
}

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

PaperData paperDataOf(Books &books, const Company &company, std::int64_t invoice)
{
    PaperData data;
    data.issuer = supplier();
    books.read(Invoice::type, invoice, &data.invoice);
    const Invoice &record = data.invoice;
    data.issuedOn = supplierDay(record.issuedAt);
    if (const auto ordered = books.find("SELECT placedAt FROM orders WHERE key=?", record.order))
        data.orderedOn = supplierDay({*ordered});
    if (const auto shipped = books.find("SELECT shippedAt FROM shipments WHERE key=?", record.shipment))
        data.shippedOn = supplierDay({*shipped});
    if (const auto id = books.idOf(Account::type, record.account)) {
        Account account;
        books.read(Account::type, *id, &account);
        data.accountNumber = account.number;
        data.accountName = account.name;
        data.country = account.country;
    }
    data.taxName = taxName(data.country);
    if (const Customer *customer = company.findCustomer(record.account)) {
        data.customerTaxNumber = customer->taxNumber;
        data.freightTaxRate = {customer->taxBasisPoints * (Decimal::one / 100)};
        data.taxNote = customer->taxNote;
    }
    if (record.credit)
        data.creditReason = books.creditReason(invoice);
    else
        data.payTo = bankDetails(record.currency);
    return data;
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
        return Error{ErrorKind::NotFound, tr("The ERP has no such document."), QString::fromStdString(key)};
    Document record;
    IssuedDocument found;
    if (id && books.read(Document::type, *id, &record)) {
        found = {record.issued ? books.paper(*id) : std::string(), record.mediaType, record.sha256};
        if (!record.issued)
            data = paperDataOf(books, company, *id);
    }
    if (const auto outcome = books.outcome(); !outcome)
        return outcome.error();
    return found;
}

Result<std::string> drawn(const PaperDrawing &drawing, const PaperData &data)
{
    if (!drawing) {
        return Error{ErrorKind::BadInput,
                     tr("This ERP issues no new documents. Those that it issued before can be opened."),
                     QString::fromStdString(data.invoice.number)};
    }
    auto bytes = drawing(data);
    if (bytes && (bytes->empty() || bytes->size() > largestPaper)) {
        return Error{ErrorKind::BadInput,
                     tr("The ERP could not issue this document. Ask the supplier for a copy."),
                     QStringLiteral("%1: %2 bytes")
                         .arg(QString::fromStdString(data.invoice.number))
                         .arg(bytes->size())};
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
            return Error{ErrorKind::NotFound, tr("The ERP has no such document."),
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

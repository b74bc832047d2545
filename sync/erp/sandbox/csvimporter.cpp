#include "csvimporter.h"

#include "address.h"
#include "founders.h"
#include "sandboxtext.h"
#include "wording.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

namespace Counterfoil {

bool CsvImportReport::consistent() const
{
    return accepted + refusedRows == rows && orderLines + creditLines + adjustments == accepted
        && fileValue == erpValue;
}

namespace Sandbox {

namespace {

constexpr std::size_t maxTextBytes = 1'000;     // of one field
constexpr std::size_t maxLinesPerOrder = 5'000; // an order with more goes on in another
constexpr std::int64_t rowsPerReport = 5'000;

std::string monthOf(Instant at)
{
    return at.toString().substr(0, 7);
}

bool isCredit(const std::string &number)
{
    return number.front() == 'C' || number.front() == 'c';
}

Result<QByteArray> digestOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("The file %1 cannot be read. Check whether you may read it.").arg(path),
                     file.errorString()};
    }
    return hash.result().toHex();
}

// What an imported order and an imported credit memo call their customer.
std::string customerName(const ImportRow &row)
{
    return row.customer.empty() ? "Guest" : "Customer " + row.customer;
}

} // namespace

CsvImporter::CsvImporter(Books &books, const CsvImportOptions &options, Instant now,
                         const SandboxProgressCallback &progress)
    : m_books(books)
    , m_sales(books)
    , m_options(options)
    , m_now(now)
    , m_progress(progress)
{ }

Outcome CsvImporter::run(const QString &file)
{
    auto reader = CsvReader::open(file);
    if (!reader)
        return reader.error();
    const auto digest = digestOf(file);
    if (!digest)
        return digest.error();
    const std::string hex = digest->toStdString();
    if (m_books.integer("SELECT count(*) FROM imports WHERE digest='" + hex + "'") != 0)
        return Error{ErrorKind::Conflict,
                     SandboxText::tr("This file has been imported before. Nothing was changed."), file};
    m_import = m_books.integer("SELECT max(id) FROM imports") + 1;
    m_nextOrder = std::max(m_books.lastId(Order::type) + 1, firstImported);
    m_nextInvoice = std::max(m_books.lastId(Invoice::type) + 1, firstImported);
    m_bytes = reader->bytesTotal();
    m_books.writeImport(m_import, hex, m_now);

    if (auto read = readRows(*reader); !read)
        return read;
    if (m_report.rows > 0 && m_report.accepted == 0) {
        return Error{ErrorKind::BadInput,
                     SandboxText::tr("None of the file’s rows can be read. Line %1: %2")
                         .arg(m_report.refused.front().line)
                         .arg(QString::fromStdString(m_report.refused.front().reason)),
                     {}};
    }
    if (auto made = makeOrders(); !made)
        return made;
    sumUpTables();
    return m_books.outcome();
}

void CsvImporter::tell(std::int64_t done)
{
    if (m_progress)
        m_progress({std::min(done, 2 * m_bytes), 2 * m_bytes});
}

Outcome CsvImporter::readRows(CsvReader &reader)
{
    CsvRecord record;
    const auto first = reader.next(record);
    if (!first)
        return first.error();
    if (!*first)
        return Error{ErrorKind::BadInput, SandboxText::tr("The file is empty. Choose another one."), {}};
    auto columns = CsvColumns::find(record, m_options.map);
    if (!columns)
        return columns.error();
    for (;;) {
        const auto another = reader.next(record);
        if (!another)
            return another.error();
        if (!*another)
            return m_books.outcome();
        ++m_report.rows;
        ImportRow row;
        if (const std::string reason = understand(record, *columns, row); !reason.empty())
            refuse(record.line, reason);
        else
            takeIn(row);
        if (m_report.rows % rowsPerReport == 0) {
            if (auto outcome = m_books.outcome(); !outcome)
                return outcome;
            tell(reader.bytesRead());
        }
    }
}

void CsvImporter::refuse(std::int64_t line, const std::string &reason)
{
    ++m_report.refusedRows;
    if (m_report.refused.size() < maxRefusedListed)
        m_report.refused.push_back({line, reason});
}

std::string CsvImporter::understand(const CsvRecord &record, const CsvColumns &columns, ImportRow &row) const
{
    if (!record.problem.empty())
        return record.problem;
    if (record.fields.size() != columns.width()) {
        return "The row has " + std::to_string(record.fields.size()) + " fields instead of "
            + std::to_string(columns.width()) + '.';
    }
    if (std::ranges::any_of(record.fields,
                            [](const std::string &field) { return field.size() > maxTextBytes; }))
        return "A field is longer than " + std::to_string(maxTextBytes) + " bytes.";
    row.line = record.line;
    row.number = columns.text(record, HistoryField::Order);
    row.sku = columns.text(record, HistoryField::Sku);
    row.description = columns.text(record, HistoryField::Description);
    row.customer = columns.text(record, HistoryField::Customer);
    row.country = columns.text(record, HistoryField::Country);
    // Spreadsheets make numbers of customers' numbers.
    if (row.customer.ends_with(".0"))
        row.customer.resize(row.customer.size() - 2);
    if (row.number.empty())
        return "The order number is missing.";
    if (row.sku.empty())
        return "The item is missing.";
    const auto quantity = historyNumber(columns.text(record, HistoryField::Quantity));
    if (!quantity || !ExactValue::inRange(*quantity))
        return "The quantity “" + columns.text(record, HistoryField::Quantity)
            + "” is no number that can be booked.";
    const auto price = historyNumber(columns.text(record, HistoryField::Price));
    if (!price || !ExactValue::inRange(*price))
        return "The price “" + columns.text(record, HistoryField::Price)
            + "” is no number that can be booked.";
    // Beyond this, sums over a file could no longer be exact.
    constexpr std::int64_t largestValue = 1'000'000'000'000;
    const ExactValue value = ExactValue::product(*quantity, *price);
    if (value.whole > largestValue || value.whole < -largestValue)
        return "The amount is beyond what can be booked.";
    const auto at = historyTime(columns.text(record, HistoryField::Date));
    if (!at)
        return "The date “" + columns.text(record, HistoryField::Date)
            + "” cannot be read; it should look like 2026-11-21 08:12.";
    row.quantity = *quantity;
    row.price = *price;
    row.at = *at;
    row.month = monthOf(*at);
    return {};
}

void CsvImporter::takeIn(const ImportRow &row)
{
    ++m_report.accepted;
    m_report.fileValue[row.month] += ExactValue::product(row.quantity, row.price);
    const Decimal nothing;
    if (isCredit(row.number)) {
        ++m_report.creditLines;
        m_books.writeImportRow(row);
    } else if (row.quantity > nothing && row.price > nothing) {
        ++m_report.orderLines;
        m_report.guestLines += row.customer.empty() ? 1 : 0;
        m_books.writeImportRow(row);
    } else {
        ++m_report.adjustments;
        // Without a customer it is the warehouse's own affair.
        m_books.writeAdjustment(
            m_import, row.customer.empty() ? std::string() : accountOf(row.customer, row.country), row);
    }
}

std::string CsvImporter::accountOf(const std::string &customer, const std::string &country)
{
    const std::string code(countryCode(country));
    const bool guest = customer.empty();
    const std::string place = code.empty() ? country : code;
    const std::string key = guest ? "GUEST-" + (place.empty() ? "ANY" : place) : "C-" + customer;
    if (key == m_lastAccount || m_books.idOf(Account::type, key)) {
        m_lastAccount = key;
        return key;
    }
    Account account;
    account.key = account.account = key;
    account.number = guest ? key : customer;
    account.name
        = guest ? "Guests" + (country.empty() ? std::string() : " · " + country) : "Customer " + customer;
    account.country = code;
    account.currency = m_options.currency;
    account.calendar = supplierCalendar;
    if (!guest && !code.empty())
        account.defaultShipTo = account.defaultBillTo = addAddress(account);
    const std::int64_t id = m_books.lastId(Account::type) + 1;
    m_books.postNew(Account::type, id, &account, m_now);
    CreditStanding standing;
    standing.key = standing.account = key;
    standing.currency = m_options.currency;
    m_books.postNew(CreditStanding::type, id, &standing, m_now);
    ++m_report.accounts;
    m_lastAccount = key;
    return key;
}

// All that a history tells of where a customer is: the country.
std::string CsvImporter::addAddress(const Account &account)
{
    const std::int64_t id = m_books.lastId(Address::type) + 1;
    Address address;
    address.key = addressKey(id);
    address.account = account.key;
    address.name = account.name;
    address.country = account.country;
    address.shipTo = address.billTo = true;
    address.status = "confirmed";
    m_books.postNew(Address::type, id, &address, m_now);
    return address.key;
}

Outcome CsvImporter::makeOrders()
{
    std::vector<ImportRow> rows;
    std::string group;
    std::string lastNumber;
    std::int64_t part = 0; // of orders with the same number
    std::int64_t done = 0;
    const auto finish = [&] {
        if (rows.empty())
            return;
        part = rows.front().number == lastNumber ? part + 1 : 1;
        lastNumber = rows.front().number;
        // The part stands before the number, which may look like anything, so that no two keys are equal.
        const std::string key = 'R' + std::to_string(m_import)
            + (part > 1 ? '.' + std::to_string(part) : std::string()) + '-' + lastNumber;
        if (isCredit(lastNumber))
            makeCredit(rows, key);
        else
            makeOrder(rows, key);
        rows.clear();
    };
    m_books.eachImportRow([&](const ImportRow &row) {
        std::string next = row.number + '\n' + row.customer + '\n' + row.country + '\n' + row.month;
        if (next != group || rows.size() == maxLinesPerOrder)
            finish();
        group = std::move(next);
        rows.push_back(row);
        if (++done % rowsPerReport == 0)
            tell(m_bytes + m_bytes * done / (m_report.orderLines + m_report.creditLines));
    });
    finish();
    m_books.dropImportRows();
    return m_books.outcome();
}

void CsvImporter::makeOrder(const std::vector<ImportRow> &rows, const std::string &key)
{
    const ImportRow &first = rows.front();
    const int places = minorUnitPlaces(m_options.currency);
    Order order;
    order.key = key;
    order.account = accountOf(first.customer, first.country);
    order.number = first.number;
    order.placedAt = std::ranges::min(rows, {}, &ImportRow::at).at;
    order.placedBy = customerName(first);
    order.status = "closed";
    order.origin = "import";
    order.shipToName = order.placedBy;
    order.shipToAddress = first.country;
    order.billToName = order.placedBy;
    order.billToAddress = first.country;
    order.currency = m_options.currency;
    for (const ImportRow &row : rows) {
        OrderLine &line = order.lines.emplace_back();
        line.lineNumber = static_cast<std::int64_t>(order.lines.size());
        line.sku = row.sku;
        line.description = row.description;
        line.unit = "each";
        line.status = "shipped";
        line.ordered = line.shipped = line.invoiced = row.quantity;
        line.unitPrice = row.price;
        line.net = extended(row.quantity, row.price, places);
        m_sales.note(order.account, line, row.at);
        order.unitsOrdered += row.quantity;
        order.unitsShipped += row.quantity;
        order.net += line.net;
    }
    order.total = order.net;
    order.events.push_back({order.placedAt,
                            "placed",
                            "Placed, " + counted(static_cast<std::int64_t>(rows.size()), "line", "lines"),
                            {}});
    order.events.push_back(
        {order.placedAt, "closed", "Delivered and invoiced, as the imported history says", {}});
    m_books.postNew(Order::type, m_nextOrder, &order, m_now);
    m_books.writeImportedOrder(m_nextOrder, m_import);
    ++m_nextOrder;
    ++m_report.orders;
    makeInvoice(order);
}

// The history's numbers are of both, orders and invoices.
void CsvImporter::makeInvoice(const Order &order)
{
    Invoice invoice;
    invoice.key = order.key;
    invoice.account = order.account;
    invoice.number = order.number;
    invoice.order = order.key;
    invoice.orderNumber = order.number;
    invoice.issuedAt = order.placedAt;
    invoice.status = "paid"; // the history says nothing of what is owed
    invoice.billToName = order.billToName;
    invoice.billToAddress = order.billToAddress;
    invoice.shipToName = order.shipToName;
    invoice.shipToAddress = order.shipToAddress;
    invoice.currency = order.currency;
    invoice.net = order.net;
    invoice.total = order.total;
    for (const OrderLine &ordered : order.lines) {
        InvoiceLine &line = invoice.lines.emplace_back();
        line.lineNumber = line.orderLine = ordered.lineNumber;
        line.sku = ordered.sku;
        line.description = ordered.description;
        line.unit = ordered.unit;
        line.quantity = ordered.invoiced;
        line.unitPrice = ordered.unitPrice;
        line.net = ordered.net;
    }
    m_books.postNewInvoice(m_nextInvoice++, invoice, m_now);
    ++m_report.invoices;
}

void CsvImporter::makeCredit(const std::vector<ImportRow> &rows, const std::string &key)
{
    const ImportRow &first = rows.front();
    const int places = minorUnitPlaces(m_options.currency);
    Invoice memo;
    memo.key = key;
    memo.account = accountOf(first.customer, first.country);
    memo.number = first.number;
    memo.issuedAt = std::ranges::min(rows, {}, &ImportRow::at).at;
    memo.status = "credit-used";
    memo.billToName = customerName(first);
    memo.billToAddress = first.country;
    memo.shipToName = memo.billToName;
    memo.shipToAddress = memo.billToAddress;
    memo.currency = m_options.currency;
    for (const ImportRow &row : rows) {
        InvoiceLine &line = memo.lines.emplace_back();
        line.lineNumber = static_cast<std::int64_t>(memo.lines.size());
        line.sku = row.sku;
        line.description = row.description;
        line.unit = "each";
        line.quantity = row.quantity;
        line.unitPrice = row.price;
        line.net = extended(row.quantity, row.price, places);
        memo.net += line.net;
    }
    memo.total = memo.net;
    // One that gives nothing back is no credit, whatever its number looks like.
    memo.credit = memo.total <= Amount();
    if (!memo.credit)
        memo.status = "paid";
    m_books.postNewInvoice(m_nextInvoice, memo, m_now);
    m_books.writeImportedCredit(m_nextInvoice++, m_import);
    ++m_report.credits;
}

void CsvImporter::sumUpTables()
{
    const std::string import = std::to_string(m_import);
    for (const std::string &sql :
         {"SELECT o.placedAt, l.ordered, l.unitPrice FROM importedOrders i JOIN orders o ON o.id=i.orderId "
          "JOIN orderLines l ON l.owner=o.id WHERE i.import="
              + import,
          "SELECT m.issuedAt, l.quantity, l.unitPrice FROM importedCredits i JOIN invoices m ON "
          "m.id=i.invoice JOIN invoiceLines l ON l.owner=m.id WHERE i.import="
              + import,
          "SELECT at, quantity, unitPrice FROM adjustments WHERE import=" + import}) {
        m_books.each(sql, [this](const Sqlite::Statement &row) {
            m_report.erpValue[monthOf({row.integer(0)})]
                += ExactValue::product({row.integer(1)}, {row.integer(2)});
        });
    }
}

} // namespace Sandbox

} // namespace Counterfoil

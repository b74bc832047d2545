#include "books.h"

#include "address.h"
#include "document.h"
#include "kinds.h"
#include "paperwork.h"

namespace Counterfoil::Sandbox {

namespace {

constexpr const char *ownTables = R"(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE customers(id INTEGER PRIMARY KEY, taxBasisPoints INTEGER NOT NULL, dueDays INTEGER NOT NULL,
    paymentMethod TEXT NOT NULL, warehouse INTEGER NOT NULL);
CREATE TABLE products(id INTEGER PRIMARY KEY, sku TEXT NOT NULL, description TEXT NOT NULL, unit TEXT NOT NULL,
    listPrice INTEGER NOT NULL);
CREATE TABLE contractPrices(customer INTEGER NOT NULL, product INTEGER NOT NULL, price INTEGER NOT NULL,
    PRIMARY KEY(customer, product)) WITHOUT ROWID;
CREATE TABLE stock(product INTEGER NOT NULL, warehouse INTEGER NOT NULL, onHand INTEGER NOT NULL,
    allocated INTEGER NOT NULL, PRIMARY KEY(product, warehouse)) WITHOUT ROWID;
CREATE TABLE stockMovements(id INTEGER PRIMARY KEY, product INTEGER NOT NULL, warehouse INTEGER NOT NULL,
    at INTEGER NOT NULL, kind TEXT NOT NULL, quantity INTEGER NOT NULL, reference TEXT NOT NULL);
CREATE TABLE allocations(orderId INTEGER NOT NULL, line INTEGER NOT NULL, warehouse INTEGER NOT NULL,
    quantity INTEGER NOT NULL, PRIMARY KEY(orderId, line, warehouse)) WITHOUT ROWID;
CREATE TABLE credits(memo INTEGER PRIMARY KEY, invoice INTEGER NOT NULL, offset INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE INDEX creditsOfInvoice ON credits(invoice);
CREATE TABLE papers(document INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE agenda(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, task INTEGER NOT NULL, subject INTEGER NOT NULL,
    detail INTEGER NOT NULL);
CREATE TABLE changes(position INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, record INTEGER NOT NULL,
    version INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE(kind, record));
CREATE TABLE commands(key TEXT PRIMARY KEY, verb TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
    actor TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL,
    command TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL);
CREATE TABLE auditValues(audit INTEGER NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
    PRIMARY KEY(audit, field)) WITHOUT ROWID;
CREATE TABLE imports(id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, importedAt INTEGER NOT NULL);
CREATE TABLE adjustments(import INTEGER NOT NULL, line INTEGER NOT NULL, account TEXT NOT NULL, number TEXT NOT NULL,
    sku TEXT NOT NULL, description TEXT NOT NULL, quantity INTEGER NOT NULL, unitPrice INTEGER NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY(import, line)) WITHOUT ROWID;
CREATE TABLE importRows(number TEXT NOT NULL, customer TEXT NOT NULL, country TEXT NOT NULL, month TEXT NOT NULL,
    line INTEGER NOT NULL, sku TEXT NOT NULL, description TEXT NOT NULL, quantity INTEGER NOT NULL,
    unitPrice INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(number, customer, country, month, line)) WITHOUT ROWID;
CREATE TABLE importedOrders(orderId INTEGER PRIMARY KEY, import INTEGER NOT NULL);
CREATE TABLE itemSales(sku TEXT NOT NULL, account TEXT NOT NULL, at INTEGER NOT NULL, unitPrice INTEGER NOT NULL,
    description TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY(sku, account)) WITHOUT ROWID;
CREATE INDEX itemSalesOfAccount ON itemSales(account);
CREATE TABLE importedCredits(invoice INTEGER PRIMARY KEY, import INTEGER NOT NULL);
)";

// What people may change are texts and flags.
std::string auditText(const Field &field, const void *record)
{
    if (field.type == FieldType::Text)
        return field.in<std::string>(record);
    return field.type == FieldType::Flag && field.in<bool>(record) ? "yes" : "";
}

} // namespace

std::int64_t kindNumber(const RecordType &type)
{
    std::int64_t number = 0;
    for (const RecordType *kind : allKinds()) {
        if (kind == &type)
            return number;
        ++number;
    }
    Q_UNREACHABLE();
}

Books::Books(Sqlite::Database &database)
    : m_database(database)
    , m_tables(allKinds().size())
{ }

std::string Books::schema()
{
    std::string sql = ownTables;
    for (const RecordType *kind : allKinds())
        sql += RecordTable::schema(*kind);
    sql += "CREATE INDEX shipmentsOfOrder ON shipments(\"order\");\n"
           "CREATE UNIQUE INDEX ordersByKey ON orders(key);\n"
           "CREATE INDEX ordersByReference ON orders(account, poReference);\n"
           "CREATE UNIQUE INDEX cartsByKey ON carts(key);\n"
           "CREATE UNIQUE INDEX shipmentsByKey ON shipments(key);\n"
           "CREATE INDEX invoicesOfOrder ON invoices(\"order\") WHERE credit=0;\n"
           "CREATE INDEX creditsOfOrder ON invoices(\"order\") WHERE credit=1;\n"
           "CREATE UNIQUE INDEX returnsByKey ON returns(key);\n"
           "CREATE INDEX returnsOfOrder ON returns(\"order\");\n"
           "CREATE UNIQUE INDEX accountsByKey ON accounts(key);\n"
           "CREATE UNIQUE INDEX documentsByKey ON documents(key);\n"
           "CREATE UNIQUE INDEX addressesByKey ON addresses(key);\n"
           "CREATE INDEX addressesOfAccount ON addresses(account) WHERE current=1;\n"
           "CREATE UNIQUE INDEX contactsByKey ON contacts(key);\n"
           "CREATE INDEX contactsOfAccount ON contacts(account) WHERE current=1;\n"
           "CREATE INDEX auditOfTarget ON audit(target);\n";
    return sql;
}

void Books::fail(const Error &error)
{
    if (m_outcome)
        m_outcome = error;
}

Sqlite::Statement *Books::prepared(std::string_view sql)
{
    if (!m_outcome)
        return nullptr;
    auto found = m_statements.find(sql);
    if (found == m_statements.end()) {
        auto statement = m_database.prepare(sql);
        if (!statement) {
            fail(statement.error());
            return nullptr;
        }
        found = m_statements.emplace(sql, std::move(*statement)).first;
    }
    return &found->second;
}

template <class... Values> void Books::run(std::string_view sql, const Values &...values)
{
    if (Sqlite::Statement *statement = prepared(sql)) {
        if (const auto done = statement->with(values...).run(); !done)
            fail(done.error());
    }
}

RecordTable *Books::table(const RecordType &type)
{
    if (!m_outcome)
        return nullptr;
    auto &found = m_tables[static_cast<std::size_t>(kindNumber(type))];
    if (!found) {
        auto table = RecordTable::prepare(m_database, type);
        if (!table) {
            fail(table.error());
            return nullptr;
        }
        found = std::move(*table);
    }
    return &*found;
}

void Books::report(const RecordType &type, std::int64_t id, Instant at)
{
    // A record's older entry gives way to the new one, which says the next version.
    const std::int64_t kind = kindNumber(type);
    run("INSERT OR REPLACE INTO changes(kind, record, version, at) VALUES(?1, ?2, "
        "1 + coalesce((SELECT version FROM changes WHERE kind=?1 AND record=?2), 0), ?3)",
        kind, id, at.ms);
    ++m_posted;
}

void Books::postNew(const RecordType &type, std::int64_t id, const void *record, Instant at)
{
    RecordTable *kept = table(type);
    if (!kept)
        return;
    if (const auto done = kept->insert(id, record); !done)
        return fail(done.error());
    report(type, id, at);
}

void Books::postAgain(const RecordType &type, std::int64_t id, const void *record, Instant at)
{
    RecordTable *kept = table(type);
    if (!kept)
        return;
    if (const auto done = kept->replace(id, record); !done)
        return fail(done.error());
    report(type, id, at);
}

bool Books::read(const RecordType &type, std::int64_t id, void *record)
{
    RecordTable *kept = table(type);
    if (!kept)
        return false;
    const auto found = kept->read(id, record);
    if (!found) {
        fail(found.error());
        return false;
    }
    return *found;
}

std::optional<std::int64_t> Books::idOf(const RecordType &type, const std::string &key)
{
    RecordTable *kept = table(type);
    const auto id = kept ? kept->idOf(key) : Result<std::int64_t>(0);
    if (!id)
        fail(id.error());
    return id && *id != 0 ? std::optional(*id) : std::nullopt;
}

std::int64_t Books::version(const RecordType &type, std::int64_t id)
{
    return integer("SELECT version FROM changes WHERE kind=" + std::to_string(kindNumber(type))
                   + " AND record=" + std::to_string(id));
}

void Books::change(const Deed &deed, const RecordType &type, std::int64_t id, const void *before,
                   const void *after, Instant at)
{
    if (!before)
        postNew(type, id, after, at);
    else if (!equal(type, before, after))
        postAgain(type, id, after, at);
    writeAudit(deed, type, before, after, at);
}

void Books::writeAudit(const Deed &deed, const RecordType &type, const void *before, const void *after,
                       Instant at)
{
    run("INSERT INTO audit(at, actor, verb, command, kind, target) VALUES(?,?,?,?,?,?)", at.ms, deed.actor,
        deed.verb, deed.command, type.name, type.findFlag(Key)->in<std::string>(after));
    const std::int64_t audit = m_database.lastInsertId();
    for (const Field &field : type.fields) {
        const std::string was = before ? auditText(field, before) : std::string();
        const std::string is = auditText(field, after);
        if (was != is)
            run("INSERT INTO auditValues VALUES(?,?,?,?)", audit, field.name, was, is);
    }
}

void Books::writeCommand(const Deed &deed, const RecordType &type, const std::string &target, Instant at)
{
    run("INSERT INTO commands VALUES(?,?,?,?,?,?)", deed.command, deed.verb, type.name, target, deed.actor,
        at.ms);
}

template <class... Values>
std::optional<std::string> Books::findText(std::string_view sql, const Values &...values)
{
    Sqlite::Statement *statement = prepared(sql);
    if (!statement)
        return std::nullopt;
    const auto row = statement->with(values...).step();
    if (!row)
        fail(row.error());
    std::optional<std::string> text;
    if (row.ok() && *row)
        text = std::string(statement->text(0));
    statement->reset();
    return text;
}

std::optional<std::string> Books::commandTarget(const std::string &command)
{
    return findText("SELECT target FROM commands WHERE key=?", command);
}

std::optional<std::string> Books::orderWithReference(const std::string &account, const std::string &reference)
{
    return findText("SELECT number FROM orders WHERE account=? AND poReference=? ORDER BY id DESC LIMIT 1",
                    account, reference);
}

void Books::writeCustomer(const Customer &customer)
{
    run("INSERT INTO customers VALUES(?,?,?,?,?)", customer.id, customer.taxBasisPoints, customer.dueDays,
        customer.paymentMethod, customer.country->warehouse);
    for (const auto &[product, price] : customer.contract)
        run("INSERT INTO contractPrices VALUES(?,?,?)", customer.id, product, price.millionths);
}

void Books::writeProduct(const Product &product)
{
    run("INSERT INTO products VALUES(?,?,?,?,?)", product.id, product.sku, product.description, product.unit,
        product.listPrice.millionths);
}

void Books::writeMovement(std::int64_t product, std::int64_t warehouse, Instant at, const char *kind,
                          Decimal quantity, const std::string &reference)
{
    run("INSERT INTO stockMovements(product, warehouse, at, kind, quantity, reference) VALUES(?,?,?,?,?,?)",
        product, warehouse, at.ms, kind, quantity.millionths, reference);
}

void Books::writeStock(const StockRow &stock)
{
    run("INSERT OR REPLACE INTO stock VALUES(?,?,?,?)", stock.product, stock.warehouse,
        stock.onHand.millionths, stock.allocated.millionths);
}

void Books::writeAllocations(std::int64_t order, const std::vector<Allocation> &allocations)
{
    run("DELETE FROM allocations WHERE orderId=?", order);
    for (const Allocation &allocation : allocations) {
        run("INSERT INTO allocations VALUES(?,?,?,?)", order, allocation.lineNumber, allocation.warehouse,
            allocation.quantity.millionths);
    }
}

void Books::writeCredit(const CreditNote &credit)
{
    run("INSERT INTO credits VALUES(?,?,?,?)", credit.memo, credit.invoice, credit.offset.minor,
        credit.reason);
}

bool Books::hasCredit(std::int64_t invoice)
{
    return integer("SELECT count(*) FROM credits WHERE invoice=" + std::to_string(invoice)) != 0;
}

void Books::postNewInvoice(std::int64_t id, const Invoice &invoice, Instant at)
{
    postNew(Invoice::type, id, &invoice, at);
    postDocument(id, documentOf(invoice), at);
}

void Books::postDocument(std::int64_t id, Document document, Instant at)
{
    postNew(Document::type, documentId(document.paper, id), &document, at);
}

void Books::postDocumentOnce(std::int64_t id, Document document, Instant at)
{
    if (!idOf(Document::type, document.key) && m_outcome)
        postDocument(id, std::move(document), at);
}

void Books::writePlan(const Plan &plan)
{
    run("INSERT INTO agenda VALUES(?,?,?,?,?)", plan.id, plan.at, plan.task, plan.subject, plan.detail);
}

void Books::removePlan(std::int64_t id)
{
    run("DELETE FROM agenda WHERE id=?", id);
}

void Books::setMeta(const char *name, const std::string &value)
{
    run("INSERT OR REPLACE INTO meta VALUES(?,?)", name, value);
}

void Books::writeImport(std::int64_t import, const std::string &digest, Instant at)
{
    run("INSERT INTO imports VALUES(?,?,?)", import, digest, at.ms);
}

void Books::writeImportRow(const ImportRow &row)
{
    run("INSERT INTO importRows VALUES(?,?,?,?,?,?,?,?,?,?)", row.number, row.customer, row.country,
        row.month, row.line, row.sku, row.description, row.quantity.millionths, row.price.millionths,
        row.at.ms);
}

void Books::writeAdjustment(std::int64_t import, const std::string &account, const ImportRow &row)
{
    run("INSERT INTO adjustments VALUES(?,?,?,?,?,?,?,?,?)", import, row.line, account, row.number, row.sku,
        row.description, row.quantity.millionths, row.price.millionths, row.at.ms);
}

void Books::writeImportedOrder(std::int64_t order, std::int64_t import)
{
    run("INSERT INTO importedOrders VALUES(?,?)", order, import);
}

void Books::writeImportedCredit(std::int64_t invoice, std::int64_t import)
{
    run("INSERT INTO importedCredits VALUES(?,?)", invoice, import);
}

void Books::eachImportRow(const std::function<void(const ImportRow &)> &visit)
{
    each("SELECT number, customer, country, month, line, sku, description, quantity, unitPrice, at FROM "
         "importRows "
         "ORDER BY number, customer, country, month, line",
         [&visit](const Sqlite::Statement &row) {
             visit({row.integer(4),
                    std::string(row.text(0)),
                    std::string(row.text(5)),
                    std::string(row.text(6)),
                    {row.integer(7)},
                    {row.integer(8)},
                    {row.integer(9)},
                    std::string(row.text(1)),
                    std::string(row.text(2)),
                    std::string(row.text(3))});
         });
}

void Books::dropImportRows()
{
    run("DELETE FROM importRows");
}

std::optional<std::int64_t> Books::find(std::string_view sql, const std::string &key)
{
    Sqlite::Statement *statement = prepared(sql);
    if (!statement)
        return std::nullopt;
    const auto row = statement->with(key).step();
    if (!row)
        fail(row.error());
    std::optional<std::int64_t> found;
    if (row.ok() && *row)
        found = statement->integer(0);
    statement->reset();
    return found;
}

std::vector<std::int64_t> Books::currentOf(const RecordType &type, const std::string &account)
{
    std::vector<std::int64_t> found;
    Sqlite::Statement *statement
        = prepared(&type == &Address::type
                       ? "SELECT id FROM addresses WHERE account=? AND current=1 ORDER BY id LIMIT ?"
                       : "SELECT id FROM contacts WHERE account=? AND current=1 ORDER BY id LIMIT ?");
    if (!statement)
        return found;
    const auto done = statement->with(account, mostCurrent).forEachRow([&](const Sqlite::Statement &row) {
        found.push_back(row.integer(0));
    });
    if (!done)
        fail(done.error());
    return found;
}

void Books::writePaper(std::int64_t document, const std::string &bytes)
{
    run("INSERT INTO papers VALUES(?, CAST(? AS BLOB))", document, bytes);
}

std::string Books::paper(std::int64_t document)
{
    return textOf("SELECT bytes FROM papers WHERE document=" + std::to_string(document));
}

std::string Books::creditReason(std::int64_t memo)
{
    return textOf("SELECT reason FROM credits WHERE memo=" + std::to_string(memo));
}

std::string Books::textOf(const std::string &sql)
{
    std::string value;
    each(sql, [&value](const Sqlite::Statement &row) { value = row.text(0); });
    return value;
}

std::string Books::meta(const char *name)
{
    return textOf("SELECT value FROM meta WHERE name='" + std::string(name) + "'");
}

std::int64_t Books::integer(const std::string &sql)
{
    const auto value = m_database.integer(sql);
    if (value)
        return *value;
    fail(value.error());
    return 0;
}

void Books::each(const std::string &sql, const std::function<void(const Sqlite::Statement &)> &visit)
{
    if (!m_outcome)
        return;
    auto statement = m_database.prepare(sql);
    if (!statement)
        return fail(statement.error());
    if (const auto done = statement->forEachRow(visit); !done)
        fail(done.error());
}

} // namespace Counterfoil::Sandbox

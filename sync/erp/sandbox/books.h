#pragma once

#include "company.h"
#include "creditstanding.h"
#include "document.h"
#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "recordtable.h"
#include "shipment.h"

#include <array>
#include <map>
#include <optional>
#include <unordered_map>

namespace Counterfoil::Sandbox {

// Something that is going to happen.
struct Plan
{
    std::int64_t at = 0; // company time
    std::int64_t id = 0;
    std::int64_t task = 0;
    std::int64_t subject = 0;
    std::int64_t detail = 0;

    auto operator<=>(const Plan &) const = default;
};

// Who changes a record, and why.
struct Deed
{
    std::string actor;   // a sign-in name, or supplierActor
    std::string verb;    // of the command, or the supplier's own
    std::string command; // its key; empty: none
};
inline constexpr const char *supplierActor = "(supplier)"; // which nobody can sign in as

// What of an order line is reserved in a warehouse.
struct Allocation
{
    std::int64_t lineNumber = 0;
    std::int64_t warehouse = 0;
    Decimal quantity;
};

// What a credit memo is for: the invoice, and how much of that was still open and is offset at once.
struct CreditNote
{
    std::int64_t memo = 0;
    std::int64_t invoice = 0;
    Amount offset; // above zero, or none
    std::string reason;
};

struct StockRow
{
    std::int64_t product = 0;
    std::int64_t warehouse = 0;
    Decimal onHand;
    Decimal allocated;
};

// A row of an imported history, to become a line of an order or a credit, or an adjustment.
struct ImportRow
{
    std::int64_t line = 0;
    std::string number;
    std::string sku;
    std::string description;
    Decimal quantity;
    Decimal price;
    Instant at;
    std::string customer; // as the file names it; empty: a guest
    std::string country;  // as the file spells it
    std::string month;    // "2010-12"
};

// Writes the sandbox's tables. The first statement that fails is remembered and makes all later ones
// do nothing; outcome() tells, at the end of the transaction, so that no step has to ask each time.
class Books
{
public:
    static std::string schema();
    explicit Books(Sqlite::Database &database);

    Outcome outcome() const { return m_outcome; }
    void fail(const Error &error);
    Sqlite::Database &database() { return m_database; }

    // A record of the feed: written, and reported as changed. Counted by posted().
    void postNew(const RecordType &type, std::int64_t id, const void *record, Instant at);
    void postAgain(const RecordType &type, std::int64_t id, const void *record, Instant at);
    std::int64_t posted() const { return m_posted; }
    bool read(const RecordType &type, std::int64_t id, void *record);
    std::optional<std::int64_t> idOf(const RecordType &type, const std::string &key);
    std::int64_t version(const RecordType &type, std::int64_t id); // the one that the feed says

    // The same for what people may change, and who did it is kept with the old and the new values.
    // `before` is null for a new record. Where nothing differs, that somebody wanted it is kept alone.
    void change(const Deed &deed, const RecordType &type, std::int64_t id, const void *before,
                const void *after, Instant at);
    // That a command took effect, for ever; and the key of the record that it took effect on.
    void writeCommand(const Deed &deed, const RecordType &type, const std::string &target, Instant at);
    std::optional<std::string> commandTarget(const std::string &command);

    std::int64_t lastId(const RecordType &type)
    {
        return integer("SELECT max(id) FROM \"" + std::string(type.plural) + '"');
    }

    // The number of the account's latest order with that number of its own.
    std::optional<std::string> orderWithReference(const std::string &account, const std::string &reference);

    void writeCustomer(const Customer &customer);
    void writeProduct(const Product &product);
    void writeMovement(std::int64_t product, std::int64_t warehouse, Instant at, const char *kind,
                       Decimal quantity, const std::string &reference);
    void writeStock(const StockRow &stock);
    void writeAllocations(std::int64_t order, const std::vector<Allocation> &allocations);
    void writeCredit(const CreditNote &credit);
    bool hasCredit(std::int64_t invoice);
    // An invoice or credit memo that is new, and the document that says the same on paper.
    void postNewInvoice(std::int64_t id, const Invoice &invoice, Instant at);
    // The document of the record with this id, which has none of this paper yet.
    void postDocument(std::int64_t id, Document document, Instant at);
    // The same where it may have one, which then stays.
    void postDocumentOnce(std::int64_t id, Document document, Instant at);
    void writePlan(const Plan &plan);
    void removePlan(std::int64_t id);
    void setMeta(const char *name, const std::string &value);

    void writeImport(std::int64_t import, const std::string &digest, Instant at);
    void writeImportRow(const ImportRow &row);
    void writeAdjustment(std::int64_t import, const std::string &account, const ImportRow &row);
    void writeImportedOrder(std::int64_t order, std::int64_t import);
    void writeImportedCredit(std::int64_t invoice, std::int64_t import);
    void eachImportRow(const std::function<void(const ImportRow &)> &visit); // those of an order together
    void dropImportRows();
    std::string meta(const char *name);
    std::int64_t integer(const std::string &sql);
    // The first column of the row that `sql`, a literal, finds by its one parameter.
    std::optional<std::int64_t> find(std::string_view sql, const std::string &key);
    // The addresses or contacts of an account that are in use, the oldest of them, by their id.
    static constexpr int mostCurrent = 100;
    std::vector<std::int64_t> currentOf(const RecordType &type, const std::string &account);
    // The bytes of an issued document, which are written once.
    void writePaper(std::int64_t document, const std::string &bytes);
    std::string paper(std::int64_t document);
    std::string creditReason(std::int64_t memo);
    // Calls visit(row) for each row of a query without parameters.
    void each(const std::string &sql, const std::function<void(const Sqlite::Statement &)> &visit);

private:
    Sqlite::Statement *prepared(std::string_view sql); // a literal; null once something failed
    std::string textOf(const std::string &sql);        // of one row and column; empty when there is none
    template <class... Values> void run(std::string_view sql, const Values &...values);
    // The first column of the first row; nothing where there is none.
    template <class... Values>
    std::optional<std::string> findText(std::string_view sql, const Values &...values);
    void report(const RecordType &type, std::int64_t id, Instant at);
    RecordTable *table(const RecordType &type); // null once something failed
    void writeAudit(const Deed &deed, const RecordType &type, const void *before, const void *after,
                    Instant at);

    Sqlite::Database &m_database;
    Outcome m_outcome = Done();
    std::int64_t m_posted = 0;
    std::vector<std::optional<RecordTable>> m_tables; // by the kind's number; prepared when first used
    std::unordered_map<std::string_view, Sqlite::Statement> m_statements; // by their SQL, all literals
};

// Imported records have ids from here on, so that they never meet those that the company makes itself.
inline constexpr std::int64_t firstImported = 1'000'000'000'000;

// The number of a kind in the changes table.
std::int64_t kindNumber(const RecordType &type);

} // namespace Counterfoil::Sandbox

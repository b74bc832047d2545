#pragma once

#include "fieldtable.h"
#include "trytonrow.h"

#include <functional>
#include <map>
#include <span>
#include <vector>

namespace Counterfoil {

// What all records of a company have in common.
struct TrytonCompany
{
    std::int64_t party = 0; // the company's own, which is no account
    std::string currency;
    std::string timeZone;
};

// A line of a sale, as the shipments and invoices that come of it refer to it.
struct TrytonSaleLine
{
    std::int64_t sale = 0;
    std::int64_t party = 0;
    std::string number;
    std::string reference;
    std::int64_t lineNumber = 0; // 0: freight and the like, which is no line of the order
    std::string product;         // its number
};

// A sale of what comes back, as the credit note that comes of it refers to it.
struct TrytonReturnSale
{
    std::string key; // of the Return
    std::int64_t order = 0;
    std::string orderNumber;
    std::string poReference;
    std::map<std::string, std::int64_t> lines; // of the order: their numbers, by product
};

// A line of an invoice, as a credit note refers to it.
struct TrytonInvoiceLine
{
    std::int64_t invoice = 0;
    std::string number;
};

// A document that was issued; see the module's `issue`.
struct TrytonIssue
{
    Instant at;
    std::int64_t bytes = 0;
    std::string sha256;
};

// Records that others refer to, read for a whole page at once.
struct TrytonLookups
{
    TrytonCompany company;
    std::map<std::int64_t, TrytonSaleLine> saleLines;
    std::map<std::int64_t, TrytonReturnSale> returnSales; // of those that saleLines are of
    std::map<std::int64_t, TrytonInvoiceLine> invoiceLines;
    std::map<std::int64_t, std::string> invoices; // their numbers
    std::map<std::int64_t, TrytonIssue> issues;   // by invoice
};

// One kind of thing that the journal speaks of, and what records come of it.
struct TrytonThing
{
    const char *name;  // in the journal (the module's follow.py)
    const char *model; // that search_read asks
    std::span<const char *const> fields;
    const char *only; // a domain as JSON: no others are anybody's business
    // Which records it may be, each with the text before the id in its key. What it is not (any more) is
    // removed.
    struct Kind
    {
        const RecordType *type;
        const char *prefix;
    };
    std::span<const Kind> kinds;
    void (*make)(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records);
    // Ids that the row refers to, of the models that TrytonLookups holds; nullptr: none.
    struct Wanted
    {
        std::vector<std::int64_t> saleLines;
        std::vector<std::int64_t> invoiceLines;
        std::vector<std::int64_t> invoices;
        std::vector<std::int64_t> issues;
    };
    void (*want)(const TrytonRow &row, Wanted &wanted);
    // By which the journal and the key name it, rather than by its id, which is all the same to everybody
    // else; nullptr: by its id.
    const char *nameField = nullptr;
};

// In the order in which a first fill fetches them.
std::span<const TrytonThing> trytonThings();

extern const TrytonThing trytonAccount;
extern const TrytonThing trytonStanding;
extern const TrytonThing trytonAddress;
extern const TrytonThing trytonContact;
extern const TrytonThing trytonOrder;
extern const TrytonThing trytonShipment;
extern const TrytonThing trytonInvoice;
extern const TrytonThing trytonTransfer; // a payment booked by hand: a line of a move
extern const TrytonThing trytonPayment;  // one with states of its own
extern const TrytonThing trytonCart;     // the module's own, as the next four
extern const TrytonThing trytonItem;
extern const TrytonThing trytonTerms;
extern const TrytonThing trytonComplaint;
extern const TrytonThing trytonReturnSale;

// How the states are worded, as Status records.
std::vector<AnyRecord> trytonStatuses();

// Keys: the number that Tryton has, with a prefix where two of its models are one kind of ours.
std::string trytonKey(const char *prefix, std::int64_t id);
inline constexpr const char *returnSalePrefix = "sale-"; // of returns that nobody asked for by a complaint

// Tryton's dates have no time of day: the middle of the day is the same date in most time zones.
Instant noonOf(Date day);

// Texts and taxes that lines of orders and of invoices have in common.
std::string trytonDescription(const TrytonRow &line);
Decimal trytonTaxRate(const TrytonRow &line); // per cent
Amount trytonTax(Amount net, Decimal rate);

} // namespace Counterfoil

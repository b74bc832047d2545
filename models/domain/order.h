#pragma once

#include "fieldtable.h"

namespace Counterfoil {

struct OrderLine
{
    std::int64_t lineNumber = 0;
    std::string sku;
    std::string description;
    std::string unit;   // as the ERP names it: "each", "box of 200"
    std::string status; // the code of a Status
    Decimal ordered;    // all quantities in `unit`
    Decimal allocated;  // reserved in a warehouse, not yet shipped
    Decimal shipped;
    Decimal backordered; // ordered, neither allocated nor shipped, and not in stock
    Decimal invoiced;
    Decimal cancelled;
    Decimal cancellable; // that the ERP would still take off when it said so; 0 as well where it does not say
    Date expectedOn;     // of the backordered quantity; none: the ERP knows no date
    Decimal unitPrice; // in the order's currency, in whole units of it; exact, not rounded to its minor unit
    Amount net;
    Amount tax;

    static const RecordType type;
};

// One thing that happened to an order, newest last.
struct OrderEvent
{
    Instant at;
    std::string
        code; // "placed", "allocated", "shipped", "backordered", "invoiced", "cancelled", "held", "released"
    std::string text;      // the ERP's sentence
    std::string reference; // the shipment's or invoice's number; may be empty

    static const RecordType type;
};

// How many of a line somebody wants in all, less what was cancelled before; 0: none.
struct OrderWish
{
    std::int64_t lineNumber = 0;
    Decimal quantity;

    static const RecordType type;
};

struct Order
{
    std::string key;
    std::string account;
    std::string number;      // what people say on the phone
    std::string poReference; // the buyer's own number
    Instant placedAt;
    std::string placedBy;
    std::string status;     // the code of a Status
    bool open = false;      // something is still to come
    std::string holdReason; // empty when not on hold
    std::string origin;     // "web", "edi", "phone", "email", "app", "import"
    std::string shipToName;
    std::string shipToAddress; // lines separated by \n
    std::string billToName;
    std::string billToAddress; // lines separated by \n
    std::string terms;         // "Net 30"
    std::string paymentMethod;
    Date requestedOn;
    Date promisedOn;      // none: the ERP knows no date
    Decimal unitsOrdered; // sums over the lines, here so that a list needs no lines
    Decimal unitsShipped;
    std::string currency;
    Amount net;
    Amount tax;
    Amount freight;
    Amount total;
    std::vector<OrderLine> lines;
    std::vector<OrderEvent> events;
    // In a Command alone: of the lines that are to change, what they are in the base and to be in the record.
    std::vector<OrderWish> wishes;

    static const RecordType type;
};

} // namespace Counterfoil

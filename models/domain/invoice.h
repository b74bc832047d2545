#pragma once

#include "fieldtable.h"

namespace Counterfoil {

struct InvoiceLine
{
    std::int64_t lineNumber = 0;
    std::int64_t orderLine = 0; // OrderLine::lineNumber; 0: of no order line
    std::string sku;
    std::string description;
    std::string unit;
    Decimal quantity;
    Decimal unitPrice; // in whole units of the invoice's currency, exact
    Decimal taxRate;   // per cent
    Amount net;
    Amount tax;

    static const RecordType type;
};

// What the supplier charges, or, as a credit memo, gives back. A credit memo's amounts are negative.
// Names, addresses and terms are those of the day of issue and never change afterwards.
struct Invoice
{
    std::string key;
    std::string account;
    std::string number;
    bool credit = false; // a credit memo
    std::string order;   // the order's key, as all four; empty: of none
    std::string orderNumber;
    std::string poReference;
    std::string shipment;
    std::string shipmentNumber;
    std::string creditedInvoice; // of a credit memo: what it credits
    std::string creditedNumber;
    std::string ofReturn; // of a credit memo: the key of the Return that it is for; empty: of none
    Instant issuedAt;
    Date dueOn;                // none: nothing is to be paid
    std::string status;        // the code of a Status; says nothing of "overdue", which time alone decides
    bool open = false;         // something is still to be paid or offset
    std::string disputeReason; // empty when not disputed
    std::string billToName;
    std::string billToAddress; // lines separated by \n
    std::string shipToName;
    std::string shipToAddress;
    std::string terms;
    Date discountUntil; // none: no discount for paying early
    Amount discount;    // what may be kept back until then
    std::string currency;
    Amount net;
    Amount tax;
    Amount freight;
    Amount total;      // net + tax + freight, as issued
    Amount openAmount; // of the total
    std::vector<InvoiceLine> lines;

    static const RecordType type;
};

} // namespace Counterfoil

#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// How an account stands with the supplier now, as the ERP counts it. Its key is the account's.
struct CreditStanding
{
    std::string key;
    std::string account;
    std::string currency; // of all amounts
    bool limited = false; // false: no credit limit is set, and `limit` and `available` say nothing
    Amount limit;
    Amount used;            // openOrders + openInvoices
    Amount available;       // limit - used; may be negative
    Amount openOrders;      // ordered, not invoiced yet
    Amount openInvoices;    // invoiced less credited, not paid yet
    std::string holdReason; // empty: orders are released as they come

    static const RecordType type;
};

} // namespace Counterfoil

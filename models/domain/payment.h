#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// The part of a payment that was applied to one invoice.
struct PaymentPart
{
    std::string invoice; // its key
    std::string invoiceNumber;
    Amount amount;
    Amount discount; // kept back for paying early, and granted

    static const RecordType type;
};

// Money received from an account.
struct Payment
{
    std::string key;
    std::string account;
    std::string number;
    std::string reference; // the payer's own
    Instant receivedAt;
    std::string method; // as the ERP names it: "Bank transfer"
    std::string status; // the code of a Status
    std::string currency;
    Amount amount;
    Amount unapplied; // not yet applied to any invoice
    std::vector<PaymentPart> parts;

    static const RecordType type;
};

} // namespace Counterfoil

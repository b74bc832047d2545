#pragma once

#include "account.h"
#include "creditstanding.h"
#include "invoice.h"
#include "payment.h"
#include "shipment.h"
#include "testcache.h"

namespace Counterfoil {

// Records of accounts for tests of figures.
inline Account plainAccount(const std::string &key, const std::string &calendar = "Europe/London")
{
    Account account;
    account.key = account.account = key;
    account.number = "N-" + key;
    account.name = "Company " + key;
    account.currency = "GBP";
    account.terms = "Net 30";
    account.calendar = calendar;
    return account;
}

inline Invoice plainInvoice(int n, Date due, std::int64_t open, const std::string &account = "a1",
                            const std::string &currency = "GBP")
{
    Invoice invoice;
    invoice.key = "inv" + std::to_string(n);
    invoice.account = account;
    invoice.number = "INV-" + std::to_string(n);
    invoice.credit = open < 0;
    invoice.currency = currency;
    invoice.issuedAt = Instant{std::int64_t(due.daysSinceEpoch - 30) * 86'400'000 + 36'000'000};
    invoice.dueOn = due;
    invoice.status = "open";
    invoice.open = open != 0;
    invoice.total = {open};
    invoice.openAmount = {open};
    return invoice;
}

} // namespace Counterfoil

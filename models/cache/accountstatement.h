#pragma once

#include "account.h"
#include "accountfigures.h"

namespace Counterfoil {

// What changed the balance of an account.
struct StatementEntry
{
    enum class What { Invoice, CreditMemo, Payment, Discount };

    What what = What::Invoice;
    std::string key; // of the invoice, credit memo or payment
    std::string number;
    std::string reference; // the customer's own: of an order, or of a payment
    Instant at;
    Date on;        // the same in the account's calendar
    Date dueOn;     // none: nothing is to be paid
    Amount amount;  // what it adds to the balance; negative: what it takes off
    Amount balance; // after it

    bool operator==(const StatementEntry &) const = default;
};

// What one account owed at the beginning of a period, what was charged, credited and paid in it, and what it
// owed at the end. Days are those of the account's calendar.
struct AccountStatement
{
    Account account;
    std::string currency;
    std::vector<std::string> currencies; // in which there is something; the account's own first
    Date from;                           // both inclusive
    Date to;
    Date today;
    Amount opening;
    Amount charged;
    Amount credited; // zero or negative, as the two below
    Amount paid;
    Amount discounts; // kept back for paying early, and granted
    Amount closing;
    std::vector<StatementEntry> entries; // oldest first
    Ageing ageing;                       // of what is open today, whatever the period
    Amount unapplied;                    // paid, and not applied to any invoice yet, today
    // All that is here, from the first record on, comes to what the supplier says is open today. If it does
    // not, records are missing: from before the period, which changes nothing in it, or from within, and then
    // the opening balance is wrong by them.
    bool isWhole = true;
};

// Reads statements from the cache. What is owed today is what the supplier says is open, less what was paid
// and not applied; earlier balances follow from it by taking back the movements since then, so that a
// statement is right also where records from before its period are not on this computer.
class StatementReader
{
public:
    static constexpr std::size_t mostEntries = 20'000;
    static constexpr std::int64_t amountMost = 100'000'000'000'000; // minor units, of a single movement

    explicit StatementReader(CacheReader &cache)
        : m_cache(cache)
    { }

    // `currency` empty: the account's own. NotFound: no such account here. BadInput: the period ends before
    // it begins, or has more movements than mostEntries.
    Result<AccountStatement> read(const std::string &account, const std::string &currency, Date from, Date to,
                                  Instant now);

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

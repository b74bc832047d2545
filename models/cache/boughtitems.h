#pragma once

#include "decimal.h"
#include "instant.h"
#include "result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace Counterfoil {

class CacheReader;

// One order in which an account bought an item.
struct PastPurchase
{
    std::string order; // its key
    std::string orderNumber;
    Instant at;
    std::string description; // as the order had it
    std::string unit;
    Decimal quantity;  // in `unit`, less what was cancelled; of all lines of the order with the item
    Decimal unitPrice; // exact, in whole units of `currency`
    std::string currency;

    bool operator==(const PastPurchase &) const = default;
};

// What an account has bought of one item.
struct BoughtItem
{
    std::string account;
    std::string sku;
    PastPurchase last;
    std::int64_t times = 0; // orders, as far as was looked back
    // The middle one of the latest quantities in the last order's unit; one that was ordered indeed.
    Decimal usual;
    int rhythmDays = 0; // the middle one of the days between the latest purchases; 0: too few to tell
    Date lastOn;        // the day of `last`, in UTC
    Date dueOn;         // a rhythm after it; none: there is no rhythm

    bool operator==(const BoughtItem &) const = default;
};

// What accounts bought before, from the lines of their orders; nothing is kept of it, so nothing can be
// out of step. An order of which nothing was left after cancelling is no purchase. Reader thread; takes
// long where there is much: AskPace keeps such reads apart.
class BoughtItems
{
public:
    static constexpr int ordersMost = 20'000; // the latest, of all the accounts asked for together
    static constexpr int itemsMost = 20'000;  // the last bought
    static constexpr int latestLookedAt = 13; // purchases that make quantity and rhythm
    static constexpr int leastForRhythm = 3;  // days with a purchase
    static constexpr int historyMost = 200;   // purchases of one item

    struct List
    {
        std::vector<BoughtItem> items; // the last bought first
        bool several = false;          // nothing was read: no account is chosen among several companies
        bool cut = false;              // there is more than the bounds above let in
    };

    explicit BoughtItems(CacheReader &cache)
        : m_cache(cache)
    { }

    // No accounts: all, if they are one company and its branches.
    Result<List> of(const std::vector<std::string> &accounts);
    Result<std::vector<PastPurchase>> history(const std::string &account,
                                              const std::string &sku); // newest first

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

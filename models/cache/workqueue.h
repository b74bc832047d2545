#pragma once

#include "cachereader.h"

#include <array>
#include <map>

namespace Counterfoil {

// Why somebody has to look at something; the most urgent first.
enum class WorkReason {
    Refused,  // what was asked for here did not happen
    ToDecide, // a return that waits for a decision
    Held,     // an order that goes nowhere until it is released
    Disputed, // an invoice that the customer objects to
    Late,     // a shipment past its day
    Count,
};
inline constexpr auto workReasons = static_cast<std::size_t>(WorkReason::Count);

// What in the cache needs a person. Refused changes are the outbox's and not found here.
class WorkQueue
{
public:
    static constexpr int mostPerReason = 100; // those that have waited longest; more are only counted

    explicit WorkQueue(CacheReader &cache)
        : m_cache(cache)
    { }

    struct Item
    {
        WorkReason reason{};
        AnyRecord record; // with its lists
    };
    struct Found
    {
        std::vector<Item> items; // by reason; of each the one first that waits longest
        std::array<std::int64_t, workReasons> counts{};
        std::map<std::string, std::string, std::less<>> accountNames; // of those in `items`
    };

    // Of these accounts, or of all. `now` decides which day it is in each account's calendar. All open
    // records of the kinds are looked at, so not on the thread of a window.
    Result<Found> read(const std::vector<std::string> &accounts, Instant now);

private:
    Outcome add(WorkReason reason, const RecordType &kind, const std::vector<std::string> &accounts,
                const std::string &condition, const char *oldestFirst, Found &found);
    Outcome addLate(const std::vector<std::string> &accounts, Instant now, Found &found);
    Outcome take(WorkReason reason, const RecordType &kind, const std::vector<std::int64_t> &ids,
                 Found &found);
    Outcome nameAccounts(Found &found);

    CacheReader &m_cache;
};

} // namespace Counterfoil

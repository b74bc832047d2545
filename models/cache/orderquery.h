#pragma once

#include "instant.h"

#include <string>
#include <vector>

namespace Counterfoil {

// Which orders a list shows, and in which order. Empty members do not restrict.
struct OrderQuery
{
    std::vector<std::string> accounts;
    std::vector<std::string> statuses; // codes
    std::vector<std::string> origins;
    std::vector<std::string> shipTos; // Order::shipToName
    bool openOnly = false;
    Instant placedFrom;   // inclusive
    Instant placedBefore; // exclusive
    std::string text;     // words as typed; each must begin a word of a searchable field, of a line's too
    std::string sortField = "placedAt"; // a Sortable field of Order; ties are broken by the row id
    bool descending = true;

    bool operator==(const OrderQuery &) const = default;
};

} // namespace Counterfoil

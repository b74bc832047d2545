#pragma once

#include "cachereader.h"

namespace Counterfoil {

// An order that the search-or-jump box found, and by what.
struct JumpHit
{
    enum class By { Number, PoReference, Tracking, Shipment, ShipTo, Item, Other }; // best first

    std::string key;
    std::string number;
    std::string shipToName;
    std::string status;
    Instant placedAt;
    By by = By::Other;
    std::string matched; // the text that matched: the tracking number, the item's number and description
};

// Finds orders by what people have at hand: order number, PO reference, tracking or shipment number,
// ship-to name, item.
class JumpSearch
{
public:
    static constexpr std::size_t maxHits = 50;

    explicit JumpSearch(CacheReader &cache)
        : m_cache(cache)
    { }

    // Best first, then newest first. An order must have a word beginning with each word typed. When none
    // has, the blanks are passed over, as in a tracking number from a label; and at last, as with a pasted
    // e-mail subject, any word that holds a digit may find one by itself.
    Result<std::vector<JumpHit>> find(const std::string &typed);

private:
    Result<std::vector<JumpHit>> findAll(const std::string &typed);

    CacheReader &m_cache;
};

} // namespace Counterfoil

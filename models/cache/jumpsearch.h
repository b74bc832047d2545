#pragma once

#include "cachereader.h"

namespace Counterfoil {

// A record that the search-or-jump box found, and by what.
struct JumpHit
{
    // Best first. Related: by the number of the order or invoice that it belongs to. Place: by an address's
    // name or postal code, of less interest than what was sent there.
    enum class By {
        Number,
        Tracking,
        Reference,
        PoReference,
        Name,
        Phone,
        Related,
        ShipTo,
        Item,
        Place,
        Other
    };

    RecordRef ref;
    std::string number;  // of an address or a contact its name
    std::string name;    // the ship-to's or the account's, the city, what the contact does; may be empty
    std::string status;  // the code of a Status; empty where the kind has none
    Instant at;          // by which the kind's records are newest first; may be none
    bool credit = false; // a credit memo
    By by = By::Other;
    std::string matched; // the text that matched: the tracking number, the item's number and description
    // Of the first hit: it is known by just what was typed, but for blanks, punctuation and case, and no
    // other is as well.
    bool exact = false;
};

// Finds records by what people have at hand: the number of an order, shipment, invoice, credit memo,
// return, payment or account; a PO or payment reference, a tracking number, a name, an item, an e-mail
// address, a phone number however it is written; or a text in which such a number stands.
class JumpSearch
{
public:
    static constexpr std::size_t maxHits = 50;
    static constexpr std::size_t maxPerKind = 20; // so that many of one kind leave room for the others

    explicit JumpSearch(CacheReader &cache)
        : m_cache(cache)
    { }

    // Exact matches first, then by what was matched, then newest first. A record must have a word
    // beginning with each word typed, or the number that the whole is but for blanks and punctuation.
    // When none has, as with a pasted e-mail subject, each number in it may find records by itself, by
    // preference exactly. Of records that different numbers in a text name, the paper that speaks of the
    // others comes first: an e-mail about an invoice names its order, too.
    Result<std::vector<JumpHit>> find(const std::string &typed);

private:
    CacheReader &m_cache;
};

} // namespace Counterfoil

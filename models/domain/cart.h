#pragma once

#include "fieldtable.h"

namespace Counterfoil {

inline constexpr std::size_t mostCartLines = 250; // also of what can be asked about at once; see QuoteRequest

// What is to be bought of one item, and what the person was last told about it. A price is the ERP's of
// `pricedAt` and nothing more: before anything is placed it is compared with today's.
struct CartLine
{
    std::int64_t lineNumber = 0; // from 1 without holes
    std::string sku;
    std::string description;
    std::string unit;      // as the ERP names it: "each", "box of 200"
    Decimal quantity;      // in `unit`
    Decimal unitPrice;     // in the cart's currency, in whole units of it; exact
    Instant pricedAt;      // when the ERP said so: the age of the price; none: never
    Decimal inStock;       // of `quantity`, what could be sent at once then
    std::string fromOrder; // the key of the Order that it was taken from; empty: of none
    std::int64_t fromLine = 0;

    static const RecordType type;
};

// What a person gathers to be ordered, alone or with colleagues, until it is placed. It belongs to an account
// like everything else, so it is continued on any machine; who made it, and everybody else where it is
// shared, may change it. Saved, retired and placed by Commands; "place" carries the cart exactly as the
// person saw it, see docs/buying.md.
struct Cart
{
    std::string key;
    std::string account;
    std::string name;  // as people tell their carts apart; may be empty
    std::string owner; // the sign-in name of who made it
    bool shared = false;
    bool list = false;       // it is kept to order from again and again, and never placed itself
    std::string status;      // the code of a Status: "open", "submitted", "closed"
    bool open = true;        // it can still be changed and placed
    std::string poReference; // the buyer's own number
    Date wantedOn;           // none: as soon as possible
    std::string shipTo;      // the key of an Address; empty: the account's usual one
    std::string notes;
    std::string currency;
    Amount total; // as the person was last told, with freight and tax
    // The person was told that the order will be held by credit control, and wants it nevertheless.
    bool acceptsHold = false;
    std::string order; // the key of the Order that was made of it, which people know as its number
    Instant changedAt;
    std::int64_t lineCount = 0;  // here so that a list needs no lines
    std::vector<CartLine> lines; // at most mostCartLines

    static const RecordType type;
};

// Why a cart could not be placed as it was seen: one difference between then and now.
struct CartDifference
{
    std::int64_t lineNumber = 0; // 0: the order as a whole
    std::string sku;
    // "price", "stock", "unit"; the reasonCode of a QuoteLine that is not possible; of the whole: "total",
    // "credit-hold", or the code of a QuoteNotice that forbids
    std::string code;
    std::string was; // as text; may be empty
    std::string now;
    std::string text; // the ERP's sentence

    static const RecordType type;
};

} // namespace Counterfoil

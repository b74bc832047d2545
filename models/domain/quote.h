#pragma once

#include "cart.h"

// What an ERP says at this moment about buying: the messages of POST /v1/quotes. Asking changes nothing.
namespace Counterfoil {

struct QuoteWish
{
    std::int64_t lineNumber = 0; // the asker's own; the answer repeats it
    std::string sku;
    Decimal quantity; // in the item's unit; one that cannot be ordered is answered with why

    static const RecordType type;
};

struct QuoteRequest
{
    std::string account;
    std::string cart;             // its key, so that its own order number is no duplicate; may be empty
    std::string shipTo;           // the key of an Address; empty: the account's usual one
    std::string poReference;      // to be looked at by the account's rules; empty: none yet
    Date wantedOn;                // none: as soon as possible
    std::vector<QuoteWish> lines; // at most mostCartLines

    static const RecordType type;
};

struct PriceBreak
{
    Decimal from; // this quantity and more, up to the next break
    Decimal unitPrice;

    static const RecordType type;
};

// What one warehouse has of an item.
struct QuoteStock
{
    std::string warehouse;
    Decimal available; // what can be promised from there today
    Date expectedOn;   // the next receipt; none: the ERP knows of none

    static const RecordType type;
};

struct QuoteLine
{
    std::int64_t lineNumber = 0;
    std::string sku;
    std::string description;
    std::string unit;
    Decimal quantity;      // as asked
    bool possible = false; // it can be ordered just like this
    // Not possible: stable, for programs. "unknown-item", "withdrawn", "not-permitted", "quantity-none",
    // "quantity-too-large", "below-minimum", "not-a-multiple"; an ERP may have others.
    std::string reasonCode;
    std::string reason;    // not possible: one sentence for the person
    Decimal orderable;     // not possible for the quantity alone: the next one that is; else 0
    std::string successor; // the SKU to take instead; empty: none
    std::string successorDescription;
    Decimal unitPrice;       // for this quantity, in the quote's currency
    std::string priceSource; // "contract", "list", "break"
    std::string priceReason; // why this price, one sentence
    std::vector<PriceBreak>
        breaks; // all of the item's, the smallest quantity first; empty: one price for all
    Amount net; // of a possible line, as the next
    Amount tax;
    Decimal available;             // what can be promised today, whatever was asked for
    Decimal inStock;               // of `quantity`, what can be sent at once
    Date expectedOn;               // of the rest; none: there is no rest, or the ERP knows no date
    std::vector<QuoteStock> stock; // by warehouse, the account's own first; empty: the ERP does not say
    Decimal minimum;               // least that can be ordered
    Decimal multiple;              // only multiples of this; above 0 where the item is known

    static const RecordType type;
};

// What is to be said of the order as a whole.
struct QuoteNotice
{
    // "po-missing", "po-pattern", "po-duplicate", "wanted-past", "ship-to", "minimum-order",
    // "nothing-possible", "credit-hold"; an ERP may have others. The gateway's own: "limit" (within it),
    // "approval" (it will wait for one), "over-limit" (nobody can approve it), "awaiting-approval"
    std::string code;
    std::string text;     // one sentence for the person
    bool forbids = false; // nothing is placed while this holds

    static const RecordType type;
};

// Totals are of the possible lines.
struct Quote
{
    std::string account;
    std::string currency;
    Instant at; // when the ERP looked
    Instant
        validUntil; // it does not change its prices before, unless it says so; stock is nobody's until placed
    std::vector<QuoteLine> lines; // those asked for, in the order asked
    Amount net;
    Amount freight;
    Amount freeFreightFrom; // net from which there is none; 0: it is never free
    Amount tax;
    Amount total;
    bool creditTold = false; // for who may see it: the next six say something
    bool creditLimited = false;
    Amount creditLimit;
    Amount creditAvailable; // now
    Amount creditAfter;     // with this order
    bool willHold = false;
    std::string holdReason; // the sentence: why, what it blocks, what to do
    std::vector<QuoteNotice> notices;

    static const RecordType type;
};

// One line for each asked, in the order asked; anything else would be shown beside the wrong item.
bool answers(const Quote &quote, const QuoteRequest &request);

} // namespace Counterfoil

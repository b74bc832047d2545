#include "quote.h"

#include <algorithm>

namespace Counterfoil {

using FieldTable::create;
using FieldTable::field;
using FieldTable::list;

namespace {

constexpr Field wishFields[] = {
    field<&QuoteWish::lineNumber>("lineNumber", "The asker's number of the line; the answer repeats it"),
    field<&QuoteWish::sku>("sku", "Item"),
    field<&QuoteWish::quantity>("quantity", "Quantity, in the item's unit"),
};

constexpr Field requestFields[] = {
    field<&QuoteRequest::account>("account", "The account that is to buy"),
    field<&QuoteRequest::cart>("cart", "The cart that is asked about, if there is one"),
    field<&QuoteRequest::shipTo>("shipTo", "The key of an address; empty: the account's usual one"),
    field<&QuoteRequest::poReference>("poReference", "The buyer's own number for the order"),
    field<&QuoteRequest::wantedOn>("wantedOn", "Null: as soon as possible"),
    list<&QuoteRequest::lines>("lines", "What is asked about; at most 250 lines"),
};

constexpr Field breakFields[] = {
    field<&PriceBreak::from>("from", "This quantity and more"),
    field<&PriceBreak::unitPrice>("unitPrice", "The price for one unit", Price),
};

constexpr Field stockFields[] = {
    field<&QuoteStock::warehouse>("warehouse", "Warehouse"),
    field<&QuoteStock::available>("available", "What can be promised from there today"),
    field<&QuoteStock::expectedOn>("expectedOn", "The next receipt"),
};

constexpr Field quoteLineFields[] = {
    field<&QuoteLine::lineNumber>("lineNumber", "As asked"),
    field<&QuoteLine::sku>("sku", "Item"),
    field<&QuoteLine::description>("description", "Description"),
    field<&QuoteLine::unit>("unit", "Unit"),
    field<&QuoteLine::quantity>("quantity", "As asked"),
    field<&QuoteLine::possible>("possible", "It can be ordered just like this"),
    field<&QuoteLine::reasonCode>("reasonCode", "Why it cannot, for programs"),
    field<&QuoteLine::reason>("reason", "Why it cannot, one sentence"),
    field<&QuoteLine::orderable>("orderable", "The next quantity that can be ordered, where it is at fault"),
    field<&QuoteLine::successor>("successor", "The item to take instead"),
    field<&QuoteLine::successorDescription>("successorDescription", "Its description"),
    field<&QuoteLine::unitPrice>("unitPrice", "The price for one unit at this quantity", Price),
    field<&QuoteLine::priceSource>("priceSource", "contract, list or break", Price),
    field<&QuoteLine::priceReason>("priceReason", "Why this price, one sentence", Price),
    list<&QuoteLine::breaks>("breaks", "Prices by quantity, the smallest first"),
    field<&QuoteLine::net>("net", "Net", Price),
    field<&QuoteLine::tax>("tax", "Tax", Price),
    field<&QuoteLine::available>("available", "What can be promised today"),
    field<&QuoteLine::inStock>("inStock", "Of the quantity, what can be sent at once"),
    field<&QuoteLine::expectedOn>("expectedOn", "When the rest is expected"),
    list<&QuoteLine::stock>("stock", "By warehouse, the account's own first"),
    field<&QuoteLine::minimum>("minimum", "The least that can be ordered"),
    field<&QuoteLine::multiple>("multiple", "Only multiples of this can be ordered"),
};

constexpr Field noticeFields[] = {
    field<&QuoteNotice::code>("code", "For programs"),
    field<&QuoteNotice::text>("text", "One sentence"),
    field<&QuoteNotice::forbids>("forbids", "Nothing is placed while this holds"),
};

constexpr Field quoteFields[] = {
    field<&Quote::account>("account", "The account"),
    field<&Quote::currency>("currency", "Of all amounts and prices"),
    field<&Quote::at>("at", "When the ERP looked"),
    field<&Quote::validUntil>("validUntil", "How long its prices hold"),
    list<&Quote::lines>("lines", "As asked, in the same order"),
    field<&Quote::net>("net", "Net of the possible lines", Price),
    field<&Quote::freight>("freight", "Freight", Price),
    field<&Quote::freeFreightFrom>("freeFreightFrom", "Net from which freight is free; 0: never", Price),
    field<&Quote::tax>("tax", "Tax", Price),
    field<&Quote::total>("total", "Total", Price),
    field<&Quote::creditTold>("creditTold", "The following is said: the person may see it", Price),
    field<&Quote::creditLimited>("creditLimited", "There is a credit limit", Price),
    field<&Quote::creditLimit>("creditLimit", "Credit limit", Price),
    field<&Quote::creditAvailable>("creditAvailable", "Available credit now", Price),
    field<&Quote::creditAfter>("creditAfter", "Available credit with this order", Price),
    field<&Quote::willHold>("willHold", "Credit control will hold the order"),
    field<&Quote::holdReason>("holdReason", "Why, and what to do"),
    list<&Quote::notices>("notices", "What is to be said of the order as a whole"),
};

} // namespace

constinit const RecordType QuoteWish::type{"quoteWish", "quoteWishes", wishFields, &create<QuoteWish>};
constinit const RecordType QuoteRequest::type{"quoteRequest", "quoteRequests", requestFields,
                                              &create<QuoteRequest>};
constinit const RecordType PriceBreak::type{"priceBreak", "priceBreaks", breakFields, &create<PriceBreak>};
constinit const RecordType QuoteStock::type{"quoteStock", "quoteStocks", stockFields, &create<QuoteStock>};
constinit const RecordType QuoteLine::type{"quoteLine", "quoteLines", quoteLineFields, &create<QuoteLine>};
constinit const RecordType QuoteNotice::type{"quoteNotice", "quoteNotices", noticeFields,
                                             &create<QuoteNotice>};
constinit const RecordType Quote::type{"quote", "quotes", quoteFields, &create<Quote>};

bool answers(const Quote &quote, const QuoteRequest &request)
{
    return quote.account == request.account
        && std::ranges::equal(quote.lines, request.lines, [](const QuoteLine &line, const QuoteWish &wish) {
               return line.lineNumber == wish.lineNumber && line.sku == wish.sku
                   && line.quantity == wish.quantity;
           });
}

} // namespace Counterfoil

#pragma once

#include "itemsales.h"
#include "quote.h"

namespace Counterfoil::Sandbox {

// What is sold to the accounts of an imported history: the items that the history names, at prices that
// follow from what was last paid. Everything is in stock, since a history tells nothing of stock; an item
// that nobody has bought for a season is withdrawn, and charges such as postage are no items.
class ImportedTrade
{
public:
    ImportedTrade(Books &books, Instant now)
        : m_books(books)
        , m_sales(books)
        , m_now(now)
    { }

    // The account of that key, if it came with a history.
    std::optional<Account> account(const std::string &key);
    // Nothing: it is none of them.
    std::optional<Quote> quote(const QuoteRequest &request);
    // An order with what `quote` says of the cart; its key. It is handed over at once: nobody is
    // there to send it.
    std::string makeOrder(const Cart &seen, const Quote &quote, const std::string &actor);

private:
    QuoteLine line(const std::string &account, const QuoteWish &wish, int places);
    void price(QuoteLine &line, const std::string &account, const ItemSales::Sale &anybodys, int places);

    Books &m_books;
    ItemSales m_sales;
    const Instant m_now;
    Instant m_end; // of the history
};

} // namespace Counterfoil::Sandbox

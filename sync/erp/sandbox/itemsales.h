#pragma once

#include "books.h"

namespace Counterfoil::Sandbox {

// What was sold last to each account of an imported history, and to any of them, item by item. A statement
// that fails makes the books fail.
class ItemSales
{
public:
    struct Sale
    {
        Decimal unitPrice;
        std::string description;
        std::string unit;
        Instant at;
    };

    explicit ItemSales(Books &books)
        : m_books(books)
    { }

    void note(const std::string &account, const OrderLine &line, Instant at);     // older ones change nothing
    std::optional<Sale> last(const std::string &sku, const std::string &account); // none: to anybody
    bool knows(const std::string &account);
    Instant lastAt(); // of any item

private:
    Sqlite::Statement *prepared(std::optional<Sqlite::Statement> &statement, std::string_view sql);

    Books &m_books;
    std::optional<Sqlite::Statement> m_note;
    std::optional<Sqlite::Statement> m_last;
};

} // namespace Counterfoil::Sandbox

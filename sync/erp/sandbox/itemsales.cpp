#include "itemsales.h"

namespace Counterfoil::Sandbox {

Sqlite::Statement *ItemSales::prepared(std::optional<Sqlite::Statement> &statement, std::string_view sql)
{
    if (!m_books.outcome())
        return nullptr;
    if (!statement) {
        auto made = m_books.database().prepare(sql);
        if (!made) {
            m_books.fail(made.error());
            return nullptr;
        }
        statement = std::move(*made);
    }
    return &*statement;
}

void ItemSales::note(const std::string &account, const OrderLine &line, Instant at)
{
    for (const std::string &buyer : {account, std::string()}) {
        Sqlite::Statement *statement
            = prepared(m_note,
                       "INSERT INTO itemSales VALUES(?,?,?,?,?,?) ON CONFLICT DO UPDATE SET at=excluded.at, "
                       "unitPrice=excluded.unitPrice, description=excluded.description, unit=excluded.unit "
                       "WHERE excluded.at>=itemSales.at");
        if (!statement)
            return;
        if (const auto done
            = statement->with(line.sku, buyer, at.ms, line.unitPrice.millionths, line.description, line.unit)
                  .run();
            !done)
            m_books.fail(done.error());
    }
}

std::optional<ItemSales::Sale> ItemSales::last(const std::string &sku, const std::string &account)
{
    Sqlite::Statement *statement = prepared(
        m_last, "SELECT unitPrice, description, unit, at FROM itemSales WHERE sku=? AND account=?");
    if (!statement)
        return std::nullopt;
    const auto row = statement->with(sku, account).step();
    if (!row)
        m_books.fail(row.error());
    std::optional<Sale> sale;
    if (row.ok() && *row)
        sale = Sale{{statement->integer(0)},
                    std::string(statement->text(1)),
                    std::string(statement->text(2)),
                    {statement->integer(3)}};
    statement->reset();
    return sale;
}

bool ItemSales::knows(const std::string &account)
{
    return m_books.find("SELECT 1 FROM itemSales WHERE account=? LIMIT 1", account).has_value();
}

Instant ItemSales::lastAt()
{
    return {m_books.integer("SELECT max(at) FROM itemSales WHERE account=''")};
}

} // namespace Counterfoil::Sandbox

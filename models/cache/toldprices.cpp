#include "toldprices.h"

#include "queryterms.h"

namespace Counterfoil {

namespace {

Decimal decimalIn(const Sqlite::Statement &row, int column)
{
    return Decimal::parse(row.text(column)).value_or(Decimal());
}

} // namespace

std::vector<ToldPrice> pricesTold(const Quote &quote)
{
    std::vector<ToldPrice> told;
    for (const QuoteLine &line : quote.lines) {
        if (line.unitPrice > Decimal())
            told.push_back({quote.account, line.sku, quote.at, quote.currency, line.unit, line.quantity,
                            line.unitPrice, line.priceReason, line.available, line.inStock, line.expectedOn});
    }
    return told;
}

Result<std::optional<ToldPrice>> ToldPrices::of(const std::string &account, const std::string &sku)
{
    std::optional<ToldPrice> told;
    QueryTerms::Condition where;
    where.add("account=?", account);
    where.add("sku=?", sku);
    const auto done = QueryTerms::forEachRow(
        m_cache,
        "SELECT at, currency, unit, quantity, unitPrice, priceReason, available, inStock, expectedOn "
        "FROM toldPrices WHERE "
            + where.sql,
        where, [&](const Sqlite::Statement &row) {
            told = ToldPrice{account,
                             sku,
                             Instant{row.integer(0)},
                             std::string(row.text(1)),
                             std::string(row.text(2)),
                             decimalIn(row, 3),
                             decimalIn(row, 4),
                             std::string(row.text(5)),
                             decimalIn(row, 6),
                             decimalIn(row, 7),
                             Date::parse(row.text(8)).value_or(Date())};
        });
    if (!done)
        return done.error();
    return told;
}

} // namespace Counterfoil

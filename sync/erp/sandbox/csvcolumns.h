#pragma once

#include "csvreader.h"
#include "decimal.h"
#include "instant.h"

#include <array>
#include <optional>

namespace Counterfoil::Sandbox {

// What a row of an order history says, one after the other as in the table of names.
enum class HistoryField { Order, Sku, Description, Quantity, Date, Price, Customer, Country };
inline constexpr std::size_t historyFieldCount = 8;

// Where in a row the fields are.
class CsvColumns
{
public:
    // From the header line, and from `map` ("order=InvoiceNo,…") for what is not recognised. The error
    // says in one sentence what is missing.
    static Result<CsvColumns> find(const CsvRecord &header, const QString &map);

    std::size_t width() const { return m_width; } // of the header

    // Without blanks around it; empty when the file has no such column.
    std::string text(const CsvRecord &row, HistoryField field) const;

private:
    std::size_t m_width = 0;
    std::array<std::optional<std::size_t>, historyFieldCount> m_places;
};

// "6", "-1.5", "2,55", "1.234,50", "1,234.50". Not "1,234", of which nobody can say whether it is over a
// thousand.
std::optional<Decimal> historyNumber(const std::string &text);

// "2010-12-01 08:26:00", "2010-12-01T08:26", "2010-12-01", "01.12.2010 08:26": UTC. Not "12/1/2010",
// of which nobody can say whether it is in January or December.
std::optional<Instant> historyTime(const std::string &text);

} // namespace Counterfoil::Sandbox

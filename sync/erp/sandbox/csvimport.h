#pragma once

#include "exactvalue.h"
#include "sandboxerp.h"

#include <map>
#include <string>
#include <vector>

namespace Counterfoil {

// An order history as a CSV file with a header line: one row for each order line. Commas, semicolons
// or tabs; UTF-8, or Latin-1 where a row is not UTF-8; plain or gzip; quoted fields may hold line
// breaks. Columns are recognised by usual names, or named in `map`.
//
// What a row becomes, in this order:
//   the order number begins with C     → a line of a credit memo
//   quantity or price not above zero   → an adjustment
//   otherwise                          → a line of an order, delivered and closed; without a customer
//                                        it is a guest's, one account for each country
// Each order has an invoice of the same number, and is paid as far as the history says.
// Equal rows are kept as rows. The value of a row is quantity × price, exactly, with all its decimals.
struct CsvImportOptions
{
    // "order=InvoiceNo,sku=StockCode,…": which column is what, for a header that is not recognised.
    // Fields: order, sku, description, quantity, date, price, customer, country.
    QString map;
    std::string currency = "GBP"; // of the file's prices
};

struct CsvImportReport
{
    struct Refused
    {
        std::int64_t line = 0; // in the file, from 1, where the row begins
        std::string reason;    // one English sentence
    };
    using ValuePerMonth = std::map<std::string, ExactValue>; // sums of quantity × price, by "2010-12"

    std::int64_t rows = 0; // without the header and without empty lines
    std::int64_t accepted = 0;
    std::int64_t orderLines = 0;
    std::int64_t guestLines = 0; // of the order lines, those without a customer
    std::int64_t creditLines = 0;
    std::int64_t adjustments = 0;
    std::int64_t orders = 0;
    std::int64_t invoices = 0; // one for each order
    std::int64_t credits = 0;  // credit memos
    std::int64_t accounts = 0;
    std::int64_t refusedRows = 0;
    std::vector<Refused> refused; // the first maxRefusedListed
    ValuePerMonth fileValue;      // of the accepted rows, summed while reading
    ValuePerMonth erpValue;       // read back from the ERP's own tables afterwards

    // Every row is accepted or refused, and the ERP's tables hold what the file says.
    bool consistent() const;
};

// Refused rows that a report lists; beyond it they are counted only.
inline constexpr std::size_t maxRefusedListed = 100'000;

} // namespace Counterfoil

#pragma once

#include <QString>

#include <cstdint>
#include <map>
#include <string>

// An order history read in the plainest way, for comparison with what the import made of it. Shares
// no code with the import on purpose. It knows the columns of the public "Online Retail" data
// (InvoiceNo, StockCode, Quantity, InvoiceDate, UnitPrice, CustomerID), whole quantities and prices
// with up to six decimals, and holds the file in memory.
struct PlainHistory
{
    std::int64_t rows = 0;
    std::int64_t orderLines = 0;
    std::int64_t guestLines = 0;
    std::int64_t creditLines = 0;
    std::int64_t adjustments = 0;
    std::map<std::string, std::int64_t> valuePerMonth; // "2010-12", in millionths of the currency
    // By its number, what an invoice or credit memo comes to, in the hundredths of the currency to which each
    // line is rounded.
    std::map<std::string, std::int64_t> totals;
    QString problem; // why the file cannot be checked this way; then nothing else counts

    static PlainHistory read(const QString &file);
};

#pragma once

#include "books.h"
#include "csvcolumns.h"
#include "csvimport.h"
#include "itemsales.h"

namespace Counterfoil::Sandbox {

// One import into the books, within a transaction of the caller's. Rows go to a table of their own
// first, which keeps them by order, so that neither the size of the file nor the order of its rows
// matters; then orders are made of them.
class CsvImporter
{
public:
    CsvImporter(Books &books, const CsvImportOptions &options, Instant now,
                const SandboxProgressCallback &progress);

    Outcome run(const QString &file);
    const CsvImportReport &report() const { return m_report; }

private:
    Outcome readRows(CsvReader &reader);
    std::string understand(const CsvRecord &record, const CsvColumns &columns,
                           ImportRow &row) const; // the reason why not
    void takeIn(const ImportRow &row);
    void refuse(std::int64_t line, const std::string &reason);
    std::string accountOf(const std::string &customer, const std::string &country); // its key; made when new
    std::string addAddress(const Account &account);                                 // its key
    Outcome makeOrders();
    void makeOrder(const std::vector<ImportRow> &rows, const std::string &key);
    void makeInvoice(const Order &order);
    void makeCredit(const std::vector<ImportRow> &rows, const std::string &key);
    void sumUpTables();
    void tell(std::int64_t done);

    Books &m_books;
    ItemSales m_sales;
    const CsvImportOptions &m_options;
    const Instant m_now;
    const SandboxProgressCallback &m_progress;
    CsvImportReport m_report;
    std::int64_t m_import = 0;
    std::int64_t m_nextOrder = 0;
    std::int64_t m_nextInvoice = 0;
    std::int64_t m_bytes = 0;
    std::string m_lastAccount; // the one asked for last, which is mostly the next one too
};

} // namespace Counterfoil::Sandbox

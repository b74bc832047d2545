#include "crosslinks.h"
#include "csvimport.h"
#include "database.h"
#include "einvoices.h"
#include "order.h"
#include "plainhistory.h"
#include "quote.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTextStream>

#include <utility>

// Imports every order history of a folder into a sandbox of its own, and compares what the ERP's
// tables then hold with a second, plainer reading of the file.

using namespace Counterfoil;

namespace {

constexpr double leastAcceptedShare = 0.98;
constexpr std::size_t refusedShown = 20;

class Verification
{
public:
    explicit Verification(QString file)
        : m_file(std::move(file))
    { }

    bool run();

private:
    void expect(bool holds, const QString &what);
    bool importInto(const QString &database);
    void printReport();
    void compareTables(const QString &path, const PlainHistory &plain);
    void compareTotals(const QString &path, const PlainHistory &plain);
    void followLinks(Connector &erp);
    void reorderEverything(Connector &erp);
    std::int64_t reorder(Connector &erp, const Order &order, std::map<std::string, std::int64_t> &counts);
    void compareMonths(const std::map<std::string, std::int64_t> &tables, const PlainHistory &plain);

    const QString m_file;
    QTextStream m_out{stdout};
    CsvImportReport m_report;
    bool m_holds = true;
};

void Verification::expect(bool holds, const QString &what)
{
    m_out << (holds ? "  ok      " : "  WRONG   ") << what << Qt::endl;
    m_holds = m_holds && holds;
}

bool Verification::run()
{
    m_out << QFileInfo(m_file).fileName() << Qt::endl;
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("erp.sqlite"));
    if (!importInto(database))
        return false;
    printReport();
    expect(m_report.accepted + m_report.refusedRows == m_report.rows,
           QStringLiteral("accepted + refused = rows"));
    expect(static_cast<double>(m_report.accepted) >= leastAcceptedShare * static_cast<double>(m_report.rows),
           QStringLiteral("at least 98 % accepted"));
    expect(m_report.consistent(), QStringLiteral("the import's own sums agree"));
    const PlainHistory plain = PlainHistory::read(m_file);
    if (!plain.problem.isEmpty()) {
        expect(false, QStringLiteral("second reading: the file %1").arg(plain.problem));
        return false;
    }
    expect(plain.rows == m_report.rows, QStringLiteral("second reading: as many rows"));
    if (m_report.refusedRows == 0) {
        expect(plain.orderLines == m_report.orderLines,
               QStringLiteral("second reading: as many order lines"));
        expect(plain.guestLines == m_report.guestLines,
               QStringLiteral("second reading: as many guests' lines"));
        expect(plain.creditLines == m_report.creditLines,
               QStringLiteral("second reading: as many credit lines"));
        expect(plain.adjustments == m_report.adjustments,
               QStringLiteral("second reading: as many adjustments"));
    }
    compareTables(database, plain);
    compareTotals(database, plain);
    return m_holds;
}

bool Verification::importInto(const QString &database)
{
    QElapsedTimer timer;
    timer.start();
    const SystemClock clock;
    auto erp = SandboxErp::open(database, {.scale = 0}, clock);
    if (!erp) {
        expect(false, erp.error().userText + u' ' + erp.error().detail);
        return false;
    }
    int shown = 0;
    auto report = (*erp)->importCsv(m_file, {}, [&](const SandboxProgress &progress) {
        constexpr int step = 10;
        const int percent = progress.total > 0 ? static_cast<int>(100 * progress.done / progress.total) : 0;
        if (percent < shown + step)
            return;
        shown = percent / step * step;
        m_out << "  " << shown << " %" << Qt::endl;
    });
    if (!report) {
        expect(false, report.error().userText + u' ' + report.error().detail);
        return false;
    }
    m_report = std::move(*report);
    m_out << "  imported in " << timer.elapsed() << " ms" << Qt::endl;
    followLinks(**erp);
    reorderEverything(**erp);
    return true;
}

void Verification::printReport()
{
    m_out << "  rows " << m_report.rows << ", accepted " << m_report.accepted << ", refused "
          << m_report.refusedRows << Qt::endl;
    m_out << "  order lines " << m_report.orderLines << " (of guests " << m_report.guestLines << ") in "
          << m_report.orders << " orders with " << m_report.invoices << " invoices, credit lines "
          << m_report.creditLines << " in " << m_report.credits << " credit memos, adjustments "
          << m_report.adjustments << ", new accounts " << m_report.accounts << Qt::endl;
    for (std::size_t i = 0; i < m_report.refused.size() && i < refusedShown; ++i) {
        m_out << "  refused line " << m_report.refused[i].line << ": "
              << QString::fromStdString(m_report.refused[i].reason) << Qt::endl;
    }
    if (m_report.refused.size() > refusedShown)
        m_out << "  and " << m_report.refused.size() - refusedShown << " more" << Qt::endl;
}

// Sums the tables with SQL alone, as somebody would who looks into the file with another program.
void Verification::compareTables(const QString &path, const PlainHistory &plain)
{
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadOnly);
    auto sums = database
        ? database->prepare(
            "SELECT strftime('%Y-%m', at/1000, 'unixepoch'), sum(quantity/1000000*unitPrice), count(*) FROM ("
            "SELECT o.placedAt at, l.ordered quantity, l.unitPrice FROM orders o JOIN orderLines l ON "
            "l.owner=o.id "
            "UNION ALL SELECT m.issuedAt, l.quantity, l.unitPrice FROM importedCredits i JOIN invoices m ON "
            "m.id=i.invoice JOIN invoiceLines l ON l.owner=m.id "
            "UNION ALL SELECT at, quantity, unitPrice FROM adjustments) GROUP BY 1")
        : Result<Sqlite::Statement>(database.error());
    if (!sums)
        return expect(false, QStringLiteral("the ERP's tables can be read: ") + sums.error().detail);
    std::map<std::string, std::int64_t> tables;
    std::int64_t lines = 0;
    const auto read = sums->forEachRow([&](const Sqlite::Statement &row) {
        tables[std::string(row.text(0))] = row.integer(1);
        lines += row.integer(2);
    });
    expect(read.ok(), QStringLiteral("the ERP's tables can be read to their end"));
    expect(lines == m_report.accepted, QStringLiteral("the ERP's tables hold every accepted row once"));
    compareMonths(tables, plain);
}

// Each invoice and credit memo against the sum of its own lines, and against the rows of its number.
void Verification::compareTotals(const QString &path, const PlainHistory &plain)
{
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadOnly);
    auto sums = database
        ? database->prepare(
            "SELECT i.number, sum(i.total), sum(l.net), sum(l.net<>i.total), count(*) FROM invoices i JOIN "
            "(SELECT owner, sum(net) net FROM invoiceLines GROUP BY 1) l ON l.owner=i.id GROUP BY 1")
        : Result<Sqlite::Statement>(database.error());
    if (!sums)
        return expect(false, QStringLiteral("the ERP's invoices can be read: ") + sums.error().detail);
    std::int64_t invoices = 0;
    std::int64_t unlikeLines = 0;
    std::int64_t unlikeFile = 0;
    std::size_t numbers = 0;
    const auto read = sums->forEachRow([&](const Sqlite::Statement &row) {
        const auto found = plain.totals.find(std::string(row.text(0)));
        unlikeFile += found == plain.totals.end() || found->second != row.integer(1) ? 1 : 0;
        unlikeLines += row.integer(3);
        invoices += row.integer(4);
        ++numbers;
    });
    expect(read.ok(), QStringLiteral("the ERP's invoices can be read to their end"));
    expect(invoices == m_report.invoices + m_report.credits && m_report.invoices == m_report.orders,
           QStringLiteral("an invoice for each order, and %1 credit memos").arg(m_report.credits));
    expect(unlikeLines == 0,
           QStringLiteral("the total of %1 of %2 invoices and credit memos is the sum of its lines")
               .arg(invoices - unlikeLines)
               .arg(invoices));
    expect(unlikeFile == 0 && numbers == plain.totals.size(),
           QStringLiteral("second reading: the same %1 numbers, each with the same total")
               .arg(plain.totals.size()));
}

void Verification::followLinks(Connector &erp)
{
    constexpr std::size_t ordersFollowed = 1'000;
    const auto seed = QRandomGenerator::global()->generate();
    const auto links = CrossLinks::read(erp);
    if (!links)
        return expect(false, QStringLiteral("the feed can be read: ") + links.error().detail);
    const CrossLinks::Walk walk = links->walk(ordersFollowed, seed);
    expect(walk.orders > 0 && walk.broken == 0,
           QStringLiteral("%1 links of %2 orders drawn at random (seed %3), %4 of them broken")
               .arg(walk.links)
               .arg(walk.orders)
               .arg(seed)
               .arg(walk.broken));
}

// Every order again, as the review of a cart asks: each line is ready, changed or not possible.
void Verification::reorderEverything(Connector &erp)
{
    constexpr int batchSize = 2'000;
    std::map<std::string, std::int64_t> counts;
    std::int64_t lines = 0;
    std::int64_t orders = 0;
    std::int64_t unlike = 0;
    QElapsedTimer timer;
    timer.start();
    std::string position;
    for (bool more = true; more;) {
        const auto batch = erp.changesAfter(position, batchSize);
        if (!batch)
            return expect(false, QStringLiteral("the feed can be read: ") + batch.error().detail);
        for (const Change &change : batch->changes) {
            if (const auto *order = change.record.as<Order>(); order && change.kind == &Order::type) {
                ++orders;
                lines += std::ssize(order->lines);
                unlike += reorder(erp, *order, counts) == std::ssize(order->lines) ? 0 : 1;
            }
        }
        position = batch->position;
        more = batch->more;
    }
    for (const auto &[what, count] : counts)
        m_out << "  reordered: " << count << ' ' << QString::fromStdString(what) << Qt::endl;
    expect(orders == m_report.orders && lines == m_report.orderLines && unlike == 0,
           QStringLiteral("of %1 orders with %2 lines, ready + changed + not possible = lines in all but %3 "
                          "(%4 ms)")
               .arg(orders)
               .arg(lines)
               .arg(unlike)
               .arg(timer.elapsed()));
}

// How many of its lines were answered.
std::int64_t Verification::reorder(Connector &erp, const Order &order,
                                   std::map<std::string, std::int64_t> &counts)
{
    std::int64_t answered = 0;
    for (std::size_t first = 0; first < order.lines.size(); first += mostCartLines) {
        QuoteRequest request{order.account, {}, {}, {}, {}, {}};
        const std::size_t end = std::min(order.lines.size(), first + mostCartLines);
        for (std::size_t i = first; i < end; ++i)
            request.lines.push_back({order.lines[i].lineNumber, order.lines[i].sku, order.lines[i].ordered});
        const auto quote = erp.quote(request, "verify");
        if (!quote || !answers(*quote, request))
            return -1;
        for (std::size_t i = first; i < end; ++i) {
            const QuoteLine &line = quote->lines[i - first];
            const bool same = line.unitPrice == order.lines[i].unitPrice && line.inStock == line.quantity;
            if (line.possible != line.reason.empty())
                return -1;
            ++counts[line.possible ? same ? "ready" : "changed" : "not possible: " + line.reasonCode];
            ++answered;
        }
    }
    return answered;
}

void Verification::compareMonths(const std::map<std::string, std::int64_t> &tables, const PlainHistory &plain)
{
    const auto pounds = [](std::int64_t millionths) {
        return QString::number(millionths / 1'000'000) + u'.'
            + QString::number(std::abs(millionths % 1'000'000)).rightJustified(6, u'0');
    };
    for (const auto &[month, value] : plain.valuePerMonth) {
        const auto found = tables.find(month);
        const std::int64_t inTables = found == tables.end() ? 0 : found->second;
        expect(inTables == value,
               QStringLiteral("%1  file %2  ERP %3")
                   .arg(QString::fromStdString(month), pounds(value), pounds(inTables)));
    }
    expect(tables.size() == plain.valuePerMonth.size(), QStringLiteral("the same months"));
}

int verifyHistories(const QDir &folder)
{
    const QStringList files
        = folder.entryList({QStringLiteral("*.csv"), QStringLiteral("*.csv.gz")}, QDir::Files, QDir::Name);
    if (files.isEmpty()) {
        QTextStream(stderr) << "There is no .csv or .csv.gz in " << folder.path() << ".\n";
        return 1;
    }
    bool allHold = true;
    for (const QString &file : files)
        allHold = Verification(folder.filePath(file)).run() && allHold;
    return allHold ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("--einvoices"))
        return verifyEInvoices(QDir(arguments.at(2)));
    if (arguments.size() == 2 && !arguments.at(1).startsWith(u'-'))
        return verifyHistories(QDir(arguments.at(1)));
    QTextStream(stderr) << "Usage: counterfoil-verify FOLDER\n"
                           "Imports every .csv and .csv.gz of the folder into a sandbox ERP and checks that "
                           "nothing was lost.\n"
                           "\n"
                           "       counterfoil-verify --einvoices FOLDER\n"
                           "Takes the e-invoice out of every .pdf of the folder, and reads every .xml, "
                           "checks each in itself and\n"
                           "against the words on its pages, and prints a table in Markdown.\n";
    return 2;
}

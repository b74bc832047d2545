#include "csvimport.h"
#include "testentry.h"

#include "account.h"
#include "address.h"
#include "bookscheck.h"
#include "fixedclock.h"
#include "follower.h"
#include "historyfile.h"
#include "order.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

#include <map>
#include <set>

using namespace Counterfoil;
using namespace HistoryFile;
using Follower::today;

class CsvImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyQuirk();
    void ordersAsTheyWere();
    void sameFileInAnyDress_data();
    void sameFileInAnyDress();
    void rowsInAnyOrder();
    void columnsAreMapped();
    void notAnOrderHistory_data();
    void notAnOrderHistory();
    void refusedRows_data();
    void refusedRows();
    void aTornFileChangesNothing();
    void theSameFileTwiceIsRefused();
    void manyLinesOfOneOrder();
    void numbersThatLookLikeParts();
    void theCompanyLivesOn();
    void progressReachesItsTotal();
    void customersAreSomewhere();

private:
    QString write(const QByteArray &content, const QString &name = QStringLiteral("history.csv"));
    QString writeGzip(const QByteArray &content, const QString &name = QStringLiteral("history.csv.gz"));
    Result<CsvImportReport> import(const QByteArray &content, const QString &map = {});
    std::map<std::string, Order> importedOrders();
    std::map<std::string, QByteArray> months(const CsvImportReport::ValuePerMonth &values);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SandboxErp> m_erp;
};

void CsvImportTest::init()
{
    m_erp.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    const FixedClock clock(today);
    auto erp = SandboxErp::open(m_dir->filePath(QStringLiteral("erp")), {.scale = 0}, clock);
    QVERIFY(erp);
    m_erp = std::move(*erp);
}

QString CsvImportTest::write(const QByteArray &content, const QString &name)
{
    QFile file(m_dir->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
    return file.fileName();
}

QString CsvImportTest::writeGzip(const QByteArray &content, const QString &name)
{
    const QString path = m_dir->filePath(name);
    gzFile file = gzopen(QFile::encodeName(path).constData(), "wb");
    if (gzwrite(file, content.data(), static_cast<unsigned>(content.size())) != content.size()
        || gzclose(file) != Z_OK)
        qFatal("cannot write");
    return path;
}

Result<CsvImportReport> CsvImportTest::import(const QByteArray &content, const QString &map)
{
    CsvImportOptions options;
    options.map = map;
    return m_erp->importCsv(write(content), options);
}

std::map<std::string, Order> CsvImportTest::importedOrders()
{
    auto orders = Follower::records<Order>(*m_erp);
    std::erase_if(orders, [](const auto &entry) { return entry.second.origin != "import"; });
    return orders;
}

std::map<std::string, QByteArray> CsvImportTest::months(const CsvImportReport::ValuePerMonth &values)
{
    std::map<std::string, QByteArray> texts;
    for (const auto &[month, value] : values)
        texts[month] = QByteArray::fromStdString(value.toString());
    return texts;
}

void CsvImportTest::everyQuirk()
{
    const auto report = import(quirks);
    QVERIFY2(report, report ? "" : qPrintable(report.error().userText));
    QCOMPARE(report->rows, 23);
    QCOMPARE(report->accepted, 18);
    QCOMPARE(report->refusedRows, 5);
    QCOMPARE(report->orderLines, 12);
    QCOMPARE(report->guestLines, 2);
    QCOMPARE(report->creditLines, 2);
    QCOMPARE(report->adjustments, 4);
    QVERIFY(report->consistent());
    const std::map<std::string, QByteArray> expected{{"2010-12", "-10.319"}, {"2011-01", "34.00"}};
    QCOMPARE(months(report->fileValue), expected);
    QCOMPARE(months(report->erpValue), expected);
    // Line breaks within quotes count as lines of the file.
    const std::map<std::int64_t, std::string> refused{
        {21, "The quantity “one” is no number that can be booked."},
        {22, "The date “1/3/2011 11:00” cannot be read; it should look like 2026-11-21 08:12."},
        {23, "The row has 4 fields instead of 8."},
        {24, "The order number is missing."},
        {25, "The item is missing."}};
    std::map<std::int64_t, std::string> found;
    for (const auto &row : report->refused)
        found[row.line] = row.reason;
    QCOMPARE(found, refused);
    QCOMPARE(booksThatDoNotAddUp(m_dir->filePath(QStringLiteral("erp"))).join(u'\n'), QString());
}

void CsvImportTest::ordersAsTheyWere()
{
    QVERIFY(import(quirks));
    const auto orders = importedOrders();
    QCOMPARE(orders.size(), std::size_t{10});
    const Order &first = orders.at("R1-536365");
    QCOMPARE(first.number, std::string("536365"));
    QCOMPARE(first.account, std::string("C-17850"));
    QCOMPARE(first.currency, std::string("GBP"));
    QCOMPARE(first.placedAt.toString(), std::string("2010-12-01T08:26:00.000Z"));
    QCOMPARE(first.status, std::string("closed"));
    QVERIFY(!first.open);
    QCOMPARE(first.lines.size(), std::size_t{3}); // equal rows are kept
    QCOMPARE(first.lines[1].description, std::string("LANTERN, WHITE \"METAL\""));
    QCOMPARE(first.total.minor, 1'530 + 2 * 2'034);
    QCOMPARE(orders.at("R1-536366").lines.front().description, std::string("HAND WARMER\nUNION JACK"));
    // Two months, two customers: the number alone makes no order.
    QCOMPARE(orders.at("R1-536385").lines.size(), std::size_t{1});
    QCOMPARE(orders.at("R1-536385").lines.front().unitPrice.toString(), std::string("0.001"));
    QCOMPARE(orders.at("R1-536385").total.minor, 0);
    QCOMPARE(orders.at("R1.2-536385").total.minor, 250);
    QVERIFY((std::set{orders.at("R1-536386").account, orders.at("R1.2-536386").account}
             == std::set<std::string>{"GUEST-GB", "GUEST-IE"}));
    QCOMPARE(orders.at("R1-536387").lines.front().description, std::string("CAFÉ STAND"));
    QCOMPARE(orders.at("R1-536388").lines.front().description, std::string("CAFÉ STAND"));
}

void CsvImportTest::sameFileInAnyDress_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("compressed");
    QByteArray lf = quirks;
    lf.replace("\r\n", "\n");
    QTest::newRow("LF") << lf << false;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + quirks << false;
    QTest::newRow("gzip") << quirks << true;
    QTest::newRow("line end at the end") << quirks + "\r\n" << false;
    QTest::newRow("empty lines") << quirks + "\r\n\r\n\n\n" << false;
}

void CsvImportTest::sameFileInAnyDress()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, compressed);
    const auto report = m_erp->importCsv(compressed ? writeGzip(content) : write(content), {});
    QVERIFY(report);
    QCOMPARE(report->rows, 23);
    QCOMPARE(report->accepted, 18);
    QVERIFY(report->consistent());
    QCOMPARE(importedOrders().size(), std::size_t{10});
}

void CsvImportTest::rowsInAnyOrder()
{
    QByteArray content = header;
    for (int row = 0; row < 300; ++row) {
        content += QByteArray::number(1'000 + row % 7) + ",SKU" + QByteArray::number(row)
            + ",Thing,1,2020-05-01 10:00,1.50," + QByteArray::number(row % 7) + ",Spain\n";
    }
    const auto report = import(content);
    QVERIFY(report && report->consistent());
    QCOMPARE(report->orders, 7);
    QCOMPARE(report->accounts, 7);
    for (const auto &[key, order] : importedOrders()) {
        QVERIFY(order.lines.size() == 42 || order.lines.size() == 43);
        // As they stood in the file.
        for (std::size_t i = 1; i < order.lines.size(); ++i)
            QVERIFY(order.lines[i].sku.size() > order.lines[i - 1].sku.size()
                    || order.lines[i].sku > order.lines[i - 1].sku);
    }
}

void CsvImportTest::columnsAreMapped()
{
    const QByteArray german = "Beleg;Artikel-Nr.;Menge;Datum;Einzelpreis;Kunde\n"
                              "R1;A-1;1,5;24.12.2020 8:05;1.234,50;4711\n"
                              "R1;A-2;2;24.12.2020;0,333;4711\n";
    const auto unknown = import(german);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::BadInput);
    QVERIFY(unknown.error().userText.contains(QStringLiteral("order, sku")));

    const auto report = import(german, QStringLiteral("order=Beleg, sku=Artikel-Nr., customer=Kunde"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().userText));
    QCOMPARE(report->accepted, 2);
    QCOMPARE(months(report->erpValue), (std::map<std::string, QByteArray>{{"2020-12", "1852.416"}}));
    const auto orders = importedOrders();
    QCOMPARE(orders.size(), std::size_t{1});
    QCOMPARE(orders.begin()->second.account, std::string("C-4711"));

    for (const char *const bad : {"order=Nowhere", "colour=Beleg", "order", "=", "order=Beleg,sku="}) {
        const auto refused = import(german + '\n', QString::fromLatin1(bad));
        QVERIFY2(!refused, bad);
        QCOMPARE(refused.error().kind, ErrorKind::BadInput);
    }
}

void CsvImportTest::notAnOrderHistory_data()
{
    QTest::addColumn<QByteArray>("content");
    QByteArray bytes;
    for (int i = 0; i < 200'000; ++i)
        bytes += static_cast<char>(i * 7 + i / 256);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("line ends alone") << QByteArray("\n\n\r\n");
    QTest::newRow("prose") << QByteArray("Dear Sir or Madam,\nplease find our order attached.\n");
    QTest::newRow("bytes") << bytes;
    QTest::newRow("noughts") << QByteArray(100'000, '\0');
    QTest::newRow("one endless line") << QByteArray(3'000'000, 'x');
    QTest::newRow("one endless quote") << QByteArray("\"") + QByteArray(300'000, '\n');
    QTest::newRow("JSON") << QByteArray("{\"order\": [1, 2, 3]}");
    QTest::newRow("another table") << QByteArray("name,age\nAnn,40\n");
    QTest::newRow("no row is right") << header + "a,b,c\nd,e,f\n";
}

void CsvImportTest::notAnOrderHistory()
{
    QFETCH(QByteArray, content);
    const auto report = import(content);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::BadInput);
    QVERIFY(!report.error().userText.isEmpty());
    QVERIFY(!report.error().userText.contains(u'\n'));
    QVERIFY(importedOrders().empty());
    // Nothing is left of the attempt, and another file goes in.
    const auto right = import(quirks);
    QVERIFY(right && right->consistent());
}

void CsvImportTest::refusedRows_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray good = "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom";
    const auto with = [](const char *quantity, const char *price) {
        return QByteArray("1,A,B,") + quantity + ",2010-12-01," + price + ",C,D";
    };
    QTest::newRow("exponent") << with("1e3", "1") << QByteArray("quantity");
    QTest::newRow("blank") << with("", "1") << QByteArray("quantity");
    QTest::newRow("seven decimals") << with("1", "0.0000001") << QByteArray("price");
    QTest::newRow("too much") << with("9999999999", "1") << QByteArray("quantity");
    QTest::newRow("amount too large") << with("999999999", "99999999") << QByteArray("amount");
    QTest::newRow("hexadecimal") << with("0x10", "1") << QByteArray("quantity");
    QTest::newRow("date out of the calendar") << QByteArray("1,A,B,1,2010-02-30,1,C,D") << QByteArray("date");
    QTest::newRow("too many fields") << good + ",more" << QByteArray("9 fields");
    QTest::newRow("long field") << "1,A," + QByteArray(2'000, 'x') + ",1,2010-12-01,1,C,D"
                                << QByteArray("longer");
    QTest::newRow("long line") << "1,A," + QByteArray(200'000, 'x') + ",1,2010-12-01,1,C,D"
                               << QByteArray("too long");
    QTest::newRow("nought byte") << QByteArray("1,A,B\0B,1,2010-12-01,1,C,D", 26) << QByteArray("no text");
    QTest::newRow("many fields") << QByteArray(1'000, ',') << QByteArray("too many fields");
    QTest::newRow("open quote") << QByteArray("1,A,\"B,1,2010-12-01,1,C,D") << QByteArray("quote");
}

void CsvImportTest::refusedRows()
{
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, reason);
    const QByteArray good = "1,A,B,1,2010-12-01,1.00,C,United Kingdom\n";
    QByteArray content = header + good + row + '\n';
    for (int i = 0; i < 150; ++i)
        content += good;
    const auto report = import(content);
    QVERIFY2(report, report ? "" : qPrintable(report.error().userText));
    QCOMPARE(report->rows, 152);
    QCOMPARE(report->accepted, 151); // those before and after are taken
    QCOMPARE(report->refused.size(), std::size_t{1});
    QCOMPARE(report->refused.front().line, 3);
    QVERIFY2(QByteArray::fromStdString(report->refused.front().reason).contains(reason),
             report->refused.front().reason.c_str());
    QVERIFY(report->consistent());
}

void CsvImportTest::aTornFileChangesNothing()
{
    QByteArray content = header;
    for (int row = 0; row < 20'000; ++row)
        content += QByteArray::number(row) + ",SKU,Thing,1,2020-05-01 10:00,1.50,"
            + QByteArray::number(row * 7'919 % 10'007) + ",Spain\n";
    const QString path = writeGzip(content);
    QFile file(path);
    QVERIFY(file.resize(file.size() / 2));
    const auto report = m_erp->importCsv(path, {});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::BadInput);
    QVERIFY(importedOrders().empty());
    const auto missing = m_erp->importCsv(m_dir->filePath(QStringLiteral("none.csv")), {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::BadInput);
    const auto folder = m_erp->importCsv(m_dir->path(), {});
    QVERIFY(!folder);
    QCOMPARE(folder.error().kind, ErrorKind::BadInput);
}

void CsvImportTest::theSameFileTwiceIsRefused()
{
    QVERIFY(import(quirks));
    const auto again = import(quirks);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Conflict);
    QCOMPARE(importedOrders().size(), std::size_t{10});
    // Another file with the same numbers and customers is another history of the same accounts.
    const auto other = import(quirks + "\r\n536394,22425,ONE MORE,1,2011-01-05 11:00:00,1,12345,France\r\n");
    QVERIFY(other && other->consistent());
    QCOMPARE(other->accounts, 0);
    QCOMPARE(importedOrders().size(), std::size_t{21});
}

void CsvImportTest::manyLinesOfOneOrder()
{
    QByteArray content = header;
    for (int row = 0; row < 12'000; ++row)
        content += "1,SKU,Thing,1,2020-05-01 10:00,0.01,C,Spain\n";
    const auto report = import(content);
    QVERIFY(report && report->consistent());
    QCOMPARE(report->orders, 3);
    QCOMPARE(months(report->erpValue), (std::map<std::string, QByteArray>{{"2020-05", "120.00"}}));
}

// Order 7 in two months, and an order of the number 7-2: three orders.
void CsvImportTest::numbersThatLookLikeParts()
{
    const auto report = import(header
                               + "7,SKU,Thing,1,2020-05-01 10:00,1,C,Spain\n"
                                 "7,SKU,Thing,1,2020-06-01 10:00,1,C,Spain\n"
                                 "7-2,SKU,Thing,1,2020-06-01 10:00,1,C,Spain\n");
    QVERIFY(report && report->consistent());
    QCOMPARE(report->orders, 3);
    QCOMPARE(importedOrders().size(), std::size_t{3});
}

void CsvImportTest::theCompanyLivesOn()
{
    m_erp.reset();
    const QString path = m_dir->filePath(QStringLiteral("living"));
    for (int round = 1; round <= 2; ++round) {
        const FixedClock clock({today.ms + round * 60'000});
        auto erp = SandboxErp::open(path, {.scale = 60, .changesPerSecond = 20}, clock);
        QVERIFY(erp);
        int calls = 0;
        (*erp)->setChangeCallback([&calls] { ++calls; });
        QVERIFY((*erp)->advance({today.ms + round * 60'000 + 10'000}));
        QVERIFY(calls > 0);
        calls = 0;
        QByteArray content = quirks;
        content.replace("5363", QByteArray::number(round) + "363");
        const auto report = (*erp)->importCsv(write(content), {});
        QVERIFY(report && report->consistent());
        QCOMPARE(calls, 1);
        const auto advanced = (*erp)->advance({today.ms + round * 60'000 + 30'000});
        QVERIFY(advanced && advanced->changes > 0);
        QCOMPARE(booksThatDoNotAddUp(path).join(u'\n'), QString());
    }
}

void CsvImportTest::progressReachesItsTotal()
{
    QByteArray content = header;
    for (int row = 0; row < 20'000; ++row)
        content += QByteArray::number(row / 3) + ",SKU,Thing,1,2020-05-01 10:00,1.50,7,Spain\n";
    std::vector<SandboxProgress> steps;
    QVERIFY(m_erp->importCsv(write(content), {},
                             [&steps](const SandboxProgress &progress) { steps.push_back(progress); }));
    QVERIFY(steps.size() >= 4);
    for (std::size_t i = 1; i < steps.size(); ++i)
        QVERIFY(steps[i].done >= steps[i - 1].done);
    QCOMPARE(steps.back().done, steps.back().total);
}

void CsvImportTest::customersAreSomewhere()
{
    QVERIFY(import(quirks));
    // Of where they are a history knows the country alone; guests are nowhere.
    const auto addresses = Follower::records<Address>(*m_erp);
    int found = 0;
    for (const auto &[key, account] : Follower::records<Account>(*m_erp)) {
        if (key.starts_with("GUEST-"))
            QVERIFY(account.defaultShipTo.empty() && account.defaultBillTo.empty());
        if (!key.starts_with("C-"))
            continue;
        const Address &address = addresses.at(account.defaultShipTo);
        QCOMPARE(address.key, account.defaultBillTo);
        QCOMPARE(address.account, key);
        QVERIFY(address.name == account.name && address.country == account.country);
        QVERIFY(address.shipTo && address.billTo && address.status == "confirmed");
        ++found;
    }
    QVERIFY(found >= 5);
    QCOMPARE(booksThatDoNotAddUp(m_dir->filePath(QStringLiteral("erp"))).join(u'\n'), QString());
}

CORE_TEST(CsvImportTest)
#include "tst_csvimport.moc"

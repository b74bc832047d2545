#include "account.h"
#include "bookscheck.h"
#include "creditstanding.h"
#include "csvimport.h"
#include "document.h"
#include "fixedclock.h"
#include "follower.h"
#include "historyfile.h"
#include "invoice.h"
#include "order.h"
#include "testentry.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;
using namespace HistoryFile;

// What an imported order history yields beside its orders.
class CsvInvoicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void invoicesAndCreditsOfTheFile();
    void creditsThatAreNone();

private:
    Result<CsvImportReport> import(const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SandboxErp> m_erp;
};

void CsvInvoicesTest::init()
{
    m_erp.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    const FixedClock clock(Follower::today);
    auto erp = SandboxErp::open(m_dir->filePath(QStringLiteral("erp")), {.scale = 0}, clock);
    QVERIFY(erp);
    m_erp = std::move(*erp);
}

Result<CsvImportReport> CsvInvoicesTest::import(const QByteArray &content)
{
    QFile file(m_dir->filePath(QStringLiteral("history.csv")));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
    file.close();
    return m_erp->importCsv(file.fileName(), {});
}

void CsvInvoicesTest::invoicesAndCreditsOfTheFile()
{
    const auto report = import(quirks);
    QVERIFY(report);
    QCOMPARE(report->invoices, 10);
    QCOMPARE(report->credits, 2);
    const auto orders = Follower::records<Order>(*m_erp);
    const auto invoices = Follower::records<Invoice>(*m_erp);
    auto documents = Follower::records<Document>(*m_erp);
    // What the company says of its items has been there before.
    std::erase_if(documents, [](const auto &entry) { return !entry.second.sku.empty(); });
    const auto accounts = Follower::records<Account>(*m_erp);
    const auto standings = Follower::records<CreditStanding>(*m_erp);
    QCOMPARE(invoices.size(), std::size_t{12});
    QCOMPARE(documents.size(), std::size_t{12});
    // From every order to its invoice and its document, and back.
    for (const auto &[key, order] : orders) {
        const Invoice &invoice = invoices.at(key);
        QCOMPARE(invoice.order, key);
        QCOMPARE(invoice.orderNumber, order.number);
        QCOMPARE(invoice.number, order.number);
        QCOMPARE(invoice.account, order.account);
        QCOMPARE(invoice.total, order.total);
        QCOMPARE(invoice.lines.size(), order.lines.size());
        QVERIFY(!invoice.credit && !invoice.open);
    }
    for (const auto &[key, invoice] : invoices) {
        Amount sum;
        for (const InvoiceLine &line : invoice.lines)
            sum += line.net + line.tax;
        QCOMPARE(invoice.total, sum);
        const Document &document = documents.at("DOC-" + key);
        QCOMPARE(document.invoice, key);
        QCOMPARE(document.account, invoice.account);
        QCOMPARE(document.paper, std::string(invoice.credit ? "creditMemo" : "invoice"));
        QVERIFY(!document.issued);
        QVERIFY(accounts.contains(invoice.account) && standings.contains(invoice.account));
        QCOMPARE(standings.at(invoice.account).used, Amount());
    }
    const Invoice &discount = invoices.at("R1-C536379");
    QVERIFY(discount.credit && discount.order.empty());
    QCOMPARE(discount.account, std::string("C-14527"));
    QCOMPARE(discount.total.minor, -2'750);
    QCOMPARE(discount.lines.front().quantity, Decimal::fromInteger(-1));
    const Invoice &jars = invoices.at("R1-C536380");
    QCOMPARE(jars.account, std::string("GUEST-DE"));
    QCOMPARE(jars.total.minor, -5'100);
    QCOMPARE(booksThatDoNotAddUp(m_dir->filePath(QStringLiteral("erp"))).join(u'\n'), QString());
}

// A number with a C in front that gives nothing back; and one that gives some and takes some.
void CsvInvoicesTest::creditsThatAreNone()
{
    const auto report = import(header
                               + "C1,SKU,Thing,2,2020-05-01 10:00,1.50,7,Spain\n"
                                 "C2,SKU,Thing,-2,2020-05-01 10:00,1.50,7,Spain\n"
                                 "C2,SKU,Thing,1,2020-05-01 10:00,0.255,7,Spain\n"
                                 "C3,SKU,Thing,0,2020-05-01 10:00,1.50,7,Spain\n"
                                 "C4,SKU,Thing,-1,2020-05-01 10:00,-0.255,7,Spain\n");
    QVERIFY(report && report->consistent());
    QCOMPARE(report->credits, 4);
    const auto invoices = Follower::records<Invoice>(*m_erp);
    QVERIFY(!invoices.at("R1-C1").credit);
    QCOMPARE(invoices.at("R1-C1").total.minor, 300);
    QVERIFY(invoices.at("R1-C2").credit);
    QCOMPARE(invoices.at("R1-C2").total.minor, -274);
    QCOMPARE(invoices.at("R1-C3").total.minor, 0);
    QVERIFY(!invoices.at("R1-C4").credit);
    QCOMPARE(invoices.at("R1-C4").total.minor, 26);
    QCOMPARE(booksThatDoNotAddUp(m_dir->filePath(QStringLiteral("erp"))).join(u'\n'), QString());
}

CORE_TEST(CsvInvoicesTest)
#include "tst_csvinvoices.moc"

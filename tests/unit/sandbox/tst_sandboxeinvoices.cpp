// What the sandbox's papers say for programs, of a whole company's business: it adds up, and is what the
// record says.

#include "document.h"
#include "einvoicecheck.h"
#include "einvoicereader.h"
#include "einvoicewords.h"
#include "fixedclock.h"
#include "follower.h"
#include "papereinvoice.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;
using namespace Follower;

class SandboxEInvoicesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyOneAgreesWithItsRecord();
};

void SandboxEInvoicesTest::everyOneAgreesWithItsRecord()
{
    const QTemporaryDir dir;
    FixedClock clock{today};
    PaperData asked;
    SandboxSettings settings{.scale = 400, .changesPerSecond = 20};
    settings.drawing = [&asked](const PaperData &data) -> Result<std::string> {
        asked = data;
        return std::string("drawn");
    };
    auto opened = SandboxErp::open(dir.filePath(QStringLiteral("erp.sqlite")), settings, clock);
    QVERIFY(opened);
    SandboxErp &erp = **opened;
    int invoices = 0;
    int credits = 0;
    int notes = 0;
    const auto documents = records<Document>(erp);
    for (const auto &[key, document] : documents) {
        if (document.invoice.empty())
            continue;
        asked = {};
        QVERIFY(erp.document(key));
        const QByteArray xml = einvoiceOf(asked);
        QCOMPARE(xml.isEmpty(), asked.taxName != "VAT");
        if (xml.isEmpty())
            continue;
        const auto invoice = readEInvoice(xml);
        QVERIFY(invoice);
        EInvoiceFindings findings = checkInItself(*invoice);
        const EInvoiceFindings record = compareWithRecord(*invoice, asked.invoice);
        findings.insert(findings.end(), record.begin(), record.end());
        for (const EInvoiceFinding &finding : findings) {
            ++notes;
            QVERIFY2(
                finding.grade() == EInvoiceFinding::Grade::Note,
                qPrintable(invoice->number + u' ' + EInvoiceWords::sentence(finding, invoice->currency)));
        }
        ++(asked.invoice.credit ? credits : invoices);
    }
    qInfo("%d invoices and %d credit memos agree, with %d notes", invoices, credits, notes);
    QVERIFY(invoices > 100 && credits > 3);
}

CORE_TEST(SandboxEInvoicesTest)
#include "tst_sandboxeinvoices.moc"

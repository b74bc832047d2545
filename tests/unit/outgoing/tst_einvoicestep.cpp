#include "einvoicesamples.h"
#include "einvoicestep.h"
#include "heldport.h"
#include "pdfs.h"
#include "testentry.h"

#include <QDir>
#include <QGuiApplication>
#include <QtTest>

using namespace Counterfoil;

using Beside = EInvoiceStep::Beside;
using ItemState = DocumentBatch::ItemState;
using State = DocumentBatch::State;

// E-invoices saved out of the PDFs that they are in, by the real worker.
class TestEInvoiceStep : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void savesTheXmlAlone();
    void savesItBesideTheDocument();
    void namesWhatHasNone_data();
    void namesWhatHasNone();
    void xmlOfTheSuppliersStaysAsItIs();
    void cancelLeavesNothing();

private:
    std::unique_ptr<DocumentBatch> batch(const std::vector<OutgoingDocument> &documents, Beside beside)
    {
        auto made = std::make_unique<DocumentBatch>(
            documents,
            std::make_unique<EInvoiceStep>(QStringLiteral(RENDER_PROGRAM), m_dir->path(),
                                           NamePattern(QStringLiteral("{number}")), beside),
            m_port);
        made->start();
        return made;
    }
    QStringList saved() const { return QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden); }
    QByteArray contents(const char *name) const
    {
        QFile file(m_dir->filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    HeldPort m_port;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestEInvoiceStep::savesTheXmlAlone()
{
    const auto run = batch(
        {m_port.put(QStringLiteral("INV-1"), pdfWithFiles({{"factur-x.xml", ciiSample()}})),
         m_port.put(QStringLiteral("INV-2"), plainPdf(2)),
         m_port.put(QStringLiteral("INV-3"), pdfWithFiles({{"notes.txt", "x"}, {"bill.xml", ublSample()}}))},
        Beside::Nothing);
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 30'000);
    QCOMPARE(saved(), (QStringList{QStringLiteral("INV-1.xml"), QStringLiteral("INV-3.xml")}));
    QCOMPARE(contents("INV-1.xml"), ciiSample());
    QCOMPARE(contents("INV-3.xml"), ublSample());
    QCOMPARE(run->items()[1].state, ItemState::Failed);
    QVERIFY2(run->items()[1].error.userText.contains(QStringLiteral("no e-invoice")),
             qPrintable(run->items()[1].error.userText));
}

void TestEInvoiceStep::savesItBesideTheDocument()
{
    const QByteArray pdf = pdfWithFiles({{"factur-x.xml", ciiSample()}});
    const auto run
        = batch({m_port.put(QStringLiteral("INV-1"), pdf), m_port.put(QStringLiteral("INV-2"), plainPdf(1))},
                Beside::Document);
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 30'000);
    QCOMPARE(run->count(ItemState::Failed), std::size_t(0));
    QCOMPARE(
        saved(),
        (QStringList{QStringLiteral("INV-1.pdf"), QStringLiteral("INV-1.xml"), QStringLiteral("INV-2.pdf")}));
    QCOMPARE(contents("INV-1.pdf"), pdf);
    QCOMPARE(contents("INV-1.xml"), ciiSample());
}

void TestEInvoiceStep::namesWhatHasNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no file") << plainPdf(1);
    QTest::newRow("other XML") << pdfWithFiles({{"list.xml", "<list><entry/></list>"}});
    QTest::newRow("no PDF") << QByteArray("hello");
    QTest::newRow("cut") << pdfWithFiles({{"factur-x.xml", ciiSample()}}).left(200);
}

void TestEInvoiceStep::namesWhatHasNone()
{
    QFETCH(QByteArray, bytes);
    const auto run = batch({m_port.put(QStringLiteral("INV-1"), bytes)}, Beside::Nothing);
    QTRY_COMPARE_WITH_TIMEOUT(run->count(ItemState::Failed), std::size_t(1), 30'000);
    QVERIFY(!run->items().front().error.userText.isEmpty());
    QCOMPARE(saved(), QStringList());
}

void TestEInvoiceStep::xmlOfTheSuppliersStaysAsItIs()
{
    OutgoingDocument document = m_port.put(QStringLiteral("INV-1"), ublSample());
    document.ending = QStringLiteral("xml");
    const auto run = batch({document}, Beside::Nothing);
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 30'000);
    QCOMPARE(saved(), QStringList{QStringLiteral("INV-1.xml")});
    QCOMPARE(contents("INV-1.xml"), ublSample());
}

void TestEInvoiceStep::cancelLeavesNothing()
{
    const OutgoingDocument document
        = m_port.put(QStringLiteral("INV-1"), pdfWithFiles({{"factur-x.xml", ciiSample()}}));
    auto run = batch({document}, Beside::Document);
    QTRY_COMPARE(run->items().front().state, ItemState::Working);
    run->cancel();
    QCOMPARE(run->state(), State::Cancelled);
    run.reset();
    // The next one finds the worker's answers to nobody.
    run = batch({document}, Beside::Nothing);
    QTRY_COMPARE_WITH_TIMEOUT(run->state(), State::Done, 30'000);
    QCOMPARE(saved(), QStringList{QStringLiteral("INV-1.xml")});
}

GUI_TEST(TestEInvoiceStep)
#include "tst_einvoicestep.moc"

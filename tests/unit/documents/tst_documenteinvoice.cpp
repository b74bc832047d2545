// The e-invoice in a document: found, checked, shown, saved.

#include "documentfixture.h"
#include "documenttoolbar.h"
#include "einvoicereading.h"
#include "einvoicesamples.h"
#include "einvoicesheet.h"
#include "einvoiceview.h"
#include "findingslist.h"
#include "invoice.h"
#include "pill.h"
#include "testentry.h"

#include <QBuffer>
#include <QLabel>
#include <QPainter>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;

using State = EInvoiceReading::State;

namespace {

QByteArray pdfWith(const QByteArray &xml, const QString &printed,
                   const QString &name = QStringLiteral("factur-x.xml"))
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    if (!xml.isEmpty())
        writer.addFileAttachment(name, xml, QStringLiteral("text/xml"));
    QPainter painter(&writer);
    painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 12));
    painter.drawText(400, 400, printed);
    painter.end();
    return buffer.data();
}

const QString printed = QStringLiteral("Invoice INV-7, total 154.70 EUR");

} // namespace

class TestDocumentEInvoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void aPlainDocumentHasNone();
    void agreesWithItsPages();
    void namesWhatIsNotPrinted();
    void namesWhatTheErpSaysOtherwise();
    void isOneKeyAway();
    void standsBesideThePagesWhereThereIsRoom();
    void goesWithItsDocument();
    void saysWhyItCannotBeRead_data();
    void saysWhyItCannotBeRead();
    void anotherXmlIsNoEInvoice();
    void isSavedAsItCame();
    void aHostileNumberMakesAPlainName();
    void showsAThousandLines();
    void cutsWhatNobodyWouldRead();

private:
    static bool openWith(ViewerWindow &window, const QByteArray &pdf, State state = State::Here);
    static EInvoiceView &viewOf(ViewerWindow &window) { return *window.view.findChild<EInvoiceView *>(); }
    static Pill *mark(ViewerWindow &window)
    {
        return window.view.findChild<DocumentToolbar *>()->findChild<Pill *>();
    }
};

bool TestDocumentEInvoice::openWith(ViewerWindow &window, const QByteArray &pdf, State state)
{
    return window.open(pdf)
        && QTest::qWaitFor([&] { return window.view.einvoice().state() == state; }, 20'000)
        && (state != State::Here
            || QTest::qWaitFor([&] { return window.view.einvoice().report().pages.has_value(); }, 20'000));
}

void TestDocumentEInvoice::aPlainDocumentHasNone()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(1)));
    QVERIFY(window.settle()); // the list of files was asked for with less urgency than pages, and is answered
                              // by now
    window.view.setEInvoiceShown(true);
    QVERIFY(!window.view.isEInvoiceShown() && window.pages.isVisible());
    QVERIFY(!mark(window)->isVisible());
    window.pressKey(Qt::Key_E);
    QVERIFY(window.pages.isVisible());
}

void TestDocumentEInvoice::agreesWithItsPages()
{
    ViewerWindow window;
    window.view.setEInvoiceShown(true);
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    QVERIFY(window.view.einvoice().report().agrees());
    QCOMPARE(viewOf(window).findings().sentences(), QStringList());
    QCOMPARE(viewOf(window).findings().verdict(), QStringLiteral("This e-invoice agrees in itself."));
    QVERIFY(viewOf(window).findings().looked().endsWith(QStringLiteral("It was not compared with the ERP.")));
    window.view.setNoRecord(QStringLiteral("Its seller is another."));
    QVERIFY(viewOf(window).findings().looked().endsWith(QStringLiteral("Its seller is another.")));
    QVERIFY(mark(window)->isVisible());
    QCOMPARE(mark(window)->tone(), Tone::Ok);
    QCOMPARE(window.view.einvoice().fileName(), QStringLiteral("factur-x.xml"));
}

void TestDocumentEInvoice::namesWhatIsNotPrinted()
{
    ViewerWindow window;
    window.view.setEInvoiceShown(true);
    QVERIFY(openWith(window, pdfWith(ciiSample(), QStringLiteral("Invoice INV-7, total 145.70 EUR"))));
    QCOMPARE(viewOf(window).findings().sentences(),
             QStringList{QStringLiteral("The total of €154.70 was not found on the pages.")});
    QCOMPARE(mark(window)->tone(), Tone::Bad);
}

void TestDocumentEInvoice::namesWhatTheErpSaysOtherwise()
{
    ViewerWindow window;
    window.view.setEInvoiceShown(true);
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    Invoice record;
    record.number = "INV-7";
    record.currency = "EUR";
    record.billToName = "Harbour Supply Co.";
    record.net = {13'000};
    record.tax = {2'470};
    record.total = {15'480};
    QSignalSpy changed(&window.view, &DocumentView::einvoiceChanged);
    window.view.setRecord(record);
    QTRY_VERIFY(!changed.isEmpty());
    QVERIFY(viewOf(window).findings().sentences().contains(
        QStringLiteral("The total is €154.70, according to the ERP €154.80.")));
    QCOMPARE(mark(window)->tone(), Tone::Bad);
    changed.clear();
    record.total = {15'470};
    window.view.setRecord(record); // as when the record is corrected while it is shown
    QTRY_VERIFY(!changed.isEmpty());
    const QStringList left = viewOf(window).findings().sentences();
    QVERIFY2(left.filter(QStringLiteral("The total is")).isEmpty(), qPrintable(left.join(u'\n')));
}

void TestDocumentEInvoice::isOneKeyAway()
{
    ViewerWindow window({700, 800});
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    QVERIFY(window.pages.isVisible() && !window.view.isEInvoiceShown());
    QVERIFY(!viewOf(window).findChild<EInvoiceSheet *>()); // nothing is built for nobody
    window.pressKey(Qt::Key_E);
    QVERIFY(viewOf(window).isVisible() && !window.pages.isVisible());
    auto *sheet = viewOf(window).findChild<EInvoiceSheet *>();
    QVERIFY(sheet);
    QStringList shown;
    for (const QLabel *label : sheet->findChildren<QLabel *>())
        shown.append(label->text());
    for (const char *text :
         {"Invoice INV-7", "€154.70", "€104.70", "Meridian Trade Supply", "Harbour Supply Co.", "PO-4500",
          "RF-7", "Thank you & goodbye", "30 days net", "DE02120300000000202051"})
        QVERIFY2(shown.contains(QString::fromUtf8(text)), text);
    QCOMPARE(sheet->findChildren<QTableView *>().size(), 3); // lines, discounts and charges, taxes
    QTest::mouseClick(mark(window), Qt::LeftButton);
    QVERIFY(window.pages.isVisible() && !viewOf(window).isVisible());
}

void TestDocumentEInvoice::standsBesideThePagesWhereThereIsRoom()
{
    ViewerWindow window({1400, 800});
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    window.view.setEInvoiceShown(true);
    QVERIFY(viewOf(window).isVisible() && window.pages.isVisible());
    window.view.resize(600, 800);
    QTRY_VERIFY(!window.pages.isVisible());
    QVERIFY(viewOf(window).isVisible());
}

void TestDocumentEInvoice::goesWithItsDocument()
{
    ViewerWindow window;
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    window.view.setEInvoiceShown(true);
    QVERIFY(window.open(colouredPdf(1)));
    QVERIFY(!window.view.isEInvoiceShown() && window.pages.isVisible() && !mark(window)->isVisible());
    QVERIFY(openWith(window, pdfWith(ublSample(), printed, QStringLiteral("xrechnung.xml"))));
    QVERIFY(window.view.isEInvoiceShown()); // as the person left it
    QCOMPARE(window.view.einvoice().report().invoice->syntax, EInvoice::Syntax::Ubl);
}

void TestDocumentEInvoice::saysWhyItCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("cut short") << ciiSample().left(2'000);
    QTest::newRow("bomb") << QByteArray(
        "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><r>&b;</r>");
    QTest::newRow("no invoice") << QByteArray("<html/>");
    QTest::newRow("no xml") << QByteArray(1'000, '\xff');
}

void TestDocumentEInvoice::saysWhyItCannotBeRead()
{
    QFETCH(QByteArray, xml);
    ViewerWindow window;
    QVERIFY(openWith(window, pdfWith(xml, printed), State::Unreadable));
    QVERIFY(!window.view.einvoice().error().userText.isEmpty());
    QCOMPARE(mark(window)->tone(), Tone::Warn);
    QCOMPARE(window.view.einvoice().xml(), xml); // and can be saved all the same
    QVERIFY(window.settle());
}

void TestDocumentEInvoice::anotherXmlIsNoEInvoice()
{
    ViewerWindow window;
    QVERIFY(openWith(window, pdfWith("<html/>", printed, QStringLiteral("data.xml")), State::None));
    QVERIFY(!mark(window)->isVisible());
    QVERIFY(openWith(window, pdfWith(ublSample(), printed, QStringLiteral("data.xml"))));
}

void TestDocumentEInvoice::isSavedAsItCame()
{
    ViewerWindow window;
    QVERIFY(openWith(window, pdfWith(ciiSample(), printed)));
    const QTemporaryDir dir;
    QSignalSpy saved(&viewOf(window), &EInvoiceView::saved);
    QSignalSpy failed(&viewOf(window), &EInvoiceView::saveFailed);
    const QString file = dir.filePath(window.view.einvoice().suggestedName());
    viewOf(window).saveTo(file);
    QTRY_COMPARE(saved.size(), 1);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), ciiSample());
    viewOf(window).saveTo(dir.filePath(QStringLiteral("no/such/folder.xml")));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!failed[0][0].toString().isEmpty());
}

void TestDocumentEInvoice::aHostileNumberMakesAPlainName()
{
    ViewerWindow window;
    QVERIFY(openWith(window, pdfWith(ciiSample().replace("INV-7", "../../.bashrc\\CON:7"), printed)));
    QCOMPARE(window.view.einvoice().suggestedName(), QStringLiteral("bashrc-CON-7.xml"));
}

void TestDocumentEInvoice::showsAThousandLines()
{
    ViewerWindow window;
    const QByteArray line = "<cac:InvoiceLine><cbc:ID>9</cbc:ID><cac:Item><cbc:Name>Nut</cbc:Name></"
                            "cac:Item></cac:InvoiceLine>";
    QVERIFY(openWith(
        window, pdfWith(ublSample().replace("</Invoice>", line.repeated(1'000) + "</Invoice>"), printed)));
    window.view.setEInvoiceShown(true);
    const auto tables = viewOf(window).findChildren<QTableView *>();
    QCOMPARE(tables.first()->model()->rowCount(), int(EInvoiceSheet::linesShown));
}

void TestDocumentEInvoice::cutsWhatNobodyWouldRead()
{
    ViewerWindow window;
    const QByteArray note = "<ram:IncludedNote><ram:Content>" + QByteArray("lots of words ").repeated(1'000)
        + "</ram:Content></ram:IncludedNote>";
    QVERIFY(openWith(window,
                     pdfWith(ciiSample().replace("</rsm:ExchangedDocument>",
                                                 note.repeated(50) + "</rsm:ExchangedDocument>"),
                             printed)));
    window.view.setEInvoiceShown(true);
    QStringList shown;
    for (const QLabel *label : viewOf(window).findChild<EInvoiceSheet *>()->findChildren<QLabel *>())
        shown.append(label->text());
    QVERIFY(shown.contains(QStringLiteral("The rest is in the XML.")));
    QVERIFY(std::ranges::all_of(shown, [](const QString &text) { return text.size() <= 20'000; }));
}

WINDOW_TEST(TestDocumentEInvoice)
#include "tst_documenteinvoice.moc"

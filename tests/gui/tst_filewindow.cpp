#include "documentview.h"
#include "einvoicereading.h"
#include "einvoicesamples.h"
#include "filewindow.h"
#include "filewindows.h"
#include "pdfs.h"
#include "testentry.h"
#include "theme.h"
#include "windowfixture.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>

using namespace Counterfoil;

// Files from anywhere, in windows of their own.
class TestFileWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void aDroppedPdfOpens();
    void anXmlFileIsAnEInvoice();
    void ourOwnInvoiceIsComparedWithTheErp_data();
    void ourOwnInvoiceIsComparedWithTheErp();
    void whatIsNoFileIsLeftAlone();
    void soManyAtMost();
    void canBeAskedForByKey();

private:
    static void enter(Fixture &f, const QString &supplier = QStringLiteral("Meridian Trade Supply"));
    static bool drop(Fixture &f, const QList<QUrl> &urls);
    static FileWindows &windows(Fixture &f) { return *f.workspace().findChild<FileWindows *>(); }
    QString file(const QString &name, const QByteArray &bytes);

    std::unique_ptr<Theme> m_theme;
    QTemporaryDir m_dir;
};

void TestFileWindow::enter(Fixture &f, const QString &supplier)
{
    Person person = buyer();
    person.supplier = supplier;
    f.show(person, QStringLiteral(RENDER_PROGRAM));
}

// As the window system does: a drop follows where the drag was taken.
bool TestFileWindow::drop(Fixture &f, const QList<QUrl> &urls)
{
    QMimeData mime;
    mime.setUrls(urls);
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&f.workspace(), &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent dropped(QPointF(9, 9), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.workspace(), &dropped);
    return true;
}

QString TestFileWindow::file(const QString &name, const QByteArray &bytes)
{
    QFile file(m_dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("a file cannot be written");
    return file.fileName();
}

void TestFileWindow::aDroppedPdfOpens()
{
    Fixture f(*m_theme);
    enter(f);
    const QString pdf
        = file(QStringLiteral("from a mail.pdf"), pdfWithFiles({{"factur-x.xml", ciiSample()}}));
    QVERIFY(drop(f, {QUrl::fromLocalFile(pdf)}));
    FileWindow *window = windows(f).find(pdf);
    QVERIFY(window && window->isVisible());
    QCOMPARE(window->windowTitle(), QStringLiteral("from a mail.pdf"));
    QTRY_VERIFY_WITH_TIMEOUT(window->document()->isOpen(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(window->einvoice().state() == EInvoiceReading::State::Here, 20'000);
    QCOMPARE(window->einvoice().report().invoice->number, QStringLiteral("INV-7"));
    QVERIFY(window->document()->isEInvoiceShown());
    QVERIFY(!window->einvoice().report().record); // the ERP knows no INV-7
    QVERIFY(window->actions().find(QStringLiteral("document.einvoice")));
    QVERIFY(drop(f, {QUrl::fromLocalFile(pdf)})); // once more: it comes forward
    QCOMPARE(windows(f).find(pdf), window);
}

void TestFileWindow::anXmlFileIsAnEInvoice()
{
    Fixture f(*m_theme);
    enter(f);
    const QString xml = file(QStringLiteral("a.xml"), ublSample());
    QVERIFY(drop(f, {QUrl::fromLocalFile(xml)}));
    FileWindow *window = windows(f).find(xml);
    QVERIFY(window && !window->document());
    QTRY_VERIFY(window->einvoice().state() == EInvoiceReading::State::Here);
    QVERIFY(window->einvoice().report().agrees());
    const QString gone = m_dir.filePath(QStringLiteral("gone.xml"));
    QVERIFY(windows(f).open(gone));
    QTRY_VERIFY(windows(f).find(gone)->einvoice().state() == EInvoiceReading::State::Unreadable);
}

void TestFileWindow::ourOwnInvoiceIsComparedWithTheErp_data()
{
    QTest::addColumn<QString>("supplier");
    QTest::addColumn<bool>("compared");
    QTest::newRow("ours") << QStringLiteral("meridian trade supply") << true;
    QTest::newRow("another's with the same number") << QStringLiteral("Somebody Else Ltd") << false;
}

void TestFileWindow::ourOwnInvoiceIsComparedWithTheErp()
{
    QFETCH(QString, supplier);
    QFETCH(bool, compared);
    Fixture f(*m_theme);
    enter(f, supplier);
    const QString xml = file(QStringLiteral("ours.xml"), ciiSample().replace("INV-7", "INV-88213"));
    QVERIFY(windows(f).open(xml));
    const EInvoiceReading &reading = windows(f).find(xml)->einvoice();
    QTRY_VERIFY(reading.state() == EInvoiceReading::State::Here);
    if (compared)
        QTRY_VERIFY(reading.report().record.has_value() && !reading.report().agrees());
    else
        QTRY_VERIFY(reading.report().whyNoRecord.contains(QStringLiteral("another seller")));
}

void TestFileWindow::whatIsNoFileIsLeftAlone()
{
    Fixture f(*m_theme);
    enter(f);
    QVERIFY(!drop(f, {QUrl(QStringLiteral("https://example.com/a.pdf"))}));
    QVERIFY(!drop(f, {QUrl::fromLocalFile(QStringLiteral("/tmp/a.exe"))}));
    const QString notPdf = file(QStringLiteral("liar.pdf"), "MZ");
    QVERIFY(drop(f, {QUrl::fromLocalFile(notPdf)}));
    QSignalSpy failed(windows(f).find(notPdf)->document(), &DocumentView::failed);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
}

void TestFileWindow::soManyAtMost()
{
    Fixture f(*m_theme);
    enter(f);
    for (int i = 0; i < FileWindows::most; ++i)
        QVERIFY(windows(f).open(m_dir.filePath(QStringLiteral("%1.xml").arg(i))));
    QVERIFY(!windows(f).open(m_dir.filePath(QStringLiteral("one more.xml"))));
    QTRY_COMPARE(f.toast(), QStringLiteral("No more windows can be opened at once. Close one first."));
    windows(f).find(m_dir.filePath(QStringLiteral("3.xml")))->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(windows(f).open(m_dir.filePath(QStringLiteral("one more.xml"))));
}

void TestFileWindow::canBeAskedForByKey()
{
    Fixture f(*m_theme);
    enter(f);
    const QAction *open = f.action("file.open");
    QVERIFY(open && !open->shortcut().isEmpty());
}

WINDOW_TEST(TestFileWindow)
#include "tst_filewindow.moc"

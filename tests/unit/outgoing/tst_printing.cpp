#include "heldport.h"
#include "ownqueue.h"
#include "pagerenderer.h"
#include "pdfs.h"
#include "printstep.h"
#include "renderanswers.h"
#include "testentry.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPluginLoader>
#include <QSemaphore>
#include <QtTest>

using namespace Counterfoil;

// What comes out of the printer: of one that only takes notes, and of a real queue of CUPS.
class TestPrinting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsTheRangeInOrder();
    void printsPagesHereAndThere();
    void readsRangesOfPages_data();
    void readsRangesOfPages();
    void fitsOrKeepsTheSize_data();
    void fitsOrKeepsTheSize();
    void saysWhatAPrinterDidNotTake();
    void namesADamagedDocument();
    void cancelStopsThePrinter();
    void nobodyWaitsForAPrinterThatHangs();
    void printsToAQueueOfCups();

private:
    HeldPort m_port;
};

namespace {

using State = DocumentBatch::State;

struct Notes
{
    QStringList said;
    QList<QImage> sheets; // as they would look, a pixel a point
    bool refuses = false;
    bool aborted = false;
    bool hangs = false;
    QSemaphore asked;
    QSemaphore answers; // of one that hangs
};

class NotingPaper final : public PrintedPaper
{
public:
    explicit NotingPaper(const std::shared_ptr<Notes> &notes)
        : m_kept(notes)
        , m_notes(*notes)
    { }
    bool begin(const QString &printer, const QString &title, int copies, int, bool landscape) override
    {
        m_notes.said.append(QStringLiteral("%1 %2 x%3").arg(printer, title).arg(copies));
        m_notes.asked.release();
        if (m_notes.hangs)
            m_notes.answers.acquire();
        return !m_notes.refuses && nextSheet(landscape);
    }
    bool nextSheet(bool landscape) override
    {
        m_landscape = landscape;
        QImage sheet(area().toSize(), QImage::Format_RGB32);
        sheet.fill(Qt::white);
        m_notes.sheets.append(sheet);
        return true;
    }
    QSizeF area() const override { return m_landscape ? QSizeF(800, 550) : QSizeF(550, 800); }
    void draw(const QImage &image, const QRectF &place) override
    {
        QPainter painter(&m_notes.sheets.last());
        painter.drawImage(place, image);
    }
    bool end() override
    {
        m_notes.said.append(QStringLiteral("end"));
        return true;
    }
    void abort() override { m_notes.aborted = true; }

private:
    const std::shared_ptr<Notes> m_kept; // also when the test is over
    Notes &m_notes;
    bool m_landscape = false;
};

class NotingPrinters final : public PrinterDoor
{
public:
    QStringList printers() const override { return {QStringLiteral("desk")}; }
    QString usualPrinter() const override { return QStringLiteral("desk"); }
    std::unique_ptr<PrintedPaper> paper() const override { return std::make_unique<NotingPaper>(kept); }
    const std::shared_ptr<Notes> kept = std::make_shared<Notes>();
    Notes &notes = *kept;
};

PrintStep::Order onDesk()
{
    PrintStep::Order order;
    order.printer = QStringLiteral("desk");
    return order;
}

std::unique_ptr<PrintStep> stepFor(PrinterDoor &printers, const PrintStep::Order &order)
{
    return std::make_unique<PrintStep>(printers, QStringLiteral(RENDER_PROGRAM), order);
}

// Where page `page`, from 0, of squaresPdf() is black, in points from the top left.
QRectF squareOf(int page)
{
    return {100, 100.0 + 120 * page, 100, 100};
}

QByteArray squaresPdf(int pages)
{
    QList<QByteArray> objects{"<</Type/Catalog/Pages 2 0 R>>", {}};
    QByteArray kids;
    for (int page = 0; page < pages; ++page) {
        const QByteArray object = QByteArray::number(3 + 2 * page);
        const QByteArray bottom = QByteArray::number(842 - squareOf(page).bottom());
        kids += object + " 0 R ";
        objects.append("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents "
                       + QByteArray::number(4 + 2 * page) + " 0 R>>");
        objects.append(streamObject("100 " + bottom + " 100 100 re f"));
    }
    objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + QByteArray::number(pages) + ">>";
    return pdfOf(objects);
}

int darkPixels(const QImage &image)
{
    int dark = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            dark += qGray(image.pixel(x, y)) < 128;
    }
    return dark;
}

} // namespace

void TestPrinting::printsTheRangeInOrder()
{
    NotingPrinters printers;
    PrintStep::Order order = onDesk();
    order.copies = 3;
    order.pages = {{2, 3}};
    DocumentBatch batch(
        {m_port.put(QStringLiteral("INV-1"), plainPdf(5)), m_port.put(QStringLiteral("INV-2"), plainPdf(2))},
        stepFor(printers, order), m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 30'000);
    QCOMPARE(printers.notes.said,
             (QStringList{QStringLiteral("desk INV-1 x3"), QStringLiteral("end"),
                          QStringLiteral("desk INV-2 x3"), QStringLiteral("end")}));
    QCOMPARE(printers.notes.sheets.size(), 3);
    for (const QImage &sheet : std::as_const(printers.notes.sheets))
        QVERIFY(darkPixels(sheet) > 8'000);
}

void TestPrinting::printsPagesHereAndThere()
{
    NotingPrinters printers;
    PrintStep::Order order = onDesk();
    order.pages = {{5, 5}, {2, 3}, {4, 0}, {9, 12}}; // of five
    DocumentBatch batch({m_port.put(QStringLiteral("INV-1"), squaresPdf(5))}, stepFor(printers, order),
                        m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 30'000);
    const std::vector<int> wanted{4, 1, 2, 3, 4};
    QCOMPARE(printers.notes.sheets.size(), wanted.size());
    for (std::size_t sheet = 0; sheet < wanted.size(); ++sheet) {
        // On paper that is smaller than the page.
        const double scale = 550.0 / 595;
        const QPointF at = squareOf(wanted[sheet]).center() * scale + QPointF(0, (800 - 842 * scale) / 2);
        QVERIFY(qGray(printers.notes.sheets[qsizetype(sheet)].pixel(at.toPoint())) < 128);
    }
    order.pages = {{6, 0}};
    DocumentBatch none({m_port.put(QStringLiteral("INV-2"), squaresPdf(5))}, stepFor(printers, order),
                       m_port);
    none.start();
    QTRY_COMPARE_WITH_TIMEOUT(none.state(), State::Done, 30'000);
    QVERIFY(none.items()[0].error.userText.contains(QStringLiteral("none of those")));
}

void TestPrinting::readsRangesOfPages_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("pages"); // the first and the last of each; none: refused
    QTest::newRow("all") << QString() << QList<int>{1, 0};
    QTest::newRow("one") << QStringLiteral(" 3 ") << QList<int>{3, 3};
    QTest::newRow("some") << QStringLiteral("2-5") << QList<int>{2, 5};
    QTest::newRow("on") << QStringLiteral("2-") << QList<int>{2, 0};
    QTest::newRow("here and there") << QStringLiteral("7, 1-3 ,5–") << QList<int>{7, 7, 1, 3, 5, 0};
    QTest::newRow("none") << QStringLiteral("0") << QList<int>();
    QTest::newRow("backwards") << QStringLiteral("5-2") << QList<int>();
    QTest::newRow("words") << QStringLiteral("two") << QList<int>();
    QTest::newRow("nothing between") << QStringLiteral("1,,2") << QList<int>();
    QTest::newRow("endless") << QStringLiteral("1-99999999999999") << QList<int>();
    QTest::newRow("too many") << QStringLiteral("1,").repeated(PrintStep::mostRanges) + u'1' << QList<int>();
}

void TestPrinting::readsRangesOfPages()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, pages);
    QList<int> read;
    for (const PrintStep::Range &range : PrintStep::rangesIn(text))
        read << range.first << range.last;
    QCOMPARE(read, pages);
}

void TestPrinting::fitsOrKeepsTheSize_data()
{
    QTest::addColumn<bool>("actual");
    QTest::newRow("fit") << false;
    QTest::newRow("actual") << true;
}

void TestPrinting::fitsOrKeepsTheSize()
{
    QFETCH(bool, actual);
    NotingPrinters printers;
    PrintStep::Order order = onDesk();
    order.actualSize = actual;
    DocumentBatch batch({m_port.put(QStringLiteral("INV-1"), plainPdf(1))}, stepFor(printers, order), m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 30'000);
    const QImage &sheet = printers.notes.sheets.first();
    // The square of 100 points at (100, 100), on paper of 595 by 842 points that the printer reaches 550 by
    // 800 of.
    const double scale = actual ? 1 : 550.0 / 595;
    const QPointF origin((550 - 595 * scale) / 2, (800 - 842 * scale) / 2);
    const auto dark = [&](double x, double y) {
        const QPointF at = origin + QPointF(x, y) * scale;
        return qGray(sheet.pixel(at.toPoint())) < 128;
    };
    QVERIFY(dark(103, 103) && dark(197, 197));
    QVERIFY(!dark(97, 150) && !dark(203, 150));
}

void TestPrinting::saysWhatAPrinterDidNotTake()
{
    NotingPrinters printers;
    printers.notes.refuses = true;
    DocumentBatch batch({m_port.put(QStringLiteral("INV-1"), plainPdf(1))}, stepFor(printers, onDesk()),
                        m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 30'000);
    QVERIFY(batch.items()[0].error.userText.contains(QStringLiteral("“desk”")));
    printers.notes.refuses = false;
    batch.retryFailed();
    QTRY_COMPARE_WITH_TIMEOUT(batch.count(DocumentBatch::ItemState::Taken), 1U, 30'000);
}

void TestPrinting::namesADamagedDocument()
{
    NotingPrinters printers;
    DocumentBatch batch(
        {m_port.put(QStringLiteral("INV-1"), "no"), m_port.put(QStringLiteral("INV-2"), plainPdf(1))},
        stepFor(printers, onDesk()), m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 30'000);
    QVERIFY(!batch.items()[0].error.userText.isEmpty());
    QCOMPARE(printers.notes.sheets.size(), 1);
}

void TestPrinting::cancelStopsThePrinter()
{
    NotingPrinters printers;
    DocumentBatch batch({m_port.put(QStringLiteral("INV-1"), plainPdf(200))}, stepFor(printers, onDesk()),
                        m_port);
    batch.start();
    QTRY_VERIFY_WITH_TIMEOUT(!printers.notes.said.isEmpty(), 30'000);
    batch.cancel();
    QTRY_VERIFY(printers.notes.aborted);
    QVERIFY(!printers.notes.said.contains(QStringLiteral("end")));
}

void TestPrinting::nobodyWaitsForAPrinterThatHangs()
{
    NotingPrinters printers;
    printers.notes.hangs = true;
    // Nobody may wait for this one: a test that does hangs, and is stopped from outside.
    auto batch = std::make_unique<DocumentBatch>(
        std::vector{m_port.put(QStringLiteral("INV-1"), plainPdf(1))}, stepFor(printers, onDesk()), m_port);
    batch->start();
    QTRY_VERIFY_WITH_TIMEOUT(printers.notes.asked.available() > 0, 30'000);
    batch.reset();
    QVERIFY(!printers.notes.aborted);
    printers.notes.answers.release();
    QTRY_VERIFY(printers.notes.aborted); // it had the paper for as long
    QCOMPARE(printers.notes.said, QStringList{QStringLiteral("desk INV-1 x1")});
}

// A range of pages, twice, from the document to what a printer gets, each page with what is on it.
void TestPrinting::printsToAQueueOfCups()
{
    if (!OwnQueue::isInstalled())
        QSKIP("CUPS is not installed here; packaging/debian-packages.txt says what there must be.");
    OwnQueue queue;
    QVERIFY2(queue.start(), queue.log().constData());
    QPluginLoader loader(QStringLiteral(PRINTING_PLUGIN));
    auto *printers = qobject_cast<PrinterDoor *>(loader.instance());
    QVERIFY2(printers, qPrintable(loader.errorString()));
    QCOMPARE(printers->printers(), QStringList{queue.name()});
    QCOMPARE(printers->usualPrinter(), queue.name());
    PrintStep::Order order;
    order.printer = queue.name();
    order.copies = 2;
    order.pages = {{2, 3}};
    DocumentBatch batch({m_port.put(QStringLiteral("INV-88213"), squaresPdf(5))}, stepFor(*printers, order),
                        m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 60'000);
    QVERIFY2(batch.items()[0].error.userText.isEmpty(), qPrintable(batch.items()[0].error.userText));
    QTRY_VERIFY2_WITH_TIMEOUT(!queue.printed().isEmpty(), queue.log().right(4'000).constData(), 60'000);
    PdfFolder folder;
    PageRenderer renderer(QStringLiteral(RENDER_PROGRAM));
    RenderAnswers answers(renderer);
    const auto ticket = renderer.open(folder.file(queue.printed()));
    QVERIFY(answers.waitFor(ticket));
    QVERIFY2(answers.opened.contains(ticket), qPrintable(answers.failed.value(ticket).userText));
    QCOMPARE(answers.opened[ticket].pages.size(), std::size_t(4));
    for (int sheet = 0; sheet < 4; ++sheet) {
        const auto drawn = renderer.draw(sheet, 1, 0, {}, 0);
        QVERIFY(answers.waitFor(drawn));
        for (int page = 0; page < 5; ++page)
            QCOMPARE(qGray(answers.drawn[drawn].pixel(squareOf(page).center().toPoint())) < 128,
                     page == 1 + sheet % 2);
    }
}

GUI_TEST(TestPrinting)
#include "tst_printing.moc"

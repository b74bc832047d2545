// Pages as a person would look at them: opened, drawn, turned, cut out, read and searched, by the real
// worker.

#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "renderprotocol.h"
#include "testentry.h"

#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

namespace {

int blackIn(const QImage &image)
{
    int black = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            black += qGray(image.pixel(x, y)) < 64 ? 1 : 0;
    }
    return black;
}

QString joined(const std::vector<TextBox> &words)
{
    QStringList texts;
    for (const TextBox &word : words)
        texts.append(word.text);
    return texts.join(u' ');
}

// How often the process has touched memory that the system had yet to give to it, see proc(5).
qint64 memoryTaken(qint64 process)
{
    constexpr int field = 10 - 3; // behind the name, which may have blanks
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray all = file.readAll();
    return all.mid(all.lastIndexOf(')') + 2).split(' ').value(field).toLongLong();
}

} // namespace

class TestPageRenderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aDocumentTellsItsPagesAndTitle();
    void aPageIsDrawnAtTheSizeAsked_data();
    void aPageIsDrawnAtTheSizeAsked();
    void aPageIsDrawnInMemoryThatIsAtHand();
    void aPartIsThatPartOfThePage();
    void aPartBeyondThePageIsCutToIt();
    void pagesOfManyShapes();
    void whatIsMoreUrgentComesFirst();
    void urgencyChangesWhileItWaits();
    void whatIsDroppedIsNotAnswered();
    void anotherDocumentTakesThePlace();
    void textComesInReadingOrder();
    void findGoesThroughThePages();
    void findGoesAcrossLines();
    void embeddedFilesAreUnpacked();
    void whatUnpacksToTooMuchIsRefused();
    void darkPagesKeepTheirHues();
    void whatIsNotThereIsRefused();
    void tooManyAreRefusedTheLeastUrgentFirst();
    void fiveHundredPagesOpenAtOnce();
    void itMayBeDeletedByWhoHearsOfIt();

private:
    quint64 open(const QByteArray &pdf);

    PdfFolder m_folder;
    std::unique_ptr<PageRenderer> m_renderer;
    std::unique_ptr<RenderAnswers> m_answers;
};

void TestPageRenderer::init()
{
    m_renderer = std::make_unique<PageRenderer>(QStringLiteral(RENDER_PROGRAM));
    m_answers = std::make_unique<RenderAnswers>(*m_renderer);
}

void TestPageRenderer::cleanup()
{
    m_answers.reset();
    m_renderer.reset();
}

quint64 TestPageRenderer::open(const QByteArray &pdf)
{
    const quint64 ticket = m_renderer->open(m_folder.file(pdf));
    m_answers->waitFor(ticket);
    return ticket;
}

void TestPageRenderer::aDocumentTellsItsPagesAndTitle()
{
    const quint64 ticket = open(plainPdf(3, QStringLiteral("Invoice 90 für Łódź")));
    QVERIFY2(m_answers->opened.contains(ticket), qPrintable(m_answers->failed.value(ticket).detail));
    const OpenedDocument document = m_answers->opened.value(ticket);
    QCOMPARE(document.title, QStringLiteral("Invoice 90 für Łódź"));
    QCOMPARE(document.pages.size(), size_t(3));
    QVERIFY(qAbs(document.pages[2].size.width() - 595) <= 1);
    QVERIFY(qAbs(document.pages[2].size.height() - 842) <= 1);
}

void TestPageRenderer::aPageIsDrawnAtTheSizeAsked_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("rotation");
    QTest::addColumn<QPoint>("inSquare"); // in points of the page so turned
    QTest::newRow("thumbnail") << 0.2 << 0 << QPoint(150, 150);
    QTest::newRow("as it is") << 1.0 << 0 << QPoint(150, 150);
    QTest::newRow("twice, for a dense screen") << 2.0 << 0 << QPoint(150, 150);
    QTest::newRow("odd zoom") << 1.37 << 0 << QPoint(150, 150);
    QTest::newRow("to the right") << 1.0 << 90 << QPoint(842 - 150, 150);
    QTest::newRow("upside down") << 1.0 << 180 << QPoint(595 - 150, 842 - 150);
    QTest::newRow("to the left") << 1.5 << 270 << QPoint(150, 595 - 150);
    QTest::newRow("to the left, said otherwise") << 1.5 << -90 << QPoint(150, 595 - 150);
}

void TestPageRenderer::aPageIsDrawnAtTheSizeAsked()
{
    QFETCH(double, zoom);
    QFETCH(int, rotation);
    QFETCH(QPoint, inSquare);
    const quint64 document = open(plainPdf(1));
    const quint64 ticket = m_renderer->draw(0, zoom, rotation, {}, 0);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    const QImage image = m_answers->drawn.value(ticket);
    const PageInfo page = m_answers->opened.value(document).pages.at(0);
    QCOMPARE(image.size(), PageRenderer::pixelSize(page, zoom, rotation));
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
    QCOMPARE(image.pixelColor((QPointF(inSquare) * zoom).toPoint()), QColor(Qt::black));
    const double expected = 100 * 100 * zoom * zoom;
    QVERIFY2(blackIn(image) > expected * 0.9 && blackIn(image) < expected * 2,
             qPrintable(QString::number(blackIn(image))));
}

// A tenth of the time would go into taking and emptying what the page before has just given back.
void TestPageRenderer::aPageIsDrawnInMemoryThatIsAtHand()
{
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("Another allocator, which does as it likes.");
#endif
    constexpr double zoom = 150.0 / 72;
    constexpr qint64 bytesAtOnce = 4096;
    const quint64 opened = open(plainPdf(3));
    const PageInfo page = m_answers->opened.value(opened).pages.at(0);
    const QSize size = PageRenderer::pixelSize(page, zoom, 0);
    QVERIFY(m_answers->waitFor(m_renderer->draw(0, zoom, 0, {}, 0), soonMs));
    const qint64 before = memoryTaken(m_renderer->workerProcessId());
    QVERIFY(before > 0);
    QVERIFY(m_answers->waitFor(m_renderer->draw(1, zoom, 0, {}, 0), soonMs));
    const qint64 taken = memoryTaken(m_renderer->workerProcessId()) - before;
    QVERIFY2(taken < qint64(size.width()) * size.height() * 4 / bytesAtOnce / 4,
             qPrintable(QString::number(taken)));
}

void TestPageRenderer::aPartIsThatPartOfThePage()
{
    open(plainPdf(1));
    const QRect part(150, 260, 333, 217); // where the text is
    const quint64 whole = m_renderer->draw(0, 2, 0, {}, 0);
    const quint64 cut = m_renderer->draw(0, 2, 0, part.translated(100, 280), 0);
    QVERIFY(m_answers->waitFor(cut, soonMs));
    QVERIFY(m_answers->waitFor(whole, soonMs));
    const QImage expected = m_answers->drawn.value(whole).copy(part.translated(100, 280));
    QCOMPARE(m_answers->drawn.value(cut), expected);
    QVERIFY(blackIn(expected) > 100);
}

void TestPageRenderer::aPartBeyondThePageIsCutToIt()
{
    open(plainPdf(1));
    const quint64 corner = m_renderer->draw(0, 1, 0, QRect(500, 800, 1000, 1000), 0);
    const quint64 outside = m_renderer->draw(0, 1, 0, QRect(5000, 0, 10, 10), 0);
    QVERIFY(m_answers->waitFor(outside, soonMs));
    QVERIFY(m_answers->waitFor(corner, soonMs));
    QCOMPARE(m_answers->drawn.value(corner).size(), QSize(595 - 500, 842 - 800));
    QVERIFY(!m_answers->failed.value(outside).userText.isEmpty());
}

void TestPageRenderer::pagesOfManyShapes()
{
    // Each with a black square of 50 points at the top left of what is to be seen.
    const auto page = [](const char *entries, int left, int bottom, int contents) {
        Q_UNUSED(left)
        Q_UNUSED(bottom)
        return QByteArray("<</Type/Page/Parent 2 0 R") + entries + "/Contents " + QByteArray::number(contents)
            + " 0 R>>";
    };
    const QByteArray pdf
        = pdfOf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 6 0 R]/Count 4>>",
                 page("/MediaBox[0 0 300 200]", 0, 0, 7), page("/MediaBox[0 0 300 200]/Rotate 90", 0, 0, 8),
                 page("/MediaBox[0 0 300 200]/CropBox[100 50 200 150]", 0, 0, 9),
                 page("/MediaBox[-100 -100 100 300]/Rotate 180", 0, 0, 10), streamObject("0 150 50 50 re f"),
                 streamObject("0 0 50 50 re f"), streamObject("100 100 50 50 re f"),
                 streamObject("50 -100 50 50 re f")});
    const quint64 ticket = open(pdf);
    const auto pages = m_answers->opened.value(ticket).pages;
    QCOMPARE(pages.size(), size_t(4));
    const QList<QSizeF> sizes{{300, 200}, {200, 300}, {100, 100}, {200, 400}};
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(pages[size_t(i)].size, sizes.at(i));
        const quint64 drawing = m_renderer->draw(i, 1, 0, {}, 0);
        QVERIFY(m_answers->waitFor(drawing, soonMs));
        const QImage image = m_answers->drawn.value(drawing);
        QCOMPARE(image.size(), sizes.at(i).toSize());
        QCOMPARE(image.pixelColor(25, 25), QColor(Qt::black));
        QCOMPARE(image.pixelColor(75, 75), QColor(Qt::white));
        QCOMPARE(blackIn(image), 2500);
    }
}

void TestPageRenderer::whatIsMoreUrgentComesFirst()
{
    open(plainPdf(5));
    QList<quint64> tickets;
    for (const int urgency : {0, 1, 5, 1, 9})
        tickets.append(m_renderer->draw(int(tickets.size()), 1, 0, {}, urgency));
    QVERIFY(m_answers->waitFor(tickets.at(0), soonMs));
    const QList<quint64> expected{tickets.at(4), tickets.at(2), tickets.at(1), tickets.at(3), tickets.at(0)};
    QCOMPARE(m_answers->order.mid(1), expected);
}

void TestPageRenderer::urgencyChangesWhileItWaits()
{
    open(plainPdf(3));
    const quint64 seen = m_renderer->draw(0, 1, 0, {}, 3);
    const quint64 ahead = m_renderer->draw(1, 1, 0, {}, 0);
    const quint64 further = m_renderer->draw(2, 1, 0, {}, 0);
    m_renderer->setUrgency(seen, 0);
    m_renderer->setUrgency(further, 3);
    m_renderer->setUrgency(987654321, 9);
    QVERIFY(m_answers->waitFor(ahead, soonMs));
    QCOMPARE(m_answers->order.mid(1), (QList<quint64>{further, seen, ahead}));
}

void TestPageRenderer::whatIsDroppedIsNotAnswered()
{
    open(plainPdf(3));
    const quint64 first = m_renderer->draw(0, 1, 0, {}, 2);
    const quint64 second = m_renderer->draw(1, 1, 0, {}, 1);
    const quint64 third = m_renderer->draw(2, 1, 0, {}, 0);
    m_renderer->drop(second);
    m_renderer->drop(second);
    m_renderer->drop(987654321);
    QVERIFY(m_answers->waitFor(third, soonMs));
    QVERIFY(m_answers->has(first));
    QVERIFY(!m_answers->has(second));
}

void TestPageRenderer::anotherDocumentTakesThePlace()
{
    const QString large = m_folder.file(plainPdf(40));
    const QString small = m_folder.file(plainPdf(2));
    const quint64 passedOver = m_renderer->open(large);
    const quint64 first = m_renderer->open(small);
    QVERIFY(m_answers->waitFor(first, soonMs));
    QVERIFY(!m_answers->has(passedOver));
    QCOMPARE(m_answers->opened.value(first).pages.size(), size_t(2));
    const quint64 page = m_renderer->draw(0, 1, 0, {}, 0);
    const quint64 second = m_renderer->open(large);
    const quint64 early = m_renderer->draw(0, 1, 0, {}, 0);
    QVERIFY(m_answers->waitFor(second, soonMs));
    QVERIFY(!m_answers->has(page));
    QCOMPARE(m_answers->opened.value(second).pages.size(), size_t(40));
    QVERIFY(m_answers->failed.contains(early)); // nobody knew its pages yet
    m_renderer->close();
    const quint64 late = m_renderer->draw(0, 1, 0, {}, 0);
    QVERIFY(m_answers->waitFor(late, soonMs));
    QVERIFY(m_answers->failed.contains(late));
}

void TestPageRenderer::textComesInReadingOrder()
{
    open(plainPdf(2));
    const quint64 ticket = m_renderer->text(1);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    const std::vector<TextBox> words = m_answers->words.value(ticket);
    QVERIFY2(
        joined(words).startsWith(QStringLiteral("Page 2 of Pages Line 0 with bolts, nuts and 12.50 Line 1")),
        qPrintable(joined(words)));
    QVERIFY(words.at(0).spaceAfter);
    // It stands where it is drawn: from (100, 300), the base line, upwards.
    QVERIFY(words.at(0).box.contains(QPointF(105, 295)));
    QVERIFY(words.at(0).box.height() < 40);
}

void TestPageRenderer::findGoesThroughThePages()
{
    open(plainPdf(12));
    const quint64 page = m_renderer->find(QStringLiteral("  page  3 "), false);
    const quint64 exact = m_renderer->find(QStringLiteral("page 3"), true);
    const quint64 many = m_renderer->find(QStringLiteral("bolts"), true);
    const quint64 none = m_renderer->find(QStringLiteral("screws"), false);
    const quint64 nothing = m_renderer->find(QStringLiteral(" "), false);
    for (const quint64 ticket : {page, exact, many, none, nothing})
        QVERIFY(m_answers->waitFor(ticket, soonMs));
    QCOMPARE(m_answers->findEnded.value(page), 1);
    QCOMPARE(m_answers->found.value(page).keys(), QList<int>{2});
    QVERIFY(m_answers->found.value(page).value(2).at(0).box.contains(QPointF(110, 295)));
    QCOMPARE(m_answers->findEnded.value(exact, -1), 0);
    QCOMPARE(m_answers->findEnded.value(many), 12 * 20);
    QCOMPARE(m_answers->found.value(many).size(), 12);
    QCOMPARE(m_answers->findEnded.value(none, -1), 0);
    QCOMPARE(m_answers->findEnded.value(nothing, -1), 0);
}

void TestPageRenderer::findGoesAcrossLines()
{
    open(plainPdf(1));
    const quint64 ticket = m_renderer->find(QStringLiteral("12.50 line 7"), false);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    QCOMPARE(m_answers->findEnded.value(ticket), 1);
    const auto hits = m_answers->found.value(ticket).value(0);
    QCOMPARE(hits.size(), size_t(1));
    QVERIFY(hits.front().continued.top() > hits.front().box.center().y());
    const quint64 both = m_renderer->find(QStringLiteral("line 7"), false); // and 17 is not one
    QVERIFY(m_answers->waitFor(both, soonMs));
    QCOMPARE(m_answers->findEnded.value(both), 1);
    QVERIFY(m_answers->found.value(both).value(0).front().continued.isNull());
}

void TestPageRenderer::embeddedFilesAreUnpacked()
{
    open(pdfWithFiles({{"../../etc/passwd", "<a/>"}, {"factur-x.xml", QByteArray(100'000, 'x')}}));
    const quint64 list = m_renderer->attachments();
    QVERIFY(m_answers->waitFor(list, soonMs));
    const std::vector<AttachedFile> files = m_answers->attachments.value(list);
    QCOMPARE(files.size(), size_t(2));
    QCOMPARE(files[0].name,
             QStringLiteral("../../etc/passwd")); // as it is: whoever saves it makes a name of it
    QCOMPARE(files[1].name, QStringLiteral("factur-x.xml"));
    QCOMPARE(files[1].mediaType, QStringLiteral("text/xml"));
    const quint64 first = m_renderer->attachment(0);
    const quint64 second = m_renderer->attachment(1);
    const quint64 third = m_renderer->attachment(2);
    QVERIFY(m_answers->waitFor(third, soonMs));
    QCOMPARE(m_answers->attachedBytes.value(first), QByteArray("<a/>"));
    QCOMPARE(m_answers->attachedBytes.value(second), QByteArray(100'000, 'x'));
    QCOMPARE(m_answers->failed.value(third).kind, ErrorKind::BadInput);
    open(plainPdf(1));
    const quint64 none = m_renderer->attachments();
    QVERIFY(m_answers->waitFor(none, soonMs) && m_answers->attachments.contains(none));
    QVERIFY(m_answers->attachments.value(none).empty());
}

void TestPageRenderer::whatUnpacksToTooMuchIsRefused()
{
    const QByteArray packed = qCompress(QByteArray(RenderLimit::attachmentBytes + 1, ' '), 9).mid(4);
    open(pdfWithFiles({{"factur-x.xml", packed, "/Filter/FlateDecode"}}));
    const quint64 ticket = m_renderer->attachment(0);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    QCOMPARE(m_answers->failed.value(ticket).kind, ErrorKind::BadInput);
    const quint64 page = m_renderer->draw(0, 1, 0, {}, 0); // and the document is still there
    QVERIFY(m_answers->waitFor(page, soonMs) && m_answers->drawn.contains(page));
}

void TestPageRenderer::darkPagesKeepTheirHues()
{
    // The left half red, the rest paper with a black square.
    open(onePagePdf("/MediaBox[0 0 100 100]/Contents 4 0 R",
                    {streamObject("1 0 0 rg 0 0 50 100 re f 0 g 80 80 10 10 re f")}));
    m_renderer->setColours({qRgb(26, 30, 37), qRgb(230, 233, 239)});
    const quint64 dark = m_renderer->draw(0, 1, 0, {}, 0);
    m_renderer->setColours({});
    const quint64 printed = m_renderer->draw(0, 1, 0, {}, 0);
    QVERIFY(m_answers->waitFor(dark, soonMs) && m_answers->waitFor(printed, soonMs));
    const QImage image = m_answers->drawn.value(dark);
    QCOMPARE(image.pixelColor(70, 50), QColor(26, 30, 37));
    QCOMPARE(image.pixelColor(85, 15), QColor(230, 233, 239));
    const QColor red = image.pixelColor(20, 50);
    QVERIFY2(red.red() > red.green() + 100 && red.red() > red.blue() + 100, qPrintable(red.name()));
    QCOMPARE(m_answers->drawn.value(printed).pixelColor(70, 50), QColor(Qt::white));
}

void TestPageRenderer::whatIsNotThereIsRefused()
{
    open(plainPdf(1));
    const QList<quint64> refused{m_renderer->draw(1, 1, 0, {}, 0),
                                 m_renderer->draw(-1, 1, 0, {}, 0),
                                 m_renderer->draw(0, 0, 0, {}, 0),
                                 m_renderer->draw(0, -1, 0, {}, 0),
                                 m_renderer->draw(0, qQNaN(), 0, {}, 0),
                                 m_renderer->draw(0, 1e300, 0, {}, 0),
                                 m_renderer->draw(0, 1, 45, {}, 0),
                                 m_renderer->draw(0, 100, 0, {}, 0),
                                 m_renderer->text(7),
                                 m_renderer->links(1)};
    QVERIFY(m_answers->order.size() == 1); // not from within the call
    for (const quint64 ticket : refused) {
        QVERIFY(m_answers->waitFor(ticket, soonMs));
        QVERIFY(!m_answers->failed.value(ticket).userText.isEmpty());
    }
    const quint64 gone = m_renderer->open(QStringLiteral("/no/such/file.pdf"));
    QVERIFY(m_answers->waitFor(gone, soonMs));
    QCOMPARE(m_answers->failed.value(gone).kind, ErrorKind::Storage);
}

void TestPageRenderer::tooManyAreRefusedTheLeastUrgentFirst()
{
    open(plainPdf(1));
    QList<quint64> tickets;
    for (int i = 0; i < 300; ++i)
        tickets.append(m_renderer->draw(0, 0.1, 0, {}, i));
    for (const quint64 ticket : tickets)
        QVERIFY(m_answers->waitFor(ticket, soonMs));
    QCOMPARE(m_answers->failed.size(), 300 - 256);
    for (int i = 0; i < 300; ++i)
        QCOMPARE(m_answers->failed.contains(tickets.at(i)), i < 300 - 256);
    QCOMPARE(m_answers->failed.value(tickets.at(0)).kind, ErrorKind::RateLimited);
}

void TestPageRenderer::fiveHundredPagesOpenAtOnce()
{
    const QString file = m_folder.file(plainPdf(500));
    m_renderer->warmUp();
    QSignalSpy ready(m_renderer.get(), &PageRenderer::ready);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, soonMs);
    const quint64 ticket = m_renderer->open(file); // in the time that a request has
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    QCOMPARE(m_answers->opened.value(ticket).pages.size(), size_t(500));
    const quint64 last = m_renderer->draw(499, 1, 0, {}, 0);
    QVERIFY(m_answers->waitFor(last, soonMs));
    const quint64 search = m_renderer->find(QStringLiteral("Page 499"), true);
    QVERIFY(m_answers->waitFor(search, soonMs));
    QCOMPARE(m_answers->found.value(search).keys(), QList<int>{498});
}

void TestPageRenderer::itMayBeDeletedByWhoHearsOfIt()
{
    const QPointer<PageRenderer> drawing = new PageRenderer(QStringLiteral(RENDER_PROGRAM));
    connect(drawing, &PageRenderer::opened, this, [one = drawing.data()] { one->draw(0, 1, 0, {}, 0); });
    connect(drawing, &PageRenderer::drawn, this, [one = drawing.data()] { delete one; });
    drawing->open(m_folder.file(plainPdf(1)));
    QTRY_VERIFY_WITH_TIMEOUT(!drawing, soonMs);

    const QPointer<PageRenderer> refusing = new PageRenderer(QStringLiteral(RENDER_PROGRAM));
    connect(refusing, &PageRenderer::failed, this, [one = refusing.data()] { delete one; });
    refusing->text(3);
    refusing->text(4);
    QTRY_VERIFY_WITH_TIMEOUT(!refusing, soonMs);
}

GUI_TEST(TestPageRenderer)
#include "tst_pagerenderer.moc"

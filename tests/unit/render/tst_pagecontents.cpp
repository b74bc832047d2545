// What a document says beside its pictures: links, outline, the lines around what was found.

#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "renderprotocol.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

namespace { } // namespace

class TestPageContents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aHitTellsItsLine();
    void linksLeadSomewhere();
    void theOutlineIsTold();
    void anOutlineThatGoesInCirclesEnds();

private:
    void open(const QByteArray &pdf);

    PdfFolder m_folder;
    std::unique_ptr<PageRenderer> m_renderer;
    std::unique_ptr<RenderAnswers> m_answers;
};

void TestPageContents::init()
{
    m_renderer = std::make_unique<PageRenderer>(QStringLiteral(RENDER_PROGRAM));
    m_answers = std::make_unique<RenderAnswers>(*m_renderer);
}

void TestPageContents::cleanup()
{
    m_answers.reset();
    m_renderer.reset();
}

void TestPageContents::open(const QByteArray &pdf)
{
    m_answers->waitFor(m_renderer->open(m_folder.file(pdf)));
}

void TestPageContents::aHitTellsItsLine()
{
    open(plainPdf(1));
    const quint64 ticket = m_renderer->find(QStringLiteral("NUTS"), false);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    const auto hits = m_answers->found.value(ticket).value(0);
    QCOMPARE(hits.size(), size_t(20));
    QCOMPARE(hits.at(7).line.trimmed(), QStringLiteral("Line 7 with bolts, nuts and 12.50"));
    QCOMPARE(hits.at(7).line.mid(hits.at(7).begin, 4), QStringLiteral("nuts"));
}

void TestPageContents::linksLeadSomewhere()
{
    open(pdfWithLinks());
    const quint64 ticket = m_renderer->links(0);
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    const auto links = m_answers->links.value(ticket);
    QCOMPARE(links.size(), size_t(3)); // what starts a program is none
    QCOMPARE(links.at(0).place.page, 1);
    QVERIFY(qAbs(links.at(0).place.top - 300) <= 1); // from the top, where a PDF counts from below
    QVERIFY(links.at(0).address.isEmpty());
    QCOMPARE(links.at(0).box, QRectF(100, 42, 200, 50));
    QCOMPARE(links.at(1).address, QStringLiteral("https://example.com/pay?invoice=90"));
    QCOMPARE(links.at(1).place.page, -1);
    QCOMPARE(links.at(2).place.page, 1); // through a name
}

void TestPageContents::theOutlineIsTold()
{
    open(pdfWithLinks());
    const quint64 ticket = m_renderer->outline();
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    const auto outline = m_answers->outlines.value(ticket);
    QCOMPARE(outline.size(), size_t(2));
    QCOMPARE(outline.at(0).title, QStringLiteral("Deliveries"));
    QCOMPARE(outline.at(0).depth, 0);
    QCOMPARE(outline.at(0).place.page, 0);
    QCOMPARE(outline.at(1).title, QStringLiteral("Second part"));
    QCOMPARE(outline.at(1).depth, 1);
    QCOMPARE(outline.at(1).place.page, 1);
    open(plainPdf(1));
    const quint64 none = m_renderer->outline();
    QVERIFY(m_answers->waitFor(none, soonMs));
    QVERIFY(m_answers->outlines.contains(none));
    QVERIFY(m_answers->outlines.value(none).empty());
}

void TestPageContents::anOutlineThatGoesInCirclesEnds()
{
    // The entry is its own child and its own successor.
    open(pdfOf({"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
                "<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 1>>",
                "<</Title(Round)/Parent 5 0 R/First 5 0 R/Last 5 0 R/Next 5 0 R/Count 9/Dest[3 0 R/Fit]>>"}));
    const quint64 ticket = m_renderer->outline();
    QVERIFY(m_answers->waitFor(ticket, soonMs));
    QVERIFY(m_answers->failed.contains(ticket)
            || m_answers->outlines.value(ticket).size() <= size_t(RenderLimit::outlineEntries));
    const quint64 page = m_renderer->draw(0, 1, 0, {}, 0);
    QVERIFY(m_answers->waitFor(page, soonMs));
    QVERIFY(m_answers->drawn.contains(page));
}

GUI_TEST(TestPageContents)
#include "tst_pagecontents.moc"

// Documents that are broken, or made to break whoever opens them: one sentence each, soon, and the next
// document is drawn as if nothing had been.

#include "hostilepdfs.h"
#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "testentry.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Counterfoil;

namespace {

// What a request may take, and a slow computer's time to start a worker and to switch between programs.
constexpr int limitMs = 2'500 + 2'500;

constexpr qsizetype every = 300; // byte of a document is cut at, or garbled

} // namespace

class TestHostileDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void eachReasonHasItsSentence_data();
    void eachReasonHasItsSentence();
    void aFileThatIsTooLarge();
    void aFontThatIsNowhere();
    void cutAtEveryThreeHundredthByte();
    void garbledAtEveryThreeHundredthByte();
    void bombs_data();
    void bombs();
    void theSentenceComesInTime();
    void aBombAmongPagesHurtsItsOwnPageOnly();

private:
    void goodOneIsDrawn(PageRenderer &renderer, RenderAnswers &answers);

    PdfFolder m_folder;
    QString m_good;
    std::vector<qint64> m_refusedMs; // how long what was too much took until that was said
};

void TestHostileDocuments::initTestCase()
{
    m_good = m_folder.file(plainPdf(2));
}

void TestHostileDocuments::goodOneIsDrawn(PageRenderer &renderer, RenderAnswers &answers)
{
    const quint64 opened = renderer.open(m_good);
    QVERIFY(answers.waitFor(opened, soonMs));
    QVERIFY2(answers.opened.contains(opened), qPrintable(answers.failed.value(opened).userText));
    const quint64 drawn = renderer.draw(1, 1, 0, {}, 0);
    QVERIFY(answers.waitFor(drawn, soonMs));
    QCOMPARE(answers.drawn.value(drawn).pixelColor(150, 150), QColor(Qt::black));
}

void TestHostileDocuments::eachReasonHasItsSentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const QString notPdf = QStringLiteral("not a PDF");
    const QString damaged = QStringLiteral("damaged");
    QTest::newRow("empty") << QByteArray() << notPdf;
    QTest::newRow("text") << QByteArray("Dear customer, the server is busy.") << notPdf;
    QTest::newRow("page of a website")
        << QByteArray("<!DOCTYPE html><html><body>%PD</body></html>") << notPdf;
    QTest::newRow("zeroes") << QByteArray(100'000, '\0') << notPdf;
    QTest::newRow("the mark alone") << QByteArray("%PDF-1.7\n") << damaged;
    QTest::newRow("the mark and noise") << "%PDF-1.7\n" + QByteArray(50'000, '\x93') << damaged;
    QTest::newRow("no pages") << pdfOf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"})
                              << damaged;
    QTest::newRow("no catalogue") << pdfOf({"(nothing)"}) << damaged;
    QTest::newRow("locked") << lockedPdf() << QStringLiteral("password");
    QTest::newRow("pages without end") << manyPagesPdf(20'001) << QStringLiteral("too large");
}

void TestHostileDocuments::eachReasonHasItsSentence()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    const quint64 ticket = renderer.open(m_folder.file(bytes));
    QVERIFY(answers.waitFor(ticket, soonMs));
    const Error error = answers.failed.value(ticket);
    QVERIFY2(error.userText.contains(says), qPrintable(error.userText + error.detail));
    goodOneIsDrawn(renderer, answers);
}

void TestHostileDocuments::aFileThatIsTooLarge()
{
    const QString path = m_folder.file("%PDF-1.7\n");
    QVERIFY(QFile::resize(path, 64 * 1024 * 1024 + 1));
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    quint64 ticket = renderer.open(path);
    QVERIFY(answers.waitFor(ticket, soonMs));
    QVERIFY2(answers.failed.value(ticket).userText.contains(QStringLiteral("too large")),
             qPrintable(answers.failed.value(ticket).userText));
    QVERIFY(QFile::resize(path, 64 * 1024 * 1024)); // fits: is damaged, or takes too long on a slow machine
    ticket = renderer.open(path);
    QVERIFY(answers.waitFor(ticket, soonMs));
    const QString said = answers.failed.value(ticket).userText;
    QVERIFY2(said.contains(QStringLiteral("damaged")) || said.contains(QStringLiteral("too long")),
             qPrintable(said));
}

void TestHostileDocuments::aFontThatIsNowhere()
{
    const QByteArray text = onePagePdf("/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>",
                                       {streamObject("BT /F 20 Tf 20 100 Td (Total 90.00) Tj ET"),
                                        "<</Type/Font/Subtype/TrueType/BaseFont/NoSuchFont/Encoding/"
                                        "WinAnsiEncoding>>"});
    const QString file = m_folder.file(text);
    // With the fonts of this computer another one stands in for it.
    {
        PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
        RenderAnswers answers(renderer);
        QVERIFY(answers.waitFor(renderer.open(file), soonMs));
        const quint64 drawn = renderer.draw(0, 1, 0, {}, 0);
        QVERIFY(answers.waitFor(drawn, soonMs));
        QVERIFY2(answers.drawn.contains(drawn), qPrintable(answers.failed.value(drawn).userText));
    }
    // Without any, the page would be shown without its text.
    QTemporaryDir nowhere;
    QFile configuration(nowhere.filePath(QStringLiteral("fonts.conf")));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write("<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    configuration.close();
    const QByteArray before = qgetenv("FONTCONFIG_FILE");
    qputenv("FONTCONFIG_FILE", configuration.fileName().toLocal8Bit());
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(file), soonMs));
    const quint64 drawn = renderer.draw(0, 1, 0, {}, 0);
    QVERIFY(answers.waitFor(drawn, soonMs));
    if (before.isNull())
        qunsetenv("FONTCONFIG_FILE");
    else
        qputenv("FONTCONFIG_FILE", before);
    QVERIFY2(answers.failed.value(drawn).userText.contains(QStringLiteral("font")),
             qPrintable(answers.failed.value(drawn).userText));
}

void TestHostileDocuments::cutAtEveryThreeHundredthByte()
{
    const QByteArray whole = plainPdf(2);
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    int refused = 0;
    int drawn = 0;
    for (qsizetype length = 0; length < whole.size(); length += every) {
        const quint64 ticket = renderer.open(m_folder.file(whole.left(length)));
        QVERIFY(answers.waitFor(ticket, limitMs));
        if (answers.failed.contains(ticket)) {
            QVERIFY(!answers.failed.value(ticket).userText.isEmpty());
            ++refused;
            continue;
        }
        const quint64 page = renderer.draw(0, 1, 0, {}, 0);
        QVERIFY(answers.waitFor(page, limitMs));
        ++drawn;
    }
    qInfo("%d cuts refused, %d mended and drawn", refused, drawn);
    QVERIFY(refused > 0);
    goodOneIsDrawn(renderer, answers);
}

void TestHostileDocuments::garbledAtEveryThreeHundredthByte()
{
    const QByteArray whole = plainPdf(2);
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    int refused = 0;
    for (qsizetype place = 0; place < whole.size(); place += every) {
        QByteArray bytes = whole;
        bytes[place] = char(bytes.at(place) ^ 0x55);
        const quint64 ticket = renderer.open(m_folder.file(bytes));
        QVERIFY(answers.waitFor(ticket, limitMs));
        for (const quint64 page : {renderer.draw(0, 1, 0, {}, 0), renderer.text(1)}) {
            QVERIFY(answers.waitFor(page, limitMs));
            refused += answers.failed.contains(page) ? 1 : 0;
        }
    }
    qInfo("%d of %lld requests refused", refused, 2 * (whole.size() / every + 1));
    goodOneIsDrawn(renderer, answers);
}

void TestHostileDocuments::bombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const HostilePdf &bomb : bombPdfs())
        QTest::newRow(bomb.name) << bomb.bytes;
}

void TestHostileDocuments::bombs()
{
    QFETCH(QByteArray, bytes);
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    renderer.warmUp();
    QTRY_VERIFY_WITH_TIMEOUT(renderer.workerProcessId() > 0, soonMs);
    QStringList said;
    const auto within = [&](quint64 ticket, const char *what) {
        QElapsedTimer timer;
        timer.start();
        const bool answered = answers.waitFor(ticket, soonMs);
        const Error error = answers.failed.value(ticket);
        if (answers.failed.contains(ticket))
            m_refusedMs.push_back(timer.elapsed());
        said.append(QStringLiteral("%1 %2 ms %3")
                        .arg(QLatin1String(what))
                        .arg(timer.elapsed())
                        .arg(error.userText.left(40)));
        return answered && timer.elapsed() < limitMs
            && (error.userText.isEmpty() || error.userText.count(u'.') >= 1);
    };
    const quint64 opened = renderer.open(m_folder.file(bytes));
    QVERIFY2(within(opened, "opened"), qPrintable(said.join(u';')));
    if (answers.opened.contains(opened)) {
        // As the window would: the page as wide as a pane, then its text, then a search.
        const double width = answers.opened.value(opened).pages.at(0).size.width();
        QVERIFY2(within(renderer.draw(0, 900 / width, 0, {}, 0), "drawn"), qPrintable(said.join(u';')));
        const quint64 text = renderer.text(0);
        QVERIFY2(within(text, "read"), qPrintable(said.join(u';')));
        if (answers.words.contains(text))
            QVERIFY2(within(renderer.find(QStringLiteral("total"), false), "searched"),
                     qPrintable(said.join(u';')));
    }
    qInfo("%s", qPrintable(said.join(QStringLiteral("; "))));
    goodOneIsDrawn(renderer, answers);
}

// Half of them at least: a computer that is busy with other tests holds up some.
void TestHostileDocuments::theSentenceComesInTime()
{
    if (m_refusedMs.empty())
        QSKIP("Needs bombs() before it.");
    std::ranges::sort(m_refusedMs);
    qInfo("%zu refused, half of them within %lld ms, all within %lld ms", m_refusedMs.size(),
          m_refusedMs[m_refusedMs.size() / 2], m_refusedMs.back());
    QVERIFY(m_refusedMs[m_refusedMs.size() / 2] <= 2'500);
}

void TestHostileDocuments::aBombAmongPagesHurtsItsOwnPageOnly()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    const quint64 opened = renderer.open(m_folder.file(bombAmongPagesPdf()));
    QVERIFY(answers.waitFor(opened, soonMs));
    const quint64 first = renderer.draw(0, 1, 0, {}, 3);
    const quint64 bomb = renderer.draw(1, 1, 0, {}, 2);
    const quint64 last = renderer.draw(2, 1, 0, {}, 1);
    QVERIFY(answers.waitFor(last, soonMs));
    QVERIFY(answers.failed.contains(bomb));
    QCOMPARE(answers.drawn.value(first).pixelColor(25, 25), QColor(Qt::black));
    QCOMPARE(answers.drawn.value(last).pixelColor(25, 25), QColor(Qt::black));
}

GUI_TEST(TestHostileDocuments)
#include "tst_hostiledocuments.moc"

// What a PDF takes for granted of the computer: fonts that are not in it, and the tables of Chinese, Japanese
// and Korean. The worker reads them behind its locks.

#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "testentry.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QTest>

using namespace Counterfoil;

namespace {

constexpr int letterSize = 40;
constexpr int letterStep = 60; // from one letter to the next
constexpr int pageWidth = 400;

// The letters one by one, each at a place of its own, in a font of which the document has the name alone.
QByteArray namedFontPdf(const QList<QByteArray> &letters, const QByteArray &font,
                        const QList<QByteArray> &more = {})
{
    QByteArray page;
    for (qsizetype i = 0; i < letters.size(); ++i)
        page += "BT /F " + QByteArray::number(letterSize) + " Tf " + QByteArray::number(20 + letterStep * i)
            + " 50 Td <" + letters.at(i) + "> Tj ET\n";
    return onePagePdf("/MediaBox[0 0 400 120]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>",
                      QList<QByteArray>{streamObject(page), font} + more);
}

// As the standard has it for the writing of East Asia: characters by a table that every reader is to know.
QByteArray eastAsianPdf(const QString &letters, const QByteArray &name, const QByteArray &table,
                        const QByteArray &order)
{
    QList<QByteArray> codes;
    for (const QChar letter : letters)
        codes.append(QByteArray::number(letter.unicode(), 16).rightJustified(4, '0'));
    return namedFontPdf(
        codes,
        "<</Type/Font/Subtype/Type0/BaseFont/" + name + "/Encoding/" + table + "/DescendantFonts[6 0 R]>>",
        {"<</Type/Font/Subtype/CIDFontType0/BaseFont/" + name + "/CIDSystemInfo<</Registry(Adobe)/Ordering("
             + order + ")/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
         "<</Type/FontDescriptor/FontName/" + name
             + "/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700"
               "/StemV 90>>"});
}

// One byte a letter, whose name tells which one it is.
QByteArray hebrewPdf(const QString &letters)
{
    QList<QByteArray> codes;
    QByteArray names;
    for (qsizetype i = 0; i < letters.size(); ++i) {
        codes.append(QByteArray::number(65 + i, 16));
        names += "/uni" + QByteArray::number(letters.at(i).unicode(), 16).toUpper().rightJustified(4, '0');
    }
    return namedFontPdf(
        codes,
        "<</Type/Font/Subtype/TrueType/BaseFont/DejaVuSans/Encoding<</Type/Encoding/BaseEncoding"
        "/WinAnsiEncoding/Differences[65"
            + names + "]>>>>");
}

// As our own and most other programs write it: with the letters' shapes in the file.
QByteArray embeddedPdf(const QString &words)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(72);
    writer.setPageSize(QPageSize(QSizeF(pageWidth, 120), QPageSize::Point));
    writer.setPageMargins({});
    QPainter painter(&writer);
    painter.setFont(QFont(QStringLiteral("DejaVu Sans"), 20));
    painter.drawText(QPointF(20, 60), words);
    painter.end();
    return buffer.data();
}

int inkOf(const QImage &image)
{
    int ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ink += qGray(image.pixel(x, y)) < 128;
    }
    return ink;
}

} // namespace

class TestScripts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void lettersThatAreNotInTheFile_data();
    void lettersThatAreNotInTheFile();
    void wordsFromTheRight_data();
    void wordsFromTheRight();
    void aHitFromTheRightTellsItsLine();

private:
    void show(const QByteArray &pdf); // the page, and what is read of it

    PdfFolder m_folder;
    QImage m_page;
    QString m_words;
};

void TestScripts::init()
{
    m_page = {};
    m_words.clear();
}

void TestScripts::show(const QByteArray &pdf)
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    const quint64 opened = renderer.open(m_folder.file(pdf));
    QVERIFY(answers.waitFor(opened, soonMs));
    QVERIFY2(answers.opened.contains(opened), qPrintable(answers.failed.value(opened).detail));
    const quint64 drawn = renderer.draw(0, 1, 0, {}, 1);
    const quint64 read = renderer.text(0);
    QVERIFY(answers.waitFor(drawn, soonMs));
    QVERIFY(answers.waitFor(read, soonMs));
    QVERIFY2(answers.drawn.contains(drawn), qPrintable(answers.failed.value(drawn).userText));
    m_page = answers.drawn.value(drawn);
    const auto boxes = answers.words.value(read);
    for (const TextBox &box : boxes)
        m_words += box.spaceAfter ? box.text + u' ' : box.text;
}

void TestScripts::lettersThatAreNotInTheFile_data()
{
    QTest::addColumn<QByteArray>("pdf");
    QTest::addColumn<QString>("letters");
    const auto add = [](const char *name, const QByteArray &pdf, const QString &letters) {
        QTest::newRow(name) << pdf << letters;
    };
    const QString latin = QStringLiteral("Total");
    QList<QByteArray> codes;
    for (const QChar letter : latin)
        codes.append(QByteArray::number(letter.unicode(), 16));
    add("Latin",
        namedFontPdf(codes, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"),
        latin);
    const QString simplified = QString::fromUtf8("发票金额");
    add("Chinese, simplified", eastAsianPdf(simplified, "STSong-Light", "UniGB-UCS2-H", "GB1"), simplified);
    const QString traditional = QString::fromUtf8("發票金額");
    add("Chinese, traditional", eastAsianPdf(traditional, "MSung-Light", "UniCNS-UCS2-H", "CNS1"),
        traditional);
    const QString japanese = QString::fromUtf8("請求書ヨ");
    add("Japanese", eastAsianPdf(japanese, "HeiseiMin-W3", "UniJIS-UCS2-H", "Japan1"), japanese);
    const QString korean = QString::fromUtf8("송장금액");
    add("Korean", eastAsianPdf(korean, "HYSMyeongJo-Medium", "UniKS-UCS2-H", "Korea1"), korean);
    const QString hebrew = QString::fromUtf8("חשבון");
    add("Hebrew", hebrewPdf(hebrew), hebrew);
}

// What stands in for a letter that nobody has looks the same for all of them.
void TestScripts::lettersThatAreNotInTheFile()
{
    QFETCH(QByteArray, pdf);
    QFETCH(QString, letters);
    show(pdf);
    QVERIFY(!QTest::currentTestFailed());
    QList<QImage> seen;
    for (int i = 0; i < letters.size(); ++i) {
        const QImage letter = m_page.copy(10 + letterStep * i, 0, letterStep, m_page.height());
        QVERIFY2(inkOf(letter) > 40, qPrintable(QString(letters.at(i))));
        if (!letters.left(i).contains(letters.at(i)))
            QVERIFY2(!seen.contains(letter), qPrintable(QString(letters.at(i))));
        seen.append(letter);
    }
    QString sorted = QString(m_words).remove(u' ');
    QString expected = letters; // where they stand so far apart, who comes first is a matter of taste
    std::ranges::sort(sorted);
    std::ranges::sort(expected);
    QCOMPARE(sorted, expected);
}

void TestScripts::wordsFromTheRight_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("Hebrew") << QString::fromUtf8("חשבונית מס");
    QTest::newRow("Arabic") << QString::fromUtf8("فاتورة ضريبية");
    QTest::newRow("with figures") << QString::fromUtf8("סכום 12.50 לתשלום");
    QTest::newRow("among Latin") << QString::fromUtf8("Invoice חשבונית מס of INV-7");
    QTest::newRow("Latin") << QStringLiteral("Invoice INV-7 of 12.50");
}

// Drawn, and read in the order in which they are spoken, with the spaces between them.
void TestScripts::wordsFromTheRight()
{
    QFETCH(QString, words);
    show(embeddedPdf(words));
    QVERIFY(!QTest::currentTestFailed());
    QVERIFY(inkOf(m_page) > 200);
    QCOMPARE(m_words.trimmed(), words);
}

void TestScripts::aHitFromTheRightTellsItsLine()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    const QString line = QString::fromUtf8("חשבונית מס לתשלום");
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(embeddedPdf(line))), soonMs));
    const QString word = QString::fromUtf8("לתשלום");
    const quint64 ticket = renderer.find(word, false);
    QVERIFY(answers.waitFor(ticket, soonMs));
    const auto hits = answers.found.value(ticket).value(0);
    QCOMPARE(hits.size(), std::size_t(1));
    QCOMPARE(hits[0].line, line);
    QCOMPARE(hits[0].begin, int(line.indexOf(word)));
}

GUI_TEST(TestScripts)
#include "tst_scripts.moc"

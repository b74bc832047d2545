#include "partfile.h"
#include "partlist.h"
#include "testentry.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>

using namespace Counterfoil;

namespace {

using Parts = QList<std::pair<const char *, QByteArray>>;

// As spreadsheets pack their files.
void writeZip(const QString &path, const Parts &parts)
{
    archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_filename(zip, QFile::encodeName(path).constData());
    for (const auto &[name, bytes] : parts) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, bytes.size());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(zip, entry);
        archive_write_data(zip, bytes.constData(), size_t(bytes.size()));
        archive_entry_free(entry);
    }
    archive_write_close(zip);
    archive_write_free(zip);
}

const QByteArray book = R"(<workbook xmlns:r="R"><sheets><sheet name="Old" state="hidden" r:id="r1"/>
<sheet name="List" r:id="r2"/><sheet name="Other" r:id="r3"/></sheets></workbook>)";
const QByteArray links = R"(<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>
<Relationship Id="r2" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Target="worksheets/sheet3.xml"/>
</Relationships>)";
const QByteArray strings
    = R"(<sst><si><t>WH-100</t></si><si><r><t>Gas</t></r><r><t>ket 5</t></r><rPh><t>x</t></rPh></si>
</sst>)";

QByteArray sheetOf(const QByteArray &rows)
{
    return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
}

Parts workbook(const QByteArray &rows)
{
    return {{"xl/workbook.xml", book},
            {"xl/_rels/workbook.xml.rels", links},
            {"xl/sharedStrings.xml", strings},
            {"xl/worksheets/sheet1.xml", sheetOf("<row><c r=\"A1\"><v>1</v></c></row>")},
            {"xl/worksheets/sheet2.xml", sheetOf(rows)}};
}

} // namespace

// Lists of parts that come as files: what is in them, and what is done with files that are something else.
class TestPartFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstSheetThatIsSeenIsRead();
    void whatWasCalculatedIsDoubtful();
    void numbersAreAsPeopleWroteThem();
    void aMacroIsSaidAndNotRun();
    void textInWhateverLetters_data();
    void textInWhateverLetters();
    void whatIsNoListIsRefused_data();
    void whatIsNoListIsRefused();
    void aBombDoesNotGoOff();
    void fiftyThousandRowsAreCounted();
    void theLastOneAskedForCounts();

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString file(const char *name, const QByteArray &bytes) const
    {
        QFile written(path(name));
        if (!written.open(QIODevice::WriteOnly) || written.write(bytes) != bytes.size())
            qFatal("not written");
        return path(name);
    }
    QString zip(const char *name, const Parts &parts) const
    {
        writeZip(path(name), parts);
        return path(name);
    }
    // The text, or the sentence why there is none.
    QString read(const QString &name, QString *notes = nullptr) const
    {
        PartFile reading(QStringLiteral(SHEET_PROGRAM));
        QSignalSpy came(&reading, &PartFile::isRead);
        QSignalSpy refused(&reading, &PartFile::refused);
        reading.read(name);
        if (!QTest::qWaitFor([&] { return !came.isEmpty() || !refused.isEmpty(); }, PartFile::longestMs * 2))
            return QStringLiteral("nothing came");
        if (!refused.isEmpty())
            return refused[0][0].toString();
        if (notes)
            *notes = came[0][1].toString();
        return came[0][0].toString();
    }

    QTemporaryDir m_folder;
};

void TestPartFile::theFirstSheetThatIsSeenIsRead()
{
    const QByteArray rows = R"(<row><c r="A1" t="s"><v>0</v></c><c r="C1"><v>12</v></c></row>
<row><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>two</t></is></c></row>
<row><c r="A3" t="e"><v>#REF!</v></c><c r="ZZZ3"><v>1</v></c></row>)";
    QString notes;
    QCOMPARE(read(zip("list.xlsx", workbook(rows)), &notes),
             QStringLiteral("WH-100\t\t12\nGasket 5\t\ttwo\n#REF!\n"));
    QVERIFY(notes.contains(QStringLiteral("several sheets")));
}

void TestPartFile::whatWasCalculatedIsDoubtful()
{
    const QByteArray rows = R"(<row><c r="A1" t="s"><v>0</v></c><c r="B1"><f>6*2</f><v>12</v></c></row>
<row><c r="A2" t="str"><f>A1</f><v>WH-100</v></c><c r="B2"><v>3</v></c></row>)";
    const PartList list = PartList::read(read(zip("sum.xlsx", workbook(rows))));
    QCOMPARE(list.rows.size(), std::size_t{2});
    QCOMPARE(list.rows[0].state, PartRow::State::Doubtful);
    QCOMPARE(list.rows[0].quantity, Decimal::fromInteger(12));
    QCOMPARE(list.rows[1].state, PartRow::State::Bad);
    QVERIFY(list.rows[1].note.contains(QStringLiteral("formula")));
}

void TestPartFile::numbersAreAsPeopleWroteThem()
{
    const QByteArray rows = R"(<row><c r="A1" t="s"><v>0</v></c><c r="B1"><v>0.10000000000000001</v></c></row>
<row><c r="A2" t="s"><v>0</v></c><c r="B2"><v>1.2E+3</v></c></row>
<row><c r="A3"><v>40075</v></c><c r="B3"><v>1E+12</v></c></row>)";
    const PartList list = PartList::read(read(zip("numbers.xlsx", workbook(rows))));
    QCOMPARE(list.rows.size(), std::size_t{3});
    QCOMPARE(list.rows[0].quantity.toString(), std::string("0.1"));
    QCOMPARE(list.rows[1].quantity.toString(), std::string("1200"));
    QCOMPARE(list.rows[2].item, QStringLiteral("40075"));
    QCOMPARE(list.rows[2].state, PartRow::State::Bad); // more than can be ordered
}

void TestPartFile::aMacroIsSaidAndNotRun()
{
    Parts parts = workbook(R"(<row><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>)");
    parts.emplaceBack("xl/vbaProject.bin", "Sub AutoOpen");
    QString notes;
    QCOMPARE(read(zip("macro.xlsm", parts), &notes), QStringLiteral("WH-100\t2\n"));
    QVERIFY(notes.contains(QStringLiteral("was not run")));
}

void TestPartFile::textInWhateverLetters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-8") << QByteArray("Mü-1;2\n");
    QTest::newRow("UTF-8 with a mark") << QByteArray("\xef\xbb\xbfMü-1;2\n");
    QTest::newRow("Latin-1") << QByteArray("M\xfc-1;2\n");
    QTest::newRow("UTF-16") << QByteArray("\xff\xfeM\0\xfc\0-\0"
                                          "1\0;\0"
                                          "2\0\n\0",
                                          16);
}

void TestPartFile::textInWhateverLetters()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(read(file("list.csv", bytes)), QStringLiteral("Mü-1;2\n"));
}

void TestPartFile::whatIsNoListIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    QTest::newRow("a PDF") << QByteArray("%PDF-1.7\n") << QStringLiteral("no list");
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n") << QStringLiteral("no list");
    QTest::newRow("bytes") << QByteArray("a\0b", 3) << QStringLiteral("no list");
    QTest::newRow("old, or with a password")
        << QByteArray("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") << QStringLiteral("password");
    QTest::newRow("cut off") << QByteArray("PK\x03\x04\x14\0\0\0", 8) << QStringLiteral("damaged");
    QTest::newRow("too large") << QByteArray(21 * 1024 * 1024, 'x') << QStringLiteral("20 MB");
}

void TestPartFile::whatIsNoListIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, word);
    const QString sentence = read(file("list.xlsx", bytes));
    QVERIFY2(sentence.contains(word), qPrintable(sentence.left(200)));
}

void TestPartFile::aBombDoesNotGoOff()
{
    QVERIFY(read(zip("bomb.xlsx", workbook(QByteArray(100 * 1024 * 1024, ' '))))
                .contains(QStringLiteral("unpacks")));
    QByteArray laughs = "<!DOCTYPE x [<!ENTITY a \"ha\">";
    for (char name = 'b'; name < 'p'; ++name)
        laughs += QByteArray("<!ENTITY ") + name + " \""
            + QByteArray("&" + QByteArray(1, char(name - 1)) + ";").repeated(10) + "\">";
    Parts parts = workbook({});
    parts[4].second = laughs + "]><worksheet><row><c r=\"A1\" t=\"str\"><v>&o;</v></c></row></worksheet>";
    QVERIFY(read(zip("laughs.xlsx", parts)).contains(QStringLiteral("damaged")));
    QVERIFY(
        read(zip("empty.xlsx", {{"[Content_Types].xml", "<Types/>"}})).contains(QStringLiteral("no sheet")));
    QVERIFY(read(path("gone.csv")).contains(QStringLiteral("still there")));
}

void TestPartFile::fiftyThousandRowsAreCounted()
{
    QByteArray rows;
    for (int row = 1; row <= 50'000; ++row)
        rows += "<row><c r=\"A\" t=\"s\"><v>0</v></c><c r=\"B\"><v>1</v></c></row>";
    const PartList list = PartList::read(read(zip("long.xlsx", workbook(rows))));
    QCOMPARE(list.rows.size(), std::size_t{PartList::rowsMost});
    QCOMPARE(list.left, 50'000 - PartList::rowsMost);
}

void TestPartFile::theLastOneAskedForCounts()
{
    const QString first = file("first.csv", "A-1;1\n");
    const QString second = file("second.csv", "B-2;2\n");
    PartFile reading(QStringLiteral(SHEET_PROGRAM));
    QSignalSpy came(&reading, &PartFile::isRead);
    reading.read(first);
    reading.read(second);
    QTRY_COMPARE_WITH_TIMEOUT(came.size(), 1, PartFile::longestMs);
    QCOMPARE(came[0][0].toString(), QStringLiteral("B-2;2\n"));
    QCOMPARE(PartFile::among({QUrl::fromLocalFile(QStringLiteral("/a/x.pdf")),
                              QUrl::fromLocalFile(QStringLiteral("/a/y.XLSX"))}),
             QStringLiteral("/a/y.XLSX"));
}

CORE_TEST(TestPartFile)
#include "tst_partfile.moc"

#include "filename.h"
#include "namepattern.h"
#include "testentry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

// What a supplier's record may do to the name of a file on this computer.
class TestFileNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostileWordsStayAName_data();
    void hostileWordsStayAName();
    void aNameNeverLeavesItsFolder();
    void longNamesAreCutBetweenCharacters();
    void numbersStandBeforeTheEnding();
    void thePatternIsFilledIn();
    void wrongPatternsSaySo_data();
    void wrongPatternsSaySo();
    void tokensAreNotFilledInTwice();
};

namespace {

QString ucs(std::initializer_list<char32_t> characters)
{
    return QString::fromUcs4(characters.begin(), qsizetype(characters.size()));
}

OutgoingDocument sample()
{
    OutgoingDocument document;
    document.number = QStringLiteral("INV-88213");
    document.paper = QStringLiteral("invoice");
    document.ending = QStringLiteral("pdf");
    document.dated = Instant{1'793'707'200'000}; // 2026-11-03 12:00 UTC
    document.accountName = QStringLiteral("Harbour Supply Co.");
    document.accountNumber = QStringLiteral("10432");
    document.poReference = QStringLiteral("PO/77-1");
    return document;
}

} // namespace

void TestFileNames::hostileWordsStayAName_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("name");

    const auto row = [](const char *what, const QString &wanted, const char *name) {
        QTest::newRow(what) << wanted << QString::fromUtf8(name);
    };
    row("plain", QStringLiteral("Invoice INV-1"), "Invoice INV-1.pdf");
    row("up and out", QStringLiteral("../../etc/passwd"), "etc-passwd.pdf");
    row("up on Windows", QStringLiteral("..\\..\\Windows\\system32\\evil"), "Windows-system32-evil.pdf");
    row("only dots", QStringLiteral("....."), "Document.pdf");
    row("nothing", QString(), "Document.pdf");
    row("blanks", QStringLiteral(" \t\n "), "Document.pdf");
    row("absolute", QStringLiteral("/etc/cron.d/x"), "etc-cron.d-x.pdf");
    row("a drive", QStringLiteral("C:\\autoexec"), "C--autoexec.pdf");
    row("a stream of NTFS", QStringLiteral("INV-1:hidden"), "INV-1-hidden.pdf");
    row("a share", QStringLiteral("\\\\host\\share"), "host-share.pdf");
    row("hidden", QStringLiteral(".bashrc"), "bashrc.pdf");
    row("an option", QStringLiteral("-rf"), "rf.pdf");
    row("a home", QStringLiteral("~ada"), "ada.pdf");
    row("forbidden by Windows", QStringLiteral("a<b>c\"d|e?f*g"), "a-b-c-d-e-f-g.pdf");
    row("dots and blanks at the end", QStringLiteral("INV-1. . ."), "INV-1.pdf");
    row("a device", QStringLiteral("CON"), "_CON.pdf");
    row("a device in lower case", QStringLiteral("nul"), "_nul.pdf");
    row("a device with an ending", QStringLiteral("aux.tar"), "_aux.tar.pdf");
    row("a device with blanks", QStringLiteral("COM1 .x"), "_COM1 .x.pdf");
    row("a device with a raised digit", ucs({U'L', U'P', U'T', 0xB2}), "_LPT2.pdf");
    row("a device's console", QStringLiteral("CONOUT$"), "_CONOUT$.pdf");
    row("no device", QStringLiteral("CONTRACT"), "CONTRACT.pdf");
    row("no byte at all", QStringLiteral("INV") + QChar(0) + QStringLiteral("-1"), "INV-1.pdf");
    row("bells and escapes", ucs({U'I', 7, 0x1B, U'[', U'2', U'J', 0x7F, 0x9F}), "I[2J.pdf");
    row("new lines", QStringLiteral("INV\r\n-1"), "INV -1.pdf");
    row("an override of direction", ucs({U'I', 0x202E, U'f', U'd', U'p', U'.', U'e', U'x', U'e'}),
        "Ifdp.exe.pdf");
    row("isolates", ucs({0x2066, U'a', 0x2069, 0x200F, U'b'}), "ab.pdf");
    row("nothing to be seen", ucs({0x200B, 0xFEFF, 0x2060}), "Document.pdf");
    row("half a character", QString(QChar(0xD800)) + QStringLiteral("x"), "x.pdf");
    row("a slash of another alphabet", ucs({U'a', 0xFF0F, U'b', 0x2215, U'c', 0x2044, U'd'}), "a-b-c-d.pdf");
    row("a backslash of another alphabet", ucs({U'a', 0xFF3C, U'b', 0x2216, U'c'}), "a-b-c.pdf");
    row("dots of another alphabet", ucs({0xFF0E, 0x2024, U'a'}), "a.pdf");
    row("lines and paragraphs", ucs({U'a', 0x2028, U'b', 0x2029, U'c'}), "a b c.pdf");
    row("private use", ucs({0xE000, U'a', 0xF8FF}), "a.pdf");
    row("Umlaut in two pieces", ucs({U'M', U'u', 0x308, U'l', U'l'}), "M\u00fcll.pdf");
    row("Chinese", ucs({0x53D1, 0x7968}), "\u53d1\u7968.pdf");
    row("Arabic", ucs({0x641, 0x627, 0x62A}), "\u0641\u0627\u062a.pdf");
    row("a picture", ucs({0x1F4C4, U' ', U'1'}), "\U0001F4C4 1.pdf");
    row("percent and dollar", QStringLiteral("%PATH% $HOME"), "%PATH% $HOME.pdf");
    row("another ending", QStringLiteral("INV-1.exe"), "INV-1.exe.pdf");
}

void TestFileNames::hostileWordsStayAName()
{
    QFETCH(QString, wanted);
    QFETCH(QString, name);
    QCOMPARE(FileName::safe(wanted, QStringLiteral("pdf")), name);
}

void TestFileNames::aNameNeverLeavesItsFolder()
{
    // Every character of the plane where letters are, between two that stay.
    QTemporaryDir folder;
    const QDir inside(folder.path());
    for (char32_t c = 0; c < 0x10000; ++c) {
        const QString name = FileName::safe(
            QStringLiteral("..") + QString::fromUcs4(&c, 1) + QStringLiteral("..x"), QStringLiteral("pdf"));
        const QString path = QDir::cleanPath(inside.absoluteFilePath(name));
        QVERIFY2(QFileInfo(path).path() == inside.absolutePath(), qPrintable(QString::number(c, 16)));
        QVERIFY2(!name.startsWith(u'.') && !name.contains(u'/') && !name.contains(u'\\'), qPrintable(name));
        // It says the same to whoever reads it once more.
        QCOMPARE(FileName::safe(name.chopped(4), QStringLiteral("pdf")), name);
    }
}

void TestFileNames::longNamesAreCutBetweenCharacters()
{
    for (const QString &unit : {QStringLiteral("x"), ucs({U'u', 0x308}), ucs({0x1F4C4}), ucs({0x53D1}),
                                ucs({U'x', U' '}), ucs({U'x', U'.'})}) {
        const QString name = FileName::safe(unit.repeated(5000), QStringLiteral("pdf"));
        const QByteArray bytes = name.toUtf8();
        QVERIFY2(bytes.size() <= FileName::mostBytes && bytes.size() > FileName::mostBytes - 8,
                 bytes.constData());
        QVERIFY(name.endsWith(QStringLiteral(".pdf")) && !name.endsWith(QStringLiteral("..pdf")));
        QCOMPARE(QString::fromUtf8(bytes), name);
        QVERIFY(!bytes.contains("\xEF\xBF\xBD"));
    }
}

void TestFileNames::numbersStandBeforeTheEnding()
{
    QCOMPARE(FileName::numbered(QStringLiteral("a.pdf"), 1), QStringLiteral("a.pdf"));
    QCOMPARE(FileName::numbered(QStringLiteral("a.b.pdf"), 2), QStringLiteral("a.b (2).pdf"));
    QCOMPARE(FileName::folded(QStringLiteral("INV.pdf")), FileName::folded(QStringLiteral("inv.PDF")));
}

void TestFileNames::thePatternIsFilledIn()
{
    const auto named
        = [](const char *pattern) { return NamePattern(QString::fromUtf8(pattern)).nameOf(sample()); };
    QCOMPARE(NamePattern().nameOf(sample()), QStringLiteral("Invoice INV-88213 2026-11-03.pdf"));
    QCOMPARE(named("{account} {account number} {po}"),
             QStringLiteral("Harbour Supply Co. 10432 PO-77-1.pdf"));
    QCOMPARE(named("{month}/{number}"), QStringLiteral("2026-11-INV-88213.pdf"));
    QCOMPARE(named("{number} {order}"), QStringLiteral("INV-88213.pdf")); // of none: no gap
    QCOMPARE(named("{number} - {order}"), QStringLiteral("INV-88213.pdf"));
    OutgoingDocument xml = sample();
    xml.ending = QStringLiteral("xml");
    QCOMPARE(NamePattern(QStringLiteral("{number}")).nameOf(xml), QStringLiteral("INV-88213.xml"));
}

void TestFileNames::wrongPatternsSaySo_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("empty") << QString();
    QTest::newRow("blank") << QStringLiteral("   ");
    QTest::newRow("unknown") << QStringLiteral("{number} {colour}");
    QTest::newRow("empty braces") << QStringLiteral("{} {number}");
    QTest::newRow("open") << QStringLiteral("{number");
    QTest::newRow("closed") << QStringLiteral("number}");
    QTest::newRow("inside each other") << QStringLiteral("{{number}}");
    QTest::newRow("too long") << QStringLiteral("x").repeated(1000);
}

void TestFileNames::wrongPatternsSaySo()
{
    QFETCH(QString, pattern);
    const NamePattern wrong(pattern);
    QVERIFY(!wrong.fault().isEmpty());
    QCOMPARE(wrong.nameOf(sample()), NamePattern().nameOf(sample()));
}

void TestFileNames::tokensAreNotFilledInTwice()
{
    OutgoingDocument document = sample();
    document.number = QStringLiteral("{account}");
    QCOMPARE(NamePattern(QStringLiteral("{number}")).nameOf(document), QStringLiteral("{account}.pdf"));
}

CORE_TEST(TestFileNames)
#include "tst_filenames.moc"

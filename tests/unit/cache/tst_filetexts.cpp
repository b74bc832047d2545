#include "cachereader.h"
#include "cachewriter.h"
#include "database.h"
#include "document.h"
#include "filetexts.h"
#include "recordreader.h"
#include "searchwords.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

namespace {

using Keys = std::vector<std::string>;

std::string digestOf(int n)
{
    const std::string number = std::to_string(n);
    return std::string(63 - number.size(), 'a') + number + 'f';
}

// Document number `n`, issued on minute n.
Document paper(int n, const std::string &account = "a1")
{
    Document document;
    document.key = "d" + std::to_string(n);
    document.account = account;
    document.number = "INV-" + std::to_string(1'000 + n);
    document.paper = "invoice";
    document.mediaType = "application/pdf";
    document.dated = Instant{1'700'000'000'000 + n * std::int64_t{60'000}};
    document.issued = true;
    document.sha256 = digestOf(n);
    return document;
}

} // namespace

// The words inside documents: found from the moment they are stored, as long as their document is there.
class TestFileTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_cache = std::make_unique<TestCache>(); }
    void findsWordsInside();
    void findsNumberAndWordsTogether();
    void findsWhatIsTypedLiterally_data();
    void findsWhatIsTypedLiterally();
    void findsEveryScript_data();
    void findsEveryScript();
    void aNewVersionReplacesTheText();
    void aTextOfAnotherVersionIsPassedOver();
    void aChangedRecordKeepsItsText();
    void textStaysWhenTheFileGoes();
    void saysWhatIsUnread();
    void triesAgainWithAnotherProgram();
    void asksForFilesThatAreHere();
    void marksAreBroughtUpToDate();
    void listsHearOfTexts();
    void showsThePlace_data();
    void showsThePlace();
    void survivesHostileText_data();
    void survivesHostileText();
    void purgeLeavesNoByte();
    void fillLeavesNoByteOfWhatItLetGo();

private:
    std::int64_t rowOf(const Document &document);
    void read(const Document &document, const std::string &text,
              FileText::State state = FileText::State::Whole);
    void note(const FilesHere &files);
    Keys found(const std::string &typed, bool here = false);
    std::optional<FileFacts> factsOf(const Document &document, const std::string &typed);
    QStringList filesWith(const QByteArray &mark) const;

    std::unique_ptr<TestCache> m_cache;
};

std::int64_t TestFileTexts::rowOf(const Document &document)
{
    CacheReader reader(m_cache->path());
    const auto row = reader.byKey(Document::type, document.key);
    return row && *row ? (*row)->id : 0;
}

void TestFileTexts::read(const Document &document, const std::string &text, FileText::State state)
{
    const auto notice = m_cache->writer().storeTexts(
        Document::type, {{rowOf(document), document.sha256, state, text, "1.0"}});
    VERIFY_OK(notice);
    m_cache->readers().noteChange(*notice);
}

void TestFileTexts::note(const FilesHere &files)
{
    VERIFY_OK(m_cache->writer().noteFiles(Document::type, files));
}

Keys TestFileTexts::found(const std::string &typed, bool here)
{
    CacheReader reader(m_cache->path());
    RecordQuery query = allOf<Document>();
    query.text = typed;
    query.fileHere = here;
    const auto ids = RecordReader(reader).ids(query);
    if (!ids)
        return {"error"};
    const auto rows = reader.byIds(Document::type, *ids, WithLists::No);
    Keys keys;
    for (const CachedRecord &row : *rows)
        keys.push_back(row.record.as<Document>()->key);
    return keys;
}

std::optional<FileFacts> TestFileTexts::factsOf(const Document &document, const std::string &typed)
{
    CacheReader reader(m_cache->path());
    const std::int64_t row = rowOf(document);
    const auto facts = FileTexts(reader, Document::type).facts(std::span(&row, 1), typed);
    return facts && !facts->empty() ? std::optional(facts->front()) : std::nullopt;
}

QStringList TestFileTexts::filesWith(const QByteArray &mark) const
{
    QStringList names;
    const QFileInfo cache(m_cache->path());
    for (const QFileInfo &info : cache.dir().entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(mark))
            names.append(info.fileName());
    }
    return names;
}

// Newest first, whatever the order in which they were read.
void TestFileTexts::findsWordsInside()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2)), changeTo(paper(3))});
    read(paper(3), "Freight to the Manchester depot");
    read(paper(1), "Rubber gasket, 40 mm\nPart AB-12.5 x 12");
    read(paper(2), "Copper gaskets");
    QCOMPARE(found("gask"), (Keys{"d2", "d1"}));
    QCOMPARE(found("gaskets"), (Keys{"d2"}));
    QCOMPARE(found("GASKET rubb"), (Keys{"d1"}));
    QCOMPARE(found("ab125"), (Keys{"d1"}));
    QCOMPARE(found("12.5"), (Keys{"d1"}));
    QCOMPARE(found("asket"), (Keys{})); // the beginnings of words, as in every list
    QCOMPARE(found(""), (Keys{"d3", "d2", "d1"}));
}

void TestFileTexts::findsNumberAndWordsTogether()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2))});
    read(paper(1), "gasket");
    read(paper(2), "gasket");
    QCOMPARE(found("inv-1002"), (Keys{"d2"}));
    QCOMPARE(found("gasket INV-1001"), (Keys{"d1"}));
}

// Nothing of what the full-text table would take for an operator is one.
void TestFileTexts::findsWhatIsTypedLiterally_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("found");
    QTest::newRow("quotes") << QStringLiteral("\"gasket\"") << 1;
    QTest::newRow("one quote") << QStringLiteral("\"gasket") << 1;
    QTest::newRow("AND is a word") << QStringLiteral("gasket AND bolt") << 0;
    QTest::newRow("OR is a word") << QStringLiteral("gasket OR nothing") << 0;
    QTest::newRow("NOT is a word") << QStringLiteral("gasket NOT washer") << 0;
    QTest::newRow("NEAR") << QStringLiteral("NEAR(gasket bolt)") << 0;
    QTest::newRow("star") << QStringLiteral("gas*") << 1;
    QTest::newRow("column") << QStringLiteral("inside:gasket") << 0;
    QTest::newRow("brackets") << QStringLiteral("(gasket)") << 1;
    QTest::newRow("caret") << QStringLiteral("^gasket") << 1;
    QTest::newRow("only marks") << QStringLiteral("\" * ( )") << 1; // no word restricts nothing
    QTest::newRow("end of SQL") << QStringLiteral("gasket'; DROP TABLE documents; --") << 0;
}

void TestFileTexts::findsWhatIsTypedLiterally()
{
    QFETCH(QString, typed);
    m_cache->put({changeTo(paper(1))});
    read(paper(1), "gasket bolt"); // which operators would find
    QFETCH(int, found);
    QCOMPARE(static_cast<int>(this->found(typed.toStdString()).size()), found);
}

void TestFileTexts::findsEveryScript_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::newRow("without its accents")
        << QStringLiteral("Câble électrique") << QStringLiteral("cable elec");
    QTest::newRow("with other accents") << QStringLiteral("Rohrgröße, Öse") << QStringLiteral("rohrgro ose");
    QTest::newRow("Chinese, in the middle of a run")
        << QStringLiteral("增值税专用发票号码") << QStringLiteral("发票");
    QTest::newRow("Japanese") << QStringLiteral("ご請求書番号のお知らせ") << QStringLiteral("請求書");
    QTest::newRow("more Chinese than is kept together")
        << QStringLiteral("中华人民共和国增值税专用发票") << QStringLiteral("人民共和国增值税专用");
    QTest::newRow("Arabic") << QStringLiteral("رقم الفاتورة 88213") << QStringLiteral("الفاتورة");
    QTest::newRow("Hebrew with points") << QStringLiteral("חֶשְׁבּוֹנִית מס") << QStringLiteral("חשבונית");
    QTest::newRow("Greek capitals") << QStringLiteral("ΤΙΜΟΛΟΓΙΟ") << QStringLiteral("τιμολογιο");
    QTest::newRow("ligature") << QString::fromUcs4(U"o\uFB03ce") << QStringLiteral("office");
    QTest::newRow("double width") << QString::fromUcs4(U"\uFF21\uFF22\uFF11\uFF12") << QStringLiteral("ab12");
}

void TestFileTexts::findsEveryScript()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    m_cache->put({changeTo(paper(1))});
    read(paper(1), text.toStdString());
    QCOMPARE(found(typed.toStdString()), (Keys{"d1"}));
}

void TestFileTexts::aNewVersionReplacesTheText()
{
    m_cache->put({changeTo(paper(1))});
    read(paper(1), "gasket");
    Document changed = paper(1);
    changed.sha256 = digestOf(77);
    m_cache->put({changeTo(changed)});
    QCOMPARE(found("gasket"), (Keys{}));
    QVERIFY(!factsOf(changed, "gasket")->read);
    read(changed, "washer");
    QCOMPARE(found("washer"), (Keys{"d1"}));
    QCOMPARE(found("gasket"), (Keys{}));
}

void TestFileTexts::aTextOfAnotherVersionIsPassedOver()
{
    m_cache->put({changeTo(paper(1))});
    Document old = paper(1);
    old.sha256 = digestOf(77);
    read(old, "gasket");
    QCOMPARE(found("gasket"), (Keys{}));
    VERIFY_OK(m_cache->writer().storeTexts(Document::type, {{4711, digestOf(1), {}, "gasket", "1.0"}}));
    QCOMPARE(found("gasket"), (Keys{}));
}

void TestFileTexts::aChangedRecordKeepsItsText()
{
    m_cache->put({changeTo(paper(1))});
    read(paper(1), "gasket");
    Document changed = paper(1);
    changed.number = "INV-5555";
    m_cache->put({changeTo(changed)});
    QCOMPARE(found("gasket 5555"), (Keys{"d1"}));
    QCOMPARE(found("1001"), (Keys{}));
}

void TestFileTexts::textStaysWhenTheFileGoes()
{
    m_cache->put({changeTo(paper(1))});
    note({false, {rowOf(paper(1))}, {}});
    read(paper(1), "gasket");
    note({false, {}, {rowOf(paper(1))}});
    QCOMPARE(found("gasket"), (Keys{"d1"}));
    QVERIFY(!factsOf(paper(1), {})->here);
}

void TestFileTexts::saysWhatIsUnread()
{
    Document withoutFile = paper(4);
    withoutFile.issued = false;
    withoutFile.sha256.clear();
    m_cache->put({changeTo(paper(1)), changeTo(paper(2)), changeTo(paper(3)), changeTo(withoutFile)});
    note({true, {rowOf(paper(1)), rowOf(paper(2)), rowOf(withoutFile)}, {}});
    CacheReader reader(m_cache->path());
    FileTexts texts(reader, Document::type);
    const auto unread = texts.unread("1.0", 10);
    VERIFY_OK(unread);
    QVERIFY(!unread->later);
    QCOMPARE(unread->files.size(), std::size_t{2});
    QCOMPARE(unread->files[0].digest, digestOf(2)); // the newest first
    QCOMPARE(unread->files[1].account, std::string("a1"));
    QCOMPARE(texts.unread("1.0", 1)->files.size(), std::size_t{1});
    read(paper(2), "gasket");
    QCOMPARE(texts.unread("1.0", 10)->files.front().digest, digestOf(1));
    read(paper(1), {}, FileText::State::Unreadable);
    QCOMPARE(texts.unread("1.0", 10)->files.size(), std::size_t{0});
    const FileCounts expected{4, 3, 1, 1};
    QVERIFY(*texts.counts() == expected);
    RecordQuery query = allOf<Document>();
    query.text = "gasket";
    QCOMPARE(RecordReader(reader).totals(query)->unsearched, 3);
}

void TestFileTexts::triesAgainWithAnotherProgram()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2))});
    note({true, {rowOf(paper(1)), rowOf(paper(2))}, {}});
    read(paper(1), {}, FileText::State::Unreadable);
    read(paper(2), "gasket", FileText::State::Cut);
    CacheReader reader(m_cache->path());
    QVERIFY(FileTexts(reader, Document::type).unread("1.0", 10)->files.empty());
    const auto again = FileTexts(reader, Document::type).unread("1.1", 10);
    QCOMPARE(again->files.size(), std::size_t{1});
    QCOMPARE(again->files.front().digest, digestOf(1));
}

void TestFileTexts::asksForFilesThatAreHere()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2)), changeTo(paper(3))});
    note({true, {rowOf(paper(1)), rowOf(paper(3))}, {}});
    read(paper(1), "gasket");
    read(paper(2), "gasket");
    QCOMPARE(found({}, true), (Keys{"d3", "d1"}));
    QCOMPARE(found("gasket", true), (Keys{"d1"}));
    QCOMPARE(found("gasket"), (Keys{"d2", "d1"}));
}

void TestFileTexts::marksAreBroughtUpToDate()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2)), changeTo(paper(3))});
    note({true, {rowOf(paper(1)), rowOf(paper(2)), 4711}, {}});
    QCOMPARE(found({}, true), (Keys{"d2", "d1"}));
    note({true, {rowOf(paper(2)), rowOf(paper(3))}, {}});
    QCOMPARE(found({}, true), (Keys{"d3", "d2"}));
    note({false, {rowOf(paper(1))}, {rowOf(paper(3))}});
    QCOMPARE(found({}, true), (Keys{"d2", "d1"}));
    m_cache->remove(Document::type, "d1");
    QCOMPARE(found({}, true), (Keys{"d2"}));
    const auto nothing = m_cache->writer().noteFiles(Document::type, {true, {rowOf(paper(2))}, {}});
    VERIFY_OK(nothing);
    QVERIFY(nothing->isEmpty());
}

// What is held for lists is brought up to date row by row.
void TestFileTexts::listsHearOfTexts()
{
    m_cache->put({changeTo(paper(1)), changeTo(paper(2))});
    RecordQuery query = allOf<Document>();
    query.text = "gasket";
    HeldLists held;
    CacheReader reader(m_cache->path(), &held);
    QCOMPARE(RecordReader(reader).list(query).value()->size(), std::size_t{0});
    const auto notice = m_cache->writer().storeTexts(
        Document::type, {{rowOf(paper(1)), digestOf(1), FileText::State::Whole, "gasket", "1.0"}});
    VERIFY_OK(notice);
    QCOMPARE(notice->of(Document::type)->updated.size(), std::size_t{1});
    held.note(*notice);
    QCOMPARE(RecordReader(reader).list(query).value()->size(), std::size_t{1});
    QCOMPARE(RecordReader(reader).matching(query, notice->of(Document::type)->updated)->size(),
             std::size_t{1});
}

void TestFileTexts::showsThePlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("page");
    QTest::addColumn<QString>("snippet"); // the hit between brackets
    const QString long40 = QStringLiteral("filler ").repeated(40);
    QTest::newRow("one word") << QStringLiteral("Rubber gasket, 40 mm") << QStringLiteral("gask") << 0
                              << QStringLiteral("Rubber [gasket], 40 mm");
    QTest::newRow("on the second page") << QStringLiteral("First page\fRubber gasket")
                                        << QStringLiteral("gask") << 1 << QStringLiteral("Rubber [gasket]");
    QTest::newRow("two words in a row")
        << QStringLiteral("A rubber gasket here") << QStringLiteral("gasket rubb") << 0
        << QStringLiteral("A [rubber gasket] here");
    QTest::newRow("where they stand together")
        << QStringLiteral("gasket %1rubber gasket").arg(long40) << QStringLiteral("rubber gasket") << 0
        << QStringLiteral("filler filler filler filler filler filler [rubber gasket]");
    QTest::newRow("from its line on")
        << QStringLiteral("Item Description Net\n2 FX-2489 Anchor bolt 19.20\n3 Nut")
        << QStringLiteral("bolt") << 0 << QStringLiteral("2 FX-2489 Anchor [bolt] 19.20 3 Nut");
    QTest::newRow("a number with marks") << QStringLiteral("(AB-12.5)") << QStringLiteral("12.5") << 0
                                         << QStringLiteral("( [AB-12.5] )").remove(u' ');
    QTest::newRow("only in its fields")
        << QStringLiteral("nothing of it") << QStringLiteral("inv-1001") << -1 << QString();
}

void TestFileTexts::showsThePlace()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(int, page);
    QFETCH(QString, snippet);
    m_cache->put({changeTo(paper(1))});
    read(paper(1), text.toStdString());
    const auto facts = factsOf(paper(1), typed.toStdString());
    QVERIFY(facts && facts->read);
    QCOMPARE(facts->found ? facts->found->page : -1, page);
    if (!facts->found)
        return;
    std::string shown = facts->found->snippet;
    shown.insert(facts->found->begin + facts->found->length, "]");
    shown.insert(facts->found->begin, "[");
    QCOMPARE(QString::fromStdString(shown), snippet);
}

void TestFileTexts::survivesHostileText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("control characters") << QByteArray("gas\x01ket \x02\x03 gasket\x00 end", 22);
    QTest::newRow("no blank for half a megabyte")
        << QByteArray("gasket ") + QByteArray(FileText::bytesMost, 'x');
    QTest::newRow("marks without end") << QByteArray("gasket ") + QByteArray("a.").repeated(200'000);
    QTest::newRow("not UTF-8") << QByteArray("gasket \xff\xfe\xc3 \x80\x80");
    QTest::newRow("Chinese without end")
        << QByteArray("gasket ") + QByteArray("\xe5\x8f\x91").repeated(150'000);
    QByteArray many("gasket ");
    for (int i = 0; i < 60'000; ++i)
        many += QByteArray::number(i) + ' ';
    QTest::newRow("more words than are kept") << many;
    QTest::newRow("turned around") << QByteArray("\xe2\x80\xaegasket\xe2\x80\xac gasket");
}

void TestFileTexts::survivesHostileText()
{
    QFETCH(QByteArray, text);
    m_cache->put({changeTo(paper(1))});
    read(paper(1), text.toStdString());
    const auto facts = factsOf(paper(1), "gasket");
    QVERIFY(facts && facts->found);
    QVERIFY(facts->found->snippet.size() <= FileTexts::snippetBytes + 10);
    QVERIFY(facts->found->begin + facts->found->length <= facts->found->snippet.size());
    QVERIFY(facts->found->snippet.find("gasket") != std::string::npos);
    const std::string words = SearchWords::inside(text.toStdString());
    QVERIFY(std::ranges::count(words, ' ') < static_cast<std::ptrdiff_t>(SearchWords::insideWordsMost));
    // Of more than is kept the rest is not found, which is said.
    const bool tooManyWords = QByteArray(QTest::currentDataTag()) == "more words than are kept";
    const bool tooLong = text.size() > static_cast<qsizetype>(FileText::bytesMost);
    QCOMPARE(facts->state == FileText::State::Cut, tooManyWords || tooLong);
    if (!tooManyWords)
        QCOMPARE(found("gasket"), (Keys{"d1"}));
}

void TestFileTexts::purgeLeavesNoByte()
{
    const auto put = [this](const std::string &account, int from, const std::string &mark) {
        for (int n = from; n < from + 60; ++n) {
            const Document document = paper(n, account);
            m_cache->put({changeTo(document)});
            note({false, {rowOf(document)}, {}});
            read(document, mark + " and " + mark + std::to_string(n));
        }
    };
    for (int round = 0; round < 2; ++round) {
        put("mine", 0, "zebrafish" + std::to_string(round));
        put("theirs", 100, "xylophone" + std::to_string(round));
    }
    QVERIFY(!filesWith("xylophone").isEmpty());
    VERIFY_OK(m_cache->writer().purge({"theirs"}));
    QCOMPARE(filesWith("xylophone"), QStringList());
    QCOMPARE(filesWith(QByteArray::fromStdString(digestOf(101))), QStringList());
    QCOMPARE(found("xylophone"), (Keys{}));
    QCOMPARE(found("zebrafish").size(), std::size_t{60});
    auto database = Sqlite::Database::open(m_cache->path(), Sqlite::Database::Mode::ReadOnly);
    VERIFY_OK(database);
    QCOMPARE(*database->integer("SELECT count(*) FROM documents_texts"), 60);
    QCOMPARE(*database->integer("SELECT count(*) FROM documents_files"), 60);
    VERIFY_OK(m_cache->writer().purgeEverything());
    QCOMPARE(filesWith("zebrafish"), QStringList());
    QCOMPARE(*database->integer("SELECT count(*) FROM documents_texts"), 0);
}

void TestFileTexts::fillLeavesNoByteOfWhatItLetGo()
{
    m_cache->put({changeTo(paper(1))});
    read(paper(1), "xylophone");
    VERIFY_OK(m_cache->writer().beginFill({"document"}, "c0"));
    FillPage page;
    page.kind = &Document::type;
    page.listed = true;
    VERIFY_OK(m_cache->writer().applyFillPage(page));
    VERIFY_OK(m_cache->writer().finishFill());
    QCOMPARE(filesWith("xylophone"), QStringList());
}

CORE_TEST(TestFileTexts)
#include "tst_filetexts.moc"

#include "document.h"
#include "filetexts.h"
#include "hostilepdfs.h"
#include "pdfs.h"
#include "recordreader.h"
#include "testcache.h"
#include "testentry.h"
#include "textextraction.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;

namespace {

using Keys = std::vector<std::string>;

constexpr int patienceMs = 60'000;

// The cache as the program has it, with files of the test's own.
class CachedTexts final : public TextPort
{
    Q_OBJECT
public:
    void findUnread(const QString &program) override
    {
        ++asked;
        CacheReader reader(cache.path());
        const auto found = FileTexts(reader, Document::type).unread(program.toStdString(), unreadMost);
        QList<Unread> files;
        for (const UnreadFile &file : found->files)
            files.append({file.record, file.digest, paths.value(QString::fromStdString(file.digest))});
        QMetaObject::invokeMethod(
            this, [this, files] { Q_EMIT unreadFound(files, false); }, Qt::QueuedConnection);
    }
    void keep(const FileText &text) override
    {
        const bool stored = !full && cache.writer().storeTexts(Document::type, {text}).ok();
        if (stored)
            texts.push_back(text);
        QMetaObject::invokeMethod(
            this, [this, stored] { Q_EMIT kept(stored); }, Qt::QueuedConnection);
    }

    // Document number `n`, the higher the newer, whose file has these bytes.
    void add(int n, const QByteArray &pdf);
    Keys found(const std::string &typed);

    TestCache cache;
    PdfFolder folder;
    QHash<QString, QString> paths; // by digest
    std::vector<FileText> texts;   // as they were kept
    int asked = 0;
    bool full = false;
};

void CachedTexts::add(int n, const QByteArray &pdf)
{
    Document document;
    document.key = "d" + std::to_string(n);
    document.account = "a1";
    document.number = "INV-" + std::to_string(n);
    document.dated = Instant{1'700'000'000'000 + n * std::int64_t{60'000}};
    document.issued = true;
    document.sha256 = QCryptographicHash::hash(pdf + QByteArray::number(n), QCryptographicHash::Sha256)
                          .toHex()
                          .toStdString();
    paths.insert(QString::fromStdString(document.sha256), folder.file(pdf));
    cache.put({changeTo(document)});
    CacheReader reader(cache.path());
    const auto row = reader.byKey(Document::type, document.key);
    if (!cache.writer().noteFiles(Document::type, {false, {(*row)->id}, {}}))
        qFatal("the file cannot be noted");
    Q_EMIT changed();
}

Keys CachedTexts::found(const std::string &typed)
{
    CacheReader reader(cache.path());
    RecordQuery query = allOf<Document>();
    query.text = typed;
    Keys keys;
    const auto ids = RecordReader(reader).ids(query);
    const auto rows = reader.byIds(Document::type, *ids, WithLists::No);
    for (const CachedRecord &row : *rows)
        keys.push_back(row.record.as<Document>()->key);
    return keys;
}

} // namespace

// From a file on this computer to words that find its document.
class TestTextExtraction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_extraction.reset(); }
    void readsEverythingNewestFirst();
    void readsWhatComesLater();
    void marksWhatCannotBeRead();
    void readsWhatItCanOfABomb();
    void survivesBombs();
    void leavesTheRestOfTheLongest();
    void aPersonComesFirst();
    void blamesNoDocumentForTheComputer();
    void passesOverAFileThatCannotBeOpened();
    void goesOnAfterARestart();
    void restsWhenThereIsNothing();

private:
    void start(const QString &program = QStringLiteral(RENDER_PROGRAM));
    bool finishes();

    std::unique_ptr<CachedTexts> m_texts;
    std::unique_ptr<TextExtraction> m_extraction;
};

void TestTextExtraction::init()
{
    m_texts = std::make_unique<CachedTexts>();
}

void TestTextExtraction::start(const QString &program)
{
    m_extraction = std::make_unique<TextExtraction>(*m_texts, program, QStringLiteral("1.0"), 0);
}

bool TestTextExtraction::finishes()
{
    QSignalSpy idle(m_extraction.get(), &TextExtraction::idle);
    return idle.wait(patienceMs);
}

void TestTextExtraction::readsEverythingNewestFirst()
{
    for (const int n : {2, 1, 3})
        m_texts->add(n, plainPdf(n));
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), std::size_t{3});
    QCOMPARE(std::ranges::count(m_texts->texts[0].text, FileText::pageEnd), 3);
    QCOMPARE(std::ranges::count(m_texts->texts[2].text, FileText::pageEnd), 1);
    QCOMPARE(m_texts->found("bolts nuts"), (Keys{"d3", "d2", "d1"}));
    QCOMPARE(m_texts->found("12.50"), (Keys{"d3", "d2", "d1"}));
    const auto place = findInText(m_texts->texts[0].text, "page 3");
    QVERIFY(place);
    QCOMPARE(place->page, 2);
    QCOMPARE(QString::fromStdString(place->snippet.substr(place->begin, place->length)),
             QStringLiteral("Page 3"));
}

void TestTextExtraction::readsWhatComesLater()
{
    m_texts->add(1, plainPdf(1));
    start();
    QVERIFY(finishes());
    m_texts->add(2, plainPdf(2));
    QVERIFY(finishes());
    QCOMPARE(m_texts->found("bolts"), (Keys{"d2", "d1"}));
}

void TestTextExtraction::marksWhatCannotBeRead()
{
    m_texts->add(1, plainPdf(1));
    m_texts->add(2, lockedPdf());
    m_texts->add(3, "%PDF-1.5 and then nothing of the kind");
    m_texts->add(4, QByteArray("not one at all").repeated(1'000));
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), std::size_t{4});
    for (const std::size_t bad : {0U, 1U, 2U})
        QVERIFY(m_texts->texts[bad].state == FileText::State::Unreadable);
    QCOMPARE(m_texts->found("bolts"), (Keys{"d1"}));
    m_extraction.reset();
    start(); // the same program does not try again
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), std::size_t{4});
}

void TestTextExtraction::readsWhatItCanOfABomb()
{
    m_texts->add(1, bombAmongPagesPdf());
    m_texts->add(2, plainPdf(1));
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), std::size_t{2});
    QVERIFY(m_texts->texts[0].state == FileText::State::Whole);
    QVERIFY(m_texts->texts[1].state != FileText::State::Unreadable);
    QCOMPARE(std::ranges::count(m_texts->texts[1].text, FileText::pageEnd), 3); // pages keep their numbers
}

// One of each way in which they end; tst_hostiledocuments has each of them read.
void TestTextExtraction::survivesBombs()
{
    const QSet<QByteArray> names{"a page of 800 metres", "contents of 380 MB", "nested contents",
                                 "a tree that is endless"};
    int n = 0;
    for (const HostilePdf &bomb : bombPdfs()) {
        if (names.contains(bomb.name))
            m_texts->add(++n, bomb.bytes);
    }
    QCOMPARE(n, names.size());
    m_texts->add(0, plainPdf(1)); // the oldest, and so the last
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), static_cast<std::size_t>(n) + 1);
    QCOMPARE(m_texts->found("bolts"), (Keys{"d0"}));
}

void TestTextExtraction::leavesTheRestOfTheLongest()
{
    m_texts->add(1, manyPagesPdf(TextExtraction::pagesMost + 1));
    start();
    QVERIFY(finishes());
    QVERIFY(m_texts->texts.front().state == FileText::State::Cut);
    QCOMPARE(std::ranges::count(m_texts->texts.front().text, FileText::pageEnd), TextExtraction::pagesMost);
}

void TestTextExtraction::aPersonComesFirst()
{
    m_texts->add(1, plainPdf(1));
    start();
    m_extraction->personActed();
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY(m_texts->asked > 0);
    QVERIFY(finishes());
    QVERIFY(since.elapsed() >= TextExtraction::restMs);
    QCOMPARE(m_texts->texts.size(), std::size_t{1});
}

// Neither a worker that cannot be started nor a full disk makes a document unreadable.
void TestTextExtraction::blamesNoDocumentForTheComputer()
{
    m_texts->add(1, plainPdf(1));
    start(QStringLiteral("/there/is/no/such/program"));
    QTRY_VERIFY_WITH_TIMEOUT(m_texts->asked == 1 && m_extraction->isIdle(), patienceMs);
    QVERIFY(m_texts->texts.empty());
    m_texts->full = true;
    start();
    QTRY_VERIFY_WITH_TIMEOUT(m_texts->asked == 2 && m_extraction->isIdle(), patienceMs);
    m_texts->full = false;
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->found("bolts"), (Keys{"d1"}));
}

void TestTextExtraction::passesOverAFileThatCannotBeOpened()
{
    for (const int n : {1, 2, 3})
        m_texts->add(n, plainPdf(n));
    CacheReader reader(m_texts->cache.path());
    const auto newest = reader.byKey(Document::type, "d3");
    m_texts->paths[QString::fromStdString((*newest)->record.as<Document>()->sha256)]
        = QStringLiteral("/no/such/file.pdf");
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_texts->texts.size(), std::size_t{2}, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_extraction->isIdle(), patienceMs);
    QCOMPARE(m_texts->found("bolts"), (Keys{"d2", "d1"}));
}

void TestTextExtraction::goesOnAfterARestart()
{
    for (int n = 0; n < 5; ++n)
        m_texts->add(n, plainPdf(1));
    start();
    QTRY_VERIFY_WITH_TIMEOUT(m_texts->texts.size() >= 2, patienceMs);
    m_extraction.reset(); // in the middle
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->texts.size(), std::size_t{5}); // none twice
    QCOMPARE(m_texts->found("bolts").size(), std::size_t{5});
}

void TestTextExtraction::restsWhenThereIsNothing()
{
    start();
    QVERIFY(finishes());
    QCOMPARE(m_texts->asked, 1);
    QVERIFY(m_extraction->isIdle());
    for (const QTimer *timer : m_extraction->findChildren<QTimer *>())
        QVERIFY(!timer->isActive());
}

GUI_TEST(TestTextExtraction)
#include "tst_textextraction.moc"

#include "heldport.h"
#include "hostilepdfs.h"
#include "packing.h"
#include "packmanifest.h"
#include "packstep.h"
#include "pagerenderer.h"
#include "pagesstep.h"
#include "pdfs.h"
#include "testentry.h"

#include <QDir>
#include <QGuiApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QtTest>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <csignal>
#include <thread>

using namespace Counterfoil;

// Packs as somebody else's programs read them: unzip, and Poppler.
class TestPacks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void mergesPages();
    void takesOutPages();
    void namesPagesThatAreNotThere();
    void nothingInAPackRunsByItself();
    void theSameDocumentsMakeTheSameBytes();
    void zipsWithAList();
    void namesInAZipNeverMeetOrLeadOut();
    void noCellIsAFormula_data();
    void noCellIsAFormula();
    void totalsEqualTheSelection();
    void blamesTheDocumentAtFault_data();
    void blamesTheDocumentAtFault();
    void leavesOutWhatIsDamaged();
    void aDeathHalfWayLeavesNothing();
    void cancelLeavesNothing();
    void saysThatAProgramIsMissing();
    void manyDocuments();

private:
    PackJob job(PackJob::Form form, std::vector<OutgoingDocument> documents)
    {
        PackJob job;
        job.form = form;
        job.folder = m_dir->path();
        job.name = form == PackJob::Form::Zip ? QStringLiteral("pack.zip") : QStringLiteral("pack.pdf");
        job.programs = QFileInfo(QStringLiteral(RENDER_PROGRAM)).path();
        for (const OutgoingDocument &document : documents)
            job.sources.push_back(
                {document, m_port.fileOf(document), document.number + QStringLiteral(".pdf")});
        return job;
    }
    OutgoingDocument priced(const QString &number, const QByteArray &bytes, const char *currency, qint64 net,
                            qint64 tax, qint64 freight = 0)
    {
        OutgoingDocument document = m_port.put(number, bytes);
        document.amounts = {{}, currency, {net}, {tax}, {net + tax + freight}};
        return document;
    }
    QStringList found() const { return QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden); }
    static QByteArray unzip(const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("unzip"), arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            return "unzip failed: " + process.readAllStandardError() + process.readAllStandardOutput();
        return process.readAllStandardOutput();
    }
    static int pagesOf(const QString &path)
    {
        PageRenderer renderer(QStringLiteral(RENDER_PROGRAM));
        int pages = 0;
        QObject::connect(
            &renderer, &PageRenderer::opened, &renderer,
            [&](quint64, const OpenedDocument &document) { pages = int(document.pages.size()); });
        QSignalSpy opened(&renderer, &PageRenderer::opened);
        renderer.open(path);
        return opened.wait() ? pages : -1;
    }
    static QString trouble(const std::variant<MadePack, PackTrouble> &made)
    {
        const auto *trouble = std::get_if<PackTrouble>(&made);
        return trouble ? trouble->error.userText + trouble->error.detail : QString();
    }

    HeldPort m_port;
    PackWatch m_watch;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestPacks::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_watch.cancelled = false;
}

void TestPacks::mergesPages()
{
    const auto made = makePack(job(PackJob::Form::OnePdf,
                                   {m_port.put(QStringLiteral("INV-1"), plainPdf(2)),
                                    m_port.put(QStringLiteral("INV-2"), plainPdf(3)),
                                    m_port.put(QString::fromUtf8("Größe \U0001F4C4"), plainPdf(1))}),
                               m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(made), qPrintable(trouble(made)));
    QCOMPARE(std::get<MadePack>(made).pages, 6U);
    QCOMPARE(pagesOf(std::get<MadePack>(made).path), 6);
    QCOMPARE(found(), QStringList{QStringLiteral("pack.pdf")});
}

// What is on the other pages stays behind, also where a link leads to it.
void TestPacks::takesOutPages()
{
    PackJob part = job(PackJob::Form::OnePdf, {m_port.put(QStringLiteral("INV-1"), plainPdf(5))});
    part.sources.front().pages = {1, 3};
    const auto two = makePack(part, m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(two), qPrintable(trouble(two)));
    QCOMPARE(pagesOf(std::get<MadePack>(two).path), 2);
    const OutgoingDocument linked = m_port.put(QStringLiteral("INV-2"), pdfWithLinks());
    for (const quint32 page : {0U, 1U}) {
        PackJob one = job(PackJob::Form::OnePdf, {linked});
        one.sources.front().pages = {page};
        DocumentBatch batch({linked}, std::make_unique<PagesStep>(one, one.sources.front().pages), m_port);
        batch.start();
        QTRY_COMPARE_WITH_TIMEOUT(batch.state(), DocumentBatch::State::Done, 20'000);
        QPDF made;
        made.processFile(QFile::encodeName(batch.items().front().place).constData());
        std::string drawn;
        for (QPDFObjectHandle &object : made.getAllObjects()) {
            if (!object.isStream() || object.getDict().hasKey("/Type"))
                continue;
            const auto bytes = object.getStreamData();
            drawn.append(reinterpret_cast<const char *>(bytes->getBuffer()), bytes->getSize());
        }
        QCOMPARE(drawn.find("Go on") != std::string::npos, page == 0);
        QCOMPARE(drawn.find("Here") != std::string::npos, page == 1);
    }
}

void TestPacks::namesPagesThatAreNotThere()
{
    const OutgoingDocument document = m_port.put(QStringLiteral("INV-1"), plainPdf(2));
    PackJob part = job(PackJob::Form::OnePdf, {});
    DocumentBatch batch({document}, std::make_unique<PagesStep>(part, std::vector<quint32>{0, 7}), m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.count(DocumentBatch::ItemState::Failed), std::size_t(1), 20'000);
    QVERIFY(!batch.items().front().error.userText.isEmpty());
    QCOMPARE(found(), QStringList());
}

void TestPacks::nothingInAPackRunsByItself()
{
    const QByteArray script = "<</S/JavaScript/JS(app.alert\\(1\\))>>";
    const QByteArray page = "/MediaBox[0 0 595 842]/AA<</O" + script
        + ">>/Annots[4 0 R 5 0 R 11 0 R 6 0 R 7 0 R 8 0 R 9 0 R 12 0 R]";
    const auto note = [](const QByteArray &entries) {
        return "<</Type/Annot/Subtype/Link/Rect[9 9 99 99]" + entries + ">>";
    };
    const QByteArray hostile
        = onePagePdf(page,
                     {note("/A" + script),
                      note("/A<</S/GoTo/D[3 0 R/Fit]/Next<</S/GoTo/D[3 0 R/Fit]/Next" + script + ">>>>"),
                      note("/A<</S/Rendition/OP 0/JS(app.alert\\(2\\))>>"),
                      note("/A<</S/Launch/F(evil.exe)>>/AA<</E" + script + ">>/PA" + script),
                      note("/A<</S/URI/URI(https://example.org/kept)/Next[" + script + "]>>"),
                      "<</Type/Annot/Subtype/Widget/Rect[9 9 99 99]/Parent 10 0 R>>",
                      "<</T(field)/Kids[9 0 R]/Parent 10 0 R/AA<</K" + script + ">>/A" + script + ">>",
                      "<</Type/Annot/Subtype/RichMedia/Rect[9 9 99 99]/RichMediaContent<</Assets 1>>>>",
                      "<</Type/Annot/Subtype/FileAttachment/Rect[9 9 99 99]/FS(evil.exe)>>"});
    const auto made
        = makePack(job(PackJob::Form::OnePdf, {m_port.put(QStringLiteral("INV-1"), hostile)}), m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(made), qPrintable(trouble(made)));
    QPDF pack;
    pack.processFile(QFile::encodeName(std::get<MadePack>(made).path).constData());
    std::string all;
    for (QPDFObjectHandle &object : pack.getAllObjects())
        all += object.isStream() ? object.getDict().unparse() : object.unparseResolved();
    for (const char *word : {"/JavaScript", "/JS", "/Launch", "/Rendition", "/Next", "/AA", "/PA", "alert",
                             "evil", "/RichMedia", "/FileAttachment"})
        QVERIFY2(all.find(word) == std::string::npos, word);
    for (const char *word : {"/GoTo", "/URI", "example.org/kept", "(field)"})
        QVERIFY2(all.find(word) != std::string::npos, word);
}

void TestPacks::theSameDocumentsMakeTheSameBytes()
{
    const auto contents = [this](const QString &name) {
        QFile file(m_dir->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto one = job(PackJob::Form::OnePdf, {m_port.put(QStringLiteral("INV-1"), plainPdf(2))});
    makePack(one, m_watch);
    makePack(one, m_watch);
    QVERIFY(contents(QStringLiteral("pack.pdf")).startsWith("%PDF-"));
    QCOMPARE(contents(QStringLiteral("pack (2).pdf")), contents(QStringLiteral("pack.pdf")));
}

void TestPacks::zipsWithAList()
{
    const QByteArray first = plainPdf(1);
    const QByteArray second = plainPdf(2);
    const auto made
        = makePack(job(PackJob::Form::Zip,
                       {priced(QStringLiteral("INV-1"), first, "EUR", 100'000, 19'000, 500),
                        priced(QString::fromUtf8("Größe \U0001F4C4"), second, "EUR", -4'000, -760)}),
                   m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(made), qPrintable(trouble(made)));
    const QString path = std::get<MadePack>(made).path;
    QVERIFY(unzip({QStringLiteral("-t"), path}).contains("No errors detected"));
    QCOMPARE(unzip({QStringLiteral("-p"), path, QStringLiteral("INV-1.pdf")}), first);
    const QString folder = m_dir->filePath(QStringLiteral("out"));
    unzip({path, QStringLiteral("-d"), folder});
    QFile other(folder + QString::fromUtf8("/Größe \U0001F4C4.pdf"));
    QVERIFY(other.open(QIODevice::ReadOnly));
    QCOMPARE(other.readAll(), second);
    const QByteArray csv = unzip({QStringLiteral("-p"), path, QStringLiteral("List.csv")});
    QVERIFY(csv.startsWith("\xEF\xBB\xBF"));
    QVERIFY2(csv.contains("1000.00,190.00,1195.00,\"INV-1.pdf\"," + QByteArray::number(first.size())),
             csv.constData());
    QVERIFY2(csv.contains(",960.00,182.40,1147.40,"), csv.constData());
    QVERIFY(csv.contains(QCryptographicHash::hash(second, QCryptographicHash::Sha256).toHex()));
    QCOMPARE(csv.count("\r\n"), 4);
}

void TestPacks::namesInAZipNeverMeetOrLeadOut()
{
    auto one = job(PackJob::Form::Zip,
                   {m_port.put(QStringLiteral("a"), "1"), m_port.put(QStringLiteral("b"), "2"),
                    m_port.put(QStringLiteral("c"), "3"), m_port.put(QStringLiteral("d"), "4")});
    const NamePattern pattern(QStringLiteral("{number}"));
    const char *numbers[] = {"../../x", "..\\..\\X", "list", "LIST"};
    for (std::size_t i = 0; i < one.sources.size(); ++i) {
        one.sources[i].document.number = QString::fromLatin1(numbers[i]);
        one.sources[i].document.ending = i < 2 ? QStringLiteral("pdf") : QStringLiteral("csv");
        one.sources[i].name = pattern.nameOf(one.sources[i].document);
    }
    const auto made = makePack(one, m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(made), qPrintable(trouble(made)));
    const QList<QByteArray> names
        = unzip({QStringLiteral("-Z1"), std::get<MadePack>(made).path}).trimmed().split('\n');
    QCOMPARE(names, (QList<QByteArray>{"x.pdf", "X (2).pdf", "list (2).csv", "LIST (3).csv", "List.csv"}));
}

void TestPacks::noCellIsAFormula_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << QStringLiteral("PO 7") << QByteArray("\"PO 7\"");
    QTest::newRow("a sum") << QStringLiteral("=1+1") << QByteArray("\"'=1+1\"");
    QTest::newRow("a program") << QStringLiteral("=cmd|' /C calc'!A0")
                               << QByteArray("\"'=cmd|' /C calc'!A0\"");
    QTest::newRow("plus") << QStringLiteral("+44") << QByteArray("\"'+44\"");
    QTest::newRow("minus") << QStringLiteral("-2") << QByteArray("\"'-2\"");
    QTest::newRow("at") << QStringLiteral("@SUM(A1)") << QByteArray("\"'@SUM(A1)\"");
    QTest::newRow("tab") << QStringLiteral("\t=1") << QByteArray("\"\t'=1\"");
    QTest::newRow("line") << QStringLiteral("\r=1") << QByteArray("\"\r'=1\"");
    QTest::newRow("blank") << QStringLiteral(" =1") << QByteArray("\" '=1\"");
    QTest::newRow("semicolon") << QStringLiteral("x;=HYPERLINK(\"http://evil\";\"a\")")
                               << QByteArray("\"x;'=HYPERLINK(\"\"http://evil\"\";\"\"a\"\")\"");
    QTest::newRow("semicolon and blank") << QStringLiteral("x; +1") << QByteArray("\"x; '+1\"");
    QTest::newRow("semicolon and quote") << QStringLiteral("x;\"@A1") << QByteArray("\"x;\"\"'@A1\"");
    QTest::newRow("tab within") << QStringLiteral("x\t-1") << QByteArray("\"x\t'-1\"");
    QTest::newRow("harmless") << QStringLiteral("a;b-c=d") << QByteArray("\"a;b-c=d\"");
    QTest::newRow("quotes") << QStringLiteral("a\"b,c\nd") << QByteArray("\"a\"\"b,c\nd\"");
}

void TestPacks::noCellIsAFormula()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(csvCell(text), cell);
}

void TestPacks::totalsEqualTheSelection()
{
    std::vector<PackedDocument> documents;
    const auto add = [&](const char *currency, qint64 net, qint64 tax, const char *invoice = "") {
        OutgoingDocument document;
        document.number = QStringLiteral("x");
        document.amounts = {invoice, currency, {net}, {tax}, {net + tax}};
        documents.push_back({document, QStringLiteral("x.pdf"), 1, QStringLiteral("0")});
    };
    for (int i = 0; i < 1000; ++i)
        add("GBP", 333, 67); // whose sum no binary fraction has
    add("JPY", 1234, 123);
    add("KWD", -5, 0);
    add("CHF", 100, 8, "i1");
    add("CHF", 100, 8, "i1"); // the same invoice as XML
    add("CHF", 50, 4, "i2");
    const QByteArray csv = packManifest(documents);
    QVERIFY2(csv.contains("\"GBP\",3330.00,670.00,4000.00,,,\r\n"), csv.right(300).constData());
    QVERIFY2(csv.contains("\"JPY\",1234,123,1357,,,\r\n"), csv.right(300).constData());
    QVERIFY2(csv.contains("\"KWD\",-0.005,0.000,-0.005,,,\r\n"), csv.right(300).constData());
    QVERIFY2(csv.contains("\"CHF\",1.50,0.12,1.62,,,\r\n"), csv.constData());
}

void TestPacks::blamesTheDocumentAtFault_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("no PDF") << QByteArray("hello") << int(ErrorKind::BadInput);
    QTest::newRow("empty") << QByteArray() << int(ErrorKind::BadInput);
    QTest::newRow("cut") << plainPdf(3).left(40) << int(ErrorKind::BadInput);
    QTest::newRow("no pages") << pdfOf({"<</Type/Catalog>>"}) << int(ErrorKind::BadInput);
    QTest::newRow("pages in a ring") << pdfOf(
        {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"})
                                     << int(ErrorKind::BadInput);
}

void TestPacks::blamesTheDocumentAtFault()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const auto made = makePack(
        job(PackJob::Form::OnePdf,
            {m_port.put(QStringLiteral("INV-1"), plainPdf(1)), m_port.put(QStringLiteral("INV-2"), bytes)}),
        m_watch);
    const auto *trouble = std::get_if<PackTrouble>(&made);
    QVERIFY(trouble);
    QCOMPARE(trouble->blamed, 1);
    QCOMPARE(int(trouble->error.kind), kind);
    QCOMPARE(found(), QStringList());
}

void TestPacks::leavesOutWhatIsDamaged()
{
    PackJob plan = job(PackJob::Form::OnePdf, {});
    DocumentBatch batch({m_port.put(QStringLiteral("INV-1"), plainPdf(1)),
                         m_port.put(QStringLiteral("INV-2"), "no"),
                         m_port.put(QStringLiteral("INV-3"), plainPdf(2))},
                        std::make_unique<PackStep>(plan, NamePattern(QStringLiteral("{number}"))), m_port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), DocumentBatch::State::Stuck, 20'000);
    QVERIFY(!batch.items()[1].error.userText.isEmpty());
    QCOMPARE(found(), QStringList());
    batch.leaveOutFailed();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), DocumentBatch::State::Done, 20'000);
    QCOMPARE(pagesOf(m_dir->filePath(QStringLiteral("pack.pdf"))), 3);
}

void TestPacks::aDeathHalfWayLeavesNothing()
{
    std::vector<OutgoingDocument> many;
    for (int i = 0; i < 300; ++i)
        many.push_back(m_port.put(QString::number(i), plainPdf(20)));
    for (const auto form : {PackJob::Form::OnePdf, PackJob::Form::Zip}) {
        const auto whole = job(form, many);
        std::thread killer([this] {
            while (m_watch.process == 0)
                std::this_thread::yield();
            ::kill(static_cast<pid_t>(m_watch.process.load()), SIGKILL);
        });
        const auto made = makePack(whole, m_watch);
        killer.join();
        const auto *trouble = std::get_if<PackTrouble>(&made);
        QVERIFY(trouble);
        QVERIFY(trouble->error.userText.contains(QStringLiteral("sudden end")));
        QCOMPARE(trouble->error.userText.contains(QStringLiteral("ZIP")), form == PackJob::Form::OnePdf);
        QCOMPARE(found(), QStringList());
    }
}

void TestPacks::cancelLeavesNothing()
{
    m_watch.cancelled = true;
    for (const auto form : {PackJob::Form::OnePdf, PackJob::Form::Zip}) {
        const auto made = makePack(job(form, {m_port.put(QStringLiteral("1"), plainPdf(300))}), m_watch);
        const auto *trouble = std::get_if<PackTrouble>(&made);
        QVERIFY(trouble || form == PackJob::Form::Zip); // which may be done before anybody looks
        QVERIFY(found().size() <= 1 && !found().join(QString()).contains(QStringLiteral(".part")));
    }
}

void TestPacks::saysThatAProgramIsMissing()
{
    auto one = job(PackJob::Form::OnePdf, {m_port.put(QStringLiteral("1"), plainPdf(1))});
    one.programs = m_dir->path();
    const auto made = makePack(one, m_watch);
    QVERIFY(trouble(made).contains(QStringLiteral("cannot be started")));
}

void TestPacks::manyDocuments()
{
    std::vector<OutgoingDocument> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(m_port.put(QString::number(i), plainPdf(1)));
    const auto made = makePack(job(PackJob::Form::OnePdf, many), m_watch);
    QVERIFY2(std::holds_alternative<MadePack>(made), qPrintable(trouble(made)));
    QCOMPARE(std::get<MadePack>(made).pages, 500U);
}

GUI_TEST(TestPacks)
#include "tst_packs.moc"

#include "papersfixture.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// What an answer with a document looks like, and the files that it comes from.
class DocumentAnswersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rangesAreRead_data();
    void rangesAreRead();
    void partsAndConditions();
    void headersAreSafe_data();
    void headersAreSafe();
    void fileThatCannotBeWritten();
    void leftoversGo();
    void allowsWhatItSays();
};

void DocumentAnswersTest::rangesAreRead_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("bytes");
    const auto row = [](const char *text, RangeKind kind, int from = 0, int bytes = 0) {
        QTest::newRow(text) << QByteArray(text) << static_cast<int>(kind) << from << bytes;
    };
    using enum RangeKind;
    row("", Whole);
    row("bytes=0-99", Part, 0, 100);
    row("bytes=0-0", Part, 0, 1);
    row("bytes=99-99", Part, 99, 1);
    row("bytes=10-19", Part, 10, 10);
    row("bytes=10-", Part, 10, 90);
    row("bytes=99-", Part, 99, 1);
    row("bytes=-1", Part, 99, 1);
    row("bytes=-100", Part, 0, 100);
    row("bytes=-1000", Part, 0, 100);
    row("bytes=50-1000", Part, 50, 50);
    row("bytes=50-99999999999999999999999999", Part, 50, 50);
    row("BYTES = 1-2 ", Part, 1, 2);
    row("bytes=100-", Unsatisfiable);
    row("bytes=100-200", Unsatisfiable);
    row("bytes=99999999999999999999999999-", Unsatisfiable);
    row("bytes=-0", Unsatisfiable);
    row("bytes=0-1,3-4", Whole);
    row("bytes=5-4", Whole);
    row("bytes=-", Whole);
    row("bytes=", Whole);
    row("bytes", Whole);
    row("bytes=a-b", Whole);
    row("bytes=1-b", Whole);
    row("bytes=--1", Whole);
    row("bytes=+1-2", Whole);
    row("bytes=1 -2", Whole);
    row("bytes=0x1-2", Whole);
    row("lines=1-2", Whole);
    row("=1-2", Whole);
    row(";;;", Whole);
}

void DocumentAnswersTest::rangesAreRead()
{
    QFETCH(QByteArray, header);
    QFETCH(int, kind);
    QFETCH(int, from);
    QFETCH(int, bytes);
    const auto wish = readRangeHeader(header.toStdString(), 100);
    QCOMPARE(static_cast<int>(wish.kind), kind);
    QCOMPARE(wish.part, (ByteRange{from, bytes}));
}

void DocumentAnswersTest::partsAndConditions()
{
    Papers gateway;
    const auto size = std::to_string(paper.size());
    auto part = gateway.fetch(gateway.ann, "a-doc", "bytes=5-9"); // also of one that is only now issued
    QCOMPARE(part.status, 206);
    QCOMPARE(header(part, "Content-Range"), "bytes 5-9/" + size);
    QCOMPARE(gateway.bytes(part), paper.substr(5, 5));
    gateway.pumpAll();
    part = gateway.get(gateway.ann, "a-doc", "bytes=-7");
    QCOMPARE(header(part, "Content-Range"),
             "bytes " + std::to_string(paper.size() - 7) + '-' + std::to_string(paper.size() - 1) + '/'
                 + size);
    QCOMPARE(gateway.bytes(part), paper.substr(paper.size() - 7));
    const auto beyond = gateway.get(gateway.ann, "a-doc", "bytes=" + size + '-');
    QCOMPARE(beyond.status, 416);
    QCOMPARE(problemOf(beyond), "range-not-satisfiable");
    QCOMPARE(header(beyond, "Content-Range"), "bytes */" + size);
    QVERIFY(!beyond.document);

    const std::string tag = '"' + sha256Hex(paper) + '"';
    auto request = documentRequest(gateway.ann, "a-doc");
    request.range = "bytes=5-9";
    request.ifRange = tag;
    QCOMPARE(gateway.core->handle(request).status, 206);
    for (const std::string &other :
         {std::string("\"other\""), "W/" + tag, std::string("Sat, 21 Nov 2026 10:00:00 GMT")}) {
        request.ifRange = other;
        const auto whole = gateway.core->handle(request);
        QCOMPARE(whole.status, 200);
        QCOMPARE(gateway.bytes(whole), paper);
    }
    request.ifRange.clear();
    request.method = "HEAD"; // knows no ranges
    const auto head = gateway.core->handle(request);
    QCOMPARE(head.status, 200);
    QCOMPARE(head.document->range.bytes, static_cast<std::int64_t>(paper.size()));
    request.method = "GET";
    for (const std::string &known : {tag, "\"x\" , W/" + tag, std::string("*")}) {
        request.ifNoneMatch = known;
        const auto known304 = gateway.core->handle(request);
        QCOMPARE(known304.status, 304);
        QCOMPARE(header(known304, "ETag"), tag);
        QVERIFY(!known304.document);
    }
    request.ifNoneMatch = "\"x\", ,";
    QCOMPARE(gateway.core->handle(request).status, 206);
}

void DocumentAnswersTest::headersAreSafe_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("mediaType");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *title, const QByteArray &number, const char *media,
                        const QByteArray &name, const char *sent) {
        QTest::newRow(title) << number << QByteArray(media) << name << QByteArray(sent);
    };
    const char *pdf = "application/pdf";
    const char *plain = "application/octet-stream";
    row("usual", "INV-10023", pdf, "INV-10023.pdf", pdf);
    row("path", "../../etc/passwd", pdf, "etc_passwd.pdf", pdf);
    row("Windows path", "C:\\x", pdf, "C_x.pdf", pdf);
    row("header", "1\r\nSet-Cookie: x=\"1\"", pdf, "1_Set-Cookie_x_1_.pdf", pdf);
    row("other script", "請求書 7", pdf, "7.pdf", pdf);
    row("nothing left", "請求書", pdf, "document.pdf", pdf);
    row("empty", "", pdf, "document.pdf", pdf);
    row("long", QByteArray(5'000, 'x'), pdf, QByteArray(100, 'x') + ".pdf", pdf);
    row("no PDF", "N-1", "text/plain", "N-1", "text/plain");
    row("media type with a header", "N-1", "text/html\r\nX: y", "N-1", plain);
    row("media type with parameters", "N-1", "text/html; charset=x", "N-1", plain);
    row("no media type", "N-1", "pdf", "N-1", plain);
}

void DocumentAnswersTest::headersAreSafe()
{
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, mediaType);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, sent);
    Papers gateway;
    auto &document = gateway.erp.papers["a-doc"];
    document.number = number.toStdString();
    document.mediaType = mediaType.toStdString();
    gateway.erp.documentRecord("a-doc");
    gateway.pumpAll();
    const auto answer = gateway.fetch(gateway.ann, "a-doc");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.contentType, sent.toStdString());
    QCOMPARE(header(answer, "Content-Disposition"), "attachment; filename=\"" + name.toStdString() + '"');
}

void DocumentAnswersTest::fileThatCannotBeWritten()
{
    Papers gateway;
    QFile inTheWay(gateway.storePath() + QStringLiteral(".documents"));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QCOMPARE(gateway.fetch(gateway.ann, "a-doc").status, 500);
    QVERIFY(inTheWay.remove());
    QCOMPARE(gateway.fetch(gateway.ann, "a-doc").status, 200);
}

void DocumentAnswersTest::leftoversGo()
{
    Papers gateway;
    gateway.fetch(gateway.ann, "a-doc");
    QFile half(gateway.storePath() + QStringLiteral(".documents/incoming/half.Xy12"));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("%PDF");
    half.close();
    QCOMPARE(gateway.files().size(), 2);
    // Whoever looks after users while the gateway writes takes nothing from under its hands.
    SeededRandom random(1);
    QVERIFY(SqliteGatewayStore::open(gateway.storePath(), random));
    QCOMPARE(gateway.files().size(), 2);
    gateway.restart();
    QCOMPARE(gateway.files().size(), 1);
    QVERIFY(gateway.files().front().endsWith(QString::fromStdString(sha256Hex(paper))));
}

void DocumentAnswersTest::allowsWhatItSays()
{
    Papers gateway;
    const auto refused = gateway.send("DELETE", "/v1/documents/a-doc", gateway.ann);
    QCOMPARE(refused.status, 405);
    QCOMPARE(header(refused, "Allow"), "GET, HEAD");
    QCOMPARE(header(gateway.send("GET", "/v1/session"), "Allow"), "POST, DELETE");
    QCOMPARE(gateway.send("HEAD", "/healthz").status, 200);
    QCOMPARE(header(gateway.send("GET", "/nowhere"), "Allow"), "");
}

CORE_TEST(DocumentAnswersTest)
#include "tst_documentanswers.moc"

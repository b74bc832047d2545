#include "gatewayfixture.h"

#include <QDir>
#include <QDirIterator>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

const std::string paper
    = "%PDF-1.7 a counterfoil of ten dozen bytes or so, from its first word to the last of all";

HttpRequest documentRequest(const std::string &token, const std::string &key)
{
    HttpRequest request;
    request.method = "GET";
    request.path = "/v1/documents/" + key;
    request.bearer = token;
    request.peer = "192.0.2.1";
    return request;
}

std::string header(const HttpResponse &response, const std::string &name)
{
    const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? std::string() : found->second;
}

std::string problemOf(const HttpResponse &response)
{
    const auto problem = decode<Problem>(response.body);
    return problem ? problem->typeUri.substr(problem->typeUri.rfind(':') + 1) : std::string();
}

// Two companies' papers, none of them issued.
struct Papers : Gateway
{
    Papers()
    {
        fill(*this);
        erp.paper("a-doc", "A", paper);
        erp.paper("b-doc", "B", "of another company");
        pumpAll();
        ann = token("ann");
    }

    HttpResponse get(const std::string &token, const std::string &key, const std::string &range = {})
    {
        auto request = documentRequest(token, key);
        request.range = range;
        return core->handle(request);
    }

    // Asks the ERP for the next document, as the shell does.
    LateAnswers askErp(std::optional<Result<IssuedDocument>> instead = {})
    {
        const auto question = core->documentQuestion();
        if (!question)
            return {};
        const auto kept = core->keepDocument(*question, instead ? *instead : erp.document(question->key));
        return core->takeDocument(*question, kept);
    }

    // The answer, however long it takes.
    HttpResponse fetch(const std::string &token, const std::string &key, const std::string &range = {})
    {
        const auto answer = get(token, key, range);
        if (answer.wait == 0)
            return answer;
        const auto late = askErp();
        if (late.size() != 1 || late[0].wait != answer.wait)
            qFatal("%zu answers", late.size());
        return late[0].response;
    }

    std::string bytes(const HttpResponse &answer)
    {
        if (!answer.document)
            return {};
        const auto file = core->documents().open(answer.document->sha256);
        if (!file)
            return {};
        (*file)->seek(answer.document->range.from);
        return (*file)->read(answer.document->range.bytes).toStdString();
    }

    std::string metric(const std::string &name)
    {
        const auto text = core->handle({"GET", "/metrics", {}, {}, {}, "127.0.0.1"}).body;
        const auto at = text.find("\ncounterfoil_" + name + ' ');
        return text.substr(at + name.size() + 14, text.find('\n', at + 1) - at - name.size() - 14);
    }

    QStringList files() const
    {
        QStringList found;
        QDirIterator all(storePath() + QStringLiteral(".documents"), QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext())
            found.append(all.next());
        return found;
    }

    std::string ann;
};

} // namespace

// The bytes of documents: who may have them, how they are asked for, and that they never change.
class GatewayDocumentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rangesAreRead_data();
    void rangesAreRead();
    void issuesWhenFirstAsked();
    void partsAndConditions();
    void oneQuestionForAll();
    void outOfSightIsNotFound();
    void rightsAreJudgedWhenTheAnswerComes();
    void erpAnswersBadly_data();
    void erpAnswersBadly();
    void servesWhatItHasWithoutTheErp();
    void erpThatNeverAnswers();
    void waitingIsBounded();
    void restartKeepsDocuments();
    void otherBytesThanIssuedAreNeverServed();
    void headersAreSafe_data();
    void headersAreSafe();
    void fileThatCannotBeWritten();
    void leftoversGo();
    void allowsWhatItSays();
};

void GatewayDocumentsTest::rangesAreRead_data()
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

void GatewayDocumentsTest::rangesAreRead()
{
    QFETCH(QByteArray, header);
    QFETCH(int, kind);
    QFETCH(int, from);
    QFETCH(int, bytes);
    const auto wish = readRangeHeader(header.toStdString(), 100);
    QCOMPARE(static_cast<int>(wish.kind), kind);
    QCOMPARE(wish.part, (ByteRange{from, bytes}));
}

void GatewayDocumentsTest::issuesWhenFirstAsked()
{
    Papers gateway;
    const auto waiting = gateway.get(gateway.ann, "a-doc");
    QVERIFY(waiting.wait != 0);
    QCOMPARE(gateway.metric("document_waits"), "1");
    QCOMPARE(gateway.erp.documentQuestions, 0);
    const auto late = gateway.askErp();
    QCOMPARE(late.size(), 1U);
    QCOMPARE(late[0].wait, waiting.wait);
    const auto &answer = late[0].response;
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.contentType, "application/pdf");
    QCOMPARE(gateway.bytes(answer), paper);
    const std::string sha256 = sha256Hex(paper);
    QCOMPARE(header(answer, "ETag"), '"' + sha256 + '"');
    QCOMPARE(header(answer, "Accept-Ranges"), "bytes");
    QCOMPARE(header(answer, "Cache-Control"), "private, immutable");
    QCOMPARE(header(answer, "Content-Disposition"), "attachment; filename=\"INV-a-doc.pdf\"");
    const auto base64 = QByteArray::fromHex(QByteArray::fromStdString(sha256)).toBase64().toStdString();
    QCOMPARE(header(answer, "Repr-Digest"), "sha-256=:" + base64 + ':');

    // Being issued is a change of the record, and from now on nobody has to be asked.
    const auto cursor = gateway.snapshotCursor(gateway.ann);
    gateway.pumpAll();
    const auto page = gateway.changes(gateway.ann, cursor);
    QCOMPARE(page.keys(), Keys{"a-doc"});
    QVERIFY(page.page.changes[0].record.as<Document>()->issued);
    QCOMPARE(page.page.changes[0].record.as<Document>()->sha256, sha256);
    QCOMPARE(gateway.bytes(gateway.get(gateway.ann, "a-doc")), paper);
    QVERIFY(!gateway.core->documentQuestion());
    QCOMPARE(gateway.erp.documentQuestions, 1);
    QCOMPARE(gateway.metric("document_waits"), "0");
    QCOMPARE(gateway.metric("documents_issued_total"), "1");
    QCOMPARE(gateway.metric("documents_served_total"), "2");
    QCOMPARE(gateway.metric("document_bytes_total"), std::to_string(2 * paper.size()));
}

void GatewayDocumentsTest::partsAndConditions()
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

void GatewayDocumentsTest::oneQuestionForAll()
{
    Papers gateway;
    const auto sam = gateway.token("sam");
    const auto first = gateway.get(gateway.ann, "a-doc");
    const auto second = gateway.get(sam, "a-doc", "bytes=0-3");
    const auto question = gateway.core->documentQuestion();
    QVERIFY(question);
    QVERIFY(!gateway.core->documentQuestion());
    const auto third = gateway.get(sam, "a-doc"); // while the ERP is being asked
    QVERIFY(!gateway.core->documentQuestion());
    const auto kept = gateway.core->keepDocument(*question, gateway.erp.document("a-doc"));
    const auto late = gateway.core->takeDocument(*question, kept);
    QCOMPARE(late.size(), 3U);
    QCOMPARE(late[0].wait, first.wait);
    QCOMPARE(late[1].wait, second.wait);
    QCOMPARE(late[2].wait, third.wait);
    QCOMPARE(gateway.bytes(late[0].response), paper);
    QCOMPARE(gateway.bytes(late[1].response), "%PDF");
    QCOMPARE(gateway.erp.documentQuestions, 1);
    QCOMPARE(gateway.files().size(), 1);
}

void GatewayDocumentsTest::outOfSightIsNotFound()
{
    Papers gateway;
    gateway.fetch(gateway.ann, "a-doc");
    gateway.pumpAll();
    const auto missing = gateway.get(gateway.ann, "no-such");
    const auto comparable = [](HttpResponse answer) {
        auto problem = decode<Problem>(answer.body);
        problem->requestId.clear();
        return encode(*problem) + answer.contentType + std::to_string(answer.status)
            + std::to_string(answer.headers.size());
    };
    QCOMPARE(missing.status, 404);
    QCOMPARE(problemOf(missing), "document-not-found");
    const auto bob = gateway.token("bob");
    const auto eve = gateway.token("eve"); // of the account, but without the right
    for (const auto &answer :
         {gateway.get(gateway.ann, "b-doc"), gateway.get(bob, "a-doc"), gateway.get(eve, "a-doc"),
          gateway.get(eve, "a-doc", "bytes=0-"), gateway.get(gateway.ann, ""),
          gateway.get(gateway.ann, "../a-doc"), gateway.get(gateway.ann, "a-doc/"),
          gateway.get(gateway.ann, std::string("a-doc\0", 6)), gateway.get(gateway.ann, "a-1")})
        QCOMPARE(comparable(answer), comparable(missing));
    QCOMPARE(gateway.get({}, "a-doc").status, 401);
    QVERIFY(!gateway.core->documentQuestion());
}

void GatewayDocumentsTest::rightsAreJudgedWhenTheAnswerComes()
{
    Papers gateway;
    gateway.user("kim", "finance", {"A"});
    QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    QVERIFY(gateway.get(gateway.token("kim"), "a-doc").wait != 0);
    gateway.user("ann", "viewer", {"A"});
    gateway.user("kim", "finance", {"A"}, true);
    const auto late = gateway.askErp();
    QCOMPARE(late.size(), 2U);
    QCOMPARE(late[0].response.status, 404);
    QCOMPARE(late[1].response.status, 403);
}

void GatewayDocumentsTest::erpAnswersBadly_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("problem");
    const auto row = [](const char *name, int status, const char *problem) {
        QTest::newRow(name) << status << QByteArray(problem);
    };
    row("other digest", 502, "document-damaged");
    row("no digest", 502, "document-damaged");
    row("empty", 502, "document-damaged");
    row("too large", 502, "document-damaged");
    row("not found", 404, "document-not-found");
    row("cannot be made", 502, "document-damaged");
    row("offline", 503, "document-unavailable");
    row("timeout", 503, "document-unavailable");
}

void GatewayDocumentsTest::erpAnswersBadly()
{
    QFETCH(int, status);
    QFETCH(QByteArray, problem);
    const QByteArray name = QTest::currentDataTag();
    IssuedDocument issued = ScriptedErp::issue(paper);
    if (name == "other digest")
        issued.sha256 = sha256Hex("something else");
    else if (name == "no digest")
        issued.sha256 = "../../etc/passwd";
    else if (name == "empty")
        issued = ScriptedErp::issue({});
    else if (name == "too large")
        issued = ScriptedErp::issue(std::string(Limits::documentBytes + 1, 'x'));
    Result<IssuedDocument> answer = issued;
    if (name == "not found")
        answer = Error{ErrorKind::NotFound};
    else if (name == "cannot be made")
        answer = Error{ErrorKind::BadInput};
    else if (name == "offline")
        answer = Error{ErrorKind::Offline};
    else if (name == "timeout")
        answer = Error{ErrorKind::Timeout};

    Papers gateway;
    QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    const auto late = gateway.askErp(answer);
    QCOMPARE(late.size(), 1U);
    QCOMPARE(late[0].response.status, status);
    QCOMPARE(problemOf(late[0].response), problem.toStdString());
    QCOMPARE(late[0].response.retryAfterMs > 0, status == 503);
    QVERIFY(!late[0].response.document);
    QVERIFY(gateway.files().isEmpty());
    // It was no more than that: the next request asks anew.
    QCOMPARE(gateway.bytes(gateway.fetch(gateway.ann, "a-doc")), paper);
}

void GatewayDocumentsTest::servesWhatItHasWithoutTheErp()
{
    Papers gateway;
    gateway.erp.paper("a-doc-2", "A", "never fetched");
    gateway.fetch(gateway.ann, "a-doc");
    gateway.pumpAll();
    gateway.erp.failing = true;
    gateway.pumpAll();
    QCOMPARE(gateway.bytes(gateway.get(gateway.ann, "a-doc")), paper);
    const auto other = gateway.get(gateway.ann, "a-doc-2");
    QCOMPARE(other.status, 503);
    QCOMPARE(problemOf(other), "document-unavailable");
    QVERIFY(!errorFromAnswer(other.status, other.body).userText.isEmpty());
    QVERIFY(!gateway.core->documentQuestion());
    gateway.erp.failing = false;
    gateway.pumpAll();
    QCOMPARE(gateway.bytes(gateway.fetch(gateway.ann, "a-doc-2")), "never fetched");
}

void GatewayDocumentsTest::erpThatNeverAnswers()
{
    Papers gateway;
    const auto first = gateway.get(gateway.ann, "a-doc");
    const auto question = gateway.core->documentQuestion();
    gateway.clock.advance(20'000);
    QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    QVERIFY(gateway.core->giveUpWaiting().empty());
    gateway.clock.advance(10'000);
    const auto given = gateway.core->giveUpWaiting();
    QCOMPARE(given.size(), 1U);
    QCOMPARE(given[0].wait, first.wait);
    QCOMPARE(problemOf(given[0].response), "document-unavailable");
    gateway.clock.advance(20'000);
    QCOMPARE(gateway.core->giveUpWaiting().size(), 1U);
    // It is not asked twice at once; and should it answer after all, that is not lost.
    const auto patient = gateway.get(gateway.ann, "a-doc");
    QVERIFY(!gateway.core->documentQuestion());
    const auto kept = gateway.core->keepDocument(*question, gateway.erp.document("a-doc"));
    const auto late = gateway.core->takeDocument(*question, kept);
    QCOMPARE(late.size(), 1U);
    QCOMPARE(late[0].wait, patient.wait);
    QCOMPARE(gateway.bytes(late[0].response), paper);

    // What nobody waits for any more is not asked for.
    gateway.erp.paper("a-doc-2", "A", "in vain");
    gateway.pumpAll();
    QVERIFY(gateway.get(gateway.ann, "a-doc-2").wait != 0);
    gateway.clock.advance(30'000);
    QCOMPARE(gateway.core->giveUpWaiting().size(), 1U);
    QVERIFY(!gateway.core->documentQuestion());
    QCOMPARE(gateway.metric("document_waits"), "0");
}

void GatewayDocumentsTest::waitingIsBounded()
{
    Papers gateway;
    gateway.settings.documentWaits = 5;
    gateway.settings.documentWaitsOfUser = 3;
    gateway.restart();
    gateway.pumpAll();
    const auto sam = gateway.token("sam");
    for (int i = 0; i < 3; ++i)
        QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    const auto refused = gateway.get(gateway.ann, "a-doc");
    QCOMPARE(problemOf(refused), "overloaded");
    QVERIFY(refused.retryAfterMs > 0);
    for (int i = 0; i < 2; ++i)
        QVERIFY(gateway.get(sam, "b-doc").wait != 0);
    QCOMPARE(problemOf(gateway.get(sam, "b-doc")), "overloaded");
    QCOMPARE(gateway.askErp().size(), 3U);
    QCOMPARE(gateway.askErp().size(), 2U);
    QVERIFY(gateway.askErp().empty());
    gateway.pumpAll();
    QCOMPARE(gateway.get(gateway.ann, "a-doc").status, 200);
}

void GatewayDocumentsTest::restartKeepsDocuments()
{
    Papers gateway;
    gateway.fetch(gateway.ann, "a-doc");
    gateway.pumpAll();
    gateway.restart();
    gateway.erp.failing = true;
    gateway.pumpAll();
    QCOMPARE(gateway.bytes(gateway.get(gateway.ann, "a-doc")), paper);
    QCOMPARE(gateway.erp.documentQuestions, 1);
}

void GatewayDocumentsTest::otherBytesThanIssuedAreNeverServed()
{
    Papers gateway;
    gateway.fetch(gateway.ann, "a-doc");
    gateway.pumpAll();
    QCOMPARE(gateway.files().size(), 1);
    QFile file(gateway.files().front());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("!"); // of the same size
    file.close();
    const auto answer = gateway.get(gateway.ann, "a-doc");
    const auto damaged = gateway.core->documents().open(answer.document->sha256);
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().kind, ErrorKind::StorageCorrupt);
    QVERIFY(gateway.files().isEmpty());

    // An ERP that gives other bytes now than it issued then
    QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    const auto changed = gateway.askErp(ScriptedErp::issue("rewritten history"));
    QCOMPARE(changed.size(), 1U);
    QCOMPARE(changed[0].response.status, 502);
    QVERIFY(gateway.files().isEmpty());
    // also when the record that says so has come meanwhile
    gateway.erp.papers["b-doc"].issued = true;
    QVERIFY(gateway.get(gateway.token("bob"), "b-doc").wait != 0);
    gateway.erp.documentRecord("b-doc");
    gateway.pumpAll();
    const auto overtaken = gateway.askErp(ScriptedErp::issue("rewritten history"));
    QCOMPARE(overtaken.size(), 1U);
    QCOMPARE(overtaken[0].response.status, 502);

    QCOMPARE(gateway.bytes(gateway.fetch(gateway.ann, "a-doc")), paper);
    QCOMPARE(gateway.metric("erp_errors_total"), "1");
}

void GatewayDocumentsTest::headersAreSafe_data()
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

void GatewayDocumentsTest::headersAreSafe()
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

void GatewayDocumentsTest::fileThatCannotBeWritten()
{
    Papers gateway;
    QFile inTheWay(gateway.storePath() + QStringLiteral(".documents"));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QCOMPARE(gateway.fetch(gateway.ann, "a-doc").status, 500);
    QVERIFY(inTheWay.remove());
    QCOMPARE(gateway.fetch(gateway.ann, "a-doc").status, 200);
}

void GatewayDocumentsTest::leftoversGo()
{
    Papers gateway;
    gateway.fetch(gateway.ann, "a-doc");
    QFile half(gateway.storePath() + QStringLiteral(".documents/incoming/half.Xy12"));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("%PDF");
    half.close();
    QCOMPARE(gateway.files().size(), 2);
    gateway.restart();
    QCOMPARE(gateway.files().size(), 1);
    QVERIFY(gateway.files().front().endsWith(QString::fromStdString(sha256Hex(paper))));
}

void GatewayDocumentsTest::allowsWhatItSays()
{
    Papers gateway;
    const auto refused = gateway.send("DELETE", "/v1/documents/a-doc", gateway.ann);
    QCOMPARE(refused.status, 405);
    QCOMPARE(header(refused, "Allow"), "GET, HEAD");
    QCOMPARE(header(gateway.send("GET", "/v1/session"), "Allow"), "POST, DELETE");
    QCOMPARE(gateway.send("HEAD", "/healthz").status, 200);
    QCOMPARE(header(gateway.send("GET", "/nowhere"), "Allow"), "");
}

QTEST_GUILESS_MAIN(GatewayDocumentsTest)
#include "tst_gatewaydocuments.moc"

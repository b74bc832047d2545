#include "papersfixture.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// The bytes of documents: who may have them, how they are asked for, and that they never change.
class GatewayDocumentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void issuesWhenFirstAsked();
    void oneQuestionForAll();
    void oneQuestionThoughTheRecordIsLate();
    void outOfSightIsNotFound();
    void rightsAreJudgedWhenTheAnswerComes();
    void erpAnswersBadly_data();
    void erpAnswersBadly();
    void servesWhatItHasWithoutTheErp();
    void erpThatNeverAnswers();
    void waitingIsBounded();
    void restartKeepsDocuments();
    void otherBytesThanIssuedAreNeverServed();
    void givesUpWhatNobodyAskedForLongest();
};

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

void GatewayDocumentsTest::oneQuestionThoughTheRecordIsLate()
{
    Papers gateway;
    QCOMPARE(gateway.bytes(gateway.fetch(gateway.ann, "a-doc")), paper);
    const auto again = gateway.get(gateway.ann, "a-doc", "bytes=0-3"); // the log does not say yet that it is
    QCOMPARE(again.status, 206);
    QCOMPARE(gateway.bytes(again), "%PDF");
    QVERIFY(!gateway.core->documentQuestion());
    QCOMPARE(problemOf(gateway.get(gateway.token("bob"), "a-doc")), "document-not-found");
    // Of one whose bytes are gone the ERP is asked again, and so it is when the record has changed.
    QVERIFY(QFile::remove(gateway.files().value(0)));
    QCOMPARE(gateway.bytes(gateway.fetch(gateway.ann, "a-doc")), paper);
    gateway.erp.papers["a-doc"].issued = false;
    gateway.erp.documentRecord("a-doc");
    gateway.pumpAll();
    QVERIFY(gateway.get(gateway.ann, "a-doc").wait != 0);
    QCOMPARE(gateway.erp.documentQuestions, 2);
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

void GatewayDocumentsTest::givesUpWhatNobodyAskedForLongest()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("documents"));
    const std::int64_t room = 1'000;
    std::vector<std::string> digests;
    for (int i = 0; i < 11; ++i) {
        if (i == 10) { // the oldest is asked for
            const GatewayDocuments again(path, room);
            QVERIFY(again.open(digests[0]));
        }
        const GatewayDocuments documents(path, room); // which does not remember what there was
        const std::string bytes(100, static_cast<char>('a' + i));
        digests.push_back(sha256Hex(bytes));
        QVERIFY(documents.put(digests.back(), bytes));
        QFile file(path + u'/' + QString::fromStdString(digests.back().substr(0, 2) + '/' + digests.back()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (i < 10)
            QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addDays(i - 40),
                                     QFileDevice::FileModificationTime));
    }
    const GatewayDocuments documents(path, room);
    QStringList held;
    for (std::size_t i = 0; i < digests.size(); ++i) {
        if (documents.holds(digests[i], 100))
            held.append(QString::number(i));
    }
    QCOMPARE(held.join(u' '), QStringLiteral("0 4 5 6 7 8 9 10"));
    QVERIFY(documents.open(digests[0]));
    QCOMPARE(documents.open(digests[1]).error().kind, ErrorKind::NotFound);
}

CORE_TEST(GatewayDocumentsTest)
#include "tst_gatewaydocuments.moc"

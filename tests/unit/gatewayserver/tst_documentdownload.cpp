#include "serverfixture.h"
#include "testentry.h"

#include "digest.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpSocket>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// Bytes of which no stretch is like another.
QByteArray noise(int size)
{
    QRandomGenerator random(7);
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = static_cast<char>(random.generate());
    return bytes;
}

} // namespace

// Documents over real sockets: whole, in parts, cut off, slowly, and from an ERP that misbehaves.
class DocumentDownloadTest : public ServerFixture
{
    Q_OBJECT
private Q_SLOTS:
    void arrivesWholeAndInParts();
    void largeOneArrives();
    void resumesAtEveryHundredthByte();
    void twoAtOnceIssueOnce();
    void erpThatHangsHoldsUpNobody();
    void restartBetween();
    void damagedFileIsFetchedAgain();
    void damagedFileWithoutErp();
    void strangersGetNothing();
    void whoReadsNothingIsLetGo();
    void whoReadsTooSlowlyIsLetGo();
    void stopsWhileSomebodyWaits();

private:
    void issue(const QByteArray &bytes)
    {
        m_erp->happen([&bytes](ScriptedErp &erp) {
            erp.account("A");
            erp.account("B");
            erp.paper("doc", "A", bytes.toStdString());
        });
        const auto sam = token("sam");
        const QString listing
            = QStringLiteral("/v1/snapshot/document?after=") + QString::fromStdString(cursor(sam));
        if (!QTest::qWaitFor([&] { return fetch("GET", listing, sam).body.contains("\"total\":1"); }))
            qFatal("the gateway does not know the document");
    }
    Fetched get(const std::string &token, const QMap<QByteArray, QByteArray> &headers = {},
                const char *method = "GET")
    {
        return fetch(method, m_path, token, {}, nullptr, headers);
    }
    QByteArray requestBytes(const std::string &token, const QByteArray &more = {}) const
    {
        return "GET " + m_path.toLatin1() + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + QByteArray::fromStdString(token) + "\r\n" + more + "\r\n";
    }
    std::unique_ptr<QNetworkReply> start(const std::string &token)
    {
        QNetworkRequest request(url(m_path));
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
        return std::unique_ptr<QNetworkReply>(m_network.get(request));
    }
    std::unique_ptr<QTcpSocket> connected(qint64 readBuffer = 0)
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->setReadBufferSize(readBuffer);
        socket->connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
        if (!socket->waitForConnected(patienceMs))
            qFatal("no connection");
        return socket;
    }
    bool metricIs(const QByteArray &name, int value)
    {
        return fetch("GET", QStringLiteral("/metrics"))
            .body.contains("\ncounterfoil_" + name + ' ' + QByteArray::number(value) + '\n');
    }
    QString storedFile() const
    {
        QDirIterator all(m_folder->filePath(QStringLiteral("gateway.sqlite.documents")), QDir::Files,
                         QDirIterator::Subdirectories);
        return all.hasNext() ? all.next() : QString();
    }
    void damage() const
    {
        QFile file(storedFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 2));
        QVERIFY(file.putChar('\0'));
    }

    const QString m_path = QStringLiteral("/v1/documents/doc");
};

void DocumentDownloadTest::arrivesWholeAndInParts()
{
    const QByteArray paper = noise(5'000);
    startServer();
    issue(paper);
    const auto ann = token("ann");
    const auto head = get(ann, {}, "HEAD"); // which issues it as well
    QCOMPARE(head.status, 200);
    QCOMPARE(head.headers["content-length"], "5000");
    QVERIFY(head.body.isEmpty());
    const auto whole = get(ann, {{"Accept-Encoding", "gzip"}});
    QCOMPARE(whole.status, 200);
    QVERIFY(whole.body == paper);
    QCOMPARE(whole.headers["content-type"], "application/pdf");
    QCOMPARE(whole.headers["cache-control"], "private, immutable");
    QCOMPARE(whole.headers["x-content-type-options"], "nosniff");
    QVERIFY(!whole.headers.contains("content-encoding"));
    const QByteArray tag = whole.headers["etag"];
    QCOMPARE(tag, '"' + QByteArray::fromStdString(sha256Hex(paper.toStdString())) + '"');
    for (const auto &[range, from, size] :
         {std::tuple("bytes=0-0", 0, 1), std::tuple("bytes=100-199", 100, 100),
          std::tuple("bytes=4999-", 4999, 1), std::tuple("bytes=-10", 4990, 10),
          std::tuple("bytes=10-9999", 10, 4990)}) {
        const auto part = get(ann, {{"Range", range}, {"If-Range", tag}});
        QCOMPARE(part.status, 206);
        QVERIFY(part.body == paper.mid(from, size));
        QCOMPARE(part.headers["content-range"],
                 "bytes " + QByteArray::number(from) + '-' + QByteArray::number(from + size - 1) + "/5000");
    }
    const auto beyond = get(ann, {{"Range", "bytes=5000-"}});
    QCOMPARE(beyond.status, 416);
    QCOMPARE(beyond.headers["content-range"], "bytes */5000");
    QVERIFY(get(ann, {{"Range", "bytes=0-9"}, {"If-Range", "\"other\""}}).body == paper);
    const auto known = get(ann, {{"If-None-Match", tag}});
    QCOMPARE(known.status, 304);
    QVERIFY(known.body.isEmpty());
    // One connection for one after the other.
    const auto all = raw(requestBytes(ann, "Range: bytes=0-9\r\n") + requestBytes(ann, "If-None-Match: *\r\n")
                         + requestBytes(ann, "Range: bytes=10-19\r\nConnection: close\r\n"));
    QCOMPARE(all.count("HTTP/1.1 206"), 2);
    QCOMPARE(all.count("HTTP/1.1 304"), 1);
    QVERIFY(all.contains("\r\n\r\n" + paper.left(10) + "HTTP/1.1"));
    QVERIFY(all.endsWith("\r\n\r\n" + paper.mid(10, 10)));
    QCOMPARE(m_erp->documentQuestions(), 1);
    QCOMPARE(fetch("POST", m_path, ann).headers["allow"], "GET, HEAD");
}

void DocumentDownloadTest::largeOneArrives()
{
    const QByteArray paper = noise(9'000'001);
    startServer();
    issue(paper);
    const auto ann = token("ann");
    QVERIFY(get(ann).body == paper);
    QVERIFY(get(ann, {{"Range", "bytes=1234567-8765432"}}).body == paper.mid(1'234'567, 7'530'866));
}

void DocumentDownloadTest::resumesAtEveryHundredthByte()
{
    const QByteArray paper = noise(10'050);
    startServer();
    issue(paper);
    const auto ann = token("ann");
    const QByteArray tag = get(ann).headers["etag"];
    for (int cut = 0; cut < paper.size(); cut += 100) {
        // The connection ends after so many bytes,
        const auto socket = connected();
        socket->write(requestBytes(ann));
        QByteArray got;
        qsizetype body = -1;
        while (body < 0 || got.size() < body + cut) {
            QVERIFY(socket->bytesAvailable() > 0 || socket->waitForReadyRead(patienceMs));
            got += socket->readAll();
            if (body < 0 && got.contains("\r\n\r\n"))
                body = got.indexOf("\r\n\r\n") + 4;
        }
        socket->abort();
        const QByteArray before = got.mid(body, cut);
        // and the next one goes on from there.
        const auto rest = get(ann, {{"Range", "bytes=" + QByteArray::number(cut) + '-'}, {"If-Range", tag}});
        QCOMPARE(rest.status, 206);
        QVERIFY2(before + rest.body == paper, QByteArray::number(cut).constData());
    }
    QCOMPARE(m_erp->documentQuestions(), 1);
}

void DocumentDownloadTest::twoAtOnceIssueOnce()
{
    const QByteArray paper = noise(200'000);
    startServer();
    issue(paper);
    m_erp->hold(true);
    const auto ann = start(token("ann"));
    const auto sam = start(token("sam"));
    QTRY_VERIFY_WITH_TIMEOUT(metricIs("document_waits", 2), patienceMs);
    QCOMPARE(m_erp->documentQuestions(), 1);
    m_erp->hold(false);
    QTRY_VERIFY_WITH_TIMEOUT(ann->isFinished() && sam->isFinished(), patienceMs);
    QVERIFY(ann->readAll() == paper);
    QVERIFY(sam->readAll() == paper);
    QCOMPARE(m_erp->documentQuestions(), 1);
    QVERIFY(metricIs("documents_issued_total", 1));
    QVERIFY(metricIs("document_bytes_total", 400'000));
}

void DocumentDownloadTest::erpThatHangsHoldsUpNobody()
{
    GatewaySettings settings = quickSettings();
    settings.documentMs = 500;
    startGateway(settings);
    startServer();
    issue("never");
    const auto ann = token("ann");
    m_erp->hold(true);
    const auto reply = start(ann);
    QTRY_COMPARE_WITH_TIMEOUT(m_erp->documentQuestions(), 1, patienceMs);
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
    const auto given = get(ann);
    QCOMPARE(given.status, 503);
    QVERIFY(given.body.contains("document-unavailable"));
    QVERIFY(given.headers.contains("retry-after"));
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patienceMs);
    m_erp->hold(false);
    QTRY_COMPARE_WITH_TIMEOUT(get(ann).body, "never", patienceMs);
}

void DocumentDownloadTest::restartBetween()
{
    const QByteArray paper = noise(50'000);
    startServer();
    issue(paper);
    const auto first = get(token("ann"), {{"Range", "bytes=0-19999"}});
    QCOMPARE(first.status, 206);
    startGateway(quickSettings());
    startServer();
    cursor(token("sam"));
    const auto rest = get(token("ann"), {{"Range", "bytes=20000-"}, {"If-Range", first.headers["etag"]}});
    QCOMPARE(rest.status, 206);
    QVERIFY(first.body + rest.body == paper);
    QCOMPARE(m_erp->documentQuestions(), 1);
}

void DocumentDownloadTest::damagedFileIsFetchedAgain()
{
    const QByteArray paper = noise(50'000);
    startServer();
    issue(paper);
    const auto ann = token("ann");
    QVERIFY(get(ann).body == paper);
    damage();
    QVERIFY(get(ann).body == paper);
    QCOMPARE(m_erp->documentQuestions(), 2);
    QVERIFY(QFile::remove(storedFile()));
    QVERIFY(get(ann, {{"Range", "bytes=5-"}}).body == paper.mid(5));
    QCOMPARE(m_erp->documentQuestions(), 3);
    QVERIFY(QFile::exists(storedFile()));
}

void DocumentDownloadTest::damagedFileWithoutErp()
{
    startServer();
    issue(noise(50'000));
    const auto ann = token("ann");
    QCOMPARE(get(ann).status, 200);
    damage();
    m_erp->happen([](ScriptedErp &erp) { erp.failing = true; });
    QTRY_VERIFY_WITH_TIMEOUT(metricIs("erp_down", 1), patienceMs);
    QCOMPARE(get(ann).status, 503);
}

void DocumentDownloadTest::strangersGetNothing()
{
    startServer();
    issue("not for everybody");
    QCOMPARE(get(token("ann")).status, 200);
    const auto missing = fetch("GET", QStringLiteral("/v1/documents/none"), token("ann"));
    for (const char *stranger : {"bob", "eve"}) {
        for (const char *method : {"GET", "HEAD"}) {
            const auto got = get(token(stranger), {{"Range", "bytes=0-"}}, method);
            QCOMPARE(got.status, 404);
            QCOMPARE(got.headers.keys(), missing.headers.keys());
            QCOMPARE(got.headers["content-length"], missing.headers["content-length"]);
        }
    }
    QCOMPARE(get({}).status, 401);
}

void DocumentDownloadTest::whoReadsNothingIsLetGo()
{
    ServerSettings settings;
    settings.writeMs = 300;
    startServer(settings);
    issue(noise(30'000'000)); // more than the system keeps for a socket
    const auto sam = token("sam");
    QCOMPARE(get(sam, {}, "HEAD").status, 200);
    const auto socket = connected(1'000);
    socket->write(requestBytes(sam));
    QTRY_VERIFY_WITH_TIMEOUT(socket->bytesAvailable() > 0, patienceMs);
    QTest::qWait(5 * static_cast<int>(settings.writeMs)); // and reads nothing
    qint64 taken = 0;
    socket->setReadBufferSize(0);
    while (socket->state() == QAbstractSocket::ConnectedState || socket->bytesAvailable() > 0) {
        taken += socket->readAll().size();
        if (!socket->waitForReadyRead(patienceMs))
            break;
    }
    taken += socket->readAll().size();
    QVERIFY(socket->state() != QAbstractSocket::ConnectedState);
    QVERIFY2(taken < 30'000'000, QByteArray::number(taken).constData());
}

void DocumentDownloadTest::whoReadsTooSlowlyIsLetGo()
{
    ServerSettings settings;
    settings.writeMs = 500;
    settings.leastBytesPerSecond = 100'000'000;
    startServer(settings);
    issue(noise(30'000'000));
    const auto sam = token("sam");
    QCOMPARE(get(sam, {}, "HEAD").status, 200);
    const auto socket = connected(64 * 1024);
    socket->write(requestBytes(sam));
    QElapsedTimer timer;
    timer.start();
    qint64 taken = 0;
    // Never without a byte for long, but 30 MB would take it far longer than it is given.
    while (socket->state() == QAbstractSocket::ConnectedState && timer.elapsed() < patienceMs) {
        QTest::qWait(20);
        taken += socket->read(50'000).size();
    }
    QVERIFY(socket->state() != QAbstractSocket::ConnectedState);
    QVERIFY(timer.elapsed() < patienceMs);
    QVERIFY(taken > 0);
    QVERIFY(taken < 20'000'000);
}

void DocumentDownloadTest::stopsWhileSomebodyWaits()
{
    startServer();
    issue("in vain");
    m_erp->hold(true);
    const auto reply = start(token("ann"));
    QTRY_COMPARE_WITH_TIMEOUT(m_erp->documentQuestions(), 1, patienceMs);
    const auto second = start(token("sam"));
    QTRY_VERIFY_WITH_TIMEOUT(metricIs("document_waits", 2), patienceMs);
    m_erp->hold(false);
    m_server->stop();
    QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished() && second->isFinished(), patienceMs);
}

CORE_TEST(DocumentDownloadTest)
#include "tst_documentdownload.moc"

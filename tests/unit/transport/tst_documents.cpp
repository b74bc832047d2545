#include "readingdesk.h"
#include "testentry.h"
#include "tuning.h"

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

class TestDocuments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void fetchesAndKeeps();
    void goesOnAfterACutAtEveryHundredthByte();
    void goesOnAfterARestart();
    void beginsAgainWhenTheDocumentIsAnother();
    void neverShowsWrongBytes();
    void refusesAnotherDigestThanTheRecords();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void goesOnWhenTheGatewayRecovers();
    void takesNoEndlessDocument();
    void givesUpOnATrickle();
    void goesOnOnceThereIsRoom();
    void waitsForANewToken();
    void forgetsWhileItComes();

private:
    QString path() const { return m_directory->filePath(QStringLiteral("profiles/maya")); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<DocumentServer> m_server;
    std::unique_ptr<ReadingDesk> m_desk;
};

void TestDocuments::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<DocumentServer>();
    m_desk = std::make_unique<ReadingDesk>(path(), m_server->url());
}

void TestDocuments::cleanup()
{
    m_desk.reset();
    m_server.reset();
    m_directory.reset();
}

void TestDocuments::fetchesAndKeeps()
{
    const QString key = QStringLiteral("inv/1 ä?&#");
    m_server->documents[key] = pdf(key, 700'000);
    m_desk->put(key);
    m_desk->online();
    m_desk->runner->want(key);
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->ready.value(key).size(), 2, patienceMs);
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_server->requests[0].headers.value("authorization"), "Bearer bearer");
    const QString file = m_desk->ready[key][0];
    QCOMPARE(file, m_desk->pathOf(m_server->documents[key]));
    QCOMPARE(contentOf(file), m_server->documents[key]);
    QCOMPARE(m_desk->files(), QStringList{file});
#if !defined(Q_OS_WIN)
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY((QFile::permissions(file) & others) == 0);
    QVERIFY((QFile::permissions(QFileInfo(file).path()) & others) == 0);
#endif
    QCOMPARE(m_desk->holdings, (DocumentPort::Holdings{1, 1, 700'000}));
    // The record says so by now; offline, after a restart, it opens.
    m_desk->put(key, m_server->documents[key]);
    m_desk->stop();
    m_server->requests.clear();
    m_desk->start();
    m_desk->runner->setStatus({Mode::Offline});
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->ready.value(key).size(), 3, patienceMs);
    QVERIFY(m_server->requests.isEmpty());
    QVERIFY(m_desk->failed.isEmpty());
}

void TestDocuments::goesOnAfterACutAtEveryHundredthByte()
{
    m_desk->online();
    for (qsizetype cut = 0; cut <= 3'000; cut += 100) {
        const QString key = QStringLiteral("d%1").arg(cut);
        const QByteArray bytes = m_server->documents[key] = pdf(key, 3'050);
        m_desk->put(key, bytes);
        m_server->requests.clear();
        m_server->cutAfter = cut;
        m_desk->runner->want(key);
        VERIFY_READY(key);
        QCOMPARE(contentOf(m_desk->ready[key][0]), bytes);
        QCOMPARE(m_server->requests.size(), 2);
        QCOMPARE(m_server->requests[1].headers.value("range"),
                 cut == 0 ? QByteArray() : "bytes=" + QByteArray::number(cut) + '-');
    }
    QVERIFY(m_desk->failed.isEmpty());
}

void TestDocuments::goesOnAfterARestart()
{
    const QString key = QStringLiteral("d1");
    const QByteArray bytes = m_server->documents[key] = pdf(key, 500'000);
    m_desk->put(key, bytes);
    m_desk->fill(); // the records are complete, so nothing hinders a look at what is left over
    m_desk->put(key, bytes);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        socket.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nRepr-Digest: " + DocumentServer::digest(bytes)
                     + "\r\nContent-Length: 500000\r\n\r\n" + bytes.left(300'000)); // and no more
    };
    m_desk->online();
    m_desk->runner->want(key);
    const QString part = DocumentFolder::root(path()) + u'/' + DocumentFolder::partPath("a1", "d1");
    QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(part).size(), 300'000, patienceMs);
    m_desk->stop();
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &request) {
        QCOMPARE(request.headers.value("range"), "bytes=300000-");
        QCOMPARE(request.headers.value("if-range"), "\"e\"");
        DocumentServer::send(socket, "206 Partial Content",
                             "ETag: \"e\"\r\nContent-Range: bytes 300000-499999/500000\r\nRepr-Digest: "
                                 + DocumentServer::digest(bytes) + "\r\n",
                             bytes.mid(300'000));
    };
    m_desk->start();
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    QCOMPARE(contentOf(m_desk->ready[key][0]), bytes);
    QCOMPARE(m_desk->files().size(), 1);
}

void TestDocuments::beginsAgainWhenTheDocumentIsAnother()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key, 3'000);
    m_desk->put(key);
    m_desk->online();
    m_server->cutAfter = 1'000;
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->requests.size(), 1, patienceMs);
    m_server->documents[key] = pdf(QStringLiteral("another"), 4'000);
    VERIFY_READY(key);
    QCOMPARE(contentOf(m_desk->ready[key][0]), pdf(QStringLiteral("another"), 4'000));
}

// SYN-12
void TestDocuments::neverShowsWrongBytes()
{
    const QString key = QStringLiteral("d1");
    const QByteArray bytes = pdf(key);
    QByteArray wrong = bytes;
    wrong[1'500] = '!';
    m_desk->put(key, bytes);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        DocumentServer::send(socket, "200 OK",
                             "ETag: \"e\"\r\nRepr-Digest: " + DocumentServer::digest(bytes) + "\r\n", wrong);
    };
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_desk->failed[key][0].kind, ErrorKind::BadReply);
    QVERIFY(m_desk->failed[key][0].userText.contains(QLatin1String("damaged")));
    QVERIFY(m_desk->ready.isEmpty());
    QCOMPARE(m_desk->files(), QStringList());
}

void TestDocuments::refusesAnotherDigestThanTheRecords()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(QStringLiteral("forged"));
    m_desk->put(key, pdf(key));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QCOMPARE(m_server->requests.size(), 2);
    QVERIFY(m_desk->ready.isEmpty());
    QCOMPARE(m_desk->files(), QStringList());
}

void TestDocuments::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<ErrorKind>("kind");
    const auto with = [](const QByteArray &status, const QByteArray &headers, const QByteArray &body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
            + "\r\n\r\n" + body;
    };
    const auto problem = [&](const QByteArray &status, const QByteArray &type) {
        return with(status, "Content-Type: application/problem+json\r\n",
                    R"({"type":"urn:counterfoil:problem:)" + type + R"(","title":"t","status":400})");
    };
    QTest::newRow("a portal's page") << with("200 OK", "Content-Type: text/html\r\n", "<html>Hi</html>")
                                     << ErrorKind::BadReply;
    QTest::newRow("a portal's refusal") << with("403 Forbidden", "", "no") << ErrorKind::BadReply;
    QTest::newRow("a page that is not found") << with("404 Not Found", "", "<html>") << ErrorKind::BadReply;
    QTest::newRow("sent elsewhere") << with("302 Found", "Location: http://example.com/\r\n", "")
                                    << ErrorKind::BadReply;
    QTest::newRow("no such document") << problem("404 Not Found", "not-found") << ErrorKind::NotFound;
    QTest::newRow("not permitted") << problem("403 Forbidden", "forbidden") << ErrorKind::Forbidden;
    QTest::newRow("overloaded") << problem("503 Busy", "overloaded") << ErrorKind::ServerDown;
    QTest::newRow("down behind a proxy") << with("502 Bad Gateway", "", "<html>") << ErrorKind::ServerDown;
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << ErrorKind::Offline;
    QTest::newRow("a part nobody asked for")
        << with("206 Partial Content",
                "Content-Range: bytes 1-5/6\r\nRepr-Digest: " + DocumentServer::digest("x") + "\r\n", "12345")
        << ErrorKind::BadReply;
}

void TestDocuments::saysWhatIsWrong()
{
    QFETCH(const QByteArray, reply);
    QFETCH(const ErrorKind, kind);
    const QString key = QStringLiteral("d1");
    m_desk->put(key);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        socket.write(reply);
        socket.disconnectFromHost();
    };
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QCOMPARE(m_desk->failed[key][0].kind, kind);
    QVERIFY(m_desk->failed[key][0].userText.endsWith(u'.'));
    QVERIFY(m_desk->ready.isEmpty());
    m_desk->runner->forget(key);
    QCOMPARE(m_desk->files(), QStringList());
}

void TestDocuments::goesOnWhenTheGatewayRecovers()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->put(key);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &request) {
        if (m_server->requests.size() < 3)
            DocumentServer::problem(socket, 503, "overloaded");
        else
            m_server->answer(socket, request);
    };
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    QCOMPARE(m_server->requests.size(), 3);
    QVERIFY(m_desk->failed.isEmpty());
}

void TestDocuments::takesNoEndlessDocument()
{
    const QString key = QStringLiteral("d1");
    m_desk->put(key);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        socket.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nTransfer-Encoding: chunked\r\nRepr-Digest: "
                     + DocumentServer::digest("x") + "\r\n\r\n");
        const QByteArray piece = "100000\r\n" + QByteArray(0x100000, 'x') + "\r\n";
        socket.write(piece);
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket, piece] {
            if (socket.bytesToWrite() < piece.size())
                socket.write(piece);
        });
    };
    m_desk->online();
    m_desk->runner->want(key);
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->failed.value(key).isEmpty(), 60'000);
    QCOMPARE(m_desk->failed[key][0].kind, ErrorKind::Rejected);
    QVERIFY(m_desk->failed[key][0].userText.contains(QLatin1String("larger")));
    QTRY_COMPARE(m_desk->files(), QStringList());
}

void TestDocuments::givesUpOnATrickle()
{
    const QString key = QStringLiteral("d1");
    m_desk->put(key, pdf(key));
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &request) {
        if (!request.headers.value("range").isEmpty()) {
            m_server->instead = nullptr;
            socket.abort();
            return;
        }
        socket.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 3000\r\nRepr-Digest: "
                     + DocumentServer::digest(pdf(key)) + "\r\n\r\n");
        auto *timer = new QTimer(&socket);
        QObject::connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("%"); });
        timer->start(50);
    };
    m_server->documents[key] = pdf(key);
    m_desk->online();
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->ready.value(key).size(), 1,
                              2 * static_cast<int>(Tuning::documentPaceMs));
    QCOMPARE(contentOf(m_desk->ready[key][0]), pdf(key));
}

void TestDocuments::goesOnOnceThereIsRoom()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->put(key);
    m_desk->online();
    m_desk->diskIsFull = true;
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QCOMPARE(m_desk->failed[key][0].kind, ErrorKind::StorageFull);
    QVERIFY(m_desk->failed[key][0].userText.endsWith(u'.'));
    m_desk->diskIsFull = false;
    VERIFY_READY(key); // by itself
    QCOMPARE(m_desk->failed[key].size(), 1);
}

void TestDocuments::waitsForANewToken()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->put(key);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &request) {
        if (request.headers.value("authorization") == "Bearer second")
            m_server->answer(socket, request);
        else
            DocumentServer::problem(socket, 401, "token-refused");
    };
    QSignalSpy refused(m_desk->runner.get(), &DownloadsRunner::bearerRefused);
    m_desk->online();
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, patienceMs);
    m_desk->runner->setBearer("second");
    VERIFY_READY(key);
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(refused.count(), 1);
}

void TestDocuments::forgetsWhileItComes()
{
    const QString key = QStringLiteral("d1");
    m_desk->put(key);
    bool gone = false;
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [&gone] { gone = true; });
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\nRepr-Digest: "
                     + DocumentServer::digest(pdf(key)) + "\r\n\r\n%PDF");
    };
    m_desk->online();
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->requests.size(), 1, patienceMs);
    m_desk->runner->forget(key);
    QTRY_VERIFY_WITH_TIMEOUT(gone, patienceMs);
    QVERIFY(m_desk->ready.isEmpty());
    QVERIFY(m_desk->failed.isEmpty());
    m_server->instead = nullptr;
}

CORE_TEST(TestDocuments)
#include "tst_documents.moc"

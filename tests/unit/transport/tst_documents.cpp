#include "cachereader.h"
#include "document.h"
#include "documentserver.h"
#include "downloadsrunner.h"
#include "kinds.h"
#include "storeworker.h"
#include "tuning.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

constexpr std::int64_t dayMs = 86'400'000;
constexpr int patienceMs = 20'000;

// Whoever waits "a random part" waits hardly at all.
class NoChance final : public Random
{
public:
    void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, std::byte(0)); }
};

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray pdf(const QString &key, qsizetype size = 3'000)
{
    QByteArray bytes = "%PDF-1.7 marker of " + key.toUtf8() + ' ';
    while (bytes.size() < size)
        bytes += sha256(bytes.right(64));
    return bytes.left(size);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A profile with a cache, the shelf on its thread, and Downloads driven for real.
class Desk
{
public:
    explicit Desk(const QString &directory, const QUrl &gateway)
    {
        profile.directory = directory;
        profile.person.gateway = gateway;
        profile.person.user = QStringLiteral("maya");
        start();
    }
    ~Desk() { stop(); }

    void start()
    {
        store = std::make_unique<StoreWorker>(ProfileStore(QFileInfo(profile.directory).path()), QString());
        shelf = new DocumentShelf([this](std::int64_t) { return diskIsFull.load(); });
        thread = std::make_unique<QThread>();
        shelf->moveToThread(thread.get());
        QObject::connect(thread.get(), &QThread::finished, shelf, &QObject::deleteLater);
        thread->start();
        runner = std::make_unique<DownloadsRunner>(store.get(), shelf, chance);
        QObject::connect(store.get(), &StoreWorker::opened, runner.get(), &DownloadsRunner::open);
        QObject::connect(store.get(), &StoreWorker::changed, runner.get(), &DownloadsRunner::noteChange);
        QObject::connect(runner.get(), &DownloadsRunner::ready, runner.get(),
                         [this](const QString &key, const QString &file) { ready[key].push_back(file); });
        QObject::connect(runner.get(), &DownloadsRunner::failed, runner.get(),
                         [this](const QString &key, const Error &error) { failed[key].push_back(error); });
        QObject::connect(runner.get(), &DownloadsRunner::holdingsChanged, runner.get(),
                         [this](const DocumentPort::Holdings &held) { holdings = held; });
        store->open(profile);
    }
    void stop()
    {
        if (!runner)
            return;
        runner->shutDown();
        thread->quit();
        thread->wait();
        runner.reset();
        store.reset();
    }
    void online(Mode mode = Mode::CatchingUp) // in which nothing is fetched ahead
    {
        SyncStatus status;
        status.mode = mode;
        runner->setBearer("bearer");
        runner->setStatus(status);
    }
    void carryOut(const StoreWork &work)
    {
        store->carryOut(work, [](const Result<StoredState> &done) { QVERIFY(done); });
    }
    // A cache that holds all there is.
    void fill()
    {
        std::vector<std::string> kinds;
        for (const RecordType *kind : allKinds())
            kinds.emplace_back(kind->name);
        carryOut(BeginFill{kinds, "c"});
        for (const RecordType *kind : allKinds())
            carryOut(ApplyFillPage{kind, {}, {}, true, 0});
        carryOut(FinishFill());
    }
    void put(const QString &key, const QByteArray &bytes = {}, const char *account = "a1", int daysOld = 1)
    {
        auto document = std::make_shared<Document>();
        document->key = key.toStdString();
        document->account = account;
        document->number = document->key;
        document->dated = Instant{SystemClock().now().ms - daysOld * dayMs};
        document->issued = !bytes.isEmpty();
        document->bytes = bytes.size();
        if (document->issued)
            document->sha256 = sha256(bytes).toStdString();
        Change change;
        change.kind = &Document::type;
        change.key = document->key;
        change.account = account;
        change.sequence = ++sequence;
        change.version = 1;
        change.record = AnyRecord(document);
        carryOut(ApplyChanges{{change}, "c"});
    }
    QString complaints() const
    {
        QStringList all;
        for (const QList<Error> &errors : failed) {
            for (const Error &error : errors)
                all.push_back(error.userText + u' ' + error.detail);
        }
        return all.join(u'\n');
    }
    QStringList files() const
    {
        QStringList found;
        QDirIterator each(DocumentFolder::root(profile.directory), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (each.hasNext())
            found.push_back(each.next());
        return found;
    }
    QString pathOf(const QByteArray &bytes, const char *account = "a1") const
    {
        return DocumentFolder::root(profile.directory) + u'/'
            + DocumentFolder::filePath(account, sha256(bytes).toStdString());
    }

    NoChance chance;
    Profile profile;
    std::unique_ptr<StoreWorker> store;
    DocumentShelf *shelf = nullptr;
    std::unique_ptr<QThread> thread;
    std::unique_ptr<DownloadsRunner> runner;
    QHash<QString, QStringList> ready;
    QHash<QString, QList<Error>> failed;
    DocumentPort::Holdings holdings;
    std::atomic_bool diskIsFull = false;
    std::int64_t sequence = 0;
};

} // namespace

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
    void checksWhatItHas();
    void waitsForANewToken();
    void forgetsWhileItComes();
    void fetchesAhead();
    void purgesAnAccount();
    void removesWhatBelongsToNoRecord();
    void keepsEverythingWhileTheCacheIsIncomplete();

private:
    QString path() const { return m_directory->filePath(QStringLiteral("profiles/maya")); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<DocumentServer> m_server;
    std::unique_ptr<Desk> m_desk;
};

void TestDocuments::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<DocumentServer>();
    m_desk = std::make_unique<Desk>(path(), m_server->url());
}

void TestDocuments::cleanup()
{
    m_desk.reset();
    m_server.reset();
    m_directory.reset();
}

#define VERIFY_READY(key)                                                                                    \
    QTRY_VERIFY2_WITH_TIMEOUT(m_desk->ready.value(key).size() == 1, qPrintable(m_desk->complaints()),        \
                              patienceMs)
#define VERIFY_FAILED(key) QTRY_VERIFY_WITH_TIMEOUT(!m_desk->failed.value(key).isEmpty(), patienceMs)

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

void TestDocuments::checksWhatItHas()
{
    const QString key = QStringLiteral("d1");
    const QByteArray bytes = m_server->documents[key] = pdf(key);
    m_desk->put(key, bytes);
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    m_desk->stop();
    QFile file(m_desk->pathOf(bytes));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(1'000));
    file.write("!");
    file.close();
    m_desk->ready.clear();
    m_desk->start();
    m_desk->runner->setStatus({Mode::Offline});
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QVERIFY(m_desk->failed[key][0].userText.contains(QLatin1String("damaged")));
    QVERIFY(m_desk->ready.isEmpty());
    m_desk->online();
    VERIFY_READY(key);
    QCOMPARE(contentOf(m_desk->ready[key][0]), bytes);
    // Removed behind our back.
    QVERIFY(QFile::remove(m_desk->pathOf(bytes)));
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->ready.value(key).size(), 2, patienceMs);
    QCOMPARE(contentOf(m_desk->ready[key][1]), bytes);
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

// DOC-08
void TestDocuments::fetchesAhead()
{
    constexpr int count = 6;
    for (int i = 0; i < count; ++i) {
        const QString key = QStringLiteral("d%1").arg(i);
        m_server->documents[key] = pdf(key);
        m_desk->put(key, {}, "a1", 1 + i);
    }
    m_desk->put(QStringLiteral("ancient"), {}, "a1", 2'000);
    m_desk->online(Mode::Live);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings.here, count, patienceMs);
    QCOMPARE(m_desk->holdings, (DocumentPort::Holdings{count + 1, count, count * 3'000}));
    for (int i = 0; i < count; ++i)
        QCOMPARE(m_server->requests[i].document, QStringLiteral("d%1").arg(i));
    QVERIFY(m_desk->ready.isEmpty());
    QCOMPARE(m_server->requests.size(), count);
}

// No byte of what is lost stays anywhere in the profile's folder.
void TestDocuments::purgesAnAccount()
{
    const QString mine = QStringLiteral("mine");
    const QString lost = QStringLiteral("lost");
    for (const QString &key : {mine, lost})
        m_server->documents[key] = pdf(key);
    m_desk->put(mine, pdf(mine), "a1");
    m_desk->put(lost, pdf(lost), "a2");
    m_desk->put(QStringLiteral("cut"), pdf(QStringLiteral("cut")), "a2");
    m_server->documents[QStringLiteral("cut")] = pdf(QStringLiteral("cut"));
    m_desk->online();
    m_desk->runner->want(mine);
    m_desk->runner->want(lost);
    VERIFY_READY(mine);
    VERIFY_READY(lost);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        const QByteArray bytes = pdf(QStringLiteral("cut"));
        socket.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 3000\r\nRepr-Digest: "
                     + DocumentServer::digest(bytes) + "\r\n\r\n" + bytes.left(2'000));
    };
    m_desk->runner->want(QStringLiteral("cut"));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files().size(), 4, patienceMs); // two, a part and its notes
    bool removed = false;
    m_desk->runner->purge({{"a2"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        m_desk->carryOut(Purge{{"a2"}});
        removed = true;
        m_desk->runner->purged();
    });
    QTRY_VERIFY_WITH_TIMEOUT(removed, patienceMs);
    QCOMPARE(m_desk->files(), QStringList{m_desk->pathOf(pdf(mine))});
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, (DocumentPort::Holdings{1, 1, 3'000}), patienceMs);
    VERIFY_FAILED(QStringLiteral("cut"));
    m_desk->stop();
    QDirIterator each(path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QByteArray bytes = contentOf(each.next());
        QVERIFY2(!bytes.contains("marker of lost"), qPrintable(each.filePath()));
        QVERIFY2(!bytes.contains("marker of cut"), qPrintable(each.filePath()));
    }
    m_server->instead = nullptr;
}

// The program ended between the rows and their files, or a right was lost and a fill has dropped the rows.
void TestDocuments::removesWhatBelongsToNoRecord()
{
    m_desk->fill();
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->put(key, pdf(key));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    const QDir folder = QFileInfo(m_desk->pathOf(pdf(key))).dir();
    m_desk->stop();
    for (const QString &name :
         {QString::fromLatin1(sha256("x")) + QStringLiteral(".pdf"), QStringLiteral("0123.part"),
          QStringLiteral("0123.part.resume"), QStringLiteral(".hidden")}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(QDir(DocumentFolder::root(path())).mkpath(QStringLiteral("ffff")));
    QVERIFY(QFile::copy(folder.filePath(QStringLiteral("0123.part")),
                        DocumentFolder::root(path()) + QStringLiteral("/ffff/0123.part")));
    m_desk->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files(), QStringList{m_desk->pathOf(pdf(key))}, patienceMs);
    QTRY_VERIFY(!QDir(DocumentFolder::root(path()) + QStringLiteral("/ffff")).exists());
    // A fill that no longer lists it.
    m_desk->fill();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files(), QStringList(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, DocumentPort::Holdings(), patienceMs);
}

void TestDocuments::keepsEverythingWhileTheCacheIsIncomplete()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->fill();
    m_desk->put(key, pdf(key));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    m_desk->stop();
    QVERIFY(QFile::remove(m_desk->profile.cachePath())); // as after damage
    m_desk->start();
    m_desk->put(QStringLiteral("d2"));
    m_desk->runner->want(QStringLiteral("d2"));
    m_desk->runner->setStatus({Mode::Offline});
    VERIFY_FAILED(QStringLiteral("d2")); // the stock has been taken
    QCOMPARE(m_desk->files().size(), 1);
    m_desk->put(key, pdf(key));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings.here, 1, patienceMs);
}

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"

#include "gatewayfixture.h"

#include "gatewayserver.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <QWebSocket>

#include <condition_variable>
#include <mutex>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr int patienceMs = 10'000;

// Holds every answer back until it is let go, as an ERP that hangs does.
class SlowErp final : public Connector
{
public:
    Result<ErpBatch> changesAfter(const std::string &position, int) override
    {
        std::unique_lock lock(m_mutex);
        ++asked;
        m_go.wait(lock, [this] { return m_free; });
        return ErpBatch{{}, position, false};
    }
    void setChangeCallback(std::function<void()>) override { }
    void letGo()
    {
        const std::lock_guard lock(m_mutex);
        m_free = true;
        m_go.notify_all();
    }
    std::atomic<int> asked = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_go;
    bool m_free = false;
};

// The scripted history, told under a lock, since the server asks from a thread of its own.
class SharedErp final : public Connector
{
public:
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        const std::lock_guard lock(m_mutex);
        return script.changesAfter(position, limit);
    }
    void setChangeCallback(std::function<void()> callback) override
    {
        const std::lock_guard lock(m_mutex);
        m_changed = std::move(callback);
    }
    template <class Work> void happen(Work work)
    {
        const std::lock_guard lock(m_mutex);
        work(script);
        if (m_changed)
            m_changed();
    }

private:
    std::mutex m_mutex;
    ScriptedErp script;
    std::function<void()> m_changed;
};

struct Fetched
{
    int status = 0;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QMap<QByteArray, QByteArray> headers;
};

} // namespace

// Real sockets in both directions.
class GatewayServerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void answersOverKeptConnections();
    void pipelinedRequestsAreAnsweredInOrder();
    void packsLargeAnswers();
    void liveFramesArrive();
    void refusedUpgradeSaysWhy();
    void manyChangesOverASocket();
    void whoDoesNotReadIsDisconnected();
    void speaksTls();
    void plainHttpStaysAtHome();
    void badCertificateIsSaid();
    void portInUseIsSaid();
    void slowRequestIsCutOff();
    void oversizedRequestIsRefused_data();
    void oversizedRequestIsRefused();
    void junkBytesAreRefused();
    void connectionsAreBounded();
    void slowErpHoldsUpNobody();
    void stopsCleanly();

private:
    QUrl url(const QString &path) const { return QUrl(m_url + path); }
    Fetched fetch(const char *method, const QString &path, const std::string &token = {},
                  const QByteArray &body = {}, const QSslConfiguration *tls = nullptr);
    void startServer(ServerSettings settings = {});
    std::string token(const std::string &user);
    QByteArray raw(const QByteArray &bytes, bool untilClosed = true);
    std::unique_ptr<QWebSocket> openSocket(const std::string &token, const std::string &cursor);

    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    SharedErp *m_erp = nullptr;
    std::unique_ptr<Connector> m_connector;
    std::unique_ptr<SqliteGatewayStore> m_store;
    std::unique_ptr<GatewayCore> m_core;
    std::unique_ptr<GatewayServer> m_server;
    QNetworkAccessManager m_network;
    QString m_url;
    QTemporaryDir m_certificates;
};

void GatewayServerTest::initTestCase()
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_certificates.path());
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                   QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                   QStringLiteral("-keyout"), QStringLiteral("key.pem"), QStringLiteral("-out"),
                   QStringLiteral("certificate.pem"), QStringLiteral("-days"), QStringLiteral("2"),
                   QStringLiteral("-subj"), QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=IP:127.0.0.1")});
    QVERIFY(openssl.waitForFinished(30'000));
    QCOMPARE(openssl.exitCode(), 0);
}

void GatewayServerTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = SqliteGatewayStore::open(m_folder->filePath(QStringLiteral("gateway.sqlite")), m_random);
    QVERIFY(opened);
    m_store = *std::move(opened);
    for (const auto &[name, role, accounts] : {std::tuple("ann", "buyer", std::vector<std::string>{"A"}),
                                               std::tuple("sam", "csr", std::vector<std::string>())}) {
        const auto hash = hashPassword("secret", m_random, {8, 1});
        QVERIFY(m_store->people().putUser({name, name, role, accounts, *hash, false}));
    }
    auto erp = std::make_unique<SharedErp>();
    m_erp = erp.get();
    m_connector = std::move(erp);
    m_core = std::make_unique<GatewayCore>(*m_store, *m_connector, m_clock, m_random, quickSettings());
}

void GatewayServerTest::cleanup()
{
    m_network.clearConnectionCache();
    m_server.reset();
    m_core.reset();
    m_store.reset();
}

void GatewayServerTest::startServer(ServerSettings settings)
{
    m_server = std::make_unique<GatewayServer>(*m_core, *m_connector);
    const auto started = m_server->start(settings);
    if (!started)
        qFatal("%s", qPrintable(started.error().userText));
    m_url = *started;
}

Fetched GatewayServerTest::fetch(const char *method, const QString &path, const std::string &token,
                                 const QByteArray &body, const QSslConfiguration *tls)
{
    QNetworkRequest request(url(path));
    if (!token.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (tls)
        request.setSslConfiguration(*tls);
    request.setTransferTimeout(patienceMs);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(patienceMs + 1000);
    Fetched fetched;
    fetched.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    fetched.body = reply->readAll();
    fetched.error = reply->error();
    const auto pairs = reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        fetched.headers[name.toLower()] = value;
    return fetched;
}

std::string GatewayServerTest::token(const std::string &user)
{
    const auto answer = fetch("POST", QStringLiteral("/v1/session"), {},
                              QByteArray::fromStdString(encode(SessionRequest{user, "secret", "test"})));
    const auto session = decode<SessionAnswer>(answer.body.toStdString());
    if (!session)
        qFatal("sign-in: %d %s", answer.status, answer.body.constData());
    return session->accessToken;
}

// What comes back for these bytes until the server closes the connection (or answers, when it stays open).
QByteArray GatewayServerTest::raw(const QByteArray &bytes, bool untilClosed)
{
    QTcpSocket socket;
    socket.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    if (!socket.waitForConnected(patienceMs))
        qFatal("no connection");
    socket.write(bytes);
    QElapsedTimer timer;
    timer.start();
    QByteArray answer;
    while (timer.elapsed() < patienceMs && socket.state() == QAbstractSocket::ConnectedState) {
        socket.waitForReadyRead(100);
        answer += socket.readAll();
        if (!untilClosed && answer.contains("\r\n\r\n"))
            break;
    }
    return answer + socket.readAll();
}

std::unique_ptr<QWebSocket> GatewayServerTest::openSocket(const std::string &token, const std::string &cursor)
{
    auto socket = std::make_unique<QWebSocket>();
    QUrl live = url(QStringLiteral("/v1/live?after=") + QString::fromStdString(cursor));
    live.setScheme(live.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    QNetworkRequest request(live);
    request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
    socket->open(request);
    return socket;
}

void GatewayServerTest::answersOverKeptConnections()
{
    startServer();
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
    const QByteArray request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    QTcpSocket socket;
    socket.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    QVERIFY(socket.waitForConnected(patienceMs));
    for (int i = 0; i < 50; ++i) {
        socket.write(request);
        QByteArray answer;
        while (!answer.endsWith("ok\n"))
            QVERIFY2(socket.waitForReadyRead(patienceMs) && (answer += socket.readAll(), true),
                     answer.constData());
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.toLower().contains("cache-control: no-store"));
    }
    const auto closing = raw("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QVERIFY(closing.toLower().contains("connection: close"));
    const auto unknown = fetch("GET", QStringLiteral("/nowhere"));
    QCOMPARE(unknown.status, 404);
    QCOMPARE(unknown.headers["content-type"], "application/problem+json");
    QCOMPARE(fetch("GET", QStringLiteral("/v1/changes"), "junk").headers["www-authenticate"], "Bearer");
}

void GatewayServerTest::pipelinedRequestsAreAnsweredInOrder()
{
    startServer();
    const auto answer = raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QCOMPARE(answer.count("HTTP/1.1 200"), 2);
    QVERIFY(answer.indexOf("404") > answer.indexOf("200"));
    QVERIFY(answer.lastIndexOf("200") > answer.indexOf("404"));
}

void GatewayServerTest::packsLargeAnswers()
{
    ServerSettings settings;
    settings.packForLoopback = true;
    startServer(settings);
    m_erp->happen([](ScriptedErp &erp) {
        for (int i = 0; i < 300; ++i)
            erp.order("o-" + std::to_string(i), "A");
    });
    const auto sam = token("sam");
    QTRY_VERIFY_WITH_TIMEOUT(
        decodePage(fetch("GET", QStringLiteral("/v1/snapshot/order"), sam).body.toStdString())->changes.size()
            == 300,
        patienceMs);
    // Qt unpacks by itself, so the header is looked at on the raw bytes.
    const QByteArray request
        = "GET /v1/snapshot/order HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
        + QByteArray::fromStdString(sam) + "\r\n";
    const auto packed = raw(request + "Accept-Encoding: br, gzip;q=0.5\r\n\r\n");
    const auto plain = raw(request + "\r\n");
    const auto refused = raw(request + "Accept-Encoding: gzip;q=0\r\n\r\n");
    QVERIFY(packed.toLower().contains("content-encoding: gzip"));
    QVERIFY(packed.toLower().contains("vary: accept-encoding"));
    QVERIFY(!plain.toLower().contains("content-encoding"));
    QVERIFY(!refused.toLower().contains("content-encoding"));
    QVERIFY(packed.size() < plain.size() / 5);
    QVERIFY(!raw("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n")
                 .contains("gzip"));
}

void GatewayServerTest::liveFramesArrive()
{
    startServer();
    const auto ann = token("ann");
    const auto answer = fetch("POST", QStringLiteral("/v1/snapshot"), ann);
    const auto cursor = decode<SnapshotAnswer>(answer.body.toStdString())->cursor;
    const auto socket = openSocket(ann, cursor);
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 1, patienceMs);
    auto frame = decodeFrame(frames.at(0).at(0).toString().toStdString());
    QCOMPARE(frame->head.from, cursor);
    m_erp->happen([](ScriptedErp &erp) {
        erp.order("b-1", "B");
        erp.order("a-1", "A");
    });
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 2, patienceMs);
    frame = decodeFrame(frames.at(1).at(0).toString().toStdString());
    QCOMPARE(frame->changes.size(), 1U);
    QCOMPARE(frame->changes[0].key, "a-1");
    socket->sendTextMessage(QStringLiteral("{\"ping\":5}"));
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 3, patienceMs);
    frame = decodeFrame(frames.at(2).at(0).toString().toStdString());
    QCOMPARE(frame->head.frame, "pong");
    QCOMPARE(frame->head.ping, 5);
    QVERIFY(frame->head.lagMs < 5000);
    QSignalSpy gone(socket.get(), &QWebSocket::disconnected);
    socket->sendTextMessage(QStringLiteral("no ping"));
    QVERIFY(gone.wait(patienceMs));
}

void GatewayServerTest::refusedUpgradeSaysWhy()
{
    startServer();
    const QByteArray upgrade = "GET /v1/live?after=junk HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                               "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    QVERIFY(raw(upgrade + "\r\n").startsWith("HTTP/1.1 401"));
    const auto ann = token("ann");
    const auto malformed
        = raw(upgrade + "Authorization: bearer " + QByteArray::fromStdString(ann) + "\r\n\r\n");
    QVERIFY2(malformed.startsWith("HTTP/1.1 400"), malformed.constData());
    QVERIFY(malformed.contains("urn:counterfoil:problem:malformed"));
    const auto socket = openSocket("junk", "c1.00.1.00");
    QSignalSpy failed(socket.get(), QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error));
    QVERIFY(failed.wait(patienceMs));
}

void GatewayServerTest::manyChangesOverASocket()
{
    startServer();
    const auto sam = token("sam");
    const auto cursor
        = decode<SnapshotAnswer>(fetch("POST", QStringLiteral("/v1/snapshot"), sam).body.toStdString())
              ->cursor;
    const auto socket = openSocket(sam, cursor);
    std::string at = cursor;
    std::size_t changes = 0;
    bool contiguous = true;
    connect(socket.get(), &QWebSocket::textMessageReceived, this, [&](const QString &text) {
        const auto frame = decodeFrame(text.toStdString());
        contiguous = contiguous && frame && frame->head.from == at && frame->head.frame != "pull";
        if (frame) {
            at = frame->head.to;
            changes += frame->changes.size();
        }
    });
    QSignalSpy opened(socket.get(), &QWebSocket::connected);
    QVERIFY(opened.wait(patienceMs));
    for (int batch = 0; batch < 100; ++batch) {
        m_erp->happen([batch](ScriptedErp &erp) {
            for (int i = 0; i < 20; ++i)
                erp.order("o-" + std::to_string(batch * 20 + i), i % 2 ? "A" : "B");
        });
        QTRY_COMPARE_WITH_TIMEOUT(changes, static_cast<std::size_t>(batch + 1) * 20, patienceMs);
    }
    QVERIFY(contiguous);
}

void GatewayServerTest::whoDoesNotReadIsDisconnected()
{
    startServer();
    const auto sam = token("sam");
    const auto cursor
        = decode<SnapshotAnswer>(fetch("POST", QStringLiteral("/v1/snapshot"), sam).body.toStdString())
              ->cursor;
    QTcpSocket socket;
    socket.setReadBufferSize(1024);
    socket.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    QVERIFY(socket.waitForConnected(patienceMs));
    socket.write(
        "GET /v1/live?after=" + QByteArray::fromStdString(cursor)
        + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
        + QByteArray::fromStdString(sam) + "\r\n\r\n");
    QVERIFY(socket.waitForReadyRead(patienceMs));
    const auto open = [this] {
        return fetch("GET", QStringLiteral("/metrics")).body.contains("\ncounterfoil_live_connections 1\n");
    };
    QTRY_VERIFY_WITH_TIMEOUT(open(), patienceMs);
    // Some 900 kB a frame, none of it read.
    for (int i = 0; i < 40 && open(); ++i) {
        m_erp->happen([i](ScriptedErp &erp) {
            erp.order("o-" + std::to_string(i), "A");
            auto big = std::make_shared<Order>(*erp.history.back().record.as<Order>());
            big->shipToAddress = std::string(900'000, 'x');
            erp.history.back().record = AnyRecord(big);
        });
        const QByteArray last = "\ncounterfoil_log_last_sequence " + QByteArray::number(i + 1) + '\n';
        QTRY_VERIFY_WITH_TIMEOUT(fetch("GET", QStringLiteral("/metrics")).body.contains(last), patienceMs);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!open(), patienceMs);
}

void GatewayServerTest::speaksTls()
{
    ServerSettings settings;
    settings.host = QStringLiteral("0.0.0.0");
    settings.certificateFile = m_certificates.filePath(QStringLiteral("certificate.pem"));
    settings.keyFile = m_certificates.filePath(QStringLiteral("key.pem"));
    startServer(settings);
    QVERIFY(m_url.startsWith(QLatin1String("https://0.0.0.0:")));
    m_url.replace(QLatin1String("0.0.0.0"), QLatin1String("127.0.0.1"));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(settings.certificateFile));
    QCOMPARE(fetch("GET", QStringLiteral("/healthz"), {}, {}, &tls).status, 200);
    const auto openApi = fetch("GET", QStringLiteral("/v1/openapi.json"), {}, {}, &tls);
    QVERIFY(QJsonDocument::fromJson(openApi.body).isObject());
    const auto answer
        = fetch("POST", QStringLiteral("/v1/session"), {},
                QByteArray::fromStdString(encode(SessionRequest{"sam", "secret", "test"})), &tls);
    const auto sam = decode<SessionAnswer>(answer.body.toStdString())->accessToken;
    const auto cursor = decode<SnapshotAnswer>(
                            fetch("POST", QStringLiteral("/v1/snapshot"), sam, {}, &tls).body.toStdString())
                            ->cursor;
    QWebSocket socket;
    socket.setSslConfiguration(tls);
    QUrl live = url(QStringLiteral("/v1/live?after=") + QString::fromStdString(cursor));
    live.setScheme(QStringLiteral("wss"));
    QNetworkRequest request(live);
    request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(sam));
    QSignalSpy frames(&socket, &QWebSocket::textMessageReceived);
    socket.open(request);
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 1, patienceMs);
    m_erp->happen([](ScriptedErp &erp) { erp.order("o-1", "A"); });
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 2, patienceMs);
    // Who does not trust the certificate gets nothing, and plain HTTP on this port neither.
    m_network.clearConnectionCache();
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).error, QNetworkReply::SslHandshakeFailedError);
    QVERIFY(!raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").contains("200"));
}

void GatewayServerTest::plainHttpStaysAtHome()
{
    for (const char *host : {"0.0.0.0", "::", "192.0.2.1"}) {
        GatewayServer server(*m_core, *m_connector);
        ServerSettings settings;
        settings.host = QString::fromLatin1(host);
        const auto started = server.start(settings);
        QVERIFY(!started);
        QVERIFY2(started.error().userText.contains(QStringLiteral("--tls-certificate")),
                 qPrintable(started.error().userText));
    }
    QVERIFY(isLoopbackAddress(QStringLiteral("127.8.9.1")) && isLoopbackAddress(QStringLiteral("::1")));
    QVERIFY(isLoopbackAddress(QStringLiteral("::ffff:127.0.0.1")));
    QVERIFY(!isLoopbackAddress(QStringLiteral("10.0.0.1")) && !isLoopbackAddress(QStringLiteral("nonsense")));
}

void GatewayServerTest::badCertificateIsSaid()
{
    QFile junk(m_folder->filePath(QStringLiteral("junk.pem")));
    QVERIFY(junk.open(QIODevice::WriteOnly) && junk.write("junk") == 4);
    junk.close();
    GatewayServer server(*m_core, *m_connector);
    ServerSettings settings;
    settings.certificateFile = junk.fileName();
    settings.keyFile = m_certificates.filePath(QStringLiteral("key.pem"));
    QVERIFY(server.start(settings).error().userText.contains(junk.fileName()));
    settings.certificateFile = m_certificates.filePath(QStringLiteral("certificate.pem"));
    settings.keyFile = junk.fileName();
    QVERIFY(server.start(settings).error().userText.contains(junk.fileName()));
}

void GatewayServerTest::portInUseIsSaid()
{
    startServer();
    GatewayServer second(*m_core, *m_connector);
    ServerSettings settings;
    settings.port = static_cast<std::uint16_t>(QUrl(m_url).port());
    const auto started = second.start(settings);
    QVERIFY(!started);
    QVERIFY(started.error().userText.contains(QString::number(settings.port)));
}

void GatewayServerTest::slowRequestIsCutOff()
{
    ServerSettings settings;
    settings.requestMs = 300;
    settings.idleMs = 600;
    startServer(settings);
    QElapsedTimer timer;
    timer.start();
    QTcpSocket slow;
    slow.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    QVERIFY(slow.waitForConnected(patienceMs));
    // A byte now and then must not keep it open.
    while (slow.state() == QAbstractSocket::ConnectedState && timer.elapsed() < patienceMs) {
        slow.write("G");
        slow.flush();
        slow.waitForReadyRead(50);
    }
    QVERIFY(slow.state() != QAbstractSocket::ConnectedState);
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
    // Nor does a connection without any request, and the others are served meanwhile.
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
    timer.restart();
    QVERIFY(raw({}).isEmpty());
    QVERIFY(timer.elapsed() < 3'000);
}

void GatewayServerTest::oversizedRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    const QByteArray start = "POST /v1/session HTTP/1.1\r\nHost: x\r\n";
    QTest::newRow("announced") << start + "Content-Length: 10000000\r\n\r\n";
    QTest::newRow("sent") << start + "Content-Length: 70000\r\n\r\n" + QByteArray(70'000, ' ');
    QTest::newRow("in chunks") << start + "Transfer-Encoding: chunked\r\n\r\n"
            + QByteArray("4000\r\n" + QByteArray(0x4000, ' ') + "\r\n").repeated(6) + "0\r\n\r\n";
    QTest::newRow("header") << "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + QByteArray(40'000, 'x')
            + "\r\n\r\n";
    QTest::newRow("target") << "GET /" + QByteArray(40'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

void GatewayServerTest::oversizedRequestIsRefused()
{
    QFETCH(QByteArray, request);
    startServer();
    const auto answer = raw(request);
    // Where the client was still writing, its system may drop the answer with the connection.
    QVERIFY2(answer.isEmpty() || answer.startsWith("HTTP/1.1 413"), answer.left(200).constData());
    QVERIFY(fetch("GET", QStringLiteral("/metrics")).body.contains("status=\"413\"} 1"));
}

void GatewayServerTest::junkBytesAreRefused()
{
    startServer();
    for (const QByteArray &junk : {QByteArray("\x16\x03\x01\x02junk\r\n\r\n"), QByteArray("GET\r\n\r\n"),
                                   QByteArray("GET / HTTP/9.9\r\n\r\n"),
                                   QByteArray("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                                   QByteArray("GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                                   QByteArray("GET nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                                   QByteArray("POST /v1/session HTTP/1.1\r\nContent-Length: -1\r\n\r\n")}) {
        const auto answer = raw(junk);
        QVERIFY2(answer.startsWith("HTTP/1.1 400"), (junk + " -> " + answer.left(100)).constData());
        QVERIFY(answer.contains("requestId"));
    }
    // A body cut short by the client's end.
    QTcpSocket socket;
    socket.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    QVERIFY(socket.waitForConnected(patienceMs));
    socket.write("POST /v1/session HTTP/1.1\r\nContent-Length: 100\r\n\r\n{\"user\":");
    QVERIFY(socket.waitForBytesWritten(patienceMs));
    socket.disconnectFromHost();
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
}

void GatewayServerTest::connectionsAreBounded()
{
    ServerSettings settings;
    settings.connections = 3;
    startServer(settings);
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 3; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
        QVERIFY(sockets.back()->waitForConnected(patienceMs));
        sockets.back()->write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(sockets.back()->waitForReadyRead(patienceMs));
    }
    QVERIFY(raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").isEmpty());
    sockets.clear();
    QTRY_VERIFY_WITH_TIMEOUT(
        raw("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 200"),
        patienceMs);
}

void GatewayServerTest::slowErpHoldsUpNobody()
{
    SlowErp erp;
    GatewayCore core(*m_store, erp, m_clock, m_random, quickSettings());
    {
        GatewayServer server(core, erp);
        m_url = *server.start({});
        QTRY_VERIFY_WITH_TIMEOUT(erp.asked > 0, patienceMs);
        QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
        QVERIFY(!token("ann").empty());
        erp.letGo();
    }
    QVERIFY(erp.asked >= 1);
}

void GatewayServerTest::stopsCleanly()
{
    startServer();
    const auto sam = token("sam");
    const auto cursor
        = decode<SnapshotAnswer>(fetch("POST", QStringLiteral("/v1/snapshot"), sam).body.toStdString())
              ->cursor;
    const auto socket = openSocket(sam, cursor);
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 1, patienceMs);
    QSignalSpy gone(socket.get(), &QWebSocket::disconnected);
    QElapsedTimer timer;
    timer.start();
    m_server->stop();
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(gone.wait(patienceMs));
    QVERIFY(fetch("GET", QStringLiteral("/healthz")).error != QNetworkReply::NoError);
    startServer(); // the core serves again
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
}

QTEST_GUILESS_MAIN(GatewayServerTest)
#include "tst_gatewayserver.moc"

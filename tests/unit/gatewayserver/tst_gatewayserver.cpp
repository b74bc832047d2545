#include "commandfixture.h"
#include "serverfixture.h"
#include "testentry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTcpSocket>

#include <condition_variable>
#include <mutex>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

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
    Result<IssuedDocument> document(const std::string &key) override
    {
        return Error{ErrorKind::NotFound, QStringLiteral("There is no such document."),
                     QString::fromStdString(key)};
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

} // namespace

// Real sockets in both directions.
class GatewayServerTest : public ServerFixture
{
    Q_OBJECT
private Q_SLOTS:
    void answersOverKeptConnections();
    void pipelinedRequestsAreAnsweredInOrder();
    void packsLargeAnswers();
    void liveFramesArrive();
    void commandIsDone();
    void refusedUpgradeSaysWhy();
    void manyChangesOverASocket();
    void speaksTls();
    void slowErpHoldsUpNobody();
    void stopsCleanly();
};

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
    const QString listing = QStringLiteral("/v1/snapshot/order?after=") + QString::fromStdString(cursor(sam));
    QTRY_VERIFY_WITH_TIMEOUT(decodePage(fetch("GET", listing, sam).body.toStdString())->changes.size() == 300,
                             patienceMs);
    // Qt unpacks by itself, so the header is looked at on the raw bytes.
    const QByteArray request = "GET " + listing.toLatin1()
        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
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
    const auto begin = cursor(ann);
    const auto socket = openSocket(ann, begin);
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 1, patienceMs);
    auto frame = decodeFrame(frames.at(0).at(0).toString().toStdString());
    QCOMPARE(frame->head.from, begin);
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

void GatewayServerTest::commandIsDone()
{
    m_erp->happen([](ScriptedErp &erp) {
        erp.account("A");
        erp.address("ADR-A", "A");
    });
    startServer();
    const auto ann = token("ann");
    const auto socket = openSocket(ann, cursor(ann));
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    const auto body
        = QByteArray::fromStdString(encodeCommand(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull")));
    // Not before the address has been read from the ERP.
    QTRY_COMPARE_WITH_TIMEOUT(fetch("POST", QStringLiteral("/v1/commands"), ann, body).status, 200,
                              patienceMs);
    const auto nudged = [&frames] {
        return std::ranges::any_of(frames, [](const QList<QVariant> &frame) {
            return frame.at(0).toString().contains(QLatin1String("\"frame\":\"outcomes\""));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(nudged(), patienceMs);
    const auto answer
        = fetch("POST", QStringLiteral("/v1/commands/outcomes"), ann, R"({"commands":[{"command":"k-1"}]})");
    const auto outcomes = decodeOutcomes(answer.body.toStdString());
    QVERIFY(outcomes);
    QVERIFY(outcomes->at(0).state == State::Applied);
    QCOMPARE(outcomes->at(0).target, "ADR-A");
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
    const auto begin = cursor(sam);
    const auto socket = openSocket(sam, begin);
    std::string at = begin;
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
    const auto begin = cursor(sam, &tls);
    QWebSocket socket;
    socket.setSslConfiguration(tls);
    QUrl live = url(QStringLiteral("/v1/live?after=") + QString::fromStdString(begin));
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
    const auto begin = cursor(sam);
    const auto socket = openSocket(sam, begin);
    QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
    QTRY_COMPARE_WITH_TIMEOUT(frames.size(), 1, patienceMs);
    QSignalSpy gone(socket.get(), &QWebSocket::disconnected);
    m_server->stop(); // which waits for nobody
    QVERIFY(gone.wait(patienceMs));
    QVERIFY(fetch("GET", QStringLiteral("/healthz")).error != QNetworkReply::NoError);
    startServer(); // the core serves again
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
}

CORE_TEST(GatewayServerTest)
#include "tst_gatewayserver.moc"

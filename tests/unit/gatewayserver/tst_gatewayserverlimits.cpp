#include "serverfixture.h"
#include "testentry.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpSocket>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// What a server refuses, cuts off or will not even begin.
class GatewayServerLimitsTest : public ServerFixture
{
    Q_OBJECT
private Q_SLOTS:
    void whoDoesNotReadIsDisconnected();
    void plainHttpStaysAtHome();
    void badCertificateIsSaid();
    void portInUseIsSaid();
    void slowRequestIsCutOff();
    void oversizedRequestIsRefused_data();
    void oversizedRequestIsRefused();
    void junkBytesAreRefused();
    void headHasNoBody();
    void connectionsAreBounded();
    void whoVanishesHarmsNobody();
};

void GatewayServerLimitsTest::whoDoesNotReadIsDisconnected()
{
    startServer();
    const auto sam = token("sam");
    const auto begin = cursor(sam);
    QTcpSocket socket;
    socket.setReadBufferSize(1024);
    socket.connectToHost(QUrl(m_url).host(), static_cast<quint16>(QUrl(m_url).port()));
    QVERIFY(socket.waitForConnected(patienceMs));
    socket.write(
        "GET /v1/live?after=" + QByteArray::fromStdString(begin)
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

void GatewayServerLimitsTest::plainHttpStaysAtHome()
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

void GatewayServerLimitsTest::badCertificateIsSaid()
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

void GatewayServerLimitsTest::portInUseIsSaid()
{
    startServer();
    GatewayServer second(*m_core, *m_connector);
    ServerSettings settings;
    settings.port = static_cast<std::uint16_t>(QUrl(m_url).port());
    const auto started = second.start(settings);
    QVERIFY(!started);
    QVERIFY(started.error().userText.contains(QString::number(settings.port)));
}

void GatewayServerLimitsTest::slowRequestIsCutOff()
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
    // Nor does a connection without any request, and the others are served meanwhile.
    QCOMPARE(fetch("GET", QStringLiteral("/healthz")).status, 200);
    timer.restart();
    QVERIFY(raw({}).isEmpty());
    QVERIFY(timer.elapsed() < patienceMs);
}

void GatewayServerLimitsTest::oversizedRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    const QByteArray start = "POST /v1/session HTTP/1.1\r\nHost: x\r\n";
    QTest::newRow("announced") << start + "Content-Length: 10000000\r\n\r\n";
    QTest::newRow("announced, too much for where it goes") << start + "Content-Length: 70000\r\n\r\n";
    QTest::newRow("sent") << start + "Content-Length: 70000\r\n\r\n" + QByteArray(70'000, ' ');
    QTest::newRow("in chunks") << start + "Transfer-Encoding: chunked\r\n\r\n"
            + QByteArray("4000\r\n" + QByteArray(0x4000, ' ') + "\r\n").repeated(6) + "0\r\n\r\n";
    QTest::newRow("header") << "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + QByteArray(40'000, 'x')
            + "\r\n\r\n";
    QTest::newRow("target") << "GET /" + QByteArray(40'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

void GatewayServerLimitsTest::oversizedRequestIsRefused()
{
    QFETCH(QByteArray, request);
    startServer();
    const auto answer = raw(request);
    // Where the client was still writing, its system may drop the answer with the connection.
    QVERIFY2(answer.isEmpty() || answer.startsWith("HTTP/1.1 413"), answer.left(200).constData());
    QVERIFY(fetch("GET", QStringLiteral("/metrics")).body.contains("status=\"413\"} 1"));
}

void GatewayServerLimitsTest::junkBytesAreRefused()
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

void GatewayServerLimitsTest::connectionsAreBounded()
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

void GatewayServerLimitsTest::headHasNoBody()
{
    startServer();
    const auto answer = raw("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
                            "HEAD /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QCOMPARE(answer.count("HTTP/1.1 200"), 2);
    QCOMPARE(answer.count("HTTP/1.1 404"), 1);
    QCOMPARE(answer.count("Content-Length: 3\r\n"), 2);
    QCOMPARE(answer.count("ok\n"), 1);
    QVERIFY(!answer.contains("urn:counterfoil"));
}

// Sockets that go while frames are on their way to them, in whatever order either is noticed.
void GatewayServerLimitsTest::whoVanishesHarmsNobody()
{
    startServer();
    const auto sam = token("sam");
    const auto begin = cursor(sam);
    for (int round = 0; round < 40; ++round) {
        const auto socket = openSocket(sam, begin);
        QSignalSpy frames(socket.get(), &QWebSocket::textMessageReceived);
        QTRY_VERIFY_WITH_TIMEOUT(!frames.isEmpty(), patienceMs);
        for (int i = 0; i < 5; ++i) {
            m_erp->happen([round, i](ScriptedErp &erp) {
                erp.order("o-" + std::to_string(round) + '-' + std::to_string(i), "A");
            });
        }
        socket->abort();
    }
    QTRY_VERIFY_WITH_TIMEOUT(
        fetch("GET", QStringLiteral("/metrics")).body.contains("\ncounterfoil_live_connections 0\n"),
        patienceMs);
}

CORE_TEST(GatewayServerLimitsTest)
#include "tst_gatewayserverlimits.moc"

#include "serverfixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>

namespace Counterfoil::Testing {

void ServerFixture::initTestCase()
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

void ServerFixture::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto erp = std::make_unique<SharedErp>();
    m_erp = erp.get();
    m_connector = std::move(erp);
    startGateway(quickSettings());
    for (const auto &[name, role, accounts] : {std::tuple("ann", "buyer", std::vector<std::string>{"A"}),
                                               std::tuple("bob", "buyer", std::vector<std::string>{"B"}),
                                               std::tuple("eve", "viewer", std::vector<std::string>{"A"}),
                                               std::tuple("sam", "csr", std::vector<std::string>())}) {
        const auto hash = hashPassword("secret", m_random, {8, 1});
        QVERIFY(m_store->people().putUser({name, name, role, accounts, *hash, false}));
    }
}

void ServerFixture::startGateway(const GatewaySettings &settings)
{
    m_server.reset();
    m_core.reset();
    m_store.reset();
    auto opened = SqliteGatewayStore::open(m_folder->filePath(QStringLiteral("gateway.sqlite")), m_random);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_store = *std::move(opened);
    m_core = std::make_unique<GatewayCore>(*m_store, *m_connector, m_clock, m_random, settings);
}

void ServerFixture::cleanup()
{
    m_network.clearConnectionCache();
    m_server.reset();
    m_core.reset();
    m_store.reset();
}

void ServerFixture::startServer(ServerSettings settings)
{
    m_server = std::make_unique<GatewayServer>(*m_core, *m_connector);
    const auto started = m_server->start(settings);
    if (!started)
        qFatal("%s", qPrintable(started.error().userText));
    m_url = *started;
}

Fetched ServerFixture::fetch(const char *method, const QString &path, const std::string &token,
                             const QByteArray &body, const QSslConfiguration *tls,
                             const QMap<QByteArray, QByteArray> &headers)
{
    QNetworkRequest request(url(path));
    for (auto header = headers.begin(); header != headers.end(); ++header)
        request.setRawHeader(header.key(), header.value());
    if (!token.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (tls)
        request.setSslConfiguration(*tls);
    request.setTransferTimeout(patienceMs);
    // Qt waits for the body of a HEAD that it does not know to be one.
    const std::unique_ptr<QNetworkReply> reply(qstrcmp(method, "HEAD") == 0
                                                   ? m_network.head(request)
                                                   : m_network.sendCustomRequest(request, method, body));
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

std::string ServerFixture::token(const std::string &user)
{
    const auto answer = fetch("POST", QStringLiteral("/v1/session"), {},
                              QByteArray::fromStdString(encode(SessionRequest{user, "secret", "test"})));
    const auto session = decode<SessionAnswer>(answer.body.toStdString());
    if (!session)
        qFatal("sign-in: %d %s", answer.status, answer.body.constData());
    return session->accessToken;
}

std::string ServerFixture::cursor(const std::string &token, const QSslConfiguration *tls)
{
    // Refused until the server has read the ERP to its end.
    Fetched answer;
    const auto taken = [&] {
        answer = fetch("POST", QStringLiteral("/v1/snapshot"), token, {}, tls);
        return answer.status == 200;
    };
    if (!QTest::qWaitFor(taken, patienceMs))
        qFatal("snapshot: %d %s", answer.status, answer.body.constData());
    return decode<SnapshotAnswer>(answer.body.toStdString())->cursor;
}

// What comes back for these bytes until the server closes the connection (or answers, when it stays open).
QByteArray ServerFixture::raw(const QByteArray &bytes, bool untilClosed)
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

std::unique_ptr<QWebSocket> ServerFixture::openSocket(const std::string &token, const std::string &cursor)
{
    auto socket = std::make_unique<QWebSocket>();
    QUrl live = url(QStringLiteral("/v1/live?after=") + QString::fromStdString(cursor));
    live.setScheme(live.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    QNetworkRequest request(live);
    request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
    socket->open(request);
    return socket;
}

} // namespace Counterfoil::Testing

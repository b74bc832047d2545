#include "codec.h"
#include "document.h"
#include "messages.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;

namespace {

constexpr int patienceMs = 30'000;

struct Ended
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

// The program as its users see it: its command line, its lines, its exit codes.
class GatewayProgramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void explainsItself();
    void badCommandLineIsOneSentence_data();
    void badCommandLineIsOneSentence();
    void servesUntilTold();
    void demoEndsWithItsParent();
    void issuesPapers();
    void oneGatewayForAStore();
    void looksAfterUsers();

private:
    QStringList stores() const
    {
        return {QStringLiteral("--store"),
                QStringLiteral("sqlite:") + m_folder->filePath(QStringLiteral("g.sqlite")),
                QStringLiteral("--erp-store"),
                m_folder->filePath(QStringLiteral("s.sqlite")),
                QStringLiteral("--scale"),
                QStringLiteral("20")};
    }
    static Ended run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(QStringLiteral(GATEWAY_PROGRAM), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(patienceMs))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    // Starts a gateway and waits until it has printed `lines` lines.
    static QByteArrayList start(QProcess &process, const QStringList &arguments, int lines)
    {
        process.start(QStringLiteral(GATEWAY_PROGRAM),
                      QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} + arguments);
        QByteArrayList said;
        while (said.size() < lines && process.waitForReadyRead(patienceMs)) {
            while (process.canReadLine())
                said.append(process.readLine().trimmed());
        }
        return said;
    }
    struct Reply
    {
        int status = 0;
        QByteArray body;
        QByteArray digest;
    };
    static Reply call(const char *method, const QUrl &url, const std::string &body = {},
                      const std::string &token = {})
    {
        QNetworkAccessManager network;
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        if (!token.empty())
            request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token));
        const std::unique_ptr<QNetworkReply> reply(
            network.sendCustomRequest(request, method, QByteArray::fromStdString(body)));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait(patienceMs);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                reply->rawHeader("Repr-Digest")};
    }
    static int post(const QUrl &url, const std::string &body) { return call("POST", url, body).status; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void GatewayProgramTest::explainsItself()
{
    const auto help = run({QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    for (const char *option : {"--listen", "--store", "--erp", "--erp-store", "--scale", "--seed", "--speed",
                               "--import", "--map", "--tls-certificate", "--tls-key", "--demo",
                               "--renew-epoch", "--no-prices", "--contact", "user add", "user accounts"})
        QVERIFY2(help.out.contains(option), option);
    const auto version = run({QStringLiteral("--version")});
    QCOMPARE(version.code, 0);
    QVERIFY(version.out.startsWith("counterfoil-gateway 0."));
}

void GatewayProgramTest::badCommandLineIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const QStringList &arguments, const char *says) {
        QTest::newRow(name) << arguments << QByteArray(says);
    };
    const auto list = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    row("unknown option", list("--nonsense"), "nonsense");
    row("unknown word", list("serve"), "serve");
    row("no port", list("--listen 127.0.0.1"), "HOST:PORT");
    row("port too large", list("--listen 127.0.0.1:70000"), "HOST:PORT");
    row("no host", list("--listen :80"), "HOST:PORT");
    row("unknown store", list("--store postgres:x"), "sqlite:FILE");
    row("unknown ERP", list("--erp sap"), "sap");
    row("scale", list("--scale many"), "--scale");
    row("scale too large", list("--scale 2000000"), "--scale");
    row("speed", list("--speed -1"), "--speed");
    row("speed as good as none", list("--speed 0.0001"), "--speed");
    row("speed no number", list("--speed nan"), "--speed");
    row("seed", list("--seed x"), "--seed");
    row("certificate alone", list("--tls-certificate x.pem"), "go together");
    row("user without verb", list("user"), "user add");
    row("user with unknown verb", list("user remove x"), "user add");
    row("user add without name", list("user add"), "user add");
}

void GatewayProgramTest::badCommandLineIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const auto ended = run(arguments);
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(ended.err.contains(says), ended.err.constData());
    QCOMPARE(ended.err.count('\n'), 1);
}

void GatewayProgramTest::servesUntilTold()
{
    QProcess process;
    const auto said = start(process, stores(), 1);
    QCOMPARE(said.size(), 1);
    QVERIFY2(said[0].startsWith("listening on http://127.0.0.1:"), said[0].constData());
    process.closeWriteChannel(); // without --demo that means nothing
    QVERIFY(!process.waitForFinished(300));
    process.terminate();
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    const auto refused = run(QStringList{QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0")} + stores());
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("--tls-certificate"), refused.err.constData());
}

void GatewayProgramTest::demoEndsWithItsParent()
{
    QProcess process;
    const auto said = start(process, QStringList{QStringLiteral("--demo")} + stores(), 2);
    QCOMPARE(said.size(), 2);
    const auto ready = QJsonDocument::fromJson(said[1]).object();
    const QUrl url(ready[QStringLiteral("url")].toString() + QStringLiteral("/v1/session"));
    const auto people = ready[QStringLiteral("people")].toArray();
    QCOMPARE(people.size(), 6);
    for (const QJsonValue &person : people) {
        QVERIFY(!person[QStringLiteral("displayName")].toString().isEmpty());
        const SessionRequest request{person[QStringLiteral("user")].toString().toStdString(),
                                     person[QStringLiteral("password")].toString().toStdString(), "test"};
        QCOMPARE(post(url, encode(request)), 200);
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitCode(), 0);
}

// The company's papers are drawn where there is no display.
void GatewayProgramTest::issuesPapers()
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    process.setProcessEnvironment(environment);
    const auto said = start(
        process,
        QStringList{QStringLiteral("--demo"), QStringLiteral("--speed"), QStringLiteral("0")} + stores(), 2);
    QCOMPARE(said.size(), 2);
    const auto ready = QJsonDocument::fromJson(said[1]).object();
    const QString url = ready[QStringLiteral("url")].toString();
    int issued = 0;
    const auto people = ready[QStringLiteral("people")].toArray();
    for (const QJsonValue &person : people) {
        const SessionRequest request{person[QStringLiteral("user")].toString().toStdString(),
                                     person[QStringLiteral("password")].toString().toStdString(), "test"};
        const auto session = decode<SessionAnswer>(
            call("POST", QUrl(url + QStringLiteral("/v1/session")), encode(request)).body.toStdString());
        QVERIFY(session);
        const auto &token = session->accessToken;
        const auto cursor = decode<SnapshotAnswer>(
            call("POST", QUrl(url + QStringLiteral("/v1/snapshot")), {}, token).body.toStdString());
        QVERIFY(cursor);
        const auto listing = call("GET",
                                  QUrl(url + QStringLiteral("/v1/snapshot/document?after=")
                                       + QString::fromStdString(cursor->cursor)),
                                  {}, token);
        const auto page = decodePage(listing.body.toStdString());
        QVERIFY(page);
        for (const Change &change : page->changes) {
            const std::string &paper = change.record.as<Document>()->paper;
            QVERIFY2(session->seesInvoices || (paper != "invoice" && paper != "creditMemo"), paper.c_str());
            const auto file = call(
                "GET", QUrl(url + QStringLiteral("/v1/documents/") + QString::fromStdString(change.key)), {},
                token);
            QCOMPARE(file.status, 200);
            QVERIFY(file.body.startsWith("%PDF-"));
            QCOMPARE(file.digest,
                     "sha-256=:" + QCryptographicHash::hash(file.body, QCryptographicHash::Sha256).toBase64()
                         + ':');
            ++issued;
        }
    }
    QVERIFY(issued > 0);
    process.terminate();
    QVERIFY(process.waitForFinished(patienceMs));
    QCOMPARE(process.exitCode(), 0);
}

void GatewayProgramTest::oneGatewayForAStore()
{
    QProcess first;
    QCOMPARE(start(first, stores(), 1).size(), 1);
    const auto second
        = run(QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} + stores());
    QCOMPARE(second.code, 1);
    QVERIFY2(second.err.contains("Another gateway"), second.err.constData());
    first.kill();
    QVERIFY(first.waitForFinished(patienceMs));
    // What a killed gateway leaves behind does not lock out the next one.
    QProcess third;
    QCOMPARE(start(third, stores(), 1).size(), 1);
    third.terminate();
    QVERIFY(third.waitForFinished(patienceMs));
}

void GatewayProgramTest::looksAfterUsers()
{
    const auto user = [this](const QString &line, const QByteArray &input = {}) {
        return run(QStringList{QStringLiteral("user")} + line.split(QLatin1Char(' ')) + stores().first(2),
                   input);
    };
    QCOMPARE(user(QStringLiteral("add kim --role buyer --account A-10001"), "pass-1\n").code, 0);
    QCOMPARE(user(QStringLiteral("add kim --role buyer --account A-10001"), "pass-1\n").code, 1);
    QCOMPARE(user(QStringLiteral("add lee --role king"), "x\n").code, 1);
    QCOMPARE(user(QStringLiteral("add lee --role buyer"), "x\n").code, 1); // without an account
    QCOMPARE(user(QStringLiteral("add lee --role csr"), "\n").code, 1);    // without a password
    QCOMPARE(user(QStringLiteral("disable nobody")).code, 1);
    const auto listed = user(QStringLiteral("list"));
    QCOMPARE(listed.out, "kim\tkim\tbuyer\tA-10001\tenabled\t-\t-\t-\n");
    QCOMPARE(user(QStringLiteral("set kim --no-prices --no-invoices --contact C-7")).code, 0);
    QCOMPARE(user(QStringLiteral("list")).out,
             "kim\tkim\tbuyer\tA-10001\tenabled\tno prices, no invoices\tC-7\t-\n");
    QCOMPARE(user(QStringLiteral("set kim --role viewer")).code, 0); // leaves the rest as it is
    QVERIFY(
        user(QStringLiteral("list")).out.contains("viewer\tA-10001\tenabled\tno prices, no invoices\tC-7"));
    QCOMPARE(user(QStringLiteral("set kim --prices --invoices --contact= --role buyer")).code, 0);
    QCOMPARE(user(QStringLiteral("list")).out, listed.out);
    QCOMPARE(user(QStringLiteral("set kim --prices --no-prices")).code, 1);
    QCOMPARE(user(QStringLiteral("set kim --all-accounts")).code, 1); // a buyer
    QCOMPARE(user(QStringLiteral("accounts")).out, "");               // nothing was read yet
    QCOMPARE(user(QStringLiteral("accounts nobody")).code, 1);

    QProcess gateway;
    const auto said = start(gateway, stores(), 1);
    QCOMPARE(said.size(), 1);
    const QUrl url(QString::fromLatin1(said[0].mid(13)) + QStringLiteral("/v1/session"));
    QCOMPARE(post(url, encode(SessionRequest{"kim", "pass-1", "test"})), 200);
    QCOMPARE(user(QStringLiteral("disable kim")).code, 0);
    QCOMPARE(post(url, encode(SessionRequest{"kim", "pass-1", "test"})), 403);
    QCOMPARE(user(QStringLiteral("enable kim")).code, 0);
    QCOMPARE(user(QStringLiteral("set kim --password"), "pass-2\n").code, 0);
    QCOMPARE(post(url, encode(SessionRequest{"kim", "pass-1", "test"})), 401);
    QCOMPARE(post(url, encode(SessionRequest{"kim", "pass-2", "test"})), 200);
    const auto accounts = user(QStringLiteral("accounts")).out;
    const auto ofKim = user(QStringLiteral("accounts kim")).out;
    QVERIFY(accounts.contains("A-10001\t"));
    QVERIFY(ofKim.contains("A-10001\t"));
    QVERIFY(accounts.count('\n') > ofKim.count('\n'));
    gateway.terminate();
    QVERIFY(gateway.waitForFinished(patienceMs));
}

CORE_TEST(GatewayProgramTest)
#include "tst_gatewayprogram.moc"

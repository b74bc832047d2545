#include "clock.h"
#include "comparison.h"
#include "database.h"
#include "document.h"
#include "order.h"
#include "station.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

constexpr int patienceMs = 60'000;

} // namespace

class TestSync : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refusesWrongPassword();
    void saysWhenNobodyListens();
    void refusesUnsafeAddress();
    void saysWhenSomethingElseAnswers_data();
    void saysWhenSomethingElseAnswers();
    void noticesACableThatIsPulled();
    void pollsWhereWebSocketsAreBlocked();
    void survivesGarbageInBetween();
    void opensOffline();
    void keepsDocuments();
    void waitsForALockedCache();
    void replacesADamagedCache();
    void signsOutAndInAgain();
    void removesEverythingWhenAccessEnds();
    void isTheSameAfterDisconnectsAndKills();

private:
    GatewayProcess m_gateway{400};
};

void TestSync::initTestCase()
{
    QVERIFY(m_gateway.addUser(QStringLiteral("tess"), QStringLiteral("csr")));
    QVERIFY(m_gateway.addUser(QStringLiteral("lea"), QStringLiteral("csr")));
    QVERIFY(m_gateway.start(20));
}

void TestSync::refusesWrongPassword()
{
    Station station(m_gateway.port());
    station.signIn(QStringLiteral("wrong"));
    QTRY_VERIFY_WITH_TIMEOUT(station.signInFailed, patienceMs);
    QCOMPARE(station.signInFailed->kind, ErrorKind::Unauthorized);
    QVERIFY(!station.signInFailed->userText.isEmpty());
    QVERIFY(station.is(Mode::SignedOut));
    QVERIFY(station.client->profile().directory.isEmpty());
}

void TestSync::saysWhenNobodyListens()
{
    Station station(m_gateway.port());
    QTcpServer placeholder;
    QVERIFY(placeholder.listen(QHostAddress::LocalHost));
    const quint16 port = placeholder.serverPort();
    placeholder.close();
    station.client->signIn().signIn(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)),
                                    QStringLiteral("tess"), QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(station.signInFailed, patienceMs);
    QCOMPARE(station.signInFailed->kind, ErrorKind::Offline);
}

void TestSync::refusesUnsafeAddress()
{
    Station station(m_gateway.port());
    for (const char *address : {"http://orders.example.com", "ftp://127.0.0.1", "orders", ""}) {
        station.signInFailed.reset();
        station.client->signIn().signIn(QUrl(QLatin1String(address)), QStringLiteral("tess"),
                                        QStringLiteral("x"));
        QTRY_VERIFY(station.signInFailed);
        QCOMPARE(station.signInFailed->kind, ErrorKind::BadInput);
    }
}

void TestSync::saysWhenSomethingElseAnswers_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray ok("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << ErrorKind::Offline;
    QTest::newRow("a portal's page") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>Welcome</html>")
                                     << ErrorKind::BadReply;
    QTest::newRow("a portal's refusal")
        << QByteArray("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno") << ErrorKind::BadReply;
    QTest::newRow("sent elsewhere") << QByteArray(
        "HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n")
                                    << ErrorKind::BadReply;
    QTest::newRow("cut short") << QByteArray(ok + "Content-Length: 5000\r\n\r\n{\"accessToken\":\"a")
                               << ErrorKind::Offline;
    QTest::newRow("half a message") << QByteArray(ok + "Content-Length: 16\r\n\r\n{\"accessToken\":\"")
                                    << ErrorKind::BadReply;
    QTest::newRow("wrong types") << QByteArray(ok + "Content-Length: 18\r\n\r\n{\"accessToken\": 1}")
                                 << ErrorKind::BadReply;
    QTest::newRow("without end") << QByteArray(ok + "\r\n" + QByteArray(40 * 1024 * 1024, ' '))
                                 << ErrorKind::BadReply;
    QTest::newRow("never anything") << QByteArray() << ErrorKind::Timeout;
}

void TestSync::saysWhenSomethingElseAnswers()
{
    QFETCH(const QByteArray, reply);
    QFETCH(const ErrorKind, kind);
    Station station(m_gateway.port());
    station.proxy.setMode(TcpProxy::Mode::Garbage);
    station.proxy.setReply(reply);
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.signInFailed, patienceMs);
    QCOMPARE(station.signInFailed->kind, kind);
    QVERIFY(!station.signInFailed->userText.isEmpty());
    QVERIFY(station.is(Mode::SignedOut));
}

// SYN-04: a pulled cable, told by nobody. How soon, the engine's own test says, which has a clock to itself.
void TestSync::noticesACableThatIsPulled()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    for (int i = 0; i < 2; ++i) {
        station.proxy.setMode(TcpProxy::Mode::Swallow);
        QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Offline), patienceMs);
        QVERIFY(station.status().asOf.isSet());
        QVERIFY(station.all(Order::type));
        station.proxy.setMode(TcpProxy::Mode::Forward);
        station.proxy.cutAll();
        QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    }
}

// SYN-10
void TestSync::pollsWhereWebSocketsAreBlocked()
{
    Station station(m_gateway.port());
    station.proxy.setMode(TcpProxy::Mode::RefuseUpgrades);
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Polling), patienceMs);
    const qint64 before = station.status().changesReceived;
    QTRY_VERIFY_WITH_TIMEOUT(station.status().changesReceived > before, patienceMs);
    QVERIFY(station.is(Mode::Polling));
    station.proxy.setMode(TcpProxy::Mode::Forward);
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
}

void TestSync::survivesGarbageInBetween()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const auto before = station.all(Order::type);
    QVERIFY(before);
    station.proxy.setReply("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>Welcome</html>");
    station.proxy.setMode(TcpProxy::Mode::Garbage);
    station.proxy.cutAll();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Offline) && station.status().lastError
                                 && station.status().lastError->kind == ErrorKind::BadReply,
                             patienceMs);
    const auto meanwhile = station.all(Order::type);
    QVERIFY(meanwhile && meanwhile->size() >= before->size());
    station.proxy.setMode(TcpProxy::Mode::Forward);
    station.client->sync().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    QVERIFY(!station.status().lastError);
}

// SYN-05: what was cached opens without a network, and says how old it is.
void TestSync::opensOffline()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const Instant asOf = station.status().asOf;
    const Person person = station.client->profile().person;
    station.client.reset();

    station.proxy.setMode(TcpProxy::Mode::Swallow);
    station.open();
    QSignalSpy signedIn(&station.client->signIn(), &SignInPort::signedIn);
    QSignalSpy opened(station.client.get(), &SyncClient::profileOpened);
    QVERIFY(station.client->start());
    QTRY_VERIFY(!opened.isEmpty());
    QVERIFY(!signedIn.isEmpty());
    QCOMPARE(station.client->profile().person.displayName, person.displayName);
    QCOMPARE(station.client->profile().person.role, QStringLiteral("csr"));
    QVERIFY(station.status().asOf >= asOf);
    const auto orders = station.all(Order::type);
    QVERIFY(orders && !orders->empty());
    // No key store here, so the tokens went with the program.
    QTRY_VERIFY(station.signInNeeded);
    station.proxy.setMode(TcpProxy::Mode::Forward);
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
}

// DOC-08, SYN-12: a document that the ERP has yet to issue, then offline.
void TestSync::keepsDocuments()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const auto known = station.all(Document::type);
    QVERIFY(known && !known->empty());
    const auto unissued = std::ranges::find_if(
        *known, [](const CachedRecord &row) { return !row.record.as<Document>()->issued; });
    QVERIFY(unissued != known->end());
    const QString key = QString::fromStdString(unissued->record.as<Document>()->key);
    QString file;
    std::optional<Error> failed;
    const auto listen = [&] {
        QObject::connect(&station.client->documents(), &DocumentPort::ready, station.client.get(),
                         [&](const QString &, const QString &path) { file = path; });
        QObject::connect(&station.client->documents(), &DocumentPort::failed, station.client.get(),
                         [&](const QString &, const Error &error) { failed = error; });
    };
    listen();
    station.client->documents().want(key);
    QTRY_VERIFY_WITH_TIMEOUT(!file.isEmpty(), patienceMs);
    QVERIFY(!failed);
    QFile bytes(file);
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    const QByteArray content = bytes.readAll();
    QVERIFY(content.startsWith("%PDF-"));
    const auto record = [&]() -> Document {
        CacheReader reader(station.client->profile().cachePath());
        const auto row = reader.byKey(Document::type, key.toStdString());
        return row && *row ? *(*row)->record.as<Document>() : Document();
    };
    QTRY_VERIFY_WITH_TIMEOUT(record().issued, patienceMs);
    QCOMPARE(record().bytes, content.size());
    QCOMPARE(QByteArray::fromStdString(record().sha256),
             QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
    QTRY_COMPARE_WITH_TIMEOUT(station.client->documents().holdings().here, 1, patienceMs);
    station.client.reset();

    station.proxy.setMode(TcpProxy::Mode::Swallow);
    station.open();
    listen();
    file.clear();
    QVERIFY(station.client->start());
    station.client->documents().want(key);
    QTRY_VERIFY_WITH_TIMEOUT(!file.isEmpty(), patienceMs);
    QVERIFY(!failed);
}

void TestSync::waitsForALockedCache()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    auto other
        = Sqlite::Database::open(station.client->profile().cachePath(), Sqlite::Database::Mode::ReadWrite);
    QVERIFY(other);
    QVERIFY(other->execute("BEGIN IMMEDIATE"));
    QTRY_VERIFY_WITH_TIMEOUT(station.status().lastError, patienceMs);
    QCOMPARE(station.status().lastError->kind, ErrorKind::StorageLocked);
    QVERIFY(!station.status().lastError->userText.isEmpty());
    QTRY_VERIFY(
        !station.is(Mode::Live)); // it is not stored, so it is not said for longer than a heartbeat counts
    QVERIFY(station.all(Order::type));
    QVERIFY(other->execute("ROLLBACK"));
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    QVERIFY(!station.status().lastError);
}

void TestSync::replacesADamagedCache()
{
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const QString path = station.client->profile().cachePath();
    station.client.reset();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(static_cast<qsizetype>(file.size()), 'x'));
    file.close();
    station.open();
    QVERIFY(station.client->start());
    QTRY_VERIFY(station.signInNeeded);
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const auto orders = station.all(Order::type);
    QVERIFY(orders && !orders->empty());
}

void TestSync::signsOutAndInAgain()
{
    Station station(m_gateway.port());
    QSignalSpy opened(station.client.get(), &SyncClient::profileOpened);
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    QCOMPARE(opened.count(), 1);
    station.client->signIn().signOut();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::SignedOut), patienceMs);
    const auto kept = station.all(Order::type);
    QVERIFY(kept && !kept->empty()); // for the next sign-in
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    QCOMPARE(opened.count(), 2);
    station.client->signIn().signOut();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::SignedOut), patienceMs);
    station.client.reset();
    station.open();
    QVERIFY(!station.client->start()); // whoever comes next has to sign in
}

void TestSync::removesEverythingWhenAccessEnds()
{
    Station station(m_gateway.port());
    station.user = QStringLiteral("lea");
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    const auto before = station.all(Order::type);
    QVERIFY(before && !before->empty());
    const std::string number = before->front().record.as<Order>()->number;
    const auto documents = station.all(Document::type);
    QVERIFY(documents && !documents->empty());
    station.client->documents().want(QString::fromStdString(documents->front().record.as<Document>()->key));
    QTRY_COMPARE_WITH_TIMEOUT(station.client->documents().holdings().here, 1, patienceMs);
    QVERIFY(QDir(station.documentFolder()).exists());
    QVERIFY(m_gateway.disableUser(station.user));
    QTRY_VERIFY_WITH_TIMEOUT(station.signInNeeded, patienceMs);
    QCOMPARE(station.signInNeeded->kind, ErrorKind::Forbidden);
    QVERIFY(station.is(Mode::SignedOut));
    const auto after = station.all(Order::type);
    QVERIFY(after && after->empty());
    QVERIFY(!QDir(station.documentFolder()).exists());
    const QString path = station.client->profile().cachePath();
    station.client.reset();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(QByteArray::fromStdString(number)));
    station.signInFailed.reset();
    station.open();
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.signInFailed, patienceMs);
    QVERIFY(!station.signInFailed->userText.isEmpty());
}

// SYN-03: over 10,000 live changes, 20 forced disconnects, two gateways killed.
void TestSync::isTheSameAfterDisconnectsAndKills()
{
    constexpr qint64 changes = 10'000;
    constexpr int cuts = 20;
    m_gateway.kill();
    QVERIFY(m_gateway.start(400));
    Station station(m_gateway.port());
    station.signIn();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live), patienceMs);
    QElapsedTimer since;
    since.start();
    int done = 0;
    int kills = 0;
    while (station.status().changesReceived < changes || done < cuts || kills < 2) {
        QVERIFY2(since.elapsed() < 150'000,
                 qPrintable(QStringLiteral("%1 changes").arg(station.status().changesReceived)));
        const qint64 before = station.status().changesReceived;
        QTRY_VERIFY_WITH_TIMEOUT(station.status().changesReceived >= before + changes / cuts, patienceMs);
        station.proxy.cutAll();
        ++done;
        if (kills < 2 && done % 7 == 0) {
            m_gateway.kill();
            ++kills;
            QVERIFY(m_gateway.start(400));
        }
    }
    m_gateway.kill();
    QVERIFY(m_gateway.start(0));
    // A gateway that listens has read its ERP to the end, and this company stands still. So what is proven
    // to be as of now is everything; "live" alone may yet be what the gateway before has proven.
    const BootTime still = SystemClock().sinceBoot();
    QTRY_VERIFY_WITH_TIMEOUT(station.is(Mode::Live) && station.status().provenAt >= still, patienceMs);
    int rows = 0;
    const QString difference = differenceToGateway(m_gateway.url(), QStringLiteral("tess"),
                                                   QString::fromLatin1(GatewayProcess::password),
                                                   station.client->profile().cachePath(), &rows);
    QCOMPARE(difference, QString());
    qInfo("%lld changes, %d disconnects, %d kills, %d rows the same, %.1f s",
          station.status().changesReceived, done, kills, rows, static_cast<double>(since.elapsed()) / 1000.0);
}

CORE_TEST(TestSync)
#include "tst_sync.moc"

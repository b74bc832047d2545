#include "testentry.h"
#include "tokenstore.h"

#include <QSignalSpy>
#include <QTest>

using namespace Counterfoil;

class TestTokenStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keepsInMemoryAndSaysSoOnce();
    void fallsBackWithoutAKeyStore();

private:
    static QString readNow(TokenStore &store, const QString &id);
};

// No bus: on a machine with a key store this test must not touch it.
void TestTokenStore::initTestCase()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
}

QString TestTokenStore::readNow(TokenStore &store, const QString &id)
{
    QString token = QStringLiteral("unanswered");
    store.read(id, [&token](const QString &found) { token = found; });
    if (!QTest::qWaitFor([&token] { return token != QLatin1String("unanswered"); }, 10'000))
        return token;
    return token;
}

void TestTokenStore::keepsInMemoryAndSaysSoOnce()
{
    TokenStore store(false);
    QSignalSpy told(&store, &TokenStore::keptInMemoryOnly);
    QCOMPARE(readNow(store, QStringLiteral("a")), QString());
    QVERIFY(told.isEmpty()); // there was nothing to keep yet
    store.write(QStringLiteral("a"), QStringLiteral("one"));
    store.write(QStringLiteral("a"), QStringLiteral("two"));
    store.write(QStringLiteral("b"), QStringLiteral("other"));
    QCOMPARE(told.count(), 1);
    QCOMPARE(readNow(store, QStringLiteral("a")), QStringLiteral("two"));
    store.remove(QStringLiteral("a"));
    QCOMPARE(readNow(store, QStringLiteral("a")), QString());
    QCOMPARE(readNow(store, QStringLiteral("b")), QStringLiteral("other"));
}

void TestTokenStore::fallsBackWithoutAKeyStore()
{
#if !defined(Q_OS_LINUX)
    QSKIP("only here the key store can be taken away");
#endif
    TokenStore store(true);
    QSignalSpy told(&store, &TokenStore::keptInMemoryOnly);
    QCOMPARE(readNow(store, QStringLiteral("a")), QString()); // answered, not left hanging
    store.write(QStringLiteral("a"), QStringLiteral("one"));
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, 10'000);
    QCOMPARE(readNow(store, QStringLiteral("a")), QStringLiteral("one"));
}

CORE_TEST(TestTokenStore)
#include "tst_tokenstore.moc"

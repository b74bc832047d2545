#include "gatewayfixture.h"
#include "testentry.h"

#include "database.h"

#include <QFile>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// The store's file: opened, restored, damaged, shared with an administrator's command line.
class GatewayStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void restoredFileBeginsANewLog();
    void ownFileKeepsItsLog();
    void fileThatIsNoneIsRefused();
    void newerSchemaIsRefused();
    void anotherProcessMayWriteUsers();
    void scopesAreBounded();
};

void GatewayStoreTest::ownFileKeepsItsLog()
{
    Gateway gateway;
    fill(gateway);
    const auto epoch = gateway.store->logState()->epoch;
    gateway.restart();
    QCOMPARE(gateway.store->logState()->epoch, epoch);
}

void GatewayStoreTest::restoredFileBeginsANewLog()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto before = *gateway.store->logState();
    const auto cursor = gateway.snapshotCursor(ann);
    gateway.core.reset();
    gateway.store.reset();
    // As a backup is put back: another file in the old one's place.
    QVERIFY(QFile::copy(gateway.storePath(), gateway.folder.filePath(QStringLiteral("backup"))));
    QVERIFY(QFile::remove(gateway.storePath()));
    QVERIFY(QFile::copy(gateway.folder.filePath(QStringLiteral("backup")), gateway.storePath()));
    gateway.restart();
    const auto after = *gateway.store->logState();
    QVERIFY(after.epoch != before.epoch);
    QVERIFY(after.last > before.last);
    QCOMPARE(after.position, before.position);
    QCOMPARE(problemName(gateway.changes(ann, cursor)), "cursor-other-epoch");
    gateway.erp.order("a-2", "A", 1, 10);
    gateway.pumpAll();
    const auto page = gateway.list(ann, "order");
    QCOMPARE(page.keys(), (Keys{"a-2", "a1-1", "a-1"}));
    for (const Change &change : page.page.changes)
        QVERIFY(change.sequence > before.last);
    const auto newCursor = gateway.snapshotCursor(ann);
    gateway.restart();
    QCOMPARE(gateway.changes(ann, newCursor).status, 200); // once is enough
}

void GatewayStoreTest::fileThatIsNoneIsRefused()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("x.sqlite")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    SeededRandom random(1);
    const auto opened = SqliteGatewayStore::open(file.fileName(), random);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::StorageCorrupt);
    const auto nowhere = SqliteGatewayStore::open(folder.filePath(QStringLiteral("no/such/folder")), random);
    QVERIFY(!nowhere);
    QVERIFY(!nowhere.error().userText.isEmpty());
}

void GatewayStoreTest::newerSchemaIsRefused()
{
    Gateway gateway;
    gateway.core.reset();
    gateway.store.reset();
    {
        auto database = Sqlite::Database::open(gateway.storePath(), Sqlite::Database::Mode::ReadWrite);
        QVERIFY(database);
        QVERIFY(database->execute("PRAGMA user_version=99"));
    }
    QVERIFY(!SqliteGatewayStore::open(gateway.storePath(), gateway.random));
}

void GatewayStoreTest::anotherProcessMayWriteUsers()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    auto other = SqliteGatewayStore::open(gateway.storePath(), gateway.random);
    QVERIFY(other);
    auto user = **(*other)->people().user("ann");
    user.disabled = true;
    QVERIFY((*other)->people().putUser(user));
    QCOMPARE(problemName(gateway.list(ann, "order")), "access-ended");
    gateway.erp.order("a-2", "A");
    gateway.pumpAll();
    QCOMPARE((*other)->logState()->last, gateway.store->logState()->last);
}

void GatewayStoreTest::scopesAreBounded()
{
    Gateway gateway;
    for (int i = 0; i < 20; ++i)
        QVERIFY(gateway.store->rememberScope("ann", "h" + std::to_string(i), "text", Instant{i}));
    QCOMPARE(*gateway.store->scopeText("ann", "h3").value(), "text");
    QVERIFY(!gateway.store->scopeText("ann", "none").value());
    QVERIFY(!gateway.store->scopeText("bob", "h3").value()); // it names accounts
}

CORE_TEST(GatewayStoreTest)
#include "tst_gatewaystore.moc"

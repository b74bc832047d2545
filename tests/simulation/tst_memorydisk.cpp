#include "database.h"
#include "memorydisk.h"
#include "testentry.h"

#include <QFile>
#include <QTest>

using namespace Counterfoil;
using Sqlite::Database;

// The simulation is worth what its disk is worth: what SQLite promises on a real one it must keep here,
// and what a real one may lose must get lost.
class TestMemoryDisk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsFilesToItself();
    void keepsConnectionsApart();
    void keepsWhatWasSyncedThroughPowerLoss_data();
    void keepsWhatWasSyncedThroughPowerLoss();
    void losesWhatWasNotSynced();
    void goesOnAfterAFullDisk();
    void putsAnImageBack();
};

namespace {

const QString folder = QStringLiteral("/nowhere/disk");
const QString fileName = QStringLiteral("a.sqlite");

Result<Database> opened(const MemoryDisk &disk, Database::Durability durability = Database::Durability::Full)
{
    auto database = Database::open(disk.path(fileName), Database::Mode::ReadWrite, durability, 0);
    if (!database)
        return database;
    const std::string scripts[] = {"CREATE TABLE t(n INTEGER PRIMARY KEY, filling TEXT)"};
    if (const auto done = database->migrate(scripts); !done)
        return done.error();
    return database;
}

// Commits so many rows, one by one, until one fails; how many were said to be committed.
int commitRows(Database &database, int count)
{
    for (int i = 0; i < count; ++i) {
        if (!database.execute("INSERT INTO t(filling) VALUES(hex(zeroblob(" + std::to_string(900 * (i % 7))
                              + ")))"))
            return i;
        if (i % 11 == 5)
            (void)database.execute("PRAGMA wal_checkpoint(PASSIVE)");
    }
    return count;
}

std::int64_t soundRows(Database &database)
{
    const auto sound
        = database.integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'");
    const auto rows = database.integer("SELECT CASE WHEN max(n) = count(*) THEN count(*) "
                                       "WHEN max(n) IS NULL THEN 0 ELSE -1 END FROM t");
    return sound && *sound == 1 && rows ? *rows : -1;
}

} // namespace

void TestMemoryDisk::keepsFilesToItself()
{
    MemoryDisk one(folder);
    MemoryDisk other(QStringLiteral("/nowhere/other"));
    auto database = opened(one);
    QVERIFY(database);
    QCOMPARE(commitRows(*database, 3), 3);
    QVERIFY(!QFile::exists(one.path(fileName)));
    QVERIFY(other.image().empty());
    QVERIFY(one.image().contains("a.sqlite"));
    QVERIFY(one.holds("SQLite format 3"));
    QVERIFY(!one.holds("somebody's address"));
}

void TestMemoryDisk::keepsConnectionsApart()
{
    MemoryDisk disk(folder);
    auto writer = opened(disk);
    auto reader = Database::open(disk.path(fileName), Database::Mode::ReadOnly);
    auto rival = opened(disk);
    QVERIFY(writer && reader && rival);
    QVERIFY(reader->execute("BEGIN"));
    QCOMPARE(*reader->integer("SELECT count(*) FROM t"), 0);
    QVERIFY(writer->execute("BEGIN IMMEDIATE; INSERT INTO t VALUES(1, '')"));
    QCOMPARE(rival->execute("BEGIN IMMEDIATE").error().kind, ErrorKind::StorageLocked);
    QVERIFY(writer->execute("COMMIT"));
    QCOMPARE(*reader->integer("SELECT count(*) FROM t"), 0); // as of its beginning
    QVERIFY(reader->execute("COMMIT"));
    QCOMPARE(*reader->integer("SELECT count(*) FROM t"), 1);
    QVERIFY(rival->execute("BEGIN IMMEDIATE; COMMIT"));
}

void TestMemoryDisk::keepsWhatWasSyncedThroughPowerLoss_data()
{
    QTest::addColumn<bool>("full");
    QTest::newRow("synced at each commit") << true;
    QTest::newRow("synced at checkpoints") << false;
}

void TestMemoryDisk::keepsWhatWasSyncedThroughPowerLoss()
{
    QFETCH(const bool, full);
    const auto durability = full ? Database::Durability::Full : Database::Durability::Normal;
    constexpr int rows = 40;
    for (int operation = 0;; operation += 3) {
        SeededRandom random(static_cast<std::uint64_t>(operation));
        MemoryDisk disk(folder);
        disk.troubleAt(operation,
                       operation % 2 == 0 ? MemoryDisk::Trouble::Dies : MemoryDisk::Trouble::DiesTorn);
        int committed = 0;
        bool died = false;
        {
            auto database = opened(disk, durability);
            committed = database ? commitRows(*database, rows) : 0;
            died = disk.isDead();
            disk.losePower(random);
        }
        auto again = opened(disk, durability);
        QVERIFY2(again, qPrintable(again ? QString() : again.error().detail));
        const std::int64_t found = soundRows(*again);
        QVERIFY2(found >= (full ? committed : 0) && found <= committed + 1,
                 qPrintable(
                     QStringLiteral("operation %1: %2 rows of %3").arg(operation).arg(found).arg(committed)));
        QCOMPARE(commitRows(*again, 1), 1);
        if (!died)
            break;
    }
}

void TestMemoryDisk::losesWhatWasNotSynced()
{
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SeededRandom random(seed);
        MemoryDisk disk(folder);
        {
            auto database = opened(disk, Database::Durability::Normal);
            QVERIFY(database);
            QCOMPARE(commitRows(*database, 20), 20);
            disk.losePower(random);
        }
        auto again = opened(disk, Database::Durability::Normal);
        QVERIFY(again);
        lost += soundRows(*again) < 20;
    }
    QVERIFY(lost > 10);
}

void TestMemoryDisk::goesOnAfterAFullDisk()
{
    MemoryDisk disk(folder);
    auto database = opened(disk);
    QVERIFY(database);
    disk.setFull(true);
    const auto refused = database->execute("INSERT INTO t VALUES(1, hex(zeroblob(9000)))");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageFull);
    disk.setFull(false);
    QCOMPARE(commitRows(*database, 5), 5);
    QCOMPARE(soundRows(*database), 5);
    for (const auto trouble : {MemoryDisk::Trouble::Fails, MemoryDisk::Trouble::Tears}) {
        disk.troubleAt(0, trouble);
        QCOMPARE(commitRows(*database, 5), 0);
        QCOMPARE(commitRows(*database, 1), 1);
    }
    QCOMPARE(soundRows(*database), 7);
}

void TestMemoryDisk::putsAnImageBack()
{
    MemoryDisk disk(folder);
    MemoryDisk::Image image;
    {
        auto database = opened(disk);
        QVERIFY(database);
        QCOMPARE(commitRows(*database, 4), 4);
        image = disk.image();
        QCOMPARE(commitRows(*database, 4), 4);
        disk.restore(image);
        QCOMPARE(commitRows(*database, 1), 0); // it is another disk now
    }
    auto again = opened(disk);
    QVERIFY(again);
    QCOMPARE(soundRows(*again), 4);
}

CORE_TEST(TestMemoryDisk)
#include "tst_memorydisk.moc"

#include "database.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <limits>

using namespace Counterfoil;
using Sqlite::Database;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

class TestDatabase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void carriesValuesUnchanged();
    void reportsErrorsByKind();
    void preparesWhenItIsUsed();
    void runsWithNoValueMissing();
    void lendsWhatComesAgain();
    void keepsAllOfATransactionOrNone();
    void migratesInOneGo();
    void refusesANewerFile();
    void readsWhileSomebodyWrites();
    void isInterruptedByAFlag();
    void isDurableAsAsked();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("x.db")); }
    Database open(Database::Mode mode = Database::Mode::ReadWrite);

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestDatabase::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

Database TestDatabase::open(Database::Mode mode)
{
    auto database = Database::open(path(), mode, Database::Durability::Normal, 0);
    if (!database)
        qFatal("%s", qPrintable(database.error().detail));
    return std::move(*database);
}

void TestDatabase::carriesValuesUnchanged()
{
    Database database = open();
    VERIFY_OK(database.execute("CREATE TABLE t(a, b)"));
    auto insert = database.prepare("INSERT INTO t VALUES(?, ?)");
    VERIFY_OK(insert);
    const std::string withZero("a\0b", 3);
    const std::string_view texts[] = {"", "plain", "日本語 🚚", withZero, std::string_view()};
    const std::int64_t numbers[]
        = {0, 1, -1, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
    for (std::size_t i = 0; i < std::size(texts); ++i)
        VERIFY_OK(insert->with(texts[i], numbers[i]).run());
    VERIFY_OK(insert->with("rebound", true).run());
    insert->reset();
    VERIFY_OK(insert->bind(1, "x").bindNull(2).run());
    QCOMPARE(database.lastInsertId(), 7);
    QCOMPARE(database.changeCount(), 1);

    auto select = database.prepare("SELECT a, b FROM t ORDER BY rowid");
    VERIFY_OK(select);
    for (std::size_t i = 0; i < std::size(texts); ++i) {
        QVERIFY(*select->step());
        QVERIFY(select->text(0) == texts[i]);
        QVERIFY(!select->isNull(0)); // the empty text is not NULL
        QCOMPARE(select->integer(1), numbers[i]);
    }
    QVERIFY(*select->step());
    QCOMPARE(select->integer(1), 1);
    QVERIFY(*select->step());
    QVERIFY(select->isNull(1));
    QVERIFY(!*select->step());
    QVERIFY(*select->step()); // finished, it begins again
}

void TestDatabase::reportsErrorsByKind()
{
    Database database = open();
    const auto nonsense = database.prepare("SELECT FROM WHERE");
    QVERIFY(!nonsense);
    QCOMPARE(nonsense.error().kind, ErrorKind::Storage);
    QVERIFY(!nonsense.error().userText.isEmpty());
    QVERIFY(nonsense.error().detail.contains(QStringLiteral("syntax")));

    VERIFY_OK(database.execute("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)"));
    QVERIFY(!database.execute("INSERT INTO t VALUES(1)"));
    VERIFY_OK(database.execute("BEGIN IMMEDIATE"));
    Database other = open();
    const auto locked = other.execute("INSERT INTO t VALUES(2)");
    QCOMPARE(locked.error().kind, ErrorKind::StorageLocked);
    VERIFY_OK(database.execute("ROLLBACK"));

    Database reader = open(Database::Mode::ReadOnly);
    QCOMPARE(reader.execute("INSERT INTO t VALUES(2)").error().kind, ErrorKind::StorageReadOnly);
    VERIFY_OK(database.execute("PRAGMA max_page_count=3"));
    QCOMPARE(database.execute("INSERT INTO t VALUES(zeroblob(100000))").error().kind, ErrorKind::StorageFull);

    const auto absent
        = Database::open(m_dir->filePath(QStringLiteral("none/x.db")), Database::Mode::ReadWrite);
    QVERIFY(!absent);
    QFile text(m_dir->filePath(QStringLiteral("text")));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write(QByteArray(2000, 'x')) == 2000);
    text.close();
    const auto corrupt = Database::open(text.fileName(), Database::Mode::ReadWrite);
    QCOMPARE(corrupt.error().kind, ErrorKind::StorageCorrupt);
}

// A value that was given while the statement could not be prepared would otherwise be NULL when it can.
void TestDatabase::runsWithNoValueMissing()
{
    Database database = open();
    VERIFY_OK(database.execute("CREATE TABLE kept(a)"));
    Sqlite::Statement insert = database.later("INSERT INTO kept SELECT ? FROM t");
    insert.bind(1, "a");
    VERIFY_OK(database.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
    const auto tooLate = insert.run();
    QVERIFY(!tooLate);
    QCOMPARE(tooLate.error().kind, ErrorKind::StorageLocked);
    QCOMPARE(*database.integer("SELECT count(*) FROM kept"), 0);
    insert.reset();
    VERIFY_OK(insert.with("a").run());
    QCOMPARE(*database.integer("SELECT count(*) FROM kept WHERE a = 'a'"), 1);
}

void TestDatabase::preparesWhenItIsUsed()
{
    Database database = open();
    Sqlite::Statement insert = database.later("INSERT INTO t VALUES(?, ?)");
    const auto tooSoon = insert.with("a", 1).run();
    QVERIFY(!tooSoon);
    QVERIFY2(tooSoon.error().detail.contains(QLatin1String("no such table")),
             qPrintable(tooSoon.error().detail));
    insert.reset(); // of what never was
    VERIFY_OK(database.execute("CREATE TABLE t(a, b)"));
    VERIFY_OK(insert.with("a", 1).run());
    Sqlite::Statement moved = std::move(insert);
    VERIFY_OK(moved.with("b", 2).run());
    Sqlite::Statement sum = database.later("SELECT sum(b), a FROM t WHERE b > ?");
    QCOMPARE(*sum.with(1).number(), 2);
    VERIFY_OK(database.execute("DROP TABLE t; CREATE TABLE t(b, a)"));
    QCOMPARE(*sum.with(0).number(), 0); // by the schema of now, of no rows
}

void TestDatabase::lendsWhatComesAgain()
{
    std::optional<Database> database = open();
    VERIFY_OK(database->execute("CREATE TABLE t(a)"));
    for (const char *text : {"one", "two"})
        VERIFY_OK(database->run("INSERT INTO t VALUES(?)", text));
    constexpr std::string_view count = "SELECT count(*) FROM t WHERE a = ?";
    {
        auto first = database->lend("SELECT a FROM t ORDER BY a");
        auto second = database->lend("SELECT a FROM t ORDER BY a"); // another one, as the first is in use
        QVERIFY(*first->step());
        QVERIFY(*first->step());
        QVERIFY(*second->step());
        QVERIFY(first->text(0) == "two" && second->text(0) == "one");
    }
    QVERIFY(*database->lend("SELECT a FROM t ORDER BY a")->step()); // both begin from the start again,
    VERIFY_OK(database->execute("ALTER TABLE t ADD COLUMN b"));     // and read nothing
    QCOMPARE(*database->lend(count)->with("one").number(), 1);
    QVERIFY(!database->run("INSERT INTO nowhere VALUES(1)"));
    Database moved = std::move(*database);
    database.reset();
    QCOMPARE(*moved.lend(count)->with("two").number(), 1);
    // A file whose connection is gone is held by no statement.
    moved = open();
    VERIFY_OK(moved.execute("PRAGMA journal_mode=DELETE"));
}

void TestDatabase::keepsAllOfATransactionOrNone()
{
    Database database = open();
    VERIFY_OK(database.execute("CREATE TABLE t(a)"));
    const auto failed = database.transaction([&]() -> Outcome {
        if (const auto done = database.execute("INSERT INTO t VALUES(1)"); !done)
            return done;
        return Error{ErrorKind::Rejected};
    });
    QCOMPARE(failed.error().kind, ErrorKind::Rejected);
    QCOMPARE(*database.integer("SELECT count(*) FROM t"), 0);
    VERIFY_OK(database.transaction([&] { return database.execute("INSERT INTO t VALUES(1)"); }));
    QCOMPARE(*database.integer("SELECT count(*) FROM t"), 1);
    QCOMPARE(*database.integer("SELECT a FROM t WHERE 0"), 0);
}

void TestDatabase::migratesInOneGo()
{
    const std::vector<std::string> first{"CREATE TABLE a(x)"};
    const std::vector<std::string> both{first[0], "CREATE TABLE b(x); INSERT INTO b VALUES(7)"};
    const std::vector<std::string> broken{both[0], both[1], "CREATE TABLE c(x); CREATE TABLE a(x)"};
    Database database = open();
    VERIFY_OK(database.migrate(first));
    VERIFY_OK(database.migrate(both));
    VERIFY_OK(database.migrate(both));
    QCOMPARE(*database.integer("SELECT x FROM b"), 7);
    QVERIFY(!database.migrate(broken));
    QCOMPARE(*database.integer("PRAGMA user_version"), 2);
    QCOMPARE(*database.integer("SELECT count(*) FROM sqlite_master WHERE name='c'"), 0);
}

void TestDatabase::refusesANewerFile()
{
    Database database = open();
    VERIFY_OK(database.execute("PRAGMA user_version=2"));
    const std::vector<std::string> scripts{"CREATE TABLE a(x)"};
    const auto refused = database.migrate(scripts);
    QVERIFY(!refused);
    QVERIFY(refused.error().userText.contains(QStringLiteral("newer")));
    QCOMPARE(*database.integer("PRAGMA user_version"), 2);
}

void TestDatabase::readsWhileSomebodyWrites()
{
    Database writer = open();
    VERIFY_OK(writer.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
    Database reader = open(Database::Mode::ReadOnly);
    VERIFY_OK(writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES(2)"));
    QCOMPARE(*reader.integer("SELECT count(*) FROM t"), 1);
    VERIFY_OK(writer.execute("COMMIT"));
    QCOMPARE(*reader.integer("SELECT count(*) FROM t"), 2);
}

void TestDatabase::isInterruptedByAFlag()
{
    Database database = open();
    const char *endless
        = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
    std::atomic_bool flag = false;
    database.interruptWhen(&flag);
    const std::unique_ptr<QThread> thread(QThread::create([&flag] { flag = true; }));
    thread->start();
    const auto interrupted = database.integer(endless);
    thread->wait();
    QCOMPARE(interrupted.error().kind, ErrorKind::Cancelled);
    flag = false;
    QCOMPARE(*database.integer("SELECT 5"), 5);
    database.interruptWhen(nullptr);
    flag = true;
    QCOMPARE(*database.integer("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
                               "SELECT max(i) FROM n"),
             100'000);
}

void TestDatabase::isDurableAsAsked()
{
    auto full = Database::open(path(), Database::Mode::ReadWrite, Database::Durability::Full);
    VERIFY_OK(full);
    QCOMPARE(*full->integer("PRAGMA synchronous"), 2);
    QCOMPARE(*full->integer("SELECT journal_mode='wal' FROM pragma_journal_mode"), 1);
    QCOMPARE(*open().integer("PRAGMA synchronous"), 1);
    QVERIFY(!(QFile::permissions(path()) & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

CORE_TEST(TestDatabase)
#include "tst_database.moc"

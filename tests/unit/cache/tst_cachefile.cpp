#include "cachereader.h"
#include "cachewriter.h"
#include "database.h"
#include "fulldisk.h"
#include "kinds.h"
#include "note.h"
#include "order.h"
#include "randomrecord.h"
#include "recordlayout.h"
#include "recordreader.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QtTest>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Counterfoil;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

// What happens to the file: locked, read-only, full, corrupt, from a newer program, purged.
class TestCacheFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isTheOwnersAlone();
    void saysThatItIsLocked();
    void saysThatItIsReadOnly();
    void survivesAFullDisk();
    void movesAFileThatIsNoDatabaseAside();
    void movesADamagedFileAsideOnceDamageWasSeen();
    void rebuildsWhenOnlyTheWordsAreDamaged();
    void keepsAFewCorruptCopies();
    void leavesANewerFileAlone();
    void purgeLeavesNoByte();
    void purgeTakesEveryKind();
    void purgeIsMadeUpFor();
    void purgeDoesNotWaitForACopy();
    void fillLeavesNoByteOfWhatItLetGo();
    void fillLeavesNoByteOfWhatItWroteOver();
    void fillLeavesNoByteOfWhatItEmptied();
    void purgeOfEverythingLeavesNoByte();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("cache.db")); }
    std::unique_ptr<CacheWriter> opened(const std::string &vfs = {});
    std::vector<Change> marked(const std::string &account, const std::string &mark, int count);
    QStringList filesWith(const QByteArray &mark) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::int64_t m_sequence = 0;
};

namespace {

// Every text of the record, and of one element of each list.
void markTexts(const RecordType &type, void *record, const std::string &mark)
{
    for (const Field &field : type.fields) {
        if (field.type == FieldType::Text)
            field.in<std::string>(record) = mark;
        else if (field.type == FieldType::List)
            markTexts(*field.element, field.list->append(field.address(record)), mark);
    }
}

} // namespace

void TestCacheFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_sequence = 0;
}

std::unique_ptr<CacheWriter> TestCacheFile::opened(const std::string &vfs)
{
    auto writer = CacheWriter::open(path(), vfs);
    return writer ? std::move(*writer) : nullptr;
}

// Orders and shipments of the account with the mark in every text.
std::vector<Change> TestCacheFile::marked(const std::string &account, const std::string &mark, int count)
{
    std::vector<Change> changes;
    for (int i = 0; i < count; ++i) {
        Order order = plainOrder(i);
        order.key = account + "-o" + std::to_string(i);
        order.account = account;
        for (std::string *text : {&order.number, &order.poReference, &order.shipToName, &order.shipToAddress,
                                  &order.placedBy, &order.holdReason})
            *text = mark + std::to_string(i);
        order.billToName = "unsearched"; // found in pages of rows alone
        for (int line = 0; line < 3; ++line) {
            order.lines.push_back({});
            order.lines.back().sku = mark + "-S-" + std::to_string(line);
            order.lines.back().description = "part " + mark;
        }
        Shipment shipment;
        shipment.key = account + "-s" + std::to_string(i);
        shipment.account = account;
        shipment.parcels.push_back({mark + "1Z" + std::to_string(i), mark, {}});
        changes.push_back(changeTo(order));
        changes.push_back(changeTo(shipment));
    }
    for (Change &change : changes)
        change.sequence = ++m_sequence;
    return changes;
}

// The files of the profile that hold the bytes, in whatever case.
QStringList TestCacheFile::filesWith(const QByteArray &mark) const
{
    QStringList names;
    QDirIterator files(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly) || file.readAll().toLower().contains(mark.toLower()))
            names.append(files.fileName());
    }
    return names;
}

void TestCacheFile::isTheOwnersAlone()
{
    const auto writer = opened();
    QVERIFY(writer);
    VERIFY_OK(writer->applyChanges(marked("a1", "mark", 1), "c"));
    const auto others
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QDirIterator files(m_dir->path(), QDir::Files | QDir::Hidden);
    int count = 0;
    while (files.hasNext()) {
        QVERIFY2(!(QFile::permissions(files.next()) & others), qPrintable(files.fileName()));
        ++count;
    }
    QCOMPARE(count, 3); // with what SQLite keeps beside it
}

void TestCacheFile::saysThatItIsLocked()
{
    const auto writer = opened();
    QVERIFY(writer);
    auto other = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_OK(other->execute("BEGIN IMMEDIATE"));
    const auto refused = writer->applyChanges(marked("a1", "mark", 1), "c");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageLocked);
    QVERIFY(!refused.error().userText.isEmpty());
    VERIFY_OK(other->execute("ROLLBACK"));
    VERIFY_OK(writer->applyChanges(marked("a1", "mark", 1), "c"));
}

void TestCacheFile::saysThatItIsReadOnly()
{
#ifdef Q_OS_UNIX
    QVERIFY(opened());
    QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner));
    // Permissions stop nobody who is root.
    const uid_t self = geteuid();
    if (self == 0) {
        constexpr uid_t nobody = 65534;
        QVERIFY(chown(path().toUtf8().constData(), nobody, static_cast<gid_t>(-1)) == 0);
        QVERIFY(chown(m_dir->path().toUtf8().constData(), nobody, static_cast<gid_t>(-1)) == 0);
        QVERIFY(seteuid(nobody) == 0);
    }
    const auto writer = CacheWriter::open(path());
    const bool opens = writer.ok();
    const auto written = opens ? (*writer)->applyChanges(marked("a1", "mark", 1), "c") : writer.error();
    if (self == 0)
        QVERIFY(seteuid(self) == 0);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::StorageReadOnly);
    QVERIFY(QFile::exists(path()));
    QVERIFY(!QFile::exists(path() + QStringLiteral(".corrupt-1")));
#else
    QSKIP("permissions are those of Unix");
#endif
}

void TestCacheFile::survivesAFullDisk()
{
    FullDisk disk;
    auto writer = opened(FullDisk::vfs);
    QVERIFY(writer);
    VERIFY_OK(writer->applyChanges(marked("a1", "first", 10), "c1"));
    disk.leaveRoom(20'000);
    const auto refused = writer->applyChanges(marked("a2", "second", 500), "c2");
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageFull);

    CacheReader reader(path());
    QCOMPARE(RecordReader(reader).ids(allOf<Order>())->size(), std::size_t{10}); // what was there is readable
    QCOMPARE(writer->syncState()->cursor, std::string("c1"));
    disk.empty();
    VERIFY_OK(writer->applyChanges(marked("a2", "second", 500), "c2"));
    QCOMPARE(RecordReader(reader).ids(allOf<Order>())->size(), std::size_t{510});
    QVERIFY(!QFile::exists(path() + QStringLiteral(".corrupt-1")));
}

void TestCacheFile::movesAFileThatIsNoDatabaseAside()
{
    const QByteArray content(8192, 'x');
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64{content.size()});
    file.close();
    const auto writer = opened();
    QVERIFY(writer);
    QVERIFY(writer->wasRebuilt());
    QCOMPARE(writer->syncState()->cursor, std::string());
    QFile kept(path() + QStringLiteral(".corrupt-1"));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
}

// Damage in the middle is met by a read or a write; the next start checks the whole file.
void TestCacheFile::movesADamagedFileAsideOnceDamageWasSeen()
{
    VERIFY_OK(opened()->applyChanges(marked("a1", "mark", 300), "c1"));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    int damaged = 0;
    for (qint64 at = 0; at + 4096 <= file.size(); at += 4096) {
        QVERIFY(file.seek(at));
        if (!file.read(4096).contains("unsearched"))
            continue;
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(QByteArray(4096, '\x5a')), qint64{4096});
        ++damaged;
    }
    QVERIFY(damaged > 3);
    file.close();
    {
        const auto writer = opened();
        QVERIFY(writer);
        QVERIFY(!writer->wasRebuilt());
        const auto refused = writer->applyChanges(marked("a1", "mark", 300), "c2");
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::StorageCorrupt);
    }
    const auto writer = opened();
    QVERIFY(writer);
    QVERIFY(writer->wasRebuilt());
    VERIFY_OK(writer->applyChanges(marked("a1", "mark", 3), "c3"));
    QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-1")));
}

// The full-text index may be damaged in pages that are sound.
void TestCacheFile::rebuildsWhenOnlyTheWordsAreDamaged()
{
    VERIFY_OK(opened()->applyChanges(marked("a1", "mark", 300), "c1"));
    {
        auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
        VERIFY_OK(database);
        VERIFY_OK(database->execute("UPDATE orders_search_data SET block=zeroblob(7) WHERE id > 10"));
    }
    RecordQuery query = allOf<Order>();
    query.text = "mark7";
    CacheReader reader(path());
    const auto ids = RecordReader(reader).ids(query);
    QVERIFY(!ids);
    QCOMPARE(ids.error().kind, ErrorKind::StorageCorrupt);
    const auto writer = opened();
    QVERIFY(writer);
    QVERIFY(writer->wasRebuilt());
}

void TestCacheFile::keepsAFewCorruptCopies()
{
    for (int i = 0; i < 5; ++i) {
        QFile::remove(path() + QStringLiteral("-wal"));
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QVERIFY(file.write(QByteArray(4096, 'x')) == 4096);
        file.close();
        QVERIFY(opened());
    }
    QVERIFY(!QFile::exists(path() + QStringLiteral(".corrupt-2")));
    for (int number : {3, 4, 5})
        QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-%1").arg(number)));
}

void TestCacheFile::leavesANewerFileAlone()
{
    VERIFY_OK(opened()->applyChanges(marked("a1", "mark", 3), "c1"));
    {
        auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
        VERIFY_OK(database);
        VERIFY_OK(database->execute("PRAGMA user_version=99"));
    }
    const auto refused = CacheWriter::open(path());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Storage);
    QVERIFY(refused.error().userText.contains(QStringLiteral("newer")));
    auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
    QCOMPARE(*database->integer("SELECT count(*) FROM orders"), 3);
}

void TestCacheFile::purgeLeavesNoByte()
{
    const auto writer = opened();
    QVERIFY(writer);
    // In turns, and changed again, so that pages are shared, split and freed.
    for (int round = 0; round < 3; ++round) {
        VERIFY_OK(writer->applyChanges(marked("mine", "zebrafish", 200), "c"));
        VERIFY_OK(writer->applyChanges(marked("theirs", "xylophone" + std::to_string(round), 200), "c"));
    }
    QFile corrupt(path() + QStringLiteral(".corrupt-1"));
    QVERIFY(corrupt.open(QIODevice::WriteOnly) && corrupt.write("xylophone") == 9);
    corrupt.close();
    QVERIFY(!filesWith("xylophone").isEmpty());

    const auto notice = writer->purge({"theirs", ""});
    VERIFY_OK(notice);
    QVERIFY(notice->isAllOf(Order::type) && notice->isAllOf(Shipment::type));
    QCOMPARE(writer->syncState()->cursor, std::string()); // it would still stand for what is gone
    QCOMPARE(filesWith("xylophone"), QStringList());
    QCOMPARE(filesWith("theirs-"), QStringList());
    QVERIFY(!filesWith("zebrafish").isEmpty());

    CacheReader reader(path());
    QCOMPARE(RecordReader(reader).ids(allOf<Order>())->size(), std::size_t{200});
    RecordQuery query = allOf<Order>();
    query.text = "zebrafish7";
    QCOMPARE(RecordReader(reader).ids(query)->size(), std::size_t{11}); // 7 and 70 to 79
    query.text = "xylophone";
    QVERIFY(RecordReader(reader).ids(query)->empty());
    VERIFY_OK(writer->applyChanges(marked("mine", "zebrafish", 200), "c"));
}

// Whatever is kept of an account, in tables, lists, indexes, words and totals.
void TestCacheFile::purgeTakesEveryKind()
{
    const auto writer = opened();
    QVERIFY(writer);
    const auto put = [&](const std::string &account, const std::string &mark) {
        std::vector<Change> changes;
        for (const RecordType *kind : allKinds()) {
            for (int i = 0; i < 60; ++i) {
                Change change;
                change.kind = kind;
                change.key = account + '-' + std::to_string(i);
                change.account = account;
                change.sequence = ++m_sequence;
                change.record = AnyRecord(*kind);
                markTexts(*kind, change.record.data(), mark + std::to_string(i));
                changes.push_back(std::move(change));
            }
        }
        return writer->applyChanges(changes, "c");
    };
    for (int round = 0; round < 2; ++round) {
        VERIFY_OK(put("mine", "zebrafish"));
        VERIFY_OK(put("theirs", "xylophone"));
    }
    const auto notice = writer->purge({"theirs"});
    VERIFY_OK(notice);
    QCOMPARE(notice->kinds.size(), allKinds().size());
    QCOMPARE(filesWith("xylophone"), QStringList());
    QCOMPARE(filesWith("theirs"), QStringList());

    auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
    VERIFY_OK(database);
    const auto rowsOf = [&](const std::string &table) {
        const auto rows = database->integer("SELECT count(*) FROM \"" + table + '"');
        return rows ? *rows : -1;
    };
    for (const RecordType *kind : allKinds()) {
        const KindLayout layout(*kind);
        QCOMPARE(rowsOf(layout.rows.name), 60);
        for (const TableLayout &list : layout.lists)
            QCOMPARE(rowsOf(list.name), 60);
        if (!layout.search.empty())
            QCOMPARE(rowsOf(layout.search), 60);
        if (!layout.totals.name.empty())
            QCOMPARE(*database->integer("SELECT sum(_count) FROM " + layout.totals.name), 60);
    }
    QCOMPARE(*database->integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"), 1);
}

// A reader in the middle of a query keeps the write-ahead log from being emptied; a later write does it.
void TestCacheFile::purgeIsMadeUpFor()
{
    const auto writer = opened();
    QVERIFY(writer);
    VERIFY_OK(writer->applyChanges(marked("theirs", "xylophone", 100), "c"));
    {
        CacheReader reader(path());
        VERIFY_OK(reader.atOneMoment([&]() -> Outcome {
            const auto ids = RecordReader(reader).ids(allOf<Order>());
            if (!ids)
                return ids.error();
            const auto purged = writer->purge({"theirs"});
            if (!purged)
                return purged.error();
            return Done();
        }));
        QVERIFY(RecordReader(reader).ids(allOf<Order>())->empty());
    }
    VERIFY_OK(writer->applyChanges({}, "c2"));
    QCOMPARE(filesWith("xylophone"), QStringList());
}

// What the models show goes at once, even when a copy cannot be removed yet.
void TestCacheFile::purgeDoesNotWaitForACopy()
{
    const auto writer = opened();
    QVERIFY(writer);
    VERIFY_OK(writer->applyChanges(marked("theirs", "xylophone", 10), "c"));
    for (const QLatin1String name : {QLatin1String(".corrupt-1"), QLatin1String(".corrupt-2")}) {
        QFile copy(path() + name);
        QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write("xylophone") == 9);
    }
    const QString inTheWay = path() + QStringLiteral(".corrupt-1-wal");
    QVERIFY(QDir().mkdir(inTheWay));
    const auto notice = writer->purge({"theirs"});
    VERIFY_OK(notice);
    QVERIFY(notice->isAllOf(Order::type));
    QVERIFY(QDir().rmdir(inTheWay));
    VERIFY_OK(writer->applyChanges({}, "c2"));
    QCOMPARE(filesWith("xylophone"), QStringList());
}

void TestCacheFile::fillLeavesNoByteOfWhatItLetGo()
{
    const auto writer = opened();
    QVERIFY(writer);
    VERIFY_OK(writer->applyChanges(marked("theirs", "xylophone", 100), "c"));
    VERIFY_OK(writer->beginFill({"order", "shipment"}, "c0"));
    for (const RecordType *kind : {&Order::type, &Shipment::type}) {
        FillPage page;
        page.kind = kind;
        page.listed = true;
        VERIFY_OK(writer->applyFillPage(page));
    }
    VERIFY_OK(writer->finishFill());
    QCOMPARE(filesWith("xylophone"), QStringList());
}

// Less may be shown of it since; the program that was told so need not be the one that fills.
void TestCacheFile::fillLeavesNoByteOfWhatItWroteOver()
{
    VERIFY_OK(opened()->applyChanges(marked("mine", "xylophone", 1), "c"));
    VERIFY_OK(opened()->beginFill({"order", "shipment"}, "c0"));
    const auto writer = opened();
    QVERIFY(writer);
    for (const Change &change : marked("mine", "plain", 1))
        VERIFY_OK(writer->applyFillPage({change.kind, {change}, {}, true, 1}));
    VERIFY_OK(writer->finishFill());
    QCOMPARE(filesWith("xylophone"), QStringList());
}

void TestCacheFile::fillLeavesNoByteOfWhatItEmptied()
{
    const auto writer = opened();
    Note note;
    note.key = note.text = "xylophone";
    VERIFY_OK(writer->applyChanges({changeTo(note)}, "c"));
    VERIFY_OK(writer->beginFill({"note"}, "c0"));
    VERIFY_OK(writer->applyFillPage({&Note::type, {}, {}, true, 0}));
    VERIFY_OK(writer->finishFill());
    QCOMPARE(filesWith("xylophone"), QStringList());
}

void TestCacheFile::purgeOfEverythingLeavesNoByte()
{
    {
        const auto writer = opened();
        QVERIFY(writer);
        VERIFY_OK(writer->applyChanges(marked("mine", "zebrafish", 200), "zebrafish-cursor"));
        VERIFY_OK(writer->beginFill({"order"}, "zebrafish-c0"));
        VERIFY_OK(writer->purgeEverything());
        QCOMPARE(filesWith("zebrafish"), QStringList());
        const auto state = writer->syncState();
        QCOMPARE(state->cursor, std::string());
        QVERIFY(!state->filling);
        QCOMPARE(state->incomplete.size(), allKinds().size());
        VERIFY_OK(writer->applyChanges(marked("mine", "again", 2), "c"));
    }
    CacheReader reader(path());
    QCOMPARE(RecordReader(reader).ids(allOf<Order>())->size(), std::size_t{2});
}

CORE_TEST(TestCacheFile)
#include "tst_cachefile.moc"

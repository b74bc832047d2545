#include "stocktaking.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

// How far the records are looked through, and what is known then.
class TestStockTaking final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheNewestOfWhatIsMissing();
    void stopsAtWhatIsTooOld();
    void goesOnUntilEveryFileHasItsRecord();
};

namespace {

constexpr TakeStock what{Instant{10}, Instant{0}, {}, 2};

ShelfEntry record(const std::string &key, std::int64_t dated)
{
    ShelfEntry entry;
    entry.key = key;
    entry.account = "a";
    entry.sha256 = std::string(64, key.back());
    entry.dated = Instant{dated};
    return entry;
}

std::vector<std::string> keysOf(const ShelfStock &stock)
{
    std::vector<std::string> keys;
    keys.reserve(stock.entries.size());
    for (const ShelfEntry &entry : stock.entries)
        keys.push_back(entry.key);
    return keys;
}

} // namespace

void TestStockTaking::takesTheNewestOfWhatIsMissing()
{
    StockTaking taking({}, what);
    taking.take(record("d1", 50));
    taking.take(record("d2", 40));
    QVERIFY(!taking.isDone());
    QVERIFY(!taking.stock.more);
    taking.take(record("d3", 30));
    QVERIFY(taking.isDone());
    QVERIFY(taking.stock.more);
    QCOMPARE(keysOf(taking.stock), (std::vector<std::string>{"d1", "d2"}));
}

void TestStockTaking::stopsAtWhatIsTooOld()
{
    StockTaking taking({}, what);
    taking.take(record("d1", 50));
    taking.take(record("d2", 9));
    QVERIFY(taking.isDone());
    QVERIFY(!taking.stock.more);
    QCOMPARE(keysOf(taking.stock), std::vector<std::string>{"d1"});
}

void TestStockTaking::goesOnUntilEveryFileHasItsRecord()
{
    const ShelfEntry file = record("d2", 8);
    const ShelfEntry part = record("d3", 7);
    const ShelfEntry pin = record("d4", 6);
    DocumentFolder::Found found;
    found.files.insert(DocumentFolder::filePath(file.account, file.sha256), {});
    found.others.append(DocumentFolder::partPath(part.account, part.key));
    found.pins.insert(DocumentFolder::pinPath(pin.account, pin.key));
    StockTaking taking(found, what);
    for (const ShelfEntry &entry : {record("d1", 9), file, part}) {
        taking.take(entry);
        QVERIFY(!taking.isDone());
    }
    taking.take(pin);
    QVERIFY(taking.isDone());
    QCOMPARE(keysOf(taking.stock), (std::vector<std::string>{"d2", "d4"}));
    QVERIFY(taking.stock.entries[0].here);
    QVERIFY(taking.stock.entries[1].pinned);
}

CORE_TEST(TestStockTaking)
#include "tst_stocktaking.moc"

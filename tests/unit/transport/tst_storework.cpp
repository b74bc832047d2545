#include "account.h"
#include "storework.h"
#include "testcache.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

class TestStoreWork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accountsThatTheCacheDoesNotShowAreUnseen();
};

void TestStoreWork::accountsThatTheCacheDoesNotShowAreUnseen()
{
    TestCache cache;
    Account seen;
    seen.key = seen.account = "a-1";
    cache.put({changeTo(seen)});
    std::vector<OutboxEntry> entries;
    for (const char *account : {"a-1", "a-2", "", "a-2", "a-3"}) {
        entries.emplace_back();
        entries.back().command.account = account;
    }
    CacheReader reader(cache.path());
    const auto unseen
        = unseenAccounts(reader, std::make_shared<const std::vector<OutboxEntry>>(std::move(entries)));
    QVERIFY(unseen);
    QCOMPARE(*unseen, (std::vector<std::string>{"a-2", "a-3"}));
}

CORE_TEST(TestStoreWork)

#include "tst_storework.moc"

#include "gatewayfixture.h"
#include "testentry.h"

#include "item.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

void putItem(ScriptedErp &erp, const std::string &sku, const std::string &assortment)
{
    auto item = std::make_shared<Item>();
    item->key = item->sku = sku;
    item->account = assortment;
    item->name = "Item " + sku;
    erp.put(&Item::type, sku, assortment, AnyRecord(item));
}

void grant(ScriptedErp &erp, const std::string &key, const std::vector<std::string> &assortments)
{
    auto account = std::make_shared<Account>();
    account->key = account->account = key;
    account->name = "Account " + key;
    for (const std::string &each : assortments)
        account->assortments.push_back({each});
    erp.put(&Account::type, key, key, AnyRecord(account));
}

Keys sorted(Keys keys)
{
    std::ranges::sort(keys);
    return keys;
}

} // namespace

// What an account may not buy does not leave the gateway for it.
class AssortmentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachSeesWhatItMayBuy();
    void aGrantBringsAndALossTakesAway();
    void anItemThatChangesItsAssortment();
    void anAssortmentIsNoAccount();
    void oneThatIsCalledLikeAnAccount();
};

void AssortmentsTest::eachSeesWhatItMayBuy()
{
    Gateway gateway;
    fill(gateway);
    putItem(gateway.erp, "free", {});
    putItem(gateway.erp, "one", "range-1");
    putItem(gateway.erp, "two", "range-2");
    grant(gateway.erp, "A", {"range-1"});
    gateway.pumpAll();
    const auto items
        = [&](const char *user) { return sorted(gateway.list(gateway.token(user), "item").keys()); };
    QCOMPARE(items("ann"), (Keys{"free", "one"}));
    QCOMPARE(items("eve"), (Keys{"free", "one"}));
    QCOMPARE(items("bob"), Keys{"free"});
    QCOMPARE(items("sam"), (Keys{"free", "one", "two"}));
    const auto bob = gateway.token("bob");
    Cursor beginning = cursorOf(gateway.snapshotCursor(bob));
    beginning.sequence = 0;
    const auto keys = gateway.changes(bob, beginning.toString()).keys();
    QVERIFY(std::ranges::find(keys, "free") != keys.end());
    QVERIFY(std::ranges::find(keys, "one") == keys.end());
    gateway.restart(); // what is granted is read from the store
    QCOMPARE(items("ann"), (Keys{"free", "one"}));
}

void AssortmentsTest::aGrantBringsAndALossTakesAway()
{
    Gateway gateway;
    fill(gateway);
    putItem(gateway.erp, "one", "range-1");
    gateway.pumpAll();
    const auto bob = gateway.token("bob");
    const auto before = gateway.snapshotCursor(bob);
    const auto opening = gateway.openLive(1, bob, before);
    QVERIFY(opening.accepted);

    grant(gateway.erp, "B", {"range-1"});
    const auto effects = gateway.pumpAll();
    QVERIFY(std::ranges::any_of(effects, [](const LiveEffect &effect) { return !effect.text; }));
    auto page = gateway.changes(bob, before);
    QCOMPARE(problemName(page), std::string("scope-changed"));
    QCOMPARE(page.problem.added.size(), 1U);
    QCOMPARE(page.problem.added[0].account, std::string("range-1"));
    QCOMPARE(gateway.list(bob, "item").keys(), Keys{"one"});

    const auto granted = gateway.snapshotCursor(bob);
    grant(gateway.erp, "B", {});
    gateway.pumpAll();
    page = gateway.changes(bob, granted);
    QCOMPARE(problemName(page), std::string("scope-changed"));
    QCOMPARE(page.problem.removed.size(), 1U);
    QCOMPARE(page.problem.removed[0].account, std::string("range-1"));
    QVERIFY(gateway.list(bob, "item").keys().empty());
}

void AssortmentsTest::anItemThatChangesItsAssortment()
{
    Gateway gateway;
    fill(gateway);
    grant(gateway.erp, "A", {"range-1"});
    putItem(gateway.erp, "one", "range-1");
    gateway.pumpAll();
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    putItem(gateway.erp, "one", "range-2");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(ann, cursor).keys(), Keys{"-one"});
    QVERIFY(gateway.list(ann, "item").keys().empty());
}

void AssortmentsTest::anAssortmentIsNoAccount()
{
    Gateway gateway;
    fill(gateway);
    grant(gateway.erp, "A", {"range-1"});
    gateway.pumpAll();
    QuoteRequest request;
    request.account = "range-1";
    request.lines = {{1, "one", Decimal::fromInteger(1)}};
    const auto answer = gateway.send("POST", "/v1/quotes", gateway.token("ann"), encode(request));
    QCOMPARE(answer.status, 404);
}

// Or an ERP's slip would show one company the books of another.
void AssortmentsTest::oneThatIsCalledLikeAnAccount()
{
    Gateway gateway;
    fill(gateway);
    grant(gateway.erp, "A", {"B"});
    gateway.pumpAll();
    QCOMPARE(sorted(gateway.list(gateway.token("ann"), "order").keys()), (Keys{"a-1", "a1-1"}));
    grant(gateway.erp, "A", {"C"}); // before there is such an account
    gateway.pumpAll();
    gateway.erp.account("C");
    gateway.erp.order("c-1", "C", 100, 4);
    gateway.pumpAll();
    QCOMPARE(sorted(gateway.list(gateway.token("ann"), "order").keys()), (Keys{"a-1", "a1-1"}));
}

CORE_TEST(AssortmentsTest)
#include "tst_assortments.moc"

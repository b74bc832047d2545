#include "gatewayfixture.h"
#include "testentry.h"

#include "scope.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// Pages, cursors and scope, through the doors that clients use.
class GatewayCoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void twoBuyersNeverSeeEachOther();
    void staffSeesEverything();
    void viewerSeesNoPrices();
    void listingIsNewestFirstAndResumes();
    void listingSurvivesChangesInBetween();
    void pagesAreContiguousUnderFiltering();
    void changedTwiceArrivesOnceAsItIsNow();
    void movedOutOfSightArrivesAsRemoval();
    void removalReachesWhoSawIt();
    void everyCursorIsAnswered();
    void scopeChangeNamesAccounts();
    void branchFoundedLaterChangesScope();
    void priceRightWithdrawnIsARedaction();
    void logIsTrimmed();
    void lagIsHonest();
    void erpThatFailsIsSaid();
    void restartKeepsEverything();
    void batchAskedAgainChangesNothing();
    void hostileRecordsDoNotBreakPages();
    void withoutAccountNobodySeesIt();
};

void GatewayCoreTest::twoBuyersNeverSeeEachOther()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto bob = gateway.token("bob");
    QCOMPARE(gateway.list(ann, "order").keys(), (Keys{"a1-1", "a-1"}));
    QCOMPARE(gateway.list(bob, "order").keys(), (Keys{"b-1"}));
    QCOMPARE(gateway.list(ann, "order").page.head.total, 2);
    QCOMPARE(gateway.list(bob, "account").keys(), (Keys{"B"}));
    QCOMPARE(gateway.list(bob, "status").keys(), (Keys{"order/open"}));

    const auto annsCursor = gateway.snapshotCursor(ann);
    const auto bobsCursor = gateway.snapshotCursor(bob);
    gateway.erp.order("a-2", "A");
    gateway.erp.order("b-2", "B");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(ann, annsCursor).keys(), (Keys{"a-2"}));
    QCOMPARE(gateway.changes(bob, bobsCursor).keys(), (Keys{"b-2"}));
    const auto raw = gateway.send("GET", "/v1/changes", bob, {}, {{"after", bobsCursor}}).body;
    QVERIFY(raw.find("a-2") == std::string::npos);
    // Another person's cursor opens nothing, and does not even tell what it could see.
    const auto refused = gateway.changes(bob, annsCursor);
    QCOMPARE(problemName(refused), "cursor-expired");
    QVERIFY(refused.problem.removed.empty());
}

void GatewayCoreTest::staffSeesEverything()
{
    Gateway gateway;
    fill(gateway);
    const auto sam = gateway.token("sam");
    QCOMPARE(gateway.list(sam, "order").keys(), (Keys{"a1-1", "b-1", "a-1"}));
    QCOMPARE(gateway.list(sam, "account").page.head.total, 3);
}

void GatewayCoreTest::viewerSeesNoPrices()
{
    Gateway gateway;
    fill(gateway);
    const auto answer = gateway.signIn("eve");
    QVERIFY(!answer.seesPrices);
    const auto cursor = gateway.snapshotCursor(answer.accessToken);
    auto page = gateway.list(answer.accessToken, "order");
    QCOMPARE(page.keys(), (Keys{"a1-1", "a-1"}));
    QCOMPARE(page.page.changes[0].record.as<Order>()->total.minor, 0);
    QVERIFY(page.page.changes[0].record.as<Order>()->lines[0].unitPrice.isZero());
    QCOMPARE(page.page.changes[0].record.as<Order>()->lines[0].sku, "SKU-1");
    gateway.erp.order("a-1", "A", 4711);
    gateway.pumpAll();
    const auto raw = gateway.send("GET", "/v1/changes", answer.accessToken, {}, {{"after", cursor}}).body;
    QVERIFY(raw.find("a-1") != std::string::npos);
    QVERIFY(raw.find("4711") == std::string::npos);
}

void GatewayCoreTest::listingIsNewestFirstAndResumes()
{
    Gateway gateway;
    fill(gateway);
    for (int i = 0; i < 50; ++i)
        gateway.erp.order("x-" + std::to_string(100 + i), i % 3 ? "A" : "A1", 1,
                          10 + i / 2); // pairs of one time
    gateway.pumpAll();
    const auto ann = gateway.token("ann");
    const auto whole = gateway.list(ann, "order").keys();
    QCOMPARE(whole.size(), 52U);
    QCOMPARE(whole.front(), "x-149");
    QCOMPARE(whole.back(), "a-1");
    Keys pieced;
    std::string next;
    int pages = 0;
    do {
        const auto page = gateway.list(ann, "order", 7, next);
        const auto keys = page.keys();
        pieced.insert(pieced.end(), keys.begin(), keys.end());
        QCOMPARE(page.page.head.more, !page.page.head.to.empty());
        QCOMPARE(page.page.head.total, 52);
        next = page.page.head.to;
        ++pages;
    } while (!next.empty());
    QCOMPARE(pieced, whole);
    QCOMPARE(pages, 8);
}

void GatewayCoreTest::listingSurvivesChangesInBetween()
{
    Gateway gateway;
    fill(gateway);
    for (int i = 0; i < 10; ++i)
        gateway.erp.order("x-" + std::to_string(i), "A", 1, 10 + i);
    gateway.pumpAll();
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    const auto first = gateway.list(ann, "order", 5);
    gateway.erp.order("new", "A", 1, 1000); // newer than all that was listed
    gateway.erp.remove(Order::type, "x-9"); // listed already
    gateway.erp.remove(Order::type, "x-3"); // not yet listed
    gateway.pumpAll();
    const auto second = gateway.list(ann, "order", 100, first.page.head.to);
    QCOMPARE(first.keys(), (Keys{"x-9", "x-8", "x-7", "x-6", "x-5"}));
    QCOMPARE(second.keys(), (Keys{"x-4", "x-2", "x-1", "x-0", "a1-1", "a-1"}));
    QCOMPARE(gateway.changes(ann, cursor).keys(), (Keys{"new", "-x-9", "-x-3"}));
    QVERIFY(first.page.changes[0].sequence > 0);
}

void GatewayCoreTest::pagesAreContiguousUnderFiltering()
{
    Gateway gateway;
    fill(gateway);
    const auto bob = gateway.token("bob");
    std::string cursor = gateway.snapshotCursor(bob);
    Keys expected;
    for (int i = 0; i < 500; ++i) {
        const bool his = i % 7 == 0;
        gateway.erp.order((his ? "b-" : "a-") + std::to_string(1000 + i), his ? "B" : "A");
        if (his)
            expected.push_back("b-" + std::to_string(1000 + i));
    }
    gateway.pumpAll();
    Keys seen;
    std::int64_t lastTotal = INT64_MAX;
    for (bool more = true; more;) {
        const auto page = gateway.changes(bob, cursor, 10);
        QCOMPARE(page.status, 200);
        QCOMPARE(page.page.head.from, cursor);
        QVERIFY(cursorOf(page.page.head.to).sequence >= cursorOf(cursor).sequence);
        QVERIFY(page.page.head.total <= lastTotal);
        lastTotal = page.page.head.total;
        const auto keys = page.keys();
        seen.insert(seen.end(), keys.begin(), keys.end());
        cursor = page.page.head.to;
        more = page.page.head.more;
    }
    QCOMPARE(seen, expected);
    QCOMPARE(cursorOf(cursor).sequence, gateway.store->logState()->last);
    const auto nothing = gateway.changes(bob, cursor);
    QCOMPARE(nothing.page.head.to, cursor);
    QVERIFY(nothing.page.changes.empty() && !nothing.page.head.more);
}

void GatewayCoreTest::changedTwiceArrivesOnceAsItIsNow()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    gateway.erp.order("a-1", "A", 1);
    gateway.pumpAll();
    gateway.erp.order("a-1", "A", 2);
    gateway.pumpAll();
    const auto page = gateway.changes(ann, cursor);
    QCOMPARE(page.keys(), (Keys{"a-1"}));
    QCOMPARE(page.page.changes[0].record.as<Order>()->total.minor, 2);
    QCOMPARE(page.page.changes[0].sequence, gateway.store->logState()->last);
}

void GatewayCoreTest::movedOutOfSightArrivesAsRemoval()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto bob = gateway.token("bob");
    const auto annsCursor = gateway.snapshotCursor(ann);
    const auto bobsCursor = gateway.snapshotCursor(bob);
    gateway.erp.order("a-1", "B", 5);
    gateway.pumpAll();
    gateway.erp.order("a-1", "B", 6); // changed once more, where Ann cannot see it
    gateway.pumpAll();
    const auto page = gateway.changes(ann, annsCursor);
    QCOMPARE(page.keys(), (Keys{"-a-1"}));
    QCOMPARE(page.page.changes[0].account, "A"); // where it went is not told
    QCOMPARE(gateway.changes(bob, bobsCursor).keys(), (Keys{"a-1"}));
    QCOMPARE(gateway.list(ann, "order").keys(), (Keys{"a1-1"}));
    QCOMPARE(gateway.list(ann, "order").page.head.total, 1);
    QCOMPARE(gateway.list(bob, "order").page.head.total, 2);

    // Away and back again: removed and there, in this order.
    const auto cursor = gateway.snapshotCursor(bob);
    gateway.erp.order("b-1", "A");
    gateway.pumpAll();
    gateway.erp.order("b-1", "B");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(bob, cursor).keys(), (Keys{"-b-1", "b-1"}));
}

void GatewayCoreTest::removalReachesWhoSawIt()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto bob = gateway.token("bob");
    const auto annsCursor = gateway.snapshotCursor(ann);
    const auto bobsCursor = gateway.snapshotCursor(bob);
    gateway.erp.remove(Order::type, "b-1");
    gateway.erp.remove(Order::type, "never-was");
    gateway.erp.remove(Status::type, "order/open");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(ann, annsCursor).keys(), (Keys{"-order/open"}));
    QCOMPARE(gateway.changes(bob, bobsCursor).keys(), (Keys{"-b-1", "-order/open"}));
}

void GatewayCoreTest::everyCursorIsAnswered()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const Cursor good = cursorOf(gateway.snapshotCursor(ann));
    const auto name
        = [&](const Cursor &cursor) { return problemName(gateway.changes(ann, cursor.toString())); };

    Cursor other = good;
    other.epoch = "00000000-0000-4000-8000-000000000000";
    QCOMPARE(name(other), "cursor-other-epoch");
    QCOMPARE(gateway.changes(ann, other.toString()).status, 410);
    Cursor ahead = good;
    ++ahead.sequence;
    QCOMPARE(name(ahead), "cursor-ahead");
    Cursor unknownScope = good;
    unknownScope.scope = "00";
    QCOMPARE(name(unknownScope), "cursor-expired");
    for (const char *junk : {"", "c1", "c1...", "c1.x.y.z", "c2.00.1.00", "c1.00.-1.00", "c1.00.01.00",
                             "c1.00.99999999999999999999.00", "c1.00.1.00.", "c1.00.1.00\n", "../../etc"})
        QCOMPARE(problemName(gateway.changes(ann, junk)), "malformed");
    QCOMPARE(problemName(gateway.changes(ann, std::string(100'000, 'a'))), "malformed");
    QCOMPARE(gateway.changes(ann, good.toString()).status, 200);
    QCOMPARE(problemName(gateway.list(ann, "order", 1, {}, other.toString())), "cursor-other-epoch");
    QCOMPARE(problemName(gateway.list(ann, "order", 1, {}, ahead.toString())), "cursor-ahead");
    QCOMPARE(problemName(gateway.pageOf(gateway.send("GET", "/v1/snapshot/order", ann))), "malformed");

    QVERIFY(gateway.store->restored());
    QCOMPARE(name(good), "cursor-other-epoch");
    const auto page = gateway.list(ann, "order");
    QVERIFY2(page.page.changes[0].sequence > good.sequence,
             "a row has to be newer than any of the log before");
    QCOMPARE(page.page.changes[0].record.as<Order>()->total.minor, 300);
}

void GatewayCoreTest::scopeChangeNamesAccounts()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    const auto next = gateway.list(ann, "order", 1).page.head.to;
    gateway.user("ann", "buyer", {"A1", "B"});
    auto page = gateway.changes(ann, cursor);
    QCOMPARE(page.status, 409);
    QCOMPARE(problemName(page), "scope-changed");
    QCOMPARE(page.problem.added.size(), 1U);
    QCOMPARE(page.problem.added[0].account, "B");
    QCOMPARE(page.problem.removed.size(), 1U);
    QCOMPARE(page.problem.removed[0].account, "A");
    QVERIFY(!page.problem.redactionsChanged);
    QVERIFY(!page.problem.requestId.empty());
    QCOMPARE(problemName(gateway.list(ann, "order", 1, next, cursor)), "scope-changed");
    // Also of its first page: nobody else could tell that these rows are of other rights.
    QCOMPARE(problemName(gateway.list(ann, "order", 1, {}, cursor)), "scope-changed");

    gateway.user("ann", "csr");
    page = gateway.changes(ann, cursor);
    QCOMPARE(page.problem.added.size(), 1U);
    QVERIFY(page.problem.removed.empty());
}

void GatewayCoreTest::branchFoundedLaterChangesScope()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    gateway.erp.account("A2", "A1"); // a branch of the branch
    gateway.erp.order("a2-1", "A2", 1, 99);
    gateway.pumpAll();
    const auto page = gateway.changes(ann, cursor);
    QCOMPARE(problemName(page), "scope-changed");
    QCOMPARE(page.problem.added[0].account, "A2");
    QCOMPARE(gateway.list(ann, "order").keys(), (Keys{"a2-1", "a1-1", "a-1"}));
    gateway.restart();
    QCOMPARE(gateway.list(ann, "order").page.head.total, 3);
    // Accounts in a circle are a fault of the data, not the end of the gateway.
    gateway.erp.account("A", "A2");
    gateway.pumpAll();
    QCOMPARE(gateway.list(ann, "order").page.head.total, 3);
}

void GatewayCoreTest::priceRightWithdrawnIsARedaction()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    gateway.user("ann", "viewer", {"A"});
    const auto page = gateway.changes(ann, cursor);
    QCOMPARE(problemName(page), "scope-changed");
    QVERIFY(page.problem.redactionsChanged);
    QVERIFY(page.problem.added.empty() && page.problem.removed.empty());
}

void GatewayCoreTest::logIsTrimmed()
{
    auto settings = quickSettings();
    settings.retention = {20, 24LL * 3600 * 1000, 1000};
    Gateway gateway(settings);
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    for (int i = 0; i < 50; ++i)
        gateway.erp.order("x-" + std::to_string(i), "A");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(ann, cursor).status, 200);
    (void)gateway.core->tick();
    QCOMPARE(problemName(gateway.changes(ann, cursor)), "cursor-expired");
    const auto state = *gateway.store->logState();
    QCOMPARE(state.last - state.first, 20);
    // The oldest that is kept, and by age all of it in the end.
    const Cursor oldest{state.epoch, state.first, cursorOf(cursor).scope};
    QCOMPARE(gateway.changes(ann, oldest.toString()).keys().size(), 20U);
    const auto newest = gateway.snapshotCursor(ann);
    gateway.clock.advance(25LL * 3600 * 1000);
    (void)gateway.core->tick();
    QCOMPARE(gateway.store->logState()->first, gateway.store->logState()->last);
    const auto later = gateway.token("ann");
    QCOMPARE(gateway.changes(later, newest).status, 200);
    QCOMPARE(problemName(gateway.changes(later, oldest.toString())), "cursor-expired");
}

void GatewayCoreTest::lagIsHonest()
{
    Gateway gateway;
    gateway.user("sam", "csr");
    const auto sam = gateway.token("sam");
    const auto scope = Scope(**gateway.store->people().user("sam"), AccountTree()).hash();
    const auto lag = [&] {
        const auto state = *gateway.store->logState();
        return gateway.changes(sam, Cursor{state.epoch, state.last, scope}.toString()).page.head.lagMs;
    };
    QCOMPARE(lag(), unknownLagMs);
    for (int i = 0; i < 2'100; ++i)
        gateway.erp.order("x-" + std::to_string(i), "A");
    QVERIFY(gateway.core->pump().more);
    QCOMPARE(lag(), unknownLagMs); // not all of it yet, so there is nothing yet to take a picture of
    QCOMPARE(gateway.send("POST", "/v1/snapshot", sam).status, 503);
    QVERIFY(!gateway.core->pump().more);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", sam).status, 200);
    QCOMPARE(lag(), 0);
    gateway.clock.advance(700);
    QCOMPARE(lag(), 700);
    // It counts from the question, not from the answer.
    const auto question = *gateway.core->question();
    gateway.clock.advance(300);
    (void)gateway.core->take(question, gateway.erp.changesAfter(question.position, question.limit));
    QCOMPARE(lag(), 300);
    gateway.clock.advance(60'000);
    (void)gateway.core->pump();
    gateway.clock.advance(5'000);
    // How long ago its predecessor asked, only a wall clock could say.
    gateway.restart();
    QCOMPARE(lag(), unknownLagMs);
    QCOMPARE(gateway.send("POST", "/v1/snapshot", sam).status, 200);
    (void)gateway.core->pump();
    QCOMPARE(lag(), 0);
}

void GatewayCoreTest::erpThatFailsIsSaid()
{
    Gateway gateway;
    fill(gateway);
    const auto sam = gateway.token("sam");
    gateway.erp.failing = true;
    QVERIFY(!gateway.core->pump().more);
    gateway.clock.advance(3'000);
    auto head = gateway.list(sam, "order").page.head;
    QVERIFY(head.erpDown);
    QCOMPARE(head.lagMs, 3'000);
    QCOMPARE(gateway.send("GET", "/healthz").status, 200);
    gateway.erp.failing = false;
    (void)gateway.core->pump();
    head = gateway.list(sam, "order").page.head;
    QVERIFY(!head.erpDown);
    QCOMPARE(head.lagMs, 0);
}

void GatewayCoreTest::restartKeepsEverything()
{
    Gateway gateway;
    fill(gateway);
    const auto session = gateway.signIn("ann");
    const auto cursor = gateway.snapshotCursor(session.accessToken);
    const auto before = gateway.list(session.accessToken, "order").keys();
    gateway.restart();
    QCOMPARE(gateway.list(session.accessToken, "order").keys(), before);
    gateway.erp.order("a-9", "A");
    gateway.pumpAll();
    QCOMPARE(gateway.changes(session.accessToken, cursor).keys(), (Keys{"a-9"}));
}

void GatewayCoreTest::batchAskedAgainChangesNothing()
{
    Gateway gateway;
    fill(gateway);
    const auto last = gateway.store->logState()->last;
    const auto question = *gateway.core->question();
    ErpBatch again = *gateway.erp.changesAfter({}, 1000); // from the beginning
    again.position = question.position;
    const auto result = gateway.core->take(question, again);
    QCOMPARE(gateway.store->logState()->last, last);
    QVERIFY(result.effects.empty());
    // The answer to a question from before a commit is dropped.
    gateway.erp.order("a-2", "A");
    const auto answer = gateway.erp.changesAfter(question.position, 10);
    (void)gateway.core->take(question, answer);
    const auto after = gateway.store->logState()->last;
    QCOMPARE(after, last + 1);
    QVERIFY(gateway.core->take(question, answer).more);
    QCOMPARE(gateway.store->logState()->last, after);
}

void GatewayCoreTest::hostileRecordsDoNotBreakPages()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    const auto cursor = gateway.snapshotCursor(ann);
    gateway.erp.order("bad\xff\"\n\\key", "A", 1, 500);
    gateway.erp.order("huge", "A", 1, 501);
    auto huge = std::make_shared<Order>(*gateway.erp.history.back().record.as<Order>());
    huge->shipToAddress = std::string(5 * 1024 * 1024, 'x');
    gateway.erp.history.back().record = AnyRecord(huge);
    gateway.erp.order("", "A");
    gateway.erp.history.back().key.clear();
    gateway.erp.order("fine", "A", 1, 502);
    gateway.erp.history.back().time = {};
    gateway.pumpAll();
    const auto page = gateway.changes(ann, cursor);
    QCOMPARE(page.status, 200);
    QCOMPARE(page.page.changes.size(), 2U);
    QCOMPARE(page.keys().back(), "fine");
    QCOMPARE(gateway.list(ann, "order", 2).page.changes.size(), 2U);
}

void GatewayCoreTest::withoutAccountNobodySeesIt()
{
    Gateway gateway;
    fill(gateway);
    // A connector that names the account in the record alone must not make it everybody's.
    gateway.erp.order("b-2", "B", 1, 9);
    gateway.erp.history.back().account.clear();
    gateway.pumpAll();
    QCOMPARE(gateway.list(gateway.token("ann"), "order").keys(), (Keys{"a1-1", "a-1"}));
    QCOMPARE(gateway.list(gateway.token("bob"), "order").keys(), (Keys{"b-2", "b-1"}));
    // A buyer without accounts sees what is everybody's and nothing else.
    gateway.user("ned", "buyer");
    QVERIFY(gateway.list(gateway.token("ned"), "order").page.changes.empty());
    QCOMPARE(gateway.list(gateway.token("ned"), "status").page.changes.size(), 1U);
}

CORE_TEST(GatewayCoreTest)
#include "tst_gatewaycore.moc"

#include "gatewayfixture.h"
#include "storebehind.h"
#include "testentry.h"

#include "erpwatch.h"

#include <map>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// A store that cannot say where its log stands, once, right after a commit.
class HalfFailingStore final : public StoreBehind
{
public:
    using StoreBehind::StoreBehind;

    Result<LogState> logState() override
    {
        if (committed && std::exchange(failing, false))
            return Error{ErrorKind::Storage};
        return StoreBehind::logState();
    }
    Result<std::vector<LogEntry>> commit(const ErpBatch &batch, Instant askedAt, Instant now) override
    {
        committed = true;
        return StoreBehind::commit(batch, askedAt, now);
    }

    bool failing = false;
    bool committed = false;
};

} // namespace

// The live frames, as effects: contiguous, in scope, shared, and ended when the right to them ends.
class GatewayLiveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysOnceWhyTheErpIsDown();
    void framesAreContiguousAndInScope();
    void joinerIsCaughtUpAndOthersStayContiguous();
    void textIsSharedWithinAScope();
    void tooMuchForAFrameIsAPull();
    void pongProvesAndCarriesLag();
    void junkFromTheClientCloses();
    void cursorThatCannotBeAnsweredIsSaid();
    void unwelcomeIsRefused();
    void disabledUserIsShutOut();
    void signOutEndsTheSocket();
    void expiredTokenEndsTheSocketUnlessRenewed();
    void changedScopeEndsTheSocketBeforeAnythingElse();
    void pricesAreWithheldLive();
    void connectionsAreBounded();
    void erpWithAnotherHistoryIsFetchedAnew();
    void noRangePassesOverWhatWasNotPublished();

private:
    // What a client makes of the effects: its frames, checked to join on.
    struct Client
    {
        std::string cursor;
        Keys keys;
        std::vector<LiveFrame> frames;
        bool closed = false;
    };
    std::map<ConnectionId, Client> clients;

    void deliver(const LiveEffects &effects)
    {
        for (const LiveEffect &effect : effects) {
            Client &client = clients[effect.connection];
            QVERIFY(!client.closed);
            if (!effect.text) {
                client.closed = true;
                continue;
            }
            auto frame = decodeFrame(*effect.text);
            QVERIFY(frame);
            client.frames.push_back(frame->head);
            if (frame->head.frame == "scope" || frame->head.frame == "bye")
                continue;
            QCOMPARE(frame->head.from, client.cursor);
            client.cursor = frame->head.to;
            for (const Change &change : frame->changes)
                client.keys.push_back((change.record.isNull() ? "-" : "") + change.key);
        }
    }
    void open(Gateway &gateway, ConnectionId id, const std::string &token)
    {
        clients[id] = {};
        clients[id].cursor = gateway.snapshotCursor(token);
        const auto opening = gateway.openLive(id, token, clients[id].cursor);
        QVERIFY(opening.accepted);
        deliver(opening.effects);
    }
};

void GatewayLiveTest::saysOnceWhyTheErpIsDown()
{
    const SystemClock clock;
    ErpWatch watch(clock, {});
    QVERIFY(watch.failed(ErrorKind::Offline));
    QVERIFY(!watch.failed(ErrorKind::Offline));
    QVERIFY(watch.failed(ErrorKind::Unauthorized));
    QVERIFY(!watch.failed(ErrorKind::Unauthorized));
    watch.answered(clock.sinceBoot(), false);
    QVERIFY(watch.failed(ErrorKind::Unauthorized));
}

void GatewayLiveTest::framesAreContiguousAndInScope()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    open(gateway, 1, gateway.token("ann"));
    open(gateway, 2, gateway.token("bob"));
    open(gateway, 3, gateway.token("sam"));
    for (int i = 0; i < 30; ++i) {
        gateway.erp.order("a-" + std::to_string(100 + i), "A");
        if (i % 3 == 0)
            gateway.erp.order("b-" + std::to_string(100 + i), "B");
        deliver(gateway.pumpAll());
        if (i % 5 == 0)
            deliver(gateway.core->receive(2, encode(LivePing{i})));
    }
    gateway.erp.order("a-100", "B");
    gateway.erp.status("closed");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].keys.size(), 32U);
    QCOMPARE(clients[1].keys[30], "-a-100");
    QCOMPARE(clients[2].keys.size(), 12U);
    QCOMPARE(clients[3].keys.size(), 42U);
    QVERIFY(std::ranges::none_of(clients[2].keys,
                                 [](const auto &key) { return key.starts_with("a-") && key != "a-100"; }));
    // Where the frames ended, the pages go on.
    for (auto &[id, client] : clients)
        QCOMPARE(cursorOf(client.cursor).sequence, gateway.store->logState()->last);
    // Frames tell what the socket's group was told; none is sent for what nobody in it sees.
    const auto framesBefore = clients[2].frames.size();
    gateway.erp.order("a-999", "A");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[2].frames.size(), framesBefore);
}

void GatewayLiveTest::joinerIsCaughtUpAndOthersStayContiguous()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto bob = gateway.token("bob");
    open(gateway, 1, bob);
    const std::string old = clients[1].cursor;
    gateway.erp.order("a-2", "A");
    gateway.erp.order("b-2", "B");
    deliver(gateway.pumpAll());
    gateway.erp.order("a-3", "A");
    deliver(gateway.pumpAll()); // Bob's group now stands behind the newest entry
    clients[2].cursor = old;
    const auto opening = gateway.openLive(2, bob, old);
    QVERIFY(opening.accepted);
    deliver(opening.effects);
    QCOMPARE(clients[2].keys, (Keys{"b-2"}));
    gateway.erp.order("b-3", "B");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].keys, (Keys{"b-2", "b-3"}));
    QCOMPARE(clients[2].keys, (Keys{"b-2", "b-3"}));
    gateway.core->closed(1);
    gateway.erp.order("b-4", "B");
    const auto effects = gateway.pumpAll();
    QCOMPARE(effects.size(), 1U);
    QCOMPARE(effects[0].connection, ConnectionId{2});
}

void GatewayLiveTest::textIsSharedWithinAScope()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto sam = gateway.token("sam");
    for (ConnectionId id = 1; id <= 20; ++id)
        open(gateway, id, sam);
    gateway.erp.order("a-2", "A");
    const auto effects = gateway.pumpAll();
    QCOMPARE(effects.size(), 20U);
    QVERIFY(std::ranges::all_of(effects, [&](const auto &effect) { return effect.text == effects[0].text; }));
}

void GatewayLiveTest::tooMuchForAFrameIsAPull()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    open(gateway, 1, ann);
    const std::string before = clients[1].cursor;
    for (int i = 0; i < 201; ++i)
        gateway.erp.order("x-" + std::to_string(i), "A");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].frames.back().frame, "pull");
    QVERIFY(clients[1].keys.empty());
    QCOMPARE(gateway.changes(ann, before).keys().size(), 201U);
    // After the pull the frames go on where it ended.
    gateway.erp.order("y", "A");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].keys, (Keys{"y"}));
    // Who comes from far behind is told at once.
    const auto opening = gateway.openLive(2, ann, before);
    clients[2].cursor = before;
    deliver(opening.effects);
    QCOMPARE(clients[2].frames.back().frame, "pull");
    // A single record that no frame can hold.
    gateway.erp.order("big", "A");
    auto big = std::make_shared<Order>(*gateway.erp.history.back().record.as<Order>());
    big->shipToAddress = std::string(Limits::frameBytes, 'x');
    gateway.erp.history.back().record = AnyRecord(big);
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].frames.back().frame, "pull");
}

void GatewayLiveTest::pongProvesAndCarriesLag()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    open(gateway, 1, gateway.token("bob"));
    gateway.erp.order("a-2", "A");
    deliver(gateway.pumpAll());
    gateway.clock.advance(400);
    deliver(gateway.core->receive(1, encode(LivePing{7})));
    const LiveFrame &pong = clients[1].frames.back();
    QCOMPARE(pong.frame, "pong");
    QCOMPARE(pong.ping, 7);
    QCOMPARE(pong.lagMs, 400);
    QVERIFY(!pong.erpDown);
    QCOMPARE(cursorOf(pong.to).sequence, gateway.store->logState()->last);
    gateway.erp.failing = true;
    gateway.pumpAll();
    gateway.clock.advance(600);
    deliver(gateway.core->receive(1, encode(LivePing{8})));
    QVERIFY(clients[1].frames.back().erpDown);
    QCOMPARE(clients[1].frames.back().lagMs, 1000);
}

void GatewayLiveTest::junkFromTheClientCloses()
{
    for (const std::string &junk :
         {std::string(), std::string("hello"), std::string("{\"ping\":\"one\"}"), std::string("{\"ping\":1"),
          std::string(1'000'000, '['), std::string("\xff\xfe")}) {
        clients.clear();
        Gateway gateway;
        fill(gateway);
        open(gateway, 1, gateway.token("ann"));
        deliver(gateway.core->receive(1, junk));
        QVERIFY(clients[1].closed);
        gateway.erp.order("a-2", "A");
        QVERIFY(gateway.pumpAll().empty());
        QVERIFY(gateway.core->receive(1, encode(LivePing{1})).empty());
    }
}

void GatewayLiveTest::cursorThatCannotBeAnsweredIsSaid()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    Cursor cursor = cursorOf(gateway.snapshotCursor(ann));
    cursor.sequence += 100;
    const auto opening = gateway.openLive(1, ann, cursor.toString());
    QVERIFY(opening.accepted);
    QCOMPARE(opening.effects.size(), 2U);
    const auto frame = decodeFrame(*opening.effects[0].text);
    QCOMPARE(frame->head.frame, "scope");
    QVERIFY(QString::fromStdString(frame->head.reason).endsWith(u"cursor-ahead"));
    QVERIFY(!opening.effects[1].text);
    gateway.erp.order("a-2", "A");
    QVERIFY(gateway.pumpAll().empty());
}

void GatewayLiveTest::unwelcomeIsRefused()
{
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    QCOMPARE(gateway.openLive(1, {}, gateway.snapshotCursor(ann)).refusal.status, 401);
    QCOMPARE(gateway.openLive(1, "junk", gateway.snapshotCursor(ann)).refusal.status, 401);
    QCOMPARE(gateway.openLive(1, ann, {}).refusal.status, 400);
    QCOMPARE(gateway.openLive(1, ann, "junk").refusal.status, 400);
    QVERIFY(!gateway.openLive(1, ann, "junk").accepted);
}

void GatewayLiveTest::disabledUserIsShutOut()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    open(gateway, 1, gateway.token("ann"));
    open(gateway, 2, gateway.token("bob"));
    QVERIFY(gateway.core->tick().empty());
    gateway.user("ann", "buyer", {"A"}, true);
    // Not even the next change reaches her.
    gateway.erp.order("a-2", "A");
    deliver(gateway.pumpAll());
    QVERIFY(clients[1].closed);
    QCOMPARE(clients[1].frames.back().frame, "bye");
    QVERIFY(QString::fromStdString(clients[1].frames.back().reason).endsWith(u"access-ended"));
    QVERIFY(clients[1].keys.empty());
    QVERIFY(!clients[2].closed);
}

void GatewayLiveTest::signOutEndsTheSocket()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    open(gateway, 1, ann);
    QCOMPARE(gateway.send("DELETE", "/v1/session", ann).status, 204);
    deliver(gateway.core->tick());
    QVERIFY(clients[1].closed);
    QVERIFY(QString::fromStdString(clients[1].frames.back().reason).endsWith(u"token-refused"));
}

void GatewayLiveTest::expiredTokenEndsTheSocketUnlessRenewed()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.signIn("ann");
    const auto bob = gateway.signIn("bob");
    open(gateway, 1, ann.accessToken);
    open(gateway, 2, bob.accessToken);
    gateway.clock.advance(14 * 60 * 1000);
    QCOMPARE(gateway.send("POST", "/v1/session/refresh", {}, encode(RefreshRequest{bob.refreshToken})).status,
             200);
    deliver(gateway.core->tick());
    QVERIFY(!clients[1].closed && !clients[2].closed);
    gateway.clock.advance(60 * 1000);
    deliver(gateway.core->tick());
    QVERIFY(clients[1].closed);
    QVERIFY(!clients[2].closed);
    gateway.clock.advance(14 * 60 * 1000);
    deliver(gateway.core->tick());
    QVERIFY(clients[2].closed);
}

void GatewayLiveTest::changedScopeEndsTheSocketBeforeAnythingElse()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    open(gateway, 1, gateway.token("ann"));
    gateway.erp.account("A1", "B"); // the branch is sold
    gateway.erp.order("a1-2", "A1");
    deliver(gateway.pumpAll());
    QVERIFY(clients[1].closed);
    QCOMPARE(clients[1].frames.back().frame, "scope");
    QVERIFY(clients[1].keys.empty());
    const auto page = gateway.changes(gateway.token("ann"), clients[1].cursor);
    QCOMPARE(page.problem.removed.at(0).account, "A1");

    open(gateway, 2, gateway.token("bob"));
    gateway.user("bob", "buyer", {"A"});
    deliver(gateway.core->tick());
    QVERIFY(clients[2].closed);
    QCOMPARE(clients[2].frames.back().frame, "scope");
}

void GatewayLiveTest::pricesAreWithheldLive()
{
    Gateway gateway;
    fill(gateway);
    const auto eve = gateway.token("eve");
    const auto opening = gateway.openLive(1, eve, gateway.snapshotCursor(eve));
    QVERIFY(opening.accepted);
    gateway.erp.order("a-2", "A", 4711);
    const auto effects = gateway.pumpAll();
    QCOMPARE(effects.size(), 1U);
    QVERIFY(effects[0].text->find("a-2") != std::string::npos);
    QVERIFY(effects[0].text->find("4711") == std::string::npos);
}

void GatewayLiveTest::connectionsAreBounded()
{
    clients.clear();
    auto settings = quickSettings();
    settings.liveConnections = 3;
    settings.liveConnectionsOfUser = 2;
    Gateway gateway(settings);
    fill(gateway);
    const auto ann = gateway.token("ann");
    open(gateway, 1, ann);
    open(gateway, 2, ann);
    QCOMPARE(gateway.openLive(3, ann, gateway.snapshotCursor(ann)).refusal.status, 503);
    open(gateway, 4, gateway.token("bob"));
    const auto sam = gateway.token("sam");
    QCOMPARE(gateway.openLive(5, sam, gateway.snapshotCursor(sam)).refusal.status, 503);
    gateway.core->closed(1);
    QVERIFY(gateway.openLive(6, sam, gateway.snapshotCursor(sam)).accepted);
}

void GatewayLiveTest::erpWithAnotherHistoryIsFetchedAnew()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    const auto ann = gateway.token("ann");
    open(gateway, 1, ann);
    const auto lastBefore = gateway.store->logState()->last;
    gateway.erp.company = "second:";
    gateway.erp.history.clear();
    gateway.erp.account("A");
    gateway.erp.order("other", "A");
    deliver(gateway.pumpAll());
    QVERIFY(clients[1].closed);
    QCOMPARE(clients[1].frames.back().frame, "scope");
    QCOMPARE(problemName(gateway.changes(ann, clients[1].cursor)), "cursor-other-epoch");
    const auto page = gateway.list(ann, "order");
    QCOMPARE(page.keys(), (Keys{"other"}));
    QCOMPARE(page.page.head.total, 1);
    QVERIFY(page.page.changes[0].sequence > lastBefore);
    QCOMPARE(gateway.list(ann, "account").keys(), (Keys{"A"})); // the branch was the other company's
    QCOMPARE(page.page.head.lagMs, 0);
    QVERIFY(!page.page.head.erpDown);
    // The new history goes on as usual.
    open(gateway, 2, ann);
    gateway.erp.order("next", "A");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[2].keys, (Keys{"next"}));
}

void GatewayLiveTest::noRangePassesOverWhatWasNotPublished()
{
    clients.clear();
    Gateway gateway;
    fill(gateway);
    HalfFailingStore store(*gateway.store);
    gateway.core
        = std::make_unique<GatewayCore>(store, gateway.erp, gateway.clock, gateway.random, gateway.settings);
    const auto ann = gateway.token("ann");
    open(gateway, 1, ann);
    const std::string before = clients[1].cursor;
    store.failing = true;
    store.committed = false;
    gateway.erp.order("lost", "A");
    deliver(gateway.core->pump().effects);
    QVERIFY(!store.failing);
    gateway.erp.order("next", "A");
    deliver(gateway.pumpAll());
    QCOMPARE(clients[1].frames.back().frame, "pull");
    QCOMPARE(gateway.changes(ann, before).keys(), (Keys{"lost", "next"}));
}

CORE_TEST(GatewayLiveTest)
#include "tst_gatewaylive.moc"

#include "backoff.h"
#include "freshnessproof.h"
#include "heartbeat.h"
#include "livefeed.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;

class TestEngineParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void backoffGrowsWithinItsBounds_data();
    void backoffGrowsWithinItsBounds();
    void backoffHeedsTheOtherSide();
    void freshnessNeverGoesBack();
    void freshnessOfAGatewayThatKnowsNothing();
    void lateAnswersAreNoHeartbeat();
    void feedRefusesWhatDoesNotJoin();
};

void TestEngineParts::backoffGrowsWithinItsBounds_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Cancelled); ++kind)
        QTest::newRow(name(static_cast<ErrorKind>(kind))) << kind;
}

void TestEngineParts::backoffGrowsWithinItsBounds()
{
    QFETCH(const int, kind);
    const Error error{static_cast<ErrorKind>(kind)};
    const RetryRule &rule = retryRule(error.kind);
    QVERIFY(rule.firstMs > 0 && rule.longestMs >= rule.firstMs);
    SeededRandom random(1);
    Backoff backoff(random);
    std::int64_t longest = 0;
    for (int i = 0; i < 1'000; ++i) {
        const std::int64_t ms = backoff.next(error);
        QVERIFY(ms >= 1 && ms <= rule.longestMs);
        if (i == 0)
            QVERIFY(ms <= rule.firstMs);
        longest = std::max(longest, ms);
    }
    QVERIFY(longest > rule.longestMs / 2);
    backoff.succeeded();
    QVERIFY(backoff.next(error) <= rule.firstMs);
}

void TestEngineParts::backoffHeedsTheOtherSide()
{
    SeededRandom random(1);
    Backoff backoff(random);
    Error error{ErrorKind::RateLimited};
    error.retryAfterMs = 30'000;
    QVERIFY(backoff.next(error) > 30'000);
    error.retryAfterMs = std::numeric_limits<qint64>::max();
    QVERIFY(backoff.next(error) <= Tuning::retryAfterLongestMs + retryRule(error.kind).longestMs);
    error.retryAfterMs = -5;
    QVERIFY(backoff.next(error) >= 1);
}

void TestEngineParts::freshnessNeverGoesBack()
{
    FreshnessProof freshness;
    const Now now{{10'000}, {1'000'000}};
    QCOMPARE(freshness.msUntilStale(now), 0);
    freshness.note(now, {{9'900}, 50});
    QCOMPARE(freshness.provenAt()->ms, 9'850);
    QCOMPARE(freshness.asOf().ms, 999'850);
    freshness.note(now, {{9'950}, 500}); // a later answer of a gateway that fell behind
    QCOMPARE(freshness.provenAt()->ms, 9'850);
    QCOMPARE(freshness.msUntilStale(now), Tuning::silenceMs - 50); // but it was heard
    freshness.note(now, {{9'960}, -700});                          // a lag below nothing is none
    QCOMPARE(freshness.provenAt()->ms, 9'960);
}

void TestEngineParts::freshnessOfAGatewayThatKnowsNothing()
{
    FreshnessProof freshness;
    freshness.restore(Instant{5});
    freshness.note({{10'000}, {1'000'000}}, {{9'900}, 100LL * 365 * 24 * 3600 * 1000});
    QVERIFY(!freshness.provenAt());
    QCOMPARE(freshness.asOf().ms, 5);
    QVERIFY(freshness.msUntilStale({{10'000}, {1'000'000}}) > 0);
}

void TestEngineParts::lateAnswersAreNoHeartbeat()
{
    Heartbeat heartbeat;
    Now now{{1'000}, {0}};
    heartbeat.start(now);
    heartbeat.ping(now);
    now.boot.ms = 2'000;
    heartbeat.ping(now);
    QVERIFY(heartbeat.answered(2));
    QVERIFY(!heartbeat.answered(2)); // twice
    QVERIFY(!heartbeat.answered(1)); // older
    QVERIFY(!heartbeat.answered(77));
    QCOMPARE(heartbeat.msUntilSilent(now), Tuning::silenceMs);
    heartbeat.start(now);
    QVERIFY(!heartbeat.answered(2)); // of the socket before
}

void TestEngineParts::feedRefusesWhatDoesNotJoin()
{
    LiveFeed feed;
    feed.start("c1");
    QVERIFY(!feed.take({{"changes", "c2", "c3"}, {}}, {}));
    QVERIFY(!feed.take({{"changes", "c1", ""}, {}}, {}));
    QVERIFY(feed.take({{"changes", "c1", "c2"}, {}}, Proof{{5}, 0}));
    QVERIFY(!feed.settled());
    QVERIFY(feed.nextWork());
    QVERIFY(!feed.nextWork());
    QVERIFY(feed.take({{"pong", "c2", "c2"}, {}}, Proof{{6}, 0}));
    QVERIFY(!feed.settled()); // what it covers is still with the store
    feed.stored();
    QCOMPARE(feed.settled()->sentAt.ms, 6);
    QVERIFY(!feed.nextWork()); // an empty range needs no write
}

CORE_TEST(TestEngineParts)
#include "tst_engineparts.moc"

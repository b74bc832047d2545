#include "dialogue.h"
#include "kinds.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

// The engine as a dialogue: what it wants is stated after every event.
class TestEngine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fillsThenReplaysThenGoesLive();
    void fillGoesOnFromLastPage();
    void fillsOnlyWhatAnUpgradeMadeIncomplete();
    void saysHowFarOnlyWhileItWorks();
    void fetchesAheadByOnePage();
    void appliesFramesThatJoinAndPullsOverGaps();
    void mergesFramesWhileTheStoreWorks();
    void fallsOfflineWithinThreeSecondsOfSilence();
    void staysLiveOverAQuickRejoin();
    void ageCountsFromThePingAndTheLag();
    void pollsAndComesBack();
    void renewsTokensOnce();
    void needsSignInWhenTokensAreRefused();
    void foreignRefusalsEndNothing();
    void cursorProblemsLeadToAFill_data();
    void cursorProblemsLeadToAFill();
    void scopeChangePurgesFirst();
    void accessEndedPurgesEverything();
    void storeErrorStopsFramesAndIsRetried_data();
    void storeErrorStopsFramesAndIsRetried();
    void wakingReplacesTheSocket();
    void refusesPagesThatLeadNowhere_data();
    void refusesPagesThatLeadNowhere();
};

void TestEngine::fillsThenReplaysThenGoesLive()
{
    Dialogue d;
    d.signIn();
    QCOMPARE(d.asked(), "POST /v1/session");
    QVERIFY(d.request()->bearer.empty());
    d.answer(200, Dialogue::tokens());
    QCOMPARE(d.person->user, QStringLiteral("maya"));
    QCOMPARE(*d.savedToken, "refresh-after-access");
    QVERIFY(d.work<LoadState>());
    d.store();
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    QCOMPARE(d.request()->bearer, "access");
    QCOMPARE(d.mode(), Mode::Filling);
    d.answer(200, encode(SnapshotAnswer{"c0"}));
    QVERIFY(d.work<BeginFill>());
    QCOMPARE(d.work<BeginFill>()->cursor, "c0");
    QCOMPARE(d.work<BeginFill>()->kinds.size(), allKinds().size());
    d.store();
    for (const RecordType *kind : allKinds()) {
        QVERIFY(d.asked().starts_with("GET /v1/snapshot/" + std::string(kind->name) + "?after=c0&"));
        const bool first = kind == allKinds().front();
        d.answer(
            200,
            Dialogue::page({}, {}, false, first ? std::vector{Dialogue::change(1)} : std::vector<Change>()));
        const auto *page = d.work<ApplyFillPage>();
        QVERIFY(page && page->kind == kind && page->listed);
        QCOMPARE(page->rows.size(), first ? 1U : 0U);
        d.store();
    }
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c0&"));
    QVERIFY(!d.engine.status().provenAt);
    d.answer(200, Dialogue::page("c0", "c5"));
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c5");
    d.store();
    QVERIFY(d.work<FinishFill>());
    d.store();
    QVERIFY(d.engine.status().provenAt);
    QCOMPARE(d.socket->target, "/v1/live?after=c5");
    d.open();
    LiveFrame pong{"pong", "c5", "c5"};
    pong.ping = d.lastPing();
    d.frame(pong);
    QCOMPARE(d.mode(), Mode::Live);
    QVERIFY(!d.storing());
}

void TestEngine::fillGoesOnFromLastPage()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c0", true, {{"status", {}, true, 5, 5}, {"account", "t/1", false, 3, 9}}, {}});
    QCOMPARE(d.asked(), "POST /v1/session/refresh");
    d.answer(200, Dialogue::tokens());
    QVERIFY(d.asked().starts_with("GET /v1/snapshot/account?after=c0&"));
    QVERIFY(d.asked().ends_with("&next=t%2F1"));
    QCOMPARE(d.engine.status().progress.at(1).done, 3);
    d.noAnswer(ErrorKind::Offline);
    QCOMPARE(d.mode(), Mode::Offline);
    d.pass(60'000);
    d.store({"c0", true, {{"status", {}, true, 5, 5}, {"account", "t/2", false, 4, 9}}, {}});
    QVERIFY(d.asked().ends_with("&next=t%2F2"));
}

void TestEngine::fillsOnlyWhatAnUpgradeMadeIncomplete()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c7", false, {}, {"shipment"}});
    QCOMPARE(d.work<BeginFill>()->kinds, std::vector<std::string>{"shipment"});
    QCOMPARE(d.work<BeginFill>()->cursor, "c7");
    d.store();
    d.answer(200, Dialogue::tokens());
    QVERIFY(d.asked().starts_with("GET /v1/snapshot/shipment?after=c7&"));
}

void TestEngine::saysHowFarOnlyWhileItWorks()
{
    Dialogue d;
    const auto progress = [&d] { return d.engine.status().progress; };
    d.resume("refresh");
    d.store({"c0", true, {{"status", {}, true, 3, 5}, {"account", "t", false, 3, 9}}, {}});
    d.answer(200, Dialogue::tokens());
    QCOMPARE(progress().at(0).done, 5); // wholly listed: the rest comes with the replay
    QCOMPARE(progress().at(1).done, 3);
    d.answer(200, Dialogue::page({}, {}));
    d.store();
    d.answer(200, Dialogue::page("c0", "c1"));
    d.store();
    d.store();
    d.open();
    LiveFrame pong{"pong", "c1", "c1"};
    pong.ping = d.lastPing();
    d.frame(pong);
    QCOMPARE(d.mode(), Mode::Live);
    QVERIFY(progress().isEmpty());
    // A quick pull that nobody needs to notice.
    d.frame({"changes", "c5", "c6"});
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::page("c1", "c2", true, {Dialogue::change(2)}));
    QCOMPARE(d.mode(), Mode::Live);
    QVERIFY(progress().isEmpty());
    d.pass(10'000);
    QCOMPARE(d.mode(), Mode::CatchingUp);
    QCOMPARE(progress().at(0).done, 1);
    QCOMPARE(progress().at(0).total, 2);
}

void TestEngine::fetchesAheadByOnePage()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    d.answer(200, Dialogue::page("c1", "c2", true, {Dialogue::change(2)}));
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c2");
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c2&"));
    d.answer(200, Dialogue::page("c2", "c3", true, {Dialogue::change(3)}));
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c2");
    QCOMPARE(d.asked(), ""); // one with the store, one held: no more
    d.store();
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c3");
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c3&"));
    QCOMPARE(d.engine.status().changesReceived, 1);
}

// SYN-11
void TestEngine::appliesFramesThatJoinAndPullsOverGaps()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"changes", "c1", "c2"}, {Dialogue::change(2)});
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c2");
    d.store();
    d.frame({"changes", "c3", "c4"}, {Dialogue::change(4)});
    QVERIFY(!d.socket);
    QVERIFY(d.work<LoadState>()); // nothing of the frame is stored
    d.store({"c2", false, {}, {}});
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c2&"));
    d.answer(200, Dialogue::page("c2", "c4", false, {Dialogue::change(3), Dialogue::change(4)}));
    d.store();
    QCOMPARE(d.socket->target, "/v1/live?after=c4");
}

void TestEngine::mergesFramesWhileTheStoreWorks()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"changes", "c1", "c2"}, {Dialogue::change(2)});
    d.frame({"changes", "c2", "c3"}, {Dialogue::change(3)});
    d.frame({"changes", "c3", "c4"}, {Dialogue::change(4)});
    QCOMPARE(d.work<ApplyChanges>()->changes.size(), 1U);
    d.store();
    QCOMPARE(d.work<ApplyChanges>()->changes.size(), 2U);
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c4");
    // A store that does not come on: the feed is left, rather than kept in memory without bound.
    for (int i = 4; i < 4 + static_cast<int>(Tuning::queuedFrames) + 1 && d.socket; ++i)
        d.frame({"changes", "c" + std::to_string(i), "c" + std::to_string(i + 1)}, {Dialogue::change(i + 1)});
    QVERIFY(!d.socket);
    QVERIFY(d.work<ApplyChanges>());
    d.store();
    QVERIFY(d.work<LoadState>());
}

// SYN-04
void TestEngine::fallsOfflineWithinThreeSecondsOfSilence()
{
    Dialogue d;
    d.becomeLive();
    d.pass(2'400);
    QCOMPARE(d.mode(), Mode::Live);
    d.pass(200);
    QCOMPARE(d.mode(), Mode::Offline);
    QVERIFY(!d.socket);
    QVERIFY(d.engine.status().lastError);
    QVERIFY(d.engine.status().asOf.isSet());
}

void TestEngine::staysLiveOverAQuickRejoin()
{
    Dialogue d;
    d.becomeLive();
    d.pass(500);
    d.close();
    QCOMPARE(d.mode(), Mode::Live);
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::page("c1", "c1"));
    QVERIFY(d.socket);
    d.open();
    QCOMPARE(d.mode(), Mode::Live);
    // But not longer than the last heartbeat counts.
    d.close();
    d.pass(2'600);
    QVERIFY(d.mode() != Mode::Live);
}

void TestEngine::ageCountsFromThePingAndTheLag()
{
    Dialogue d;
    d.becomeLive();
    d.pass(Tuning::heartbeatMs);
    const std::int64_t sentAt = d.now.boot.ms;
    d.pass(400);
    LiveFrame pong{"pong", "c1", "c9"};
    pong.ping = d.lastPing();
    pong.lagMs = 300;
    const auto before = d.engine.status().provenAt;
    d.frame(pong);
    QCOMPARE(d.engine.status().provenAt, before); // its range is not stored yet
    d.store();
    QCOMPARE(d.engine.status().provenAt->ms, sentAt - 300);
    QCOMPARE(d.engine.status().asOf.ms, d.now.wall.ms - 400 - 300);
    // An answer to a ping that nobody sent proves nothing.
    pong = {"pong", "c9", "c9"};
    pong.ping = 999;
    d.frame(pong);
    QCOMPARE(d.engine.status().provenAt->ms, sentAt - 300);
}

// SYN-10
void TestEngine::pollsAndComesBack()
{
    Dialogue d;
    d.resume("refresh");
    const auto pullAll = [&d] {
        d.store({"c1", false, {}, {}});
        if (d.asked().starts_with("POST /v1/session/refresh"))
            d.answer(200, Dialogue::tokens());
        d.answer(200, Dialogue::page("c1", "c1"));
    };
    pullAll();
    for (int i = 0; i < Tuning::socketFailuresBeforePolling; ++i) {
        QVERIFY(d.socket);
        d.close();
        if (!d.storing())
            d.pass(2'000);
        pullAll();
    }
    QVERIFY(!d.socket);
    QCOMPARE(d.mode(), Mode::Polling);
    int polls = 0;
    for (; polls < 20 && !d.socket; ++polls) {
        d.pass(Tuning::pollMs);
        QCOMPARE(d.mode(), Mode::Polling);
        pullAll();
    }
    QVERIFY(polls > 2);
    QVERIFY(d.socket); // tried again by itself
    d.open();
    LiveFrame pong{"pong", "c1", "c1"};
    pong.ping = d.lastPing();
    d.frame(pong);
    QCOMPARE(d.mode(), Mode::Live);
}

void TestEngine::renewsTokensOnce()
{
    Dialogue d;
    d.becomeLive();
    d.close();
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::TokenRefused);
    QCOMPARE(d.asked(), "POST /v1/session/refresh");
    QVERIFY(d.request()->bearer.empty());
    d.answer(200, Dialogue::tokens("second"));
    QCOMPARE(*d.savedToken, "refresh-after-second");
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c1&"));
    QCOMPARE(d.request()->bearer, "second");
    d.refuse(ProblemKind::TokenRefused);
    QVERIFY(d.signInNeeded);
}

void TestEngine::needsSignInWhenTokensAreRefused()
{
    Dialogue d;
    d.resume("refresh", Instant{1'789'999'999'000});
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::TokenRefused);
    QVERIFY(d.signInNeeded);
    QCOMPARE(d.signInNeeded->kind, ErrorKind::Unauthorized);
    QCOMPARE(d.forgotten, 1);
    QCOMPARE(d.mode(), Mode::SignedOut);
    QVERIFY(d.engine.status().asOf.isSet()); // the cache stays readable, with its age
    QVERIFY(!d.storing());
    d.pass(3'600'000);
    QCOMPARE(d.asked(), "");
}

void TestEngine::foreignRefusalsEndNothing()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    for (const int status : {401, 403, 404, 200, 302, 502}) {
        d.answer(status, "<html>Please sign in to this hotel's network</html>");
        QVERIFY(!d.signInNeeded);
        QCOMPARE(d.forgotten, 0);
        QCOMPARE(d.mode(), Mode::Offline);
        QVERIFY(d.engine.status().lastError);
        QVERIFY(d.engine.status().nextAttemptInMs > 0);
        d.pass(200'000);
        d.store({"c1", false, {}, {}});
        QCOMPARE(d.asked(), "POST /v1/session/refresh");
    }
}

void TestEngine::cursorProblemsLeadToAFill_data()
{
    QTest::addColumn<ProblemKind>("problem");
    QTest::newRow("expired") << ProblemKind::CursorExpired;
    QTest::newRow("other epoch") << ProblemKind::CursorOtherEpoch;
    QTest::newRow("ahead") << ProblemKind::CursorAhead;
    QTest::newRow("not understood") << ProblemKind::Malformed;
}

void TestEngine::cursorProblemsLeadToAFill()
{
    QFETCH(const ProblemKind, problem);
    Dialogue d;
    d.resume("refresh", Instant{1'789'999'999'000});
    d.store({"old", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    d.refuse(problem);
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    QVERIFY(!d.storing()); // nothing is removed before the fill has listed everything
    d.answer(200, encode(SnapshotAnswer{"c0"}));
    d.store();
    for (std::size_t i = 0; i < allKinds().size(); ++i) {
        d.answer(200, Dialogue::page({}, {}));
        d.store();
    }
    d.answer(200, Dialogue::page("c0", "c0"));
    QVERIFY(d.work<FinishFill>());
    d.store();
    QVERIFY(d.socket);
}

void TestEngine::scopeChangePurgesFirst()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"scope", {}, {}});
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::ScopeChanged, {"acc1", "acc2"});
    QCOMPARE(d.work<Purge>()->accounts, (std::vector<std::string>{"acc1", "acc2"}));
    QVERIFY(!d.engine.status().provenAt);
    QCOMPARE(d.asked(), "");
    d.store();
    QCOMPARE(d.asked(), "POST /v1/snapshot");
}

void TestEngine::accessEndedPurgesEverything()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"bye", {}, {}});
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::AccessEnded);
    QVERIFY(d.work<PurgeEverything>());
    QVERIFY(!d.signInNeeded);
    d.storeFails(ErrorKind::StorageLocked); // tried again until it is done
    QVERIFY(!d.signInNeeded);
    d.pass(1'000);
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::AccessEnded);
    QVERIFY(d.work<PurgeEverything>());
    d.store();
    QVERIFY(d.signInNeeded);
    QCOMPARE(d.signInNeeded->kind, ErrorKind::Forbidden);
    QCOMPARE(d.forgotten, 1);
    QVERIFY(!d.engine.status().asOf.isSet());
}

void TestEngine::storeErrorStopsFramesAndIsRetried_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("locked") << ErrorKind::StorageLocked;
    QTest::newRow("full") << ErrorKind::StorageFull;
    QTest::newRow("read-only") << ErrorKind::StorageReadOnly;
    QTest::newRow("corrupt") << ErrorKind::StorageCorrupt;
}

void TestEngine::storeErrorStopsFramesAndIsRetried()
{
    QFETCH(const ErrorKind, kind);
    Dialogue d;
    d.becomeLive();
    d.frame({"changes", "c1", "c2"}, {Dialogue::change(2)});
    d.frame({"changes", "c2", "c3"}, {Dialogue::change(3)});
    d.storeFails(kind);
    QVERIFY(!d.socket);
    QVERIFY(!d.storing());
    QCOMPARE(d.engine.status().lastError->kind, kind);
    QVERIFY(d.engine.status().nextAttemptInMs > 0);
    d.pass(d.engine.status().nextAttemptInMs);
    QVERIFY(d.work<LoadState>());
    d.store({"c1", false, {}, {}});
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c1&"));
    d.answer(200, Dialogue::page("c1", "c3", false, {Dialogue::change(2), Dialogue::change(3)}));
    d.store();
    QVERIFY(!d.engine.status().lastError);
}

void TestEngine::wakingReplacesTheSocket()
{
    Dialogue d;
    d.becomeLive();
    d.now.boot.ms += 3'600'000;
    d.now.wall.ms += 3'600'000;
    d.take(d.engine.woke(d.now));
    QVERIFY(!d.socket);
    QVERIFY(d.mode() != Mode::Live);
    QVERIFY(d.work<LoadState>());
}

void TestEngine::refusesPagesThatLeadNowhere_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::string &body) {
        QTest::newRow(name) << QByteArray::fromStdString(body);
    };
    row("nothing", "");
    row("no JSON", "garbage");
    row("another's", Dialogue::page("c9", "c10"));
    row("no cursor", Dialogue::page("c1", ""));
    row("more of the same", Dialogue::page("c1", "c1", true));
    row("changes without a range", Dialogue::page("c1", "c1", false, {Dialogue::change(2)}));
    const std::string whole = Dialogue::page("c1", "c2", false, {Dialogue::change(2)});
    row("cut short", whole.substr(0, whole.size() - 3));
    row("without its end", whole.substr(0, whole.rfind('\n', whole.size() - 2)));
}

void TestEngine::refusesPagesThatLeadNowhere()
{
    QFETCH(const QByteArray, body);
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    d.answer(200, body.toStdString());
    QVERIFY(!d.storing());
    QVERIFY(d.engine.status().lastError);
    QCOMPARE(d.engine.status().lastError->kind, ErrorKind::BadReply);
    QVERIFY(d.engine.status().nextAttemptInMs > 0);
}

CORE_TEST(TestEngine)
#include "tst_engine.moc"

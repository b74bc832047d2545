#include "codec.h"
#include "dialogue.h"
#include "kinds.h"
#include "messages.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

// A live engine is told that its scope has changed, and asks with the cursor that it has.
void meetChange(Dialogue &d, const std::string &cursor = "c1")
{
    d.frame({"scope", {}, {}});
    d.store({cursor, false, {}, {}});
}

std::string snapshot(const std::string &cursor, const std::string &listing = {})
{
    return encode(SnapshotAnswer{cursor, listing});
}

// Every kind's one page, of nothing.
int listAll(Dialogue &d, const std::string &cursor, const std::string &listing)
{
    int pages = 0;
    while (d.asked().starts_with("GET /v1/snapshot/")) {
        const std::string next = listing.empty() ? std::string() : "&next=" + listing;
        const bool asExpected = d.asked().find("after=" + cursor) != std::string::npos
            && (next.empty() ? d.asked().find("&next=") == std::string::npos : d.asked().ends_with(next));
        pages += asExpected ? 1 : 1'000;
        d.answer(200, Dialogue::page({}, {}));
        if (d.storing())
            d.store();
    }
    return pages;
}

} // namespace

// What this person may see has changed: only what is new is fetched, what was lost goes first, and it is told
// once. And what the log stands for travels along.
class TestEngineScope : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void gainFetchesOnlyWhatIsNew();
    void lossPurgesBeforeAnythingIsFetched();
    void isToldOnce();
    void purgeThatFailsIsToldAfterItsTime();
    void otherRedactionsNeedEverything();
    void fillAnewProvesNothing();
    void oldGatewayGivesEverything();
    void doubtLeadsToEverything_data();
    void doubtLeadsToEverything();
    void busyGatewayIsAskedAgain();
    void changedOnceMoreMeanwhile();
    void pageBeingStoredIsWaitedFor();
    void changeDuringAFillPurgesTheCopyAlone();
    void endedAccessIsTold();
    void partialFillGoesOnAfterARestart();
    void kindsLearntDuringAFillAreFilledNext();
    void whatIsUnseenIsWithdrawnOnceAllIsHere();
    void coveredTravelsWithTheCursor();
    void coveredIsStoredOnceWhenNotKnown();
    void framesOfOutcomesHaveNoRange();
    void personKnowsTheirContact();
    void bearerIsProvenByAnAnswer();
};

void TestEngineScope::gainFetchesOnlyWhatIsNew()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    QVERIFY(!d.storing()); // nothing to purge
    QCOMPARE(d.asked(), "POST /v1/snapshot?beyond=c1");
    QCOMPARE(d.scopeTold,
             std::vector<ScopeChange>{(ScopeChange{{QStringLiteral("acc3")}, {}, false, false})});
    d.answer(200, snapshot("c1b", "L"));
    QVERIFY(d.work<BeginFill>());
    QCOMPARE(d.work<BeginFill>()->cursor, "c1b");
    QCOMPARE(d.work<BeginFill>()->listing, "L");
    QCOMPARE(d.work<BeginFill>()->kinds.size(), allKinds().size());
    d.store();
    QVERIFY(d.mode() == Mode::Filling);
    QCOMPARE(listAll(d, "c1b", "L"), static_cast<int>(allKinds().size()));
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c1b&"));
    d.answer(200, Dialogue::page("c1b", "c2", false, {Dialogue::change(2)}));
    d.store();
    QVERIFY(d.work<FinishFill>());
    d.store();
    QVERIFY(d.socket);
    QVERIFY(d.outcomesToAsk.empty()); // the log is the same
}

void TestEngineScope::lossPurgesBeforeAnythingIsFetched()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}, {"acc3"});
    QCOMPARE(d.work<Purge>()->accounts, std::vector<std::string>{"acc1"});
    QVERIFY(d.scopeTold.empty()); // not yet true
    QCOMPARE(d.asked(), "");
    d.store();
    QCOMPARE(d.scopeTold,
             (std::vector<ScopeChange>{{{QStringLiteral("acc3")}, {QStringLiteral("acc1")}, false, false}}));
    QCOMPARE(d.asked(), "POST /v1/snapshot");
}

void TestEngineScope::isToldOnce()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {"acc1"});
    d.store();
    QCOMPARE(d.scopeTold.size(), 1U);
    d.noAnswer(ErrorKind::Timeout);
    d.pass(60'000);
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}); // the same again, since the cursor is
    d.store();
    QCOMPARE(d.scopeTold.size(), 1U);
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    d.answer(200, snapshot("c1b"));
    d.store();
    listAll(d, "c1b", {});
    d.answer(200, Dialogue::page("c1b", "c1b"));
    d.store();
    d.open();
    meetChange(d, "c1b");
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}); // given back meanwhile, and taken again
    d.store();
    QCOMPARE(d.scopeTold.size(), 2U);
}

void TestEngineScope::purgeThatFailsIsToldAfterItsTime()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {"acc1"});
    d.storeFails(ErrorKind::StorageLocked);
    QVERIFY(d.scopeTold.empty());
    d.pass(60'000);
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::ScopeChanged, {"acc1"});
    QVERIFY(d.work<Purge>());
    d.store();
    QCOMPARE(d.scopeTold.size(), 1U);
}

void TestEngineScope::otherRedactionsNeedEverything()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"}, true);
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    QVERIFY(d.scopeTold.front().withheldDiffers);
    d.answer(200, snapshot("c0", "L")); // which was not asked for
    QVERIFY(d.work<BeginFill>()->listing.empty());
    d.store();
    for (std::size_t i = 0; i < allKinds().size(); ++i) {
        d.answer(200, Dialogue::page({}, {}));
        d.store();
    }
    d.answer(200, Dialogue::page("c0", "c5"));
    d.store();
    QVERIFY(d.work<FinishFill>());
}

// Internal kinds are empty from the beginning of such a fill until they are listed.
void TestEngineScope::fillAnewProvesNothing()
{
    Dialogue d;
    d.becomeLive();
    QVERIFY(d.engine.status().provenAt);
    meetChange(d);
    d.refuse(ProblemKind::CursorOtherEpoch);
    QVERIFY2(d.engine.status().provenAt, "nothing is gone before the gateway has fixed what is to come");
    d.answer(200, snapshot("c9"));
    QVERIFY(d.work<BeginFill>());
    QVERIFY(!d.engine.status().provenAt);
    QVERIFY(!d.engine.status().asOf.isSet());
    d.store();
    listAll(d, "c9", {});
    QVERIFY(!d.engine.status().provenAt);
    d.answer(200, Dialogue::page("c9", "c9"));
    d.store();
    QVERIFY(d.engine.status().provenAt);
    // Nor does one that was broken off, whatever the profile still says.
    Dialogue later;
    later.resume("refresh", Instant{1'700'000'000'000});
    QVERIFY(later.engine.status().asOf.isSet());
    later.store({"c9", true, {{"order", {}, false, 0, 0}}, {}});
    QVERIFY(!later.engine.status().asOf.isSet());
}

// It does not know of partial fills and fixes a cursor for a whole one.
void TestEngineScope::oldGatewayGivesEverything()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    d.answer(200, snapshot("c9"));
    QVERIFY(d.work<BeginFill>()->listing.empty());
    d.store();
    QCOMPARE(listAll(d, "c9", {}), static_cast<int>(allKinds().size()));
    d.answer(200, Dialogue::page("c9", "c9"));
    d.store();
    QCOMPARE(d.outcomesToAsk.size(), 1U);
    QVERIFY(d.outcomesToAsk.front().anew); // it may be another log
}

void TestEngineScope::doubtLeadsToEverything_data()
{
    QTest::addColumn<ProblemKind>("kind");
    QTest::newRow("expired") << ProblemKind::CursorExpired;
    QTest::newRow("other epoch") << ProblemKind::CursorOtherEpoch;
    QTest::newRow("ahead") << ProblemKind::CursorAhead;
    QTest::newRow("malformed") << ProblemKind::Malformed;
    QTest::newRow("fault") << ProblemKind::Fault;
}

void TestEngineScope::doubtLeadsToEverything()
{
    QFETCH(const ProblemKind, kind);
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    QCOMPARE(d.asked(), "POST /v1/snapshot?beyond=c1");
    d.refuse(kind);
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    d.answer(200, snapshot("c9"));
    d.store();
    listAll(d, "c9", {});
    d.answer(200, Dialogue::page("c9", "c9"));
    d.store();
    d.pass(3'000); // a feed lost again that soon is joined a little later
    d.open();
    meetChange(d, "c9"); // and the next time it is tried again
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc4"});
    QCOMPARE(d.asked(), "POST /v1/snapshot?beyond=c9");
}

void TestEngineScope::busyGatewayIsAskedAgain()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    d.refuse(ProblemKind::Overloaded);
    QCOMPARE(d.asked(), "");
    d.pass(60'000);
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    QCOMPARE(d.asked(), "POST /v1/snapshot?beyond=c1");
}

// More may have been lost by now, and goes first.
void TestEngineScope::changedOnceMoreMeanwhile()
{
    Dialogue d;
    d.becomeLive();
    meetChange(d);
    d.refuse(ProblemKind::ScopeChanged, {}, {"acc3"});
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}, {}, true);
    QCOMPARE(d.asked(), "");
    d.pass(60'000);
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}, {"acc3"});
    QCOMPARE(d.work<Purge>()->accounts, std::vector<std::string>{"acc1"});
    d.store();
    QCOMPARE(d.asked(), "POST /v1/snapshot"); // no second doubt
}

// A page asked for while the one before is stored is refused: where the cache stands is not certain.
void TestEngineScope::pageBeingStoredIsWaitedFor()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    d.answer(200, Dialogue::page("c1", "c2", true, {Dialogue::change(2)}));
    QVERIFY(d.work<ApplyChanges>());
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c2&"));
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}, {"acc3"});
    QVERIFY(d.work<ApplyChanges>());
    QVERIFY(d.scopeTold.empty());
    d.storeFails(ErrorKind::StorageFull);
    QVERIFY(d.work<LoadState>());
    d.store({"c1", false, {}, {}});
    QVERIFY(d.asked().starts_with("GET /v1/changes?after=c1&"));
    d.refuse(ProblemKind::ScopeChanged, {"acc1"}, {"acc3"});
    QVERIFY(d.work<Purge>());
    d.store();
    QCOMPARE(d.asked(), "POST /v1/snapshot");
}

// What was listed by then nobody can name, so the copy begins anew; what the person did stays, but for what
// belongs to the lost accounts.
void TestEngineScope::changeDuringAFillPurgesTheCopyAlone()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c0", true, {{"status", {}, true, 5, 5}, {"account", "t/1", false, 3, 9}}, {}});
    d.answer(200, Dialogue::tokens());
    d.refuse(ProblemKind::ScopeChanged, {"acc1"});
    QVERIFY(d.work<PurgeEverything>());
    QCOMPARE(d.work<PurgeEverything>()->lost, std::vector<std::string>{"acc1"});
    QVERIFY(!d.work<PurgeEverything>()->ended);
    d.store();
    QCOMPARE(d.scopeTold.size(), 1U);
    QCOMPARE(d.asked(), "POST /v1/snapshot");
    d.answer(200, snapshot("c1"));
    d.store();
    d.refuse(ProblemKind::CursorExpired);
    QVERIFY(d.work<PurgeEverything>());
    QVERIFY(d.work<PurgeEverything>()->lost.empty());
    d.store();
    QCOMPARE(d.scopeTold.size(), 1U);
}

void TestEngineScope::endedAccessIsTold()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"bye", {}, {}});
    d.store({"c1", false, {}, {}});
    d.refuse(ProblemKind::AccessEnded);
    QVERIFY(d.work<PurgeEverything>()->ended);
    QVERIFY(d.scopeTold.empty());
    d.store();
    QCOMPARE(d.scopeTold, std::vector<ScopeChange>{(ScopeChange{{}, {}, false, true})});
    QVERIFY(d.signInNeeded);
}

void TestEngineScope::partialFillGoesOnAfterARestart()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1b", true, {{"status", "L", true, 0, 0}, {"account", "L2", false, 3, 9}}, {}});
    d.answer(200, Dialogue::tokens());
    QVERIFY(d.asked().starts_with("GET /v1/snapshot/account?after=c1b&"));
    QVERIFY(d.asked().ends_with("&next=L2"));
}

// The program that began it did not know one of the kinds, or had another idea of it.
void TestEngineScope::kindsLearntDuringAFillAreFilledNext()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1b", true, {{"account", "", true, 9, 9}}, {"order"}});
    d.answer(200, Dialogue::tokens());
    d.answer(200, encodePage(PageHead{"c1b", "c1b"}, {}));
    QVERIFY(d.work<FinishFill>());
    d.store({"c1b", false, {}, {"order"}});
    const auto *fill = d.work<BeginFill>();
    QVERIFY(fill);
    QCOMPARE(fill->kinds, std::vector<std::string>{"order"});
    QCOMPARE(fill->cursor, "c1b");
    QVERIFY(fill->listing.empty());
    QVERIFY(d.mode() != Mode::Live);
}

// Who lost the right while nobody could tell them is told by what a complete cache does not show.
void TestEngineScope::whatIsUnseenIsWithdrawnOnceAllIsHere()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    QCOMPARE(d.unseenWithdrawn, 0);
    d.answer(200, Dialogue::page("c1", "c1"));
    QCOMPARE(d.unseenWithdrawn, 1);
}

void TestEngineScope::coveredTravelsWithTheCursor()
{
    Dialogue d;
    d.resume("refresh");
    StoredState state{"c1", false, {}, {}};
    state.covered = 10;
    d.store(state);
    d.answer(200, Dialogue::tokens());
    PageHead head{"c1", "c2"};
    head.toSeq = 12;
    d.answer(200, encodePage(head, {}));
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c2");
    QCOMPARE(d.work<ApplyChanges>()->covered, 12);
    d.store();
    d.open();
    LiveFrame first{"changes", "c2", "c3"};
    first.toSeq = 13;
    d.frame(first, {Dialogue::change(13)});
    QCOMPARE(d.work<ApplyChanges>()->covered, 13);
    LiveFrame second{"changes", "c3", "c4"};
    second.toSeq = 15;
    d.frame(second);
    LiveFrame third{"changes", "c4", "c5"};
    third.toSeq = 19;
    d.frame(third);
    d.store();
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c5");
    QCOMPARE(d.work<ApplyChanges>()->covered, 19);
}

// As after an upgrade: what is pending must not wait for the next change.
void TestEngineScope::coveredIsStoredOnceWhenNotKnown()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    PageHead head{"c1", "c1"};
    head.toSeq = 12;
    d.answer(200, encodePage(head, {}));
    QCOMPARE(d.work<ApplyChanges>()->cursor, "c1");
    QCOMPARE(d.work<ApplyChanges>()->covered, 12);
    d.store();
    QVERIFY(d.socket);
    d.take(d.engine.retryNow(d.now));
    d.close();
    StoredState state{"c1", false, {}, {}};
    state.covered = 12;
    d.store(state);
    d.answer(200, encodePage(head, {}));
    QVERIFY(!d.storing());
}

void TestEngineScope::framesOfOutcomesHaveNoRange()
{
    Dialogue d;
    d.becomeLive();
    d.frame({"outcomes", {}, {}});
    QCOMPARE(d.outcomesToAsk.size(), 1U);
    QVERIFY(!d.outcomesToAsk.front().anew);
    QVERIFY(d.socket);
    QVERIFY(d.mode() == Mode::Live);
    QVERIFY(!d.storing());
    d.frame({"changes", "c1", "c2"}, {Dialogue::change(2)});
    QVERIFY(d.work<ApplyChanges>());
}

void TestEngineScope::personKnowsTheirContact()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    SessionAnswer answer;
    answer.accessToken = "access";
    answer.refreshToken = "next";
    answer.accessExpiresInMs = 900'000;
    answer.user = "maya";
    answer.contact = "CT-7";
    answer.invitesPeople = true;
    answer.speaksForSupplier = true;
    answer.mustChangePassword = true;
    d.answer(200, encode(answer));
    QVERIFY(d.person);
    QCOMPARE(d.person->contact, QStringLiteral("CT-7"));
    QVERIFY(d.person->invitesPeople);
    QVERIFY(d.person->speaksForSupplier);
    QVERIFY(d.person->mustChangePassword);
}

// What was lost shows with the first answer, so nothing goes out in the person's name before.
void TestEngineScope::bearerIsProvenByAnAnswer()
{
    Dialogue d;
    d.resume("refresh");
    d.store({"c1", false, {}, {}});
    d.answer(200, Dialogue::tokens());
    QCOMPARE(d.engine.bearer(), "access");
    QCOMPARE(d.engine.provenBearer(), "");
    d.refuse(ProblemKind::ScopeChanged, {"acc1"});
    QCOMPARE(d.engine.provenBearer(), "");
    d.store();
    d.answer(200, snapshot("c1b", "L"));
    QCOMPARE(d.engine.provenBearer(), "access");
    d.take(d.engine.signOut(d.now));
    QCOMPARE(d.engine.provenBearer(), "");
}

CORE_TEST(TestEngineScope)
#include "tst_enginescope.moc"

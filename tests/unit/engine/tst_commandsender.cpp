#include "commandcodec.h"
#include "commandsdialogue.h"
#include "testentry.h"
#include "tuning.h"

#include <algorithm>

using namespace Counterfoil;
using State = OutboxEntry::State;
using Told = CommandOutcome::State;
using Mode = SyncStatus::Mode;

// What is sent, when and in which order, and when outcomes are asked for.
class TestCommandSender : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsInOrderOneByOne();
    void storesBeforeItSends();
    void sendsNothingWithoutAWay_data();
    void sendsNothingWithoutAWay();
    void worksWhileFilling();
    void sendsNothingWhenDisconnected();
    void sendsNothingWhenSignedOut();
    void sendsTheSameBytesAgain();
    void dependentWaitsUntilReceived();
    void dependentOfARefusedOneIsNeverSent();
    void noneOvertakesOnTheSameRecord();
    void gatewayHasTheLastWordOnWhatWasSent();
    void asksForOutcomesOnReconnect();
    void asksInBatches();
    void unknownIsSentAgainWithTheSameKey();
    void asksWhenNudged();
    void asksEveryFewSecondsWhileReceived();
    void asksAnewForWhatWasApplied();
    void goesOnAfterARestart();
    void storeFailureBeforeSending();
    void storeFailureOfAnOutcome();
    void lateAnswersAreNobodys();
    void withdrawnMeanwhile();
    void sendsNothingOfWhatIsBeingWithdrawn();
    void nextPersonStartsClean();
};

void TestCommandSender::sendsInOrderOneByOne()
{
    CommandsDialogue d;
    d.online();
    const auto first = d.add();
    const auto second = d.add();
    const auto third = d.add();
    QCOMPARE(d.asked(), first);
    QCOMPARE(d.request()->method, "POST");
    QCOMPARE(d.request()->bearer, "bearer");
    QVERIFY(d.request()->timeoutMs > 0);
    d.tell(Told::Received);
    QCOMPARE(d.asked(), second);
    d.tell(Told::Applied, 9);
    d.tell(Told::Rejected);
    QCOMPARE(d.posted, (std::vector{first, second, third}));
    QVERIFY(d.state(first) == State::Received);
    QVERIFY(d.state(second) == State::Applied);
    QCOMPARE(d.entry(second).outcome.effectSeq, 9);
    QVERIFY(d.state(third) == State::Rejected);
    QCOMPARE(d.entry(third).outcome.reasonCode, "no-such-city");
}

void TestCommandSender::storesBeforeItSends()
{
    CommandsDialogue d;
    d.online();
    d.storing = false;
    const auto key = d.add();
    QVERIFY(d.work() && std::holds_alternative<NoteSending>(*d.work()));
    QVERIFY(!d.request());
    d.add();
    QVERIFY(!d.request());
    d.store();
    QCOMPARE(d.asked(), key);
    QVERIFY(d.statesWhenPosted == std::vector{State::Sending});
    d.tell(Told::Received);
    QVERIFY(std::holds_alternative<NoteOutcome>(*d.work()));
    QVERIFY(!d.request()); // what was told comes first
    d.store();
    QVERIFY(d.state(key) == State::Received);
}

void TestCommandSender::sendsNothingWithoutAWay_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QString>("bearer");
    const QString token = QStringLiteral("bearer");
    QTest::newRow("signed out") << Mode::SignedOut << token;
    QTest::newRow("connecting") << Mode::Connecting << token;
    QTest::newRow("offline") << Mode::Offline << token;
    QTest::newRow("no token") << Mode::Live << QString();
}

void TestCommandSender::sendsNothingWithoutAWay()
{
    QFETCH(const Mode, mode);
    QFETCH(const QString, bearer);
    CommandsDialogue d;
    d.open();
    d.token(bearer.toStdString());
    d.mode(mode);
    const auto key = d.add();
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
    QVERIFY(d.state(key) == State::Queued);
    QCOMPARE(d.entry(key).attempts, 0); // so that it can still be cancelled
    d.token();
    d.mode(Mode::Live);
    QCOMPARE(d.asked(), key);
}

void TestCommandSender::worksWhileFilling()
{
    CommandsDialogue d;
    d.open();
    d.token();
    d.mode(Mode::Filling);
    const auto key = d.add();
    QCOMPARE(d.asked(), key);
    d.mode(Mode::CatchingUp); // on which nothing is given up
    QCOMPARE(d.asked(), key);
}

void TestCommandSender::sendsNothingWhenDisconnected()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    QCOMPARE(d.asked(), key);
    d.mode(Mode::Offline, true);
    QCOMPARE(d.aborted, 1);
    QCOMPARE(d.asked(), "");
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
    d.mode(Mode::Live);
    QCOMPARE(d.asked(), "outcomes: " + key); // it may have arrived
    d.tell(Told::Applied, 3);
    QCOMPARE(d.asked(), "");
    QCOMPARE(d.posted.size(), 1U);
    QVERIFY(d.state(key) == State::Applied);
}

void TestCommandSender::sendsNothingWhenSignedOut()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.add();
    d.take(d.sender->closed(d.now));
    QCOMPARE(d.aborted, 1);
    d.mode(Mode::SignedOut);
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
    d.online(); // the same person again
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.tell(Told::Unknown);
    QCOMPARE(d.asked(), key);
}

void TestCommandSender::sendsTheSameBytesAgain()
{
    CommandsDialogue d;
    d.online();
    d.add();
    const std::string body = d.request()->body;
    d.noAnswer(ErrorKind::Timeout);
    d.pass(60'000);
    QVERIFY(d.request());
    QCOMPARE(d.request()->body, body);
    d.noAnswer(ErrorKind::Offline);
    d.restart();
    d.online();
    d.tell(Told::Unknown);
    QVERIFY(d.request());
    QCOMPARE(d.request()->body, body);
}

void TestCommandSender::dependentWaitsUntilReceived()
{
    CommandsDialogue d;
    d.online();
    const auto address = d.add();
    const auto standard = d.addDefault(resultOf(address));
    const auto edit = d.add(resultOf(address), address);
    const auto other = d.add("A-9");
    d.refuse(ProblemKind::Fault);
    QCOMPARE(d.asked(), other);
    d.tell(Told::Applied, 3);
    QCOMPARE(d.asked(), "");
    d.pass(60'000);
    QCOMPARE(d.asked(), address);
    QVERIFY(d.state(standard) == State::Queued);
    QVERIFY(d.state(edit) == State::Queued);
    d.tell(Told::Received);
    QCOMPARE(d.asked(), standard);
    d.tell(Told::Received);
    QCOMPARE(d.asked(), edit);
}

void TestCommandSender::dependentOfARefusedOneIsNeverSent()
{
    CommandsDialogue d;
    d.online();
    const auto address = d.add();
    const auto standard = d.addDefault(resultOf(address));
    const auto edit = d.add(resultOf(address), address);
    const auto other = d.add("A-9");
    d.refuse(ProblemKind::Forbidden);
    QVERIFY(d.state(address) == State::Rejected);
    QVERIFY(d.state(standard) == State::Held);
    QVERIFY(d.state(edit) == State::Held);
    QCOMPARE(d.asked(), other);
    d.tell(Told::Applied, 3);
    d.pass(600'000);
    QCOMPARE(d.posted, (std::vector{address, other}));
}

// Also where the second does not say that it was made on top of the first.
void TestCommandSender::noneOvertakesOnTheSameRecord()
{
    CommandsDialogue d;
    d.online();
    const auto first = d.add("A-1");
    const auto second = d.add("A-1");
    const auto other = d.add("A-2");
    d.answer(200, "garbage");
    QCOMPARE(d.asked(), other);
    d.tell(Told::Applied, 3);
    QCOMPARE(d.asked(), "");
    d.pass(10'000);
    QCOMPARE(d.asked(), first);
    d.tell(Told::Rejected);
    QCOMPARE(d.asked(), second); // which did not depend on it
}

// It was sent when all was well, but no answer came; then what it depends on was refused. Only the gateway
// knows whether it has it.
void TestCommandSender::gatewayHasTheLastWordOnWhatWasSent()
{
    CommandsDialogue d;
    d.online();
    const auto address = d.add();
    d.tell(Told::Received);
    const auto standard = d.addDefault(resultOf(address));
    d.noAnswer(ErrorKind::Timeout);
    QVERIFY(d.file->told(CommandsDialogue::outcome(address, Told::Rejected), d.now.wall));
    d.changed();
    QVERIFY(d.state(standard) == State::Sending);
    d.pass(60'000);
    QCOMPARE(d.asked(), standard);
    CommandOutcome refused = CommandsDialogue::outcome(standard, Told::Rejected);
    refused.reasonCode = RejectionCode::dependency;
    d.answer(200, encodeOutcome(refused));
    QVERIFY(d.state(standard) == State::Held);
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
}

void TestCommandSender::asksForOutcomesOnReconnect()
{
    CommandsDialogue d;
    d.online();
    const auto received = d.add();
    d.tell(Told::Received);
    const auto applied = d.add();
    d.tell(Told::Applied, 3);
    const auto sending = d.add();
    d.mode(Mode::Offline);
    const auto queued = d.add();
    d.mode(Mode::CatchingUp);
    QCOMPARE(d.asked(), "outcomes: " + received + ' ' + sending);
    const auto both = {CommandsDialogue::outcome(received, Told::Conflict),
                       CommandsDialogue::outcome(sending, Told::Received)};
    d.answer(200, encodeOutcomes(std::vector(both)));
    QVERIFY(d.state(received) == State::Conflict);
    QCOMPARE(d.entry(received).outcome.theirVersion, 4);
    QVERIFY(d.state(sending) == State::Received);
    QCOMPARE(d.asked(), queued);
    QCOMPARE(d.entry(applied).outcome.effectSeq, 3);
}

void TestCommandSender::asksInBatches()
{
    constexpr int count = 450;
    CommandsDialogue d;
    d.online();
    for (int i = 0; i < count; ++i)
        d.add();
    d.receiveAll();
    d.mode(Mode::Offline);
    d.mode(Mode::Live);
    std::vector<std::ptrdiff_t> asked;
    while (d.request()) {
        asked.push_back(std::ranges::count(d.asked(), ' '));
        d.tell(Told::Applied, 3);
    }
    QCOMPARE(asked, (std::vector<std::ptrdiff_t>{200, 200, 50}));
    QVERIFY(std::ranges::all_of(*d.file->entries(),
                                [](const OutboxEntry &entry) { return entry.state == State::Applied; }));
}

void TestCommandSender::unknownIsSentAgainWithTheSameKey()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.tell(Told::Received);
    d.mode(Mode::Offline);
    d.mode(Mode::Live);
    d.tell(Told::Unknown); // it was set back to a backup
    QCOMPARE(d.asked(), key);
    QCOMPARE(d.posted, (std::vector{key, key}));
}

void TestCommandSender::asksWhenNudged()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.take(d.sender->nudged(d.now)); // while it is being sent
    QCOMPARE(d.asked(), key);
    d.tell(Told::Received);
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.take(d.sender->nudged(d.now)); // and while it is being asked for
    d.tell(Told::Received);
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.tell(Told::Applied, 3);
    d.take(d.sender->nudged(d.now));
    QCOMPARE(d.asked(), ""); // there is nothing to ask
}

void TestCommandSender::asksEveryFewSecondsWhileReceived()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.tell(Told::Received);
    const int writes = d.writes;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(d.asked(), "");
        d.pass(Tuning::outcomesMs - 1);
        QCOMPARE(d.asked(), "");
        d.pass(1);
        QCOMPARE(d.asked(), "outcomes: " + key);
        d.tell(Told::Received);
    }
    QCOMPARE(d.writes, writes); // what is known is not written again
    d.pass(Tuning::outcomesMs);
    d.tell(Told::Applied, 3);
    d.pass(10 * Tuning::outcomesMs);
    QCOMPARE(d.asked(), "");
}

// After a fill the numbers may be of another log.
void TestCommandSender::asksAnewForWhatWasApplied()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    const auto other = d.add();
    d.tell(Told::Applied, 3'000);
    d.tell(Told::Rejected);
    d.take(d.sender->nudged(d.now, {true}));
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.tell(Told::Applied, 7);
    QCOMPARE(d.entry(key).outcome.effectSeq, 7);
    const int writes = d.writes;
    d.take(d.sender->nudged(d.now, {true}));
    d.tell(Told::Applied, 7);
    QCOMPARE(d.writes, writes);
    QVERIFY(d.state(other) == State::Rejected);
}

void TestCommandSender::goesOnAfterARestart()
{
    CommandsDialogue d;
    d.online();
    const auto received = d.add();
    d.tell(Told::Received);
    const auto sending = d.add();
    const auto queued = d.add();
    d.restart();
    d.online();
    QCOMPARE(d.asked(), "outcomes: " + received + ' ' + sending);
    d.answer(200,
             encodeOutcomes(std::vector{CommandsDialogue::outcome(received, Told::Applied),
                                        CommandsDialogue::outcome(sending, Told::Unknown)}));
    QCOMPARE(d.asked(), sending);
    d.receiveAll();
    QCOMPARE(d.posted, (std::vector{received, sending, sending, queued}));
}

void TestCommandSender::storeFailureBeforeSending()
{
    CommandsDialogue d;
    d.online();
    d.storing = false;
    const auto key = d.add();
    d.storeFails(ErrorKind::StorageFull);
    QCOMPARE(d.asked(), "");
    QVERIFY(!d.work());
    d.pass(60'000);
    QVERIFY(std::holds_alternative<NoteSending>(*d.work()));
    d.store();
    QCOMPARE(d.asked(), key);
}

void TestCommandSender::storeFailureOfAnOutcome()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.storing = false;
    d.tell(Told::Applied, 3);
    d.storeFails(ErrorKind::StorageLocked);
    QVERIFY(d.state(key) == State::Sending);
    d.storing = true;
    d.pass(60'000);
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.tell(Told::Applied, 3);
    QVERIFY(d.state(key) == State::Applied);
}

void TestCommandSender::lateAnswersAreNobodys()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    const RequestId id = d.request()->id;
    d.mode(Mode::Offline);
    d.take(d.sender->replied(d.now, id,
                             HttpAnswer{200, encodeOutcome(CommandsDialogue::outcome(key, Told::Applied))}));
    QVERIFY(d.state(key) == State::Sending);
    d.mode(Mode::Live);
    QCOMPARE(d.asked(), "outcomes: " + key);
}

void TestCommandSender::withdrawnMeanwhile()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    const auto other = d.add();
    QVERIFY(d.file->withdraw({"acc"}, d.now.wall));
    d.changed();
    d.answer(200, encodeOutcome(CommandsDialogue::outcome(key, Told::Applied)));
    QVERIFY(d.state(other) == State::Withdrawn);
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
    QCOMPARE(d.posted, std::vector{key});
}

// The engine heard of the loss first: what was never sent is told as such, so it must not be sent now.
void TestCommandSender::sendsNothingOfWhatIsBeingWithdrawn()
{
    CommandsDialogue d;
    d.open();
    d.token();
    const auto key = d.add();
    d.take(d.sender->purging(d.now));
    d.mode(Mode::CatchingUp);
    d.pass(60'000);
    QCOMPARE(d.asked(), "");
    QVERIFY(d.file->withdraw({"acc"}, d.now.wall));
    d.changed();
    d.take(d.sender->purged(d.now));
    QVERIFY(d.state(key) == State::Withdrawn);
    QCOMPARE(d.asked(), "");
    const auto other = d.add();
    QCOMPARE(d.asked(), other);
}

// An answer of the outbox before must not count as one of the next.
void TestCommandSender::nextPersonStartsClean()
{
    CommandsDialogue d;
    d.online();
    d.storing = false;
    d.add();
    const auto entries = d.file->entries();
    d.take(d.sender->closed(d.now));
    d.store(); // late
    QCOMPARE(d.asked(), "");
    d.token("another");
    d.take(d.sender->opened(d.now, std::make_shared<const std::vector<OutboxEntry>>()));
    QCOMPARE(d.asked(), "");
    QVERIFY(!d.work());
    d.take(d.sender->entriesChanged(d.now, entries));
    d.store();
    QCOMPARE(d.request()->bearer, "another");
}

CORE_TEST(TestCommandSender)
#include "tst_commandsender.moc"

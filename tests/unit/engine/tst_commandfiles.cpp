#include "commandsdialogue.h"
#include "testentry.h"

using namespace Counterfoil;
using State = OutboxEntry::State;
using Told = CommandOutcome::State;

// Files that commands refer to: brought before them, in pieces, whatever happens on the way.
class TestCommandFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goBeforeTheirCommand();
    void holdUpNobodyElse();
    void goOnWhereTheyWereCut();
    void oneThatIsThereIsNotSentAgain();
    void nothingIsSentWithoutAWay();
    void gatewayHasTheLastWord_data();
    void gatewayHasTheLastWord();
    void lostOnesAreBroughtAnew();
    void otherBytesBeginAnewSomeTimes();
    void endWithTheirCommand();
    void nonsenseIsNotBelieved();
    void oneThatNeverArrivesIsTriedEverMoreRarely_data();
    void oneThatNeverArrivesIsTriedEverMoreRarely();
    void oneInTroubleHoldsUpNoOther();
    void oneThatIsGoneIsAnnouncedAnew();
    void oneThatIsBeingLookedAtIsAskedAboutAgain();
};

void TestCommandFiles::goBeforeTheirCommand()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1", "u-2"});
    QCOMPARE(d.asked(), "");
    QCOMPARE(d.fileRequest()->method, "POST");
    QCOMPARE(d.fileRequest()->target, "/v1/uploads");
    QVERIFY(d.fileRequest()->body.find("\"u-1\"") != std::string::npos);
    d.tellFile(0, false);
    QCOMPARE(d.piece()->offset, 0);
    d.givePiece(std::string("first"));
    QCOMPARE(d.fileRequest()->method, "PUT");
    QCOMPARE(d.fileRequest()->target, "/v1/uploads/u-1?offset=0");
    QCOMPARE(d.fileRequest()->body, "first");
    QVERIFY(d.fileRequest()->isFile);
    d.tellFile(500'000, false);
    QCOMPARE(d.piece()->offset, 500'000);
    d.givePiece(std::string("second"));
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), ""); // there is another
    QVERIFY(d.fileRequest()->body.find("\"u-2\"") != std::string::npos);
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), key);
    d.tell(Told::Received);
    QVERIFY(d.state(key) == State::Received);
}

void TestCommandFiles::holdUpNobodyElse()
{
    CommandsDialogue d;
    d.online();
    const auto message = d.addMessage({"u-1"});
    const auto other = d.add();
    QVERIFY(d.fileRequest());
    QCOMPARE(d.asked(), other);
    d.tell(Told::Received);
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), message);
}

void TestCommandFiles::goOnWhereTheyWereCut()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    d.tellFile(0, false);
    d.givePiece(std::string("first"));
    d.noFileAnswer(ErrorKind::Timeout);
    QVERIFY(!d.fileRequest());
    QVERIFY(d.entry(key).lastError);
    QVERIFY(d.entry(key).canCancel()); // nothing of the command has left
    d.pass(600'000);
    QCOMPARE(d.fileRequest()->method, "POST"); // how far is it?
    d.tellFile(524'288, false);
    QCOMPARE(d.piece()->offset, 524'288);
    d.givePiece(std::string("rest"));
    QCOMPARE(d.fileRequest()->target, "/v1/uploads/u-1?offset=524288");
    d.restart();
    d.online();
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), key);
}

void TestCommandFiles::oneThatIsThereIsNotSentAgain()
{
    CommandsDialogue d;
    d.online();
    d.addMessage({"u-1"});
    d.tellFile(1'000'000, true);
    d.tell(Told::Rejected);
    const auto again = d.addMessage({"u-1"}); // it is another wish with the same file
    QVERIFY(d.fileRequest());
    d.tellFile(1'000'000, true);
    QVERIFY(!d.piece());
    QCOMPARE(d.asked(), again);
}

void TestCommandFiles::nothingIsSentWithoutAWay()
{
    CommandsDialogue d;
    d.open();
    d.token();
    d.addMessage({"u-1"});
    d.pass(600'000);
    QVERIFY(!d.fileRequest());
    d.mode(SyncStatus::Mode::Live);
    QVERIFY(d.fileRequest());
    d.mode(SyncStatus::Mode::Offline);
    QVERIFY(!d.fileRequest());
    d.mode(SyncStatus::Mode::Live);
    QVERIFY(d.fileRequest());
    d.refuseFile(ProblemKind::TokenRefused);
    QCOMPARE(d.refused, (std::vector<std::string>{"bearer"}));
    d.pass(600'000);
    QVERIFY(!d.fileRequest());
    d.token("another");
    d.pass(600'000);
    QCOMPARE(d.fileRequest()->bearer, "another");
}

void TestCommandFiles::gatewayHasTheLastWord_data()
{
    QTest::addColumn<bool>("lost");
    QTest::newRow("not taken") << false;
    QTest::newRow("not here any more") << true;
}

// The command may have been taken long ago; only when the gateway says that its file is missing did it not
// happen.
void TestCommandFiles::gatewayHasTheLastWord()
{
    QFETCH(bool, lost);
    for (const bool taken : {true, false}) {
        CommandsDialogue d;
        d.online();
        const auto key = d.addMessage({"u-1"});
        if (lost) {
            d.tellFile(0, false);
            d.givePiece(Error{ErrorKind::NotFound, {}, QStringLiteral("test")});
        } else {
            d.refuseFile(ProblemKind::UploadRefused);
        }
        QCOMPARE(d.asked(), key);
        if (taken) {
            d.tell(Told::Applied, 7);
            QVERIFY(d.state(key) == State::Applied);
            continue;
        }
        d.refuse(ProblemKind::UploadMissing);
        QVERIFY(d.state(key) == State::Rejected);
        QCOMPARE(d.entry(key).outcome.reasonCode,
                 lost ? RejectionCode::fileLost : RejectionCode::fileRefused);
    }
}

void TestCommandFiles::lostOnesAreBroughtAnew()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), key);
    d.refuse(ProblemKind::UploadMissing); // restored from a backup, say
    QVERIFY(d.state(key) == State::Sending);
    QVERIFY(d.fileRequest());
    d.tellFile(0, false);
    d.givePiece(std::string("all"));
    d.tellFile(1'000'000, true);
    d.pass(600'000);
    QCOMPARE(d.asked(), key);
    d.tell(Told::Received);
    QVERIFY(d.state(key) == State::Received);
}

void TestCommandFiles::otherBytesBeginAnewSomeTimes()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    int beginnings = 0;
    while (d.asked() != key && beginnings < 10) {
        d.tellFile(0, false);
        d.givePiece(std::string("bytes"));
        d.refuseFile(ProblemKind::UploadRefused);
        ++beginnings;
        d.pass(3'600'000);
    }
    QCOMPARE(beginnings, Uploads::mostBeginnings);
    d.refuse(ProblemKind::UploadMissing);
    QVERIFY(d.state(key) == State::Rejected);
}

void TestCommandFiles::endWithTheirCommand()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    d.tellFile(0, false);
    QVERIFY(d.file->cancel(key, d.now.wall));
    d.changed();
    d.givePiece(std::string("bytes"));
    QVERIFY(!d.fileRequest());
    d.pass(600'000);
    QVERIFY(!d.fileRequest() && d.asked().empty());
}

void TestCommandFiles::nonsenseIsNotBelieved()
{
    CommandsDialogue d;
    d.online();
    d.addMessage({"u-1"});
    for (const std::int64_t received : {std::int64_t{-1}, std::int64_t{1'000'000}, std::int64_t{9'000'000}}) {
        d.tellFile(received, false);
        QVERIFY(!d.piece());
        d.pass(3'600'000);
        QCOMPARE(d.fileRequest()->method, "POST");
    }
    d.answerFile(200, "<html>");
    d.pass(3'600'000);
    // One that passes everything over is asked in ever longer intervals.
    d.tellFile(0, false);
    d.givePiece(std::string("bytes"));
    d.tellFile(0, false);
    QVERIFY(!d.fileRequest() && !d.piece());
}

void TestCommandFiles::oneThatNeverArrivesIsTriedEverMoreRarely_data()
{
    QTest::addColumn<QString>("end");
    QTest::newRow("the way breaks each time") << "timeout";
    QTest::newRow("the gateway fails over it") << "fault";
    QTest::newRow("it is passed over") << "nothing gained";
}

// Half a megabyte each time: an hour of it, though where the file stands is told each time.
void TestCommandFiles::oneThatNeverArrivesIsTriedEverMoreRarely()
{
    QFETCH(QString, end);
    CommandsDialogue d;
    d.online();
    d.addMessage({"u-1"});
    const std::int64_t until = d.now.boot.ms + 3'600'000;
    int sent = 0;
    while (d.now.boot.ms < until && sent < 1'000) {
        if (!d.fileRequest()) {
            d.pass(100);
            continue;
        }
        d.tellFile(500'000, false);
        d.givePiece(std::string("bytes"));
        ++sent;
        if (end == QLatin1String("timeout"))
            d.noFileAnswer(ErrorKind::Timeout);
        else if (end == QLatin1String("fault"))
            d.refuseFile(ProblemKind::Fault);
        else
            d.tellFile(500'000, false);
    }
    QVERIFY2(sent > 20 && sent < 400, qPrintable(QString::number(sent))); // about every half longest pause
    // Once more of it arrives, all is as at first.
    while (!d.fileRequest())
        d.pass(100);
    d.tellFile(500'000, false);
    d.givePiece(std::string("bytes"));
    d.tellFile(600'000, false);
    d.givePiece(std::string("bytes"));
    d.noFileAnswer(ErrorKind::Timeout);
    d.pass(500);
    QVERIFY(d.fileRequest());
}

void TestCommandFiles::oneInTroubleHoldsUpNoOther()
{
    for (const auto trouble : {ProblemKind::Fault, ProblemKind::UploadRefused, ProblemKind::NotFound}) {
        CommandsDialogue d;
        d.online();
        const auto first = d.addMessage({"u-1"});
        const auto second = d.addMessage({"u-2"});
        d.tellFile(0, false);
        d.givePiece(std::string("bytes"));
        d.refuseFile(trouble);
        QVERIFY(d.entry(first).lastError);
        QVERIFY(!d.entry(second).lastError);
        QVERIFY(d.fileRequest()); // at once
        QVERIFY(d.fileRequest()->body.find("\"u-2\"") != std::string::npos);
        d.tellFile(1'000'000, true);
        QCOMPARE(d.asked(), second);
        d.tell(Told::Applied, 7);
        d.pass(3'600'000);
        d.tellFile(1'000'000, true);
        QCOMPARE(d.asked(), first);
    }
    // Where it may be the way, all wait; and then it is another's turn.
    CommandsDialogue d;
    d.online();
    d.addMessage({"u-1"});
    d.addMessage({"u-2"});
    d.noFileAnswer(ErrorKind::Timeout);
    QVERIFY(!d.fileRequest());
    d.pass(600'000);
    QVERIFY(d.fileRequest()->body.find("\"u-2\"") != std::string::npos);
}

void TestCommandFiles::oneThatIsGoneIsAnnouncedAnew()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    d.tellFile(0, false);
    d.givePiece(std::string("bytes"));
    d.refuseFile(ProblemKind::NotFound); // swept away meanwhile, say
    QCOMPARE(d.asked(), "");
    d.pass(3'600'000);
    QCOMPARE(d.fileRequest()->method, "POST");
    d.tellFile(0, false);
    d.givePiece(std::string("bytes"));
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), key);
}

// It restarted when all had arrived and its digest was yet to be looked at.
void TestCommandFiles::oneThatIsBeingLookedAtIsAskedAboutAgain()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.addMessage({"u-1"});
    for (int i = 0; i < 5; ++i) {
        d.tellFile(1'000'000, false);
        QVERIFY(!d.fileRequest() && !d.piece());
        QVERIFY(!d.entry(key).lastError); // nothing is wrong
        d.pass(600'000);
        QCOMPARE(d.fileRequest()->method, "POST");
    }
    d.tellFile(1'000'000, true);
    QCOMPARE(d.asked(), key);
}

CORE_TEST(TestCommandFiles)
#include "tst_commandfiles.moc"

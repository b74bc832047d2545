#include "account.h"
#include "commandcodec.h"
#include "commandsdialogue.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using State = OutboxEntry::State;
using Told = CommandOutcome::State;
using Mode = SyncStatus::Mode;

namespace {

std::string problem(ProblemKind kind)
{
    const ProblemType &type = problemType(kind);
    return R"({"type":")" + std::string(type.uri) + R"(","title":"x","status":)" + std::to_string(type.status)
        + '}';
}

QByteArray told(const std::string &key, Told state)
{
    return QByteArray::fromStdString(encodeOutcome(CommandsDialogue::outcome(key, state)));
}

const char *const loginPage = "<html><body>Welcome to our hotel</body></html>";

} // namespace

// Every class of answer to a command and to a question.
class TestCommandAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void failureAloneLetsOthersGo_data();
    void failureAloneLetsOthersGo();
    void manyFailuresPauseAll();
    void gatewayDownPausesAll_data();
    void gatewayDownPausesAll();
    void takesTheGatewaysWish();
    void finalRefusals_data();
    void finalRefusals();
    void refusedTokenIsReplaced();
    void refusedTokenIsNotUsedInAHurry();
    void refusedTokenIsSaidAgainWhenTheEngineRests();
    void endedAccessIsLeftToTheEngine();
    void waitsForRoomAtTheGateway();
    void retryNowDoesNotWait();
    void foreignOutcomesAreNotBelieved_data();
    void foreignOutcomesAreNotBelieved();
    void oneBadOutcomeDoesNotKeepBackTheOthers();
    void failingQuestionsDoNotStopCommands();
};

void TestCommandAnswers::failureAloneLetsOthersGo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row
        = [](const char *name, int status, const QByteArray &body) { QTest::newRow(name) << status << body; };
    row("a fault", 500, QByteArray::fromStdString(problem(ProblemKind::Fault)));
    row("a bare 500", 500, "oops");
    row("a page in place of the outcome", 200, loginPage);
    row("nothing", 200, "");
    row("no content", 204, "");
    row("other JSON", 200, R"({"ok":true})");
    row("an array", 200, "[]");
    row("cut short", 200, told("key-1", Told::Received).chopped(3));
    row("of another command", 200, told("key-2", Told::Applied));
    row("unknown", 200, told("key-1", Told::Unknown));
    row("a new state", 200, R"({"command":"key-1","state":"postponed"})");
    row("a record of another kind", 200,
        R"({"command":"key-1","state":"conflict","kind":"account","theirs":{"key":"acc"}})");
    row("a page that says 404", 404, loginPage);
    row("a page that says 403", 403, loginPage);
    row("a page that says 401", 401, loginPage);
    row("a page that says 409", 409, loginPage);
    row("another's problem", 400, R"({"type":"about:blank","title":"Bad Request","status":400})");
    row("a redirect", 302, "");
    row("no endpoint", 405, QByteArray::fromStdString(problem(ProblemKind::MethodNotAllowed)));
}

void TestCommandAnswers::failureAloneLetsOthersGo()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    CommandsDialogue d;
    d.online();
    const auto first = d.add();
    const auto dependent = d.addDefault(resultOf(first));
    const auto other = d.add();
    QCOMPARE(d.asked(), first);
    const std::string bytes = d.request()->body;
    d.answer(status, body.toStdString());
    QVERIFY(d.state(first) == State::Sending);
    QVERIFY(d.entry(first).lastError);
    QVERIFY(!d.entry(first).lastError->userText.isEmpty());
    QCOMPARE(d.asked(), other);
    d.tell(Told::Applied, 3);
    QCOMPARE(d.asked(), ""); // it waits
    QVERIFY(d.refused.empty());
    d.pass(700'000);
    QCOMPARE(d.asked(), first);
    QCOMPARE(d.request()->body, bytes);
    d.tell(Told::Received);
    QCOMPARE(d.asked(), dependent);
    QVERIFY(!d.entry(first).lastError);
}

// A hotel's login page answers for every command; it is not asked a thousand times.
void TestCommandAnswers::manyFailuresPauseAll()
{
    CommandsDialogue d;
    d.online();
    for (int i = 0; i < 20; ++i)
        d.add();
    while (d.request())
        d.answer(200, loginPage);
    QCOMPARE(d.posted.size(), static_cast<std::size_t>(Tuning::commandFailuresBeforePause));
    d.pass(600'000); // one at a time now and then
    QVERIFY(d.request());
    QCOMPARE(d.posted.size(), static_cast<std::size_t>(Tuning::commandFailuresBeforePause) + 1);
    d.receiveAll();
    d.pass(600'000);
    d.receiveAll();
    for (const OutboxEntry &entry : *d.file->entries())
        QVERIFY(entry.state == State::Received);
}

void TestCommandAnswers::gatewayDownPausesAll_data()
{
    QTest::addColumn<int>("status"); // 0: no answer
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("timeout") << 0 << ErrorKind::Timeout << QByteArray();
    QTest::newRow("offline") << 0 << ErrorKind::Offline << QByteArray();
    QTest::newRow("garbled") << 0 << ErrorKind::BadReply << QByteArray();
    QTest::newRow("bad gateway") << 502 << ErrorKind::ServerDown << QByteArray(loginPage);
    QTest::newRow("gateway timeout") << 504 << ErrorKind::ServerDown << QByteArray();
    QTest::newRow("overloaded") << 503 << ErrorKind::ServerDown
                                << QByteArray::fromStdString(problem(ProblemKind::Overloaded));
    QTest::newRow("a proxy's 503") << 503 << ErrorKind::ServerDown << QByteArray(loginPage);
    QTest::newRow("rate limited") << 429 << ErrorKind::RateLimited
                                  << QByteArray::fromStdString(problem(ProblemKind::RateLimited));
}

void TestCommandAnswers::gatewayDownPausesAll()
{
    QFETCH(const int, status);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QByteArray, body);
    CommandsDialogue d;
    d.online();
    const auto first = d.add();
    d.add();
    std::int64_t longest = 0;
    for (int i = 0; i < 8; ++i) {
        QCOMPARE(d.asked(), first);
        const std::int64_t since = d.now.boot.ms;
        if (status == 0)
            d.noAnswer(kind);
        else
            d.answer(status, body.toStdString());
        QCOMPARE(d.asked(), "");
        QCOMPARE(d.entry(first).lastError->kind, kind);
        while (!d.request()) {
            d.pass(100);
            QVERIFY(d.now.boot.ms - since < 600'000);
        }
        longest = std::max(longest, d.now.boot.ms - since);
    }
    QVERIFY2(longest > 3'000, qPrintable(QString::number(longest))); // it backs off
    QCOMPARE(d.entry(first).attempts, 9);
    d.receiveAll();
    for (const OutboxEntry &entry : *d.file->entries())
        QVERIFY(entry.state == State::Received);
}

void TestCommandAnswers::takesTheGatewaysWish()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.refuse(ProblemKind::Overloaded, 30'000);
    d.pass(30'000);
    QCOMPARE(d.asked(), "");
    d.pass(10'000);
    QCOMPARE(d.asked(), key);
    d.refuse(ProblemKind::RateLimited, 30'000);
    d.mode(Mode::Offline);
    d.mode(Mode::Live); // a new connection is a new beginning
    QCOMPARE(d.asked(), "outcomes: " + key);
}

void TestCommandAnswers::finalRefusals_data()
{
    QTest::addColumn<ProblemKind>("kind");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("malformed") << ProblemKind::Malformed << QByteArray("malformed");
    QTest::newRow("forbidden") << ProblemKind::Forbidden << QByteArray("forbidden");
    QTest::newRow("not found") << ProblemKind::NotFound << QByteArray("not-found");
    QTest::newRow("key reused") << ProblemKind::KeyReused << QByteArray("key-reused");
    QTest::newRow("too large") << ProblemKind::TooLarge << QByteArray("too-large");
}

void TestCommandAnswers::finalRefusals()
{
    QFETCH(const ProblemKind, kind);
    QFETCH(const QByteArray, code);
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    const auto other = d.add();
    d.refuse(kind);
    QVERIFY(d.state(key) == State::Rejected);
    QCOMPARE(d.entry(key).outcome.reasonCode, code.toStdString());
    QCOMPARE(d.asked(), other);
    d.tell(Told::Applied, 3);
    d.pass(600'000);
    QCOMPARE(d.posted, (std::vector{key, other}));
}

void TestCommandAnswers::refusedTokenIsReplaced()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.refuse(ProblemKind::TokenRefused);
    QCOMPARE(d.refused, std::vector<std::string>{"bearer"});
    QCOMPARE(d.asked(), "");
    QVERIFY(!d.entry(key).lastError); // nothing for the person to know
    d.pass(600'000);
    d.mode(Mode::CatchingUp);
    QCOMPARE(d.asked(), "");
    d.token("next");
    QCOMPARE(d.asked(), key);
    QCOMPARE(d.request()->bearer, "next");
    QCOMPARE(d.refused.size(), 1U);
}

void TestCommandAnswers::refusedTokenIsNotUsedInAHurry()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.refuse(ProblemKind::TokenRefused);
    d.token("second");
    d.refuse(ProblemKind::TokenRefused);
    d.token("third");
    QCOMPARE(d.asked(), "");
    d.pass(600'000);
    QCOMPARE(d.asked(), key);
    d.tell(Told::Received);
    d.pass(Tuning::outcomesMs);
    d.refuse(ProblemKind::TokenRefused);
    d.token("fourth"); // the first in a row again
    QCOMPARE(d.asked(), "outcomes: " + key);
}

void TestCommandAnswers::refusedTokenIsSaidAgainWhenTheEngineRests()
{
    CommandsDialogue d;
    d.online();
    d.add();
    d.refuse(ProblemKind::TokenRefused);
    d.mode(Mode::CatchingUp);
    QCOMPARE(d.refused.size(), 1U);
    d.mode(Mode::Live);
    QCOMPARE(d.refused.size(), 2U);
}

void TestCommandAnswers::endedAccessIsLeftToTheEngine()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.refuse(ProblemKind::AccessEnded);
    QCOMPARE(d.refused, std::vector<std::string>{"bearer"}); // its next question finds out
    QVERIFY(d.state(key) == State::Sending);
    d.pass(600'000);
    QCOMPARE(d.asked(), "");
}

void TestCommandAnswers::waitsForRoomAtTheGateway()
{
    CommandsDialogue d;
    d.online();
    const auto first = d.add();
    d.tell(Told::Received);
    const auto second = d.add();
    d.refuse(ProblemKind::TooManyCommands, 20'000);
    d.pass(Tuning::outcomesMs);
    QCOMPARE(d.asked(), "outcomes: " + first + ' ' + second); // that is how room comes about
    d.answer(200,
             encodeOutcomes(std::vector{CommandsDialogue::outcome(first, Told::Applied),
                                        CommandsDialogue::outcome(second, Told::Unknown)}));
    QCOMPARE(d.asked(), "");
    d.pass(30'000);
    QCOMPARE(d.asked(), second);
}

void TestCommandAnswers::retryNowDoesNotWait()
{
    CommandsDialogue d;
    d.online();
    const auto key = d.add();
    d.noAnswer(ErrorKind::Timeout);
    QCOMPARE(d.asked(), "");
    d.take(d.sender->retryNow(d.now, key));
    QCOMPARE(d.asked(), "outcomes: " + key);
    d.tell(Told::Unknown);
    QCOMPARE(d.asked(), key);
    d.refuse(ProblemKind::Fault);
    d.take(d.sender->retryNow(d.now, key));
    d.tell(Told::Unknown);
    QCOMPARE(d.asked(), key);
}

void TestCommandAnswers::foreignOutcomesAreNotBelieved_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::vector<CommandOutcome> &outcomes) {
        QTest::newRow(name) << QByteArray::fromStdString(encodeOutcomes(outcomes));
    };
    const auto one = [](const char *key) { return CommandsDialogue::outcome(key, Told::Applied); };
    row("none", {});
    row("too few", {one("key-1")});
    row("too many", {one("key-1"), one("key-2"), one("key-3")});
    row("in another order", {one("key-2"), one("key-1")});
    row("one twice", {one("key-1"), one("key-1")});
    row("another's", {one("key-1"), one("key-9")});
    CommandOutcome foreign = CommandsDialogue::outcome("key-2", Told::Conflict);
    foreign.theirs = AnyRecord(Account::type);
    row("a record of another kind", {one("key-1"), foreign});
    QTest::newRow("a page") << QByteArray(loginPage);
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("one bad state") << QByteArray(
        R"({"outcomes":[{"command":"key-1","state":"applied"},{"command":"key-2","state":"lost"}]})");
}

void TestCommandAnswers::foreignOutcomesAreNotBelieved()
{
    QFETCH(const QByteArray, body);
    CommandsDialogue d;
    d.online();
    const auto first = d.add();
    const auto second = d.add();
    d.receiveAll();
    d.mode(Mode::Offline);
    d.mode(Mode::Live);
    QCOMPARE(d.asked(), "outcomes: " + first + ' ' + second);
    const int writes = d.writes;
    d.answer(200, body.toStdString());
    QCOMPARE(d.writes, writes);
    QVERIFY(d.state(first) == State::Received);
    QVERIFY(d.state(second) == State::Received);
    QCOMPARE(d.asked(), "");
    for (int i = 0; i < 10 && d.state(second) == State::Received; ++i) {
        d.pass(60'000);
        if (d.request())
            d.tell(Told::Applied, 3);
    }
    QVERIFY(d.state(first) == State::Applied);
    QVERIFY(d.state(second) == State::Applied);
}

// The gateway breaks over one of them, whatever it is asked for with it.
void TestCommandAnswers::oneBadOutcomeDoesNotKeepBackTheOthers()
{
    constexpr int count = 40;
    CommandsDialogue d;
    d.online();
    std::vector<std::string> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(d.add());
    d.receiveAll();
    const std::string bad = keys[13];
    const auto left = [&] {
        return std::ranges::count_if(*d.file->entries(),
                                     [](const OutboxEntry &entry) { return entry.state == State::Received; });
    };
    d.mode(Mode::Offline);
    d.mode(Mode::Live);
    for (int i = 0; i < 100 && left() > 1; ++i) {
        if (!d.request())
            d.pass(10'000);
        if (!d.request())
            continue;
        if ((d.asked() + ' ').find(' ' + bad + ' ') != std::string::npos)
            d.refuse(ProblemKind::Fault);
        else
            d.tell(Told::Applied, 3);
    }
    QCOMPARE(left(), 1);
    QVERIFY(d.state(bad) == State::Received);
}

void TestCommandAnswers::failingQuestionsDoNotStopCommands()
{
    CommandsDialogue d;
    d.online();
    d.add();
    d.tell(Told::Received);
    d.pass(Tuning::outcomesMs);
    QCOMPARE(d.asked().find("outcomes"), 0U);
    d.refuse(ProblemKind::NotFound); // a gateway that knows no such question
    const auto next = d.add();
    QCOMPARE(d.asked(), next);
}

CORE_TEST(TestCommandAnswers)
#include "tst_commandanswers.moc"

#include "commandfixture.h"
#include "hookcodec.h"
#include "testentry.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr std::int64_t minuteMs = 60'000;

HookAnswer noAnswerInTime()
{
    return Error{ErrorKind::Timeout, {}, QStringLiteral("no answer in time")};
}

Hook hookOn(const std::string &name, Hook::When when, const RecordType &kind)
{
    Hook hook;
    hook.name = name;
    hook.when = when;
    hook.kinds = {&kind};
    hook.url = "https://hooks.example/" + name;
    return hook;
}

QJsonObject bodyOf(const HookQuestion &question)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(question.body)).object();
}

std::string decided(const HookQuestion &question, const std::string &rest)
{
    return R"({"id":")" + question.id + R"(",)" + rest + '}';
}

// A gateway with hooks, which answer as the test says.
struct Hooked : Commands
{
    using Answering = std::function<HookAnswer(const HookQuestion &)>;

    void before(std::initializer_list<const char *> names)
    {
        std::vector<Hook> hooks;
        for (const char *name : names)
            hooks.push_back(hookOn(name, Hook::When::Before, Address::type));
        core->setHooks(std::move(hooks));
    }
    void tellOrders() { core->setHooks({hookOn("told", Hook::When::After, Order::type)}); }
    // All calls that are due, and what follows from the answers.
    std::vector<HookQuestion> callAll()
    {
        std::vector<HookQuestion> made;
        for (bool any = true; any;) {
            any = false;
            settle();
            for (const HookQuestion &question : core->hookQuestions()) {
                any = true;
                made.push_back(question);
                core->takeHook(question, answering(question));
            }
        }
        settle();
        return made;
    }
    CommandOutcome giveAndCall(const Command &command)
    {
        give(ann, command);
        callAll();
        return outcome(ann, command.key);
    }
    std::string cityOf(const std::string &address)
    {
        const auto found = erp.now.find(std::pair(std::string_view("address"), address));
        return found == erp.now.end() ? std::string() : found->second.as<Address>()->city;
    }

    Answering answering
        = [](const HookQuestion &question) { return HookAnswer(decided(question, R"("decision":"allow")")); };
};

std::vector<std::string> keysOf(const std::vector<HookQuestion> &calls)
{
    std::vector<std::string> keys;
    keys.reserve(calls.size());
    for (const HookQuestion &call : calls)
        keys.push_back(bodyOf(call)[QStringLiteral("change")]
                           .toObject()[QStringLiteral("key")]
                           .toString()
                           .toStdString());
    return keys;
}

} // namespace

// Whom a gateway asks before it does something, and whom it tells afterwards.
class HooksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allowedIsDone();
    void refusalIsSaid();
    void amendmentIsDoneAndSaid();
    void oneAfterTheOther();
    void otherKindsAreNotAsked();
    void badAnswers_data();
    void badAnswers();
    void waitsForAHookThatHangs();
    void withdrawnHookLetsGo();
    void amendsNothingForbidden();
    void placingIsNeverAmended();
    void deathWhileAsked();
    void othersGoOnMeanwhile();

    void tellsWhatHappens();
    void tellsAgainUntilHeard();
    void goesOnAfterADeath();
    void newHookHearsNoHistory();
    void tellsRemovals();
    void passesOverAfterADay();
    void newLogIsNoNews();
};

void HooksTest::allowedIsDone()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    QVERIFY(gateway.erp.executed.empty()); // nothing before the answer
    const auto calls = gateway.callAll();
    QCOMPARE(calls.size(), 1U);
    const QJsonObject body = bodyOf(calls[0]);
    QCOMPARE(body[QStringLiteral("when")].toString(), QStringLiteral("before"));
    QCOMPARE(body[QStringLiteral("person")].toString(), QStringLiteral("ann"));
    QCOMPARE(body[QStringLiteral("command")].toObject()[QStringLiteral("key")].toString(),
             QStringLiteral("k-1"));
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
    QVERIFY(gateway.outcome(gateway.ann, "k-1").reason.empty());
    QCOMPARE(gateway.mostEffects(), 1);
}

void HooksTest::refusalIsSaid()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.answering = [](const HookQuestion &question) {
        return decided(question, R"("decision":"refuse","sentence":"Leeds is closed in December.")");
    };
    const auto outcome = gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QVERIFY(outcome.state == State::Rejected);
    QCOMPARE(outcome.reasonCode, std::string(RejectionCode::checkRefused));
    QCOMPARE(outcome.reason, std::string("Leeds is closed in December."));
    QVERIFY(gateway.erp.executed.empty());
}

void HooksTest::amendmentIsDoneAndSaid()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.answering = [](const HookQuestion &question) {
        return decided(question,
                       R"("decision":"amend","sentence":"York has the free dock.","record":{"city":"York"})");
    };
    const auto outcome = gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QVERIFY(outcome.state == State::Applied);
    QCOMPARE(outcome.reason, std::string("York has the free dock."));
    QCOMPARE(gateway.cityOf("ADR-A"), std::string("York"));
    QCOMPARE(gateway.mostEffects(), 1);
}

void HooksTest::oneAfterTheOther()
{
    Hooked gateway;
    gateway.before({"first", "second"});
    std::vector<std::string> asked;
    gateway.answering = [&asked](const HookQuestion &question) {
        asked.push_back(question.hook->name);
        const auto city = bodyOf(question)[QStringLiteral("command")]
                              .toObject()[QStringLiteral("record")]
                              .toObject()[QStringLiteral("city")]
                              .toString()
                              .toStdString();
        return decided(question,
                       R"("decision":"amend","sentence":"As )" + question.hook->name
                           + R"( wants.","record":{"city":")" + city + "+" + question.hook->name + R"("})");
    };
    const auto outcome = gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QCOMPARE(asked, (Keys{"first", "second"}));
    QCOMPARE(gateway.cityOf("ADR-A"), std::string("Leeds+first+second"));
    QCOMPARE(outcome.reason, std::string("As first wants. As second wants."));
}

void HooksTest::otherKindsAreNotAsked()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.give(gateway.ann, saveDefault("k-1", "A", "ADR-A"));
    QVERIFY(gateway.callAll().empty());
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

void HooksTest::badAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const char *answer) { QTest::newRow(name) << QByteArray(answer); };
    row("no JSON", "<html>busy</html>");
    row("nothing", "");
    row("no object", "[]");
    row("another event", R"({"id":"before-k-2","decision":"allow"})");
    row("no event", R"({"decision":"allow"})");
    row("no decision", R"({"id":"before-k-1"})");
    row("unknown decision", R"({"id":"before-k-1","decision":"maybe"})");
    row("refusal without a word", R"({"id":"before-k-1","decision":"refuse"})");
    row("refusal with blanks", R"({"id":"before-k-1","decision":"refuse","sentence":"  "})");
    row("control characters", R"({"id":"before-k-1","decision":"refuse","sentence":"No.\u001b[31m"})");
    row("amendment of nothing", R"({"id":"before-k-1","decision":"amend","sentence":"Ha."})");
    row("amendment of what is not asked for",
        R"({"id":"before-k-1","decision":"amend","sentence":"Ha.","record":{"status":"confirmed"}})");
    row("amendment of another type",
        R"({"id":"before-k-1","decision":"amend","sentence":"Ha.","record":{"city":7}})");
    row("amendment of an unknown field",
        R"({"id":"before-k-1","decision":"amend","sentence":"Ha.","record":{"credit":"1000000"}})");
    row("no UTF-8", "{\"id\":\"before-k-1\",\"decision\":\"refuse\",\"sentence\":\"\xff\"}");
    QTest::newRow("endless") << QByteArray(R"({"id":"before-k-1","decision":"refuse","sentence":")")
            + QByteArray(100'000, 'x') + R"("})";
}

// Nothing is done on an answer that cannot be used; after two minutes the person is told.
void HooksTest::badAnswers()
{
    QFETCH(QByteArray, answer);
    Hooked gateway;
    gateway.before({"check"});
    gateway.answering = [&answer](const HookQuestion &) { return answer.toStdString(); };
    QVERIFY(gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull")).state == State::Received);
    for (int i = 0; i < 10; ++i) {
        gateway.later(minuteMs);
        gateway.callAll();
    }
    const auto outcome = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(outcome.state == State::Rejected);
    QCOMPARE(outcome.reasonCode, std::string(RejectionCode::checkFault));
    QVERIFY(gateway.erp.executed.empty());
}

void HooksTest::waitsForAHookThatHangs()
{
    Hooked gateway;
    gateway.before({"check"});
    int asked = 0;
    gateway.answering = [&asked](const HookQuestion &question) {
        return ++asked < 3 ? noAnswerInTime() : HookAnswer(decided(question, R"("decision":"allow")"));
    };
    QVERIFY(gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull")).state == State::Received);
    for (int i = 0; i < 3; ++i) {
        gateway.later(minuteMs);
        gateway.callAll();
    }
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
    QCOMPARE(asked, 3);
    QCOMPARE(gateway.mostEffects(), 1);
}

void HooksTest::withdrawnHookLetsGo()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.answering = [](const HookQuestion &) { return noAnswerInTime(); };
    gateway.giveAndCall(saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.core->setHooks({});
    gateway.later(minuteMs);
    gateway.callAll();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

// What a hook makes of it is looked at like what the person asked for.
void HooksTest::amendsNothingForbidden()
{
    Hooked gateway;
    gateway.core->setHooks({hookOn("check", Hook::When::Before, Account::type)});
    gateway.answering = [](const HookQuestion &question) {
        return decided(question,
                       R"("decision":"amend","sentence":"Theirs.","record":{"defaultShipTo":"ADR-B"})");
    };
    const auto outcome = gateway.giveAndCall(saveDefault("k-1", "A", "ADR-A"));
    QVERIFY(outcome.state == State::Rejected);
    QCOMPARE(outcome.reasonCode, std::string(RejectionCode::checkFault));
    QVERIFY(gateway.erp.executed.empty());
}

void HooksTest::placingIsNeverAmended()
{
    Command place = saveAddress("k-1", "A", "ADR-A", "Leeds");
    place.verb = "place";
    const std::string amendment
        = R"({"id":"e","decision":"amend","sentence":"More.","record":{"city":"York"}})";
    QVERIFY(!decodeHookSaying(amendment, "e", place));
    place.verb = "save";
    QVERIFY(decodeHookSaying(amendment, "e", place));
}

// The gateway dies after it asked, or the ERP had done it and the note was lost: one effect at most.
void HooksTest::deathWhileAsked()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    QCOMPARE(gateway.core->hookQuestions().size(), 1U);
    gateway.die();
    gateway.before({"check"});
    gateway.pumpAll();
    QCOMPARE(gateway.callAll().size(), 1U);
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);

    gateway.erp.answersToLose = 1;
    gateway.give(gateway.ann, saveAddress("k-2", "A", {}, "York"));
    gateway.callAll();
    gateway.die();
    gateway.before({"check"});
    gateway.answering = [](const HookQuestion &question) {
        return decided(question, R"("decision":"refuse","sentence":"Too late.")");
    };
    gateway.pumpAll();
    QVERIFY(gateway.callAll().empty()); // what the ERP did is not asked about again
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Applied);
    QCOMPARE(gateway.mostEffects(), 1);
}

void HooksTest::othersGoOnMeanwhile()
{
    Hooked gateway;
    gateway.before({"check"});
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.give(gateway.ann, retireAddress("k-2", "A", "ADR-A")); // on the same record: after it
    gateway.give(gateway.bob, saveAddress("k-3", "B", {}, "Bath"));
    gateway.give(gateway.ann, saveDefault("k-4", "A", "ADR-A"));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-4").state == State::Applied);
    const auto asked = gateway.core->hookQuestions();
    QCOMPARE(asked.size(), 2U);
    for (const auto &question : asked)
        gateway.core->takeHook(question, HookAnswer(decided(question, R"("decision":"allow")")));
    gateway.callAll();
    QCOMPARE(gateway.erp.executed, (Keys{"k-4", "k-1", "k-3", "k-2"}));
}

void HooksTest::tellsWhatHappens()
{
    Hooked gateway;
    gateway.tellOrders();
    QVERIFY(gateway.callAll().empty());
    gateway.erp.order("a-2", "A");
    gateway.erp.address("ADR-9", "A");
    gateway.erp.order("b-2", "B");
    const auto calls = gateway.callAll();
    QCOMPARE(keysOf(calls), (Keys{"a-2", "b-2"}));
    QVERIFY(calls[0].id != calls[1].id);
    const auto change = bodyOf(calls[0])[QStringLiteral("change")].toObject();
    QCOMPARE(change[QStringLiteral("account")].toString(), QStringLiteral("A"));
    QVERIFY(change.contains(QStringLiteral("record")));
    QVERIFY(gateway.callAll().empty());
}

void HooksTest::tellsAgainUntilHeard()
{
    Hooked gateway;
    gateway.tellOrders();
    gateway.callAll();
    gateway.erp.order("a-2", "A");
    int failures = 0;
    gateway.answering = [&failures](const HookQuestion &) {
        return ++failures < 4 ? noAnswerInTime() : HookAnswer(std::string());
    };
    std::set<std::string> ids;
    for (int i = 0; i < 10; ++i) {
        for (const HookQuestion &call : gateway.callAll())
            ids.insert(call.id);
        gateway.later(minuteMs);
    }
    QCOMPARE(failures, 4); // and never again
    QCOMPARE(ids.size(), 1U);
}

void HooksTest::goesOnAfterADeath()
{
    Hooked gateway;
    gateway.tellOrders();
    gateway.callAll();
    gateway.erp.order("a-2", "A");
    QCOMPARE(gateway.callAll().size(), 1U);
    gateway.erp.order("a-3", "A");
    gateway.settle();
    const auto lost = gateway.core->hookQuestions(); // told, and the note of it lost
    QCOMPARE(keysOf(lost), Keys{"a-3"});
    gateway.die();
    gateway.tellOrders();
    const auto again = gateway.callAll();
    QCOMPARE(keysOf(again), Keys{"a-3"});
    QCOMPARE(again[0].id, lost[0].id);
}

void HooksTest::newHookHearsNoHistory()
{
    Hooked gateway;
    gateway.die();
    gateway.tellOrders();
    QVERIFY(gateway.core->hookQuestions().empty()); // the ERP is not read to its end yet
    QVERIFY(gateway.callAll().empty());
    gateway.erp.order("a-2", "A");
    QCOMPARE(keysOf(gateway.callAll()), Keys{"a-2"});
}

void HooksTest::tellsRemovals()
{
    Hooked gateway;
    gateway.tellOrders();
    gateway.callAll();
    gateway.erp.remove(Order::type, "a-1");
    const auto calls = gateway.callAll();
    QCOMPARE(keysOf(calls), Keys{"a-1"});
    QVERIFY(bodyOf(calls[0])[QStringLiteral("change")].toObject()[QStringLiteral("removed")].toBool());
}

// One event that its hook cannot take is no reason never to tell it anything again.
void HooksTest::passesOverAfterADay()
{
    Hooked gateway;
    gateway.tellOrders();
    gateway.callAll();
    gateway.erp.order("a-2", "A");
    gateway.erp.order("a-3", "A");
    Keys heard;
    int tries = 0;
    gateway.answering = [&](const HookQuestion &question) {
        const auto key = keysOf({question})[0];
        if (key == "a-2") {
            ++tries;
            return noAnswerInTime();
        }
        heard.push_back(key);
        return HookAnswer(std::string());
    };
    for (int minutes = 0; minutes < 25 * 60 && heard.empty(); minutes += 5) {
        gateway.callAll();
        gateway.clock.advance(5 * minuteMs);
    }
    QCOMPARE(heard, Keys{"a-3"});
    QVERIFY2(tries > 100 && tries < 300, qPrintable(QString::number(tries)));
}

void HooksTest::newLogIsNoNews()
{
    Hooked gateway;
    gateway.tellOrders();
    gateway.callAll();
    QVERIFY(gateway.store->restored());
    gateway.die();
    gateway.tellOrders();
    QVERIFY(gateway.callAll().empty());
    gateway.erp.order("a-2", "A");
    QCOMPARE(keysOf(gateway.callAll()), Keys{"a-2"});
}

CORE_TEST(HooksTest)
#include "tst_hooks.moc"

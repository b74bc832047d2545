#include "account.h"
#include "address.h"
#include "cart.h"
#include "commandcodec.h"
#include "contact.h"
#include "order.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

namespace {

using State = CommandOutcome::State;

AnyRecord sampleAddress(const std::string &city)
{
    auto address = std::make_shared<Address>();
    address->key = "ADR-1";
    address->account = "A-1";
    address->name = "Łódź \"Dock\" 3";
    address->street = "1 Wharf Road\nUnit 7";
    address->city = city;
    address->shipTo = true;
    address->status = "confirmed";
    return AnyRecord(std::move(address));
}

Command sampleCommand()
{
    Command command;
    command.key = "0b1c9d3e-0000-4000-8000-000000000001";
    command.verb = "save";
    command.kind = &Address::type;
    command.account = "A-1";
    command.target = "ADR-1";
    command.after = "0b1c9d3e-0000-4000-8000-000000000000";
    command.baseVersion = 7;
    command.madeAt = *Instant::parse("2026-11-22T03:00:00.250Z");
    command.base = sampleAddress("Hull");
    command.record = sampleAddress("Leeds");
    return command;
}

CommandOutcome sampleOutcome()
{
    CommandOutcome outcome;
    outcome.command = "c-1";
    outcome.state = State::Conflict;
    outcome.effectSeq = 12;
    outcome.target = "ADR-1";
    outcome.reasonCode = "postcode";
    outcome.reason = "There is no such postcode.";
    outcome.theirVersion = 8;
    outcome.differences = {{3, "FX-1012", "price", "1.10", "1.15", "The price was 1.10 and is now 1.15."},
                           {0, {}, "total", "GBP 1.00", "GBP 2.00", "It is more now."}};
    outcome.theirs = sampleAddress("York");
    return outcome;
}

} // namespace

class CommandCodecTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commandSurvives();
    void everyTypeSurvives();
    void linesSurvive();
    void onlyEditableFieldsTravel();
    void digestIsOfWhatIsAskedFor();
    void refusedCommand_data();
    void refusedCommand();
    void outcomeSurvives();
    void refusedOutcome_data();
    void refusedOutcome();
    void outcomesSurvive();
    void cutAtEveryByte();
};

void CommandCodecTest::commandSurvives()
{
    const Command command = sampleCommand();
    std::string json = encodeCommand(command);
    const auto read = decodeCommand(json);
    QVERIFY(read.ok());
    QCOMPARE(read->key, command.key);
    QCOMPARE(read->verb, command.verb);
    QVERIFY(read->kind == command.kind);
    QCOMPARE(read->account, command.account);
    QCOMPARE(read->target, command.target);
    QCOMPARE(read->after, command.after);
    QCOMPARE(read->baseVersion, command.baseVersion);
    QVERIFY(read->madeAt == command.madeAt);
    QVERIFY(equalEditable(Address::type, read->base.data(), command.base.data()));
    QVERIFY(equalEditable(Address::type, read->record.data(), command.record.data()));
    QCOMPARE(encodeCommand(*read), json);
    QVERIFY(decodeCommand(json.insert(1, "\"zeppelin\":[1],")).ok());
}

void CommandCodecTest::everyTypeSurvives()
{
    for (const CommandType &type : commandTypes()) {
        Command command;
        command.key = "k-1";
        command.verb = type.verb;
        command.kind = type.kind;
        command.target = type.makesNew ? "" : "T";
        if (carriesRecord(command.verb))
            command.record = AnyRecord(*type.kind);
        const auto read = decodeCommand(encodeCommand(command));
        QVERIFY2(read.ok(), type.kind->name.data());
        QCOMPARE(read->record.isNull(), command.verb == "retire");
        QVERIFY(read->base.isNull());
        QVERIFY(!read->madeAt.isSet());
    }
}

// A whole list is one thing to ask for, and so is every line of it.
void CommandCodecTest::linesSurvive()
{
    auto cart = std::make_shared<Cart>();
    cart->name = "Spring";
    cart->total = {12'345};
    for (std::int64_t number = 1; number <= std::int64_t{mostCartLines}; ++number) {
        cart->lines.push_back({number,
                               "FX-" + std::to_string(number),
                               std::string(90, 'd'),
                               "box of 200",
                               {number * 1'000'001},
                               {1'234'567},
                               Instant{1'795'000'000'000},
                               {500'000},
                               "SO-20123",
                               number});
    }
    Command command = sampleCommand();
    command.verb = "place";
    command.kind = &Cart::type;
    command.record = command.base = AnyRecord(cart);
    const std::string json = encodeCommand(command);
    QVERIFY(json.size() <= Limits::requestBytes / 4);
    const auto read = decodeCommand(json);
    QVERIFY(read.ok());
    QVERIFY(equalEditable(Cart::type, read->record.data(), cart.get()));
    QCOMPARE(encodeCommand(*read), json);
    for (const char *quantity : {"1000000000000", "two", "1e9", "0x10", "1,5"}) {
        const std::string lines = std::string("[{\"sku\":\"a\",\"quantity\":\"") + quantity + "\"}]";
        const std::string foolish
            = R"({"key":"k","verb":"save","kind":"cart","account":"A","record":{"lines":)" + lines + "}}";
        QVERIFY2(!decodeCommand(foolish).ok(), quantity);
    }
}

void CommandCodecTest::onlyEditableFieldsTravel()
{
    const std::string json = encodeCommand(sampleCommand());
    QVERIFY(json.find("Leeds") != std::string::npos);
    QVERIFY(json.find("confirmed") == std::string::npos);
    const auto read = decodeCommand(json);
    QVERIFY(read.ok());
    QVERIFY(read->record.as<Address>()->key.empty());
    QVERIFY(read->record.as<Address>()->status.empty());
}

// What a newer program adds with nothing in it changes no digest; everything that is asked for does.
void CommandCodecTest::digestIsOfWhatIsAskedFor()
{
    const Command command = sampleCommand();
    const std::string digest = commandDigestText(command);
    std::string newer = encodeCommand(command);
    newer.insert(newer.find("\"name\""), R"("doorCode":"","lift":false,"floor":0,"keys":[],"since":null,)");
    const auto read = decodeCommand(newer);
    QVERIFY(read.ok());
    QCOMPARE(commandDigestText(*read), digest);
    std::string older = encodeCommand(command);
    const std::string absent = R"("region":"",)";
    for (auto at = older.find(absent); at != std::string::npos; at = older.find(absent))
        older.erase(at, absent.size());
    QCOMPARE(commandDigestText(*decodeCommand(older)), digest);

    const std::vector<std::function<void(Command &)>> differences{
        [](Command &c) { c.key += '0'; },
        [](Command &c) { c.account += 'x'; },
        [](Command &c) { c.target += 'x'; },
        [](Command &c) { c.after.clear(); },
        [](Command &c) { ++c.baseVersion; },
        [](Command &c) { ++c.madeAt.ms; },
        [](Command &c) { c.record = sampleAddress("Bath"); },
        [](Command &c) { c.base = sampleAddress("Bath"); },
        [](Command &c) { c.base = {}; },
        [](Command &c) {
            c.record = sampleAddress("Leeds");
            c.record.as<Address>()->shipTo = false;
        },
    };
    for (const auto &change : differences) {
        Command other = sampleCommand();
        change(other);
        QVERIFY(commandDigestText(other) != digest);
    }
}

void CommandCodecTest::refusedCommand_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const char *was, const QByteArray &is) {
        QByteArray json = R"({"key":"k-1","verb":"save","kind":"address","account":"A","target":"T",)"
                          R"("after":"","baseVersion":1,"madeAt":null,"base":{"city":"Hull"},)"
                          R"("record":{"city":"Leeds"}})";
        const bool found = json.contains(was);
        return found ? json.replace(was, is) : QByteArray();
    };
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("no key") << with("k-1", "");
    QTest::newRow("key with a space") << with("k-1", "k 1");
    QTest::newRow("long key") << with("k-1", QByteArray(65, 'k'));
    QTest::newRow("number as key") << with(R"("k-1")", "7");
    QTest::newRow("unknown verb") << with("save", "explode");
    QTest::newRow("unknown kind") << with("address", "zeppelin");
    QTest::newRow("kind that is not asked for") << with("address", "order");
    QTest::newRow("long account") << with(R"("A")", '"' + QByteArray(257, 'A') + '"');
    QTest::newRow("null target") << with(R"("T")", "null");
    QTest::newRow("negative version") << with(R"("baseVersion":1)", R"("baseVersion":-1)");
    QTest::newRow("fraction") << with(R"("baseVersion":1)", R"("baseVersion":1.5)");
    QTest::newRow("no time") << with(R"("madeAt":null)", R"("madeAt":"yesterday")");
    QTest::newRow("mistyped field") << with(R"("city":"Leeds")", R"("city":1)");
    QTest::newRow("mistyped flag") << with(R"("city":"Leeds")", R"("shipTo":"yes")");
    QTest::newRow("null text") << with(R"("city":"Leeds")", R"("city":null)");
    QTest::newRow("not editable") << with(R"("city":"Leeds")", R"("status":"confirmed")");
    QTest::newRow("its key") << with(R"("city":"Leeds")", R"("key":"ADR-2")");
    QTest::newRow("unknown field") << with(R"("city":"Leeds")", R"("doorCode":"1234")");
    QTest::newRow("record is a list") << with(R"({"city":"Leeds"})", "[]");
    QTest::newRow("base is text") << with(R"({"city":"Hull"})", R"("Hull")");
    QTest::newRow("save without a record") << with(R"("record")", R"("records")");
    QTest::newRow("retire with a record") << with("save", "retire");
    QTest::newRow("new with a base") << with(R"("T")", R"("")");
    QTest::newRow("depends on itself") << with(R"("after":"")", R"("after":"k-1")");
    QTest::newRow("depends on no key") << with(R"("after":"")", R"("after":"a/b")");
    QTest::newRow("result of itself") << with(R"("T")", R"("$result:k-1")");
    QTest::newRow("invalid UTF-8") << with("Leeds", "\xff");
    QTest::newRow("too long") << with("Leeds", QByteArray(Limits::requestBytes, 'L'));
    QTest::newRow("twice") << with("{\"key\"", "{}{\"key\"");
    QTest::newRow("new account") << QByteArray(
        R"({"key":"k","verb":"save","kind":"account","account":"A","record":{}})");
    QTest::newRow("retire nothing") << QByteArray(
        R"({"key":"k","verb":"retire","kind":"address","account":"A"})");
    QTest::newRow("link to no key") << QByteArray(
        R"({"key":"k","verb":"save","kind":"account","account":"A","target":"A","record":{"defaultShipTo":"$result:../k"}})");
}

void CommandCodecTest::refusedCommand()
{
    QFETCH(QByteArray, json);
    QVERIFY(!json.isEmpty());
    const auto command = decodeCommand(json.toStdString());
    QVERIFY(!command.ok());
    QCOMPARE(command.error().kind, ErrorKind::BadReply);
    QVERIFY(command.error().detail.size() < 300);
}

void CommandCodecTest::outcomeSurvives()
{
    CommandOutcome outcome = sampleOutcome();
    const std::string json = encodeOutcome(outcome);
    const auto read = decodeOutcome(json);
    QVERIFY(read.ok());
    QCOMPARE(read->command, outcome.command);
    QVERIFY(read->state == outcome.state);
    QCOMPARE(read->effectSeq, outcome.effectSeq);
    QCOMPARE(read->target, outcome.target);
    QCOMPARE(read->reasonCode, outcome.reasonCode);
    QCOMPARE(read->reason, outcome.reason);
    QCOMPARE(read->theirVersion, outcome.theirVersion);
    QVERIFY(equal(Address::type, read->theirs.data(), outcome.theirs.data()));
    QCOMPARE(read->differences.size(), outcome.differences.size());
    for (std::size_t i = 0; i < outcome.differences.size(); ++i)
        QVERIFY(equal(CartDifference::type, &read->differences[i], &outcome.differences[i]));
    outcome.differences.resize(Limits::differences + 1);
    QVERIFY(!decodeOutcome(encodeOutcome(outcome)).ok());
    outcome.differences.clear();
    for (const State state : {State::Unknown, State::Received, State::Applied, State::Rejected}) {
        outcome.state = state;
        outcome.theirs = {};
        const auto again = decodeOutcome(encodeOutcome(outcome));
        QVERIFY(again.ok());
        QVERIFY(again->state == state);
        QVERIFY(again->theirs.isNull());
    }
    const auto strange = decodeOutcome(
        R"({"command":"c","state":"conflict","kind":"zeppelin","theirs":{"a":1},"more":true})");
    QVERIFY(strange.ok());
    QVERIFY(strange->theirs.isNull());
}

void CommandCodecTest::refusedOutcome_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no command") << QByteArray(R"({"state":"applied"})");
    QTest::newRow("no key") << QByteArray(R"({"command":"a b","state":"applied"})");
    QTest::newRow("no state") << QByteArray(R"({"command":"c"})");
    QTest::newRow("unknown state") << QByteArray(R"({"command":"c","state":"perhaps"})");
    QTest::newRow("mistyped place") << QByteArray(R"({"command":"c","state":"applied","effectSeq":"7"})");
    QTest::newRow("negative place") << QByteArray(R"({"command":"c","state":"applied","effectSeq":-7})");
    QTest::newRow("mistyped theirs") << QByteArray(
        R"({"command":"c","state":"conflict","kind":"address","theirs":{"city":7}})");
    QTest::newRow("theirs is text") << QByteArray(
        R"({"command":"c","state":"conflict","kind":"address","theirs":"7"})");
    QTest::newRow("long reason") << R"({"command":"c","state":"rejected","reason":")" + QByteArray(4097, 'r')
            + "\"}";
    QTest::newRow("invalid UTF-8") << QByteArray(
        "{\"command\":\"c\",\"state\":\"rejected\",\"reason\":\"\xc3\"}");
}

void CommandCodecTest::refusedOutcome()
{
    QFETCH(QByteArray, json);
    QVERIFY(!decodeOutcome(json.toStdString()).ok());
    QVERIFY(!decodeOutcomes("{\"outcomes\":[" + json.toStdString() + "]}").ok());
}

void CommandCodecTest::outcomesSurvive()
{
    std::vector<CommandOutcome> outcomes(Limits::outcomes, sampleOutcome());
    outcomes[1].command = "c-2";
    const auto read = decodeOutcomes(encodeOutcomes(outcomes));
    QVERIFY(read.ok());
    QCOMPARE(read->size(), Limits::outcomes);
    QCOMPARE((*read)[1].command, std::string("c-2"));
    QVERIFY(decodeOutcomes(encodeOutcomes({})).ok());
    outcomes.push_back(sampleOutcome());
    QVERIFY(!decodeOutcomes(encodeOutcomes(outcomes)).ok());
    QVERIFY(!decodeOutcomes("{}").ok());
    QVERIFY(!decodeOutcomes(R"({"outcomes":{}})").ok());
    QVERIFY(!decodeOutcomes(R"({"outcomes":[1]})").ok());
}

void CommandCodecTest::cutAtEveryByte()
{
    const std::string command = encodeCommand(sampleCommand());
    for (std::size_t length = 0; length < command.size(); ++length)
        QVERIFY(!decodeCommand(std::string_view(command).substr(0, length)).ok());
    const std::string outcomes = encodeOutcomes(std::vector{sampleOutcome()});
    for (std::size_t length = 0; length < outcomes.size(); ++length)
        QVERIFY(!decodeOutcomes(std::string_view(outcomes).substr(0, length)).ok());
}

CORE_TEST(CommandCodecTest)

#include "tst_commandcodec.moc"

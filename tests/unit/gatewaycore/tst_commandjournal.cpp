#include "commandfixture.h"
#include "sqlitecommandjournal.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

constexpr std::int64_t dayMs = 24LL * 3600 * 1000;

bool isNudge(const LiveEffect &effect)
{
    return effect.text && effect.text->find("\"frame\":\"outcomes\"") != std::string::npos;
}

} // namespace

// What becomes of a command, from the request to the log.
class CommandJournalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isDoneAndTold();
    void nudgesThePersonAlone();
    void repeatsGetTheFirstOutcome();
    void otherWishUnderTheKey();
    void isOnDiskBeforeItIsAnswered();
    void rejectedWithReason();
    void conflictShowsTheirs();
    void orderOnOneRecord();
    void othersPassWhoeverWaits();
    void chain();
    void refusedChain();
    void rightsAreLookedAtAgain_data();
    void rightsAreLookedAtAgain();
    void endedRightsAreTold();
    void bodiesAreForgotten();
    void rowsStaySmall();
    void room();
    void effectIsInTheLog();
    void storeOfYesterday();
    void malformed();
    void figures();
};

void CommandJournalTest::isDoneAndTold()
{
    Commands gateway;
    auto said = gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QVERIFY(said.state == State::Received);
    QCOMPARE(said.command, std::string("k-1"));
    QCOMPARE(said.effectSeq, 0);
    gateway.askAll();
    QCOMPARE(gateway.erp.executed, Keys{"k-1"});
    QCOMPARE(gateway.erp.actors, Keys{"ann"});
    // The ERP did it, but nobody can see that yet.
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Received);
    gateway.pumpAll();
    said = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(said.state == State::Applied);
    QCOMPARE(said.target, std::string("ADR-A"));
    QCOMPARE(said.effectSeq, gateway.store->logState()->last);
    const auto page = gateway.list(gateway.ann, "address");
    const auto row = std::ranges::find(page.page.changes, "ADR-A", &Change::key);
    QVERIFY(row != page.page.changes.end());
    QCOMPARE(row->record.as<Address>()->city, std::string("Leeds"));
    QVERIFY(row->sequence <= said.effectSeq);
}

void CommandJournalTest::nudgesThePersonAlone()
{
    Commands gateway;
    QVERIFY(gateway.openLive(1, gateway.ann, gateway.snapshotCursor(gateway.ann)).accepted);
    QVERIFY(gateway.openLive(2, gateway.bob, gateway.snapshotCursor(gateway.bob)).accepted);
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QVERIFY(gateway.askAll().empty());
    auto effects = gateway.pumpAll();
    QCOMPARE(std::ranges::count_if(effects, isNudge), 1);
    QVERIFY(isNudge(effects.back()));
    QCOMPARE(effects.back().connection, 1U);
    gateway.give(gateway.ann, saveAddress("k-2", "A", "ADR-A", "nowhere", "Leeds"));
    effects = gateway.askAll();
    QCOMPARE(std::ranges::count_if(effects, isNudge), 1);
    const auto frame = decodeFrame(*effects.back().text);
    QVERIFY(frame);
    QVERIFY(frame->head.from.empty() && frame->head.to.empty());
}

void CommandJournalTest::repeatsGetTheFirstOutcome()
{
    Commands gateway;
    const auto command = saveAddress("k-1", "A", {}, "Leeds");
    for (int i = 0; i < 5; ++i)
        QVERIFY(gateway.give(gateway.ann, command).state == State::Received);
    gateway.settle();
    const auto first = gateway.give(gateway.ann, command);
    QVERIFY(first.state == State::Applied);
    gateway.settle();
    gateway.die();
    for (int i = 0; i < 5; ++i) {
        const auto again = gateway.give(gateway.ann, command);
        QCOMPARE(encodeOutcome(again), encodeOutcome(first));
    }
    gateway.settle();
    QCOMPARE(gateway.erp.executed.size(), 1U);
    QCOMPARE(gateway.erp.applied["k-1"], 1);
}

void CommandJournalTest::otherWishUnderTheKey()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    QCOMPARE(gateway.problemOf(gateway.post(gateway.ann, saveAddress("k-1", "A", "ADR-A", "York", "Hull"))),
             "key-reused");
    gateway.settle();
    QCOMPARE(gateway.problemOf(gateway.post(gateway.bob, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"))),
             "key-reused"); // the very same wish
    const auto other = gateway.post(gateway.bob, saveAddress("k-1", "B", "ADR-B", "York"));
    QCOMPARE(gateway.problemOf(other), "key-reused");
    QVERIFY(other.body.find("Leeds") == std::string::npos);
    QVERIFY(gateway.outcome(gateway.bob, "k-1").state == State::Unknown);
    gateway.settle();
    QCOMPARE(gateway.erp.executed.size(), 1U);
}

void CommandJournalTest::isOnDiskBeforeItIsAnswered()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.die();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Received);
    QVERIFY(!gateway.core->commandQuestion()); // before the ERP has been read
    gateway.pumpAll();
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

void CommandJournalTest::rejectedWithReason()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "nowhere", "Hull"));
    gateway.askAll();
    const auto said = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(said.state == State::Rejected);
    QCOMPARE(said.reasonCode, std::string("no-such-city"));
    QCOMPARE(said.reason, std::string("There is no such city."));
    QVERIFY(said.target.empty());
}

void CommandJournalTest::conflictShowsTheirs()
{
    Commands gateway;
    gateway.erp.address("ADR-A", "A", "York");
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.askAll();
    const auto said = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(said.state == State::Conflict);
    QCOMPARE(said.theirVersion, 7);
    QCOMPARE(said.theirs.as<Address>()->city, std::string("York"));
    QCOMPARE(said.theirs.as<Address>()->key, std::string("ADR-A"));
    QCOMPARE(said.target, std::string("ADR-A"));
    // It has moved out of this person's sight.
    gateway.erp.address("ADR-A", "B", "York");
    gateway.pumpAll();
    gateway.erp.address("ADR-A1", "B", "Secretville");
    gateway.give(gateway.ann, saveAddress("k-2", "A1", "ADR-A1", "Leeds", "Hull"));
    gateway.askAll();
    const auto moved
        = gateway.send("POST", "/v1/commands/outcomes", gateway.ann, R"({"commands":[{"command":"k-2"}]})");
    QVERIFY(decodeOutcomes(moved.body)->at(0).state == State::Conflict);
    QVERIFY(moved.body.find("Secretville") == std::string::npos);
}

void CommandJournalTest::orderOnOneRecord()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.give(gateway.ann, saveAddress("k-2", "A", "ADR-A", "York", "Leeds"));
    gateway.give(gateway.ann, saveAddress("k-3", "A", "ADR-A", "Bath", "York"));
    gateway.give(gateway.ann, saveAddress("k-4", "A1", "ADR-A1", "Bath", "Hull"));
    // Asked before the first is answered: only what is about another record.
    const auto first = gateway.core->commandQuestion();
    const auto other = gateway.core->commandQuestion();
    QVERIFY(first && other);
    QCOMPARE(first->key, std::string("k-1"));
    QCOMPARE(other->key, std::string("k-4"));
    QVERIFY(!gateway.core->commandQuestion());
    gateway.core->takeCommand(*other, GatewayCore::ask(gateway.erp, *other));
    gateway.core->takeCommand(*first, GatewayCore::ask(gateway.erp, *first));
    gateway.settle();
    QVERIFY((gateway.erp.effective == Keys{"k-1", "k-4", "k-2", "k-3"}
             || gateway.erp.effective == Keys{"k-1", "k-2", "k-3", "k-4"}));
    for (const auto &said : gateway.outcomes(gateway.ann, {"k-1", "k-2", "k-3", "k-4"}))
        QVERIFY(said.state == State::Applied);
}

void CommandJournalTest::othersPassWhoeverWaits()
{
    Commands gateway;
    gateway.erp.poisoned.insert("k-1");
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.give(gateway.ann, saveAddress("k-2", "A", "ADR-A", "York", "Hull"));
    gateway.give(gateway.bob, saveAddress("k-3", "B", "ADR-B", "York", "Secretville"));
    gateway.erp.poisoned.insert("k-4");
    gateway.give(gateway.ann, saveAddress("k-4", "A", {}, "Leeds"));
    gateway.give(gateway.ann, saveDefault("k-5", "A", resultOf("k-4")));
    gateway.settle();
    for (const char *key : {"k-1", "k-2", "k-4", "k-5"})
        QVERIFY(gateway.outcome(gateway.ann, key).state == State::Received);
    QVERIFY(gateway.outcome(gateway.bob, "k-3").state == State::Applied);
}

void CommandJournalTest::chain()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    auto edit = saveAddress("k-2", "A", resultOf("k-1"), "York", "Leeds");
    edit.record.as<Address>()->name = edit.base.as<Address>()->name = "Site ";
    edit.after = "k-1";
    gateway.give(gateway.ann, edit);
    gateway.give(gateway.ann, saveDefault("k-3", "A", resultOf("k-1")));
    gateway.settle();
    const auto made = gateway.outcome(gateway.ann, "k-1").target;
    QVERIFY(!made.empty());
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Applied);
    QCOMPARE(gateway.outcome(gateway.ann, "k-2").target, made);
    QVERIFY(gateway.outcome(gateway.ann, "k-3").state == State::Applied);
    QCOMPARE(gateway.erp.now[std::pair(std::string_view("account"), std::string("A"))]
                 .as<Account>()
                 ->defaultShipTo,
             made);
    QCOMPARE(gateway.erp.now[std::pair(std::string_view("address"), made)].as<Address>()->city,
             std::string("York"));
}

void CommandJournalTest::refusedChain()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "nowhere"));
    gateway.give(gateway.ann, saveAddress("k-2", "A", resultOf("k-1"), "York"));
    auto third = retireAddress("k-3", "A", resultOf("k-1"));
    third.after = "k-2";
    gateway.give(gateway.ann, third);
    gateway.give(gateway.ann, saveAddress("k-4", "A", "ADR-A", "York", "Hull"));
    gateway.settle();
    QCOMPARE(gateway.outcome(gateway.ann, "k-1").reasonCode, std::string("no-such-city"));
    for (const char *key : {"k-2", "k-3"}) {
        QVERIFY(gateway.outcome(gateway.ann, key).state == State::Rejected);
        QCOMPARE(gateway.outcome(gateway.ann, key).reasonCode, std::string(RejectionCode::dependency));
    }
    QVERIFY(gateway.outcome(gateway.ann, "k-4").state == State::Applied);
    QCOMPARE(gateway.erp.executed, (Keys{"k-1", "k-4"}));
}

void CommandJournalTest::rightsAreLookedAtAgain_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("account");
    QTest::addColumn<bool>("disabled");
    QTest::addColumn<QString>("code");
    QTest::newRow("role lost") << QStringLiteral("viewer") << QStringLiteral("A") << false
                               << QStringLiteral("forbidden");
    QTest::newRow("disabled") << QStringLiteral("buyer") << QStringLiteral("A") << true
                              << QStringLiteral("forbidden");
    QTest::newRow("account lost") << QStringLiteral("buyer") << QStringLiteral("B") << false
                                  << QStringLiteral("not-found");
}

void CommandJournalTest::rightsAreLookedAtAgain()
{
    QFETCH(QString, role);
    QFETCH(QString, account);
    QFETCH(bool, disabled);
    QFETCH(QString, code);
    for (const bool afterClearance : {false, true}) {
        Commands gateway;
        gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
        if (afterClearance) {
            const auto question = gateway.core->commandQuestion();
            gateway.core->takeCommand(*question, GatewayCore::ask(gateway.erp, *question));
        }
        gateway.user("ann", role.toStdString(), {account.toStdString()}, disabled);
        gateway.settle();
        QVERIFY(gateway.erp.executed.empty());
        gateway.user("ann", "buyer", {"A"});
        QCOMPARE(gateway.outcome(gateway.ann, "k-1").reasonCode, code.toStdString());
    }
}

// Who lost the account learns how it ended, and nothing of the record.
void CommandJournalTest::endedRightsAreTold()
{
    Commands gateway;
    gateway.erp.address("ADR-A", "A", "Secretville");
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.give(gateway.ann, saveAddress("k-2", "A", {}, "Leeds"));
    gateway.settle();
    QVERIFY(!gateway.outcome(gateway.ann, "k-1").theirs.isNull());
    gateway.user("ann", "buyer", {"B"});
    const auto conflict = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(conflict.state == State::Conflict);
    QVERIFY(conflict.theirs.isNull() && conflict.target.empty());
    const auto applied = gateway.outcome(gateway.ann, "k-2");
    QVERIFY(applied.state == State::Applied);
    QVERIFY(applied.target.empty());
    QVERIFY(applied.effectSeq > 0);
}

void CommandJournalTest::bodiesAreForgotten()
{
    Commands gateway;
    const auto command = saveAddress("k-1", "A", {}, "Leeds");
    gateway.erp.address("ADR-A", "A", "York");
    gateway.give(gateway.ann, command);
    gateway.give(gateway.ann, saveAddress("k-2", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    gateway.erp.failing = true;
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-3", "A", {}, "Bath"));
    const auto made = gateway.outcome(gateway.ann, "k-1").target;
    for (int day = 0; day < 29; ++day) {
        gateway.clock.advance(dayMs);
        gateway.core->tick();
    }
    gateway.ann = gateway.token("ann");
    QVERIFY(!gateway.outcome(gateway.ann, "k-2").theirs.isNull());
    gateway.clock.advance(2 * dayMs);
    gateway.core->tick();
    gateway.ann = gateway.token("ann");
    QVERIFY(!*gateway.store->journal().body("k-1"));
    // How it ended stays known for ever, and so does the key.
    QVERIFY(gateway.give(gateway.ann, command).state == State::Applied);
    QCOMPARE(gateway.outcome(gateway.ann, "k-1").target, made);
    const auto conflict = gateway.outcome(gateway.ann, "k-2");
    QVERIFY(conflict.state == State::Conflict);
    QVERIFY(conflict.theirs.isNull());
    QCOMPARE(gateway.problemOf(gateway.post(gateway.ann, saveAddress("k-1", "A", {}, "York"))), "key-reused");
    // What is not finished is kept, however old.
    gateway.erp.failing = false;
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-4", "A", resultOf("k-1"), "Hove", {}));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-3").state == State::Applied);
    QVERIFY(gateway.outcome(gateway.ann, "k-4").state == State::Applied);
    QCOMPARE(gateway.mostEffects(), 1);
}

void CommandJournalTest::rowsStaySmall()
{
    Commands gateway;
    for (int i = 0; i < 200; ++i) {
        JournalEntry entry{SeededRandom(static_cast<std::uint64_t>(i)).uuid(),
                           "a.buyer@of-some",
                           "A-10002",
                           std::string(16, 'x'),
                           JournalEntry::Phase::Applied,
                           "ADR-120034",
                           123'456,
                           {}};
        QVERIFY(gateway.store->journal().receive(entry, "{}"));
    }
    gateway.core.reset();
    gateway.store.reset();
    auto database = Sqlite::Database::open(gateway.storePath(), Sqlite::Database::Mode::ReadOnly,
                                           Sqlite::Database::Durability::Full);
    QVERIFY(database);
    const auto bytes = database->integer(
        "SELECT sum(length(key) + length(person) + length(account) + length(digest) + length(target) + "
        "length(reasonCode) + 14) / count(*) FROM commands");
    QVERIFY(bytes);
    qInfo("%lld bytes a row", static_cast<long long>(*bytes));
    QVERIFY(*bytes < 100);
}

void CommandJournalTest::room()
{
    Commands gateway;
    gateway.erp.failing = true;
    gateway.pumpAll();
    for (std::size_t i = 0; i < Limits::unfinishedCommands; ++i)
        gateway.give(gateway.ann, saveAddress("k-" + std::to_string(i), "A", {}, "Leeds"));
    const auto refused = gateway.post(gateway.ann, saveAddress("k-x", "A", {}, "Leeds"));
    QCOMPARE(refused.status, 503);
    QCOMPARE(gateway.problemOf(refused), "too-many-commands");
    QVERIFY(refused.retryAfterMs > 0);
    // A repeat needs no room, and neither does somebody else.
    QVERIFY(gateway.give(gateway.ann, saveAddress("k-7", "A", {}, "Leeds")).state == State::Received);
    QVERIFY(gateway.give(gateway.bob, saveAddress("k-b", "B", {}, "Leeds")).state == State::Received);
    QVERIFY(gateway.outcome(gateway.ann, "k-x").state == State::Unknown);
    gateway.erp.failing = false;
    gateway.pumpAll();
    gateway.settle();
    QVERIFY(gateway.give(gateway.ann, saveAddress("k-x", "A", {}, "Leeds")).state == State::Received);
    gateway.settle();
    QCOMPARE(gateway.erp.applied.size(), Limits::unfinishedCommands + 2);
    QCOMPARE(gateway.mostEffects(), 1);

    GatewaySettings settings = quickSettings();
    settings.unfinishedCommands = 3;
    Commands small(settings);
    for (const char *key : {"k-1", "k-2", "k-3"})
        small.give(small.ann, saveAddress(key, "A", {}, "Leeds"));
    QCOMPARE(small.problemOf(small.post(small.bob, saveAddress("k-4", "B", {}, "Leeds"))), "overloaded");
}

// A reading that was asked before the ERP answered proves nothing.
void CommandJournalTest::effectIsInTheLog()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    const auto early = gateway.core->question();
    const auto answer = gateway.erp.changesAfter(early->position, early->limit);
    gateway.askAll();
    gateway.core->take(*early, answer);
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Received);
    // Neither does one that did not get to the end.
    gateway.settings.erpBatch = 1;
    gateway.die();
    gateway.erp.order("a-9", "A");
    gateway.core->pump();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Received);
    gateway.pumpAll();
    const auto said = gateway.outcome(gateway.ann, "k-1");
    QVERIFY(said.state == State::Applied);
    const auto row = gateway.store->recordText(Address::type, "ADR-A");
    QVERIFY(decodeChange(**row)->sequence <= said.effectSeq);
}

// A store that an earlier version wrote is brought up to date, and loses nothing.
void CommandJournalTest::storeOfYesterday()
{
    Commands gateway;
    gateway.core.reset();
    gateway.store.reset();
    {
        auto database = Sqlite::Database::open(gateway.storePath(), Sqlite::Database::Mode::ReadWrite,
                                               Sqlite::Database::Durability::Full);
        QVERIFY(database);
        QVERIFY(database->execute(
            "DROP TABLE commands; DROP TABLE commandBodies; DROP TABLE scopeHolders;"
            "ALTER TABLE people DROP COLUMN pricesWithheld;"
            "ALTER TABLE people DROP COLUMN invoicesWithheld;"
            "ALTER TABLE people DROP COLUMN contact;"
            "ALTER TABLE people DROP COLUMN firstPasswordUntil;"
            "ALTER TABLE people DROP COLUMN limits; DROP TABLE hookPlaces;"
            "ALTER TABLE projection DROP COLUMN audience;"
            "ALTER TABLE log DROP COLUMN audience;"
            "ALTER TABLE log DROP COLUMN previousAudience; DROP TABLE counts;"
            "CREATE TABLE counts(kind TEXT NOT NULL, account TEXT NOT NULL, rows INTEGER NOT "
            "NULL, PRIMARY KEY(kind, account)) WITHOUT ROWID;"
            "INSERT INTO counts SELECT kind, account, count(*) FROM projection GROUP BY 1, 2;"
            "PRAGMA user_version=1;"));
    }
    gateway.die();
    gateway.pumpAll();
    QCOMPARE(gateway.list(gateway.ann, "order").page.changes.size(), 2U);
    QCOMPARE(gateway.list(gateway.ann, "order").page.head.total, 2);
    QVERIFY(gateway.signIn("ann").seesPrices);
    QVERIFY(!gateway.signIn("ann").mustChangePassword);
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

void CommandJournalTest::malformed()
{
    Commands gateway;
    for (const char *body : {"", "{", "{}", "[]", R"({"key":"k","verb":"save","kind":"order"})"})
        QCOMPARE(gateway.send("POST", "/v1/commands", gateway.ann, body).status, 400);
    for (const char *body : {"", "[]", R"({"commands":{}})", R"({"commands":[{"command":""}]})",
                             R"({"commands":[{"command":"../k"}]})", R"({"commands":[{"command":7}]})"})
        QCOMPARE(gateway.send("POST", "/v1/commands/outcomes", gateway.ann, body).status, 400);
    OutcomesRequest many;
    many.commands.resize(Limits::outcomes + 1, {"k"});
    QCOMPARE(gateway.send("POST", "/v1/commands/outcomes", gateway.ann, encode(many)).status, 400);
    QCOMPARE(
        gateway.send("POST", "/v1/commands", gateway.ann, std::string(Limits::requestBytes + 1, ' ')).status,
        413);
    QVERIFY(gateway.outcomes(gateway.ann, {}).empty());
}

void CommandJournalTest::figures()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    const auto text = [&] { return gateway.core->handle({"GET", "/metrics", {}, {}, {}, "127.0.0.1"}).body; };
    QVERIFY(text().find("\ncounterfoil_commands_unfinished 1\n") != std::string::npos);
    gateway.settle();
    for (const char *line :
         {"commands_unfinished 0", "commands_received_total 1", "commands_repeated_total 1",
          "commands_applied_total 1", "commands_rejected_total 0"})
        QVERIFY2(text().find("\ncounterfoil_" + std::string(line) + '\n') != std::string::npos, line);
}

CORE_TEST(CommandJournalTest)
#include "tst_commandjournal.moc"

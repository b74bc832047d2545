#include "commandfixture.h"
#include "faultystore.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// What becomes of a command when the ERP does not do its part, or the journal has forgotten.
class CommandTroublesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownDependency();
    void knownToTheErpAlone();
    void secondBeforeTheFirst();
    void doneBeforeRightsEnded();
    void refusedAfterTheBackup();
    void doneAsTheBackupWasMade();
    void secondOfAChainWakesAlone();
    void wakesOnAFailingDisk_data();
    void wakesOnAFailingDisk();
    void lostAnswers();
    void unsureErpIsAskedAgain();
    void downErpIsLeftAlone();
    void poisonedGivesUp_data();
    void poisonedGivesUp();
    void poisonedIsCountedAcrossRestarts();
};

void CommandTroublesTest::unknownDependency()
{
    Commands gateway;
    auto command = saveAddress("k-2", "A", "ADR-A", "York", "Hull");
    command.after = "k-never";
    gateway.give(gateway.ann, command);
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Received); // it may be on its way
    for (int i = 0; i < 10; ++i) {
        gateway.later(60'000);
        gateway.settle();
    }
    QCOMPARE(gateway.outcome(gateway.ann, "k-2").reasonCode, std::string(RejectionCode::dependency));
    QVERIFY(gateway.erp.executed.empty());
    QCOMPARE(gateway.erp.finds["k-never"], 8);
}

// The journal was restored from before the first of the chain.
void CommandTroublesTest::knownToTheErpAlone()
{
    Commands gateway;
    const QString copy = gateway.backup();
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    gateway.settle();
    const auto made = gateway.outcome(gateway.ann, "k-1").target;
    gateway.putBack(copy);
    gateway.pumpAll();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Unknown);
    gateway.give(gateway.ann, saveDefault("k-2", "A", resultOf("k-1")));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Applied);
    QCOMPARE(gateway.erp.now[std::pair(std::string_view("account"), std::string("A"))]
                 .as<Account>()
                 ->defaultShipTo,
             made);
    QVERIFY(gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds")).state == State::Received);
    gateway.settle();
    QCOMPARE(gateway.outcome(gateway.ann, "k-1").target, made);
    QCOMPARE(gateway.mostEffects(), 1);
}

// A restored journal gets again what it lost, and what builds on that may have come before it.
void CommandTroublesTest::secondBeforeTheFirst()
{
    Commands gateway;
    auto second = saveAddress("k-2", "A", "ADR-A", "York", "Leeds");
    second.after = "k-1";
    gateway.give(gateway.ann, second);
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    QCOMPARE(gateway.erp.executed, (Keys{"k-1", "k-2"}));
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Applied);
}

// The ERP did it, the journal was restored from before, and the person lost the right meanwhile: to tell them
// that it was refused would have them ask somebody to do it again.
void CommandTroublesTest::doneBeforeRightsEnded()
{
    Commands gateway;
    const QString copy = gateway.backup();
    gateway.pumpAll();
    const auto wish = saveAddress("k-1", "A", {}, "Leeds");
    gateway.give(gateway.ann, wish);
    gateway.settle();
    gateway.putBack(copy);
    gateway.pumpAll();
    gateway.user("ann", "viewer", {"A"});
    gateway.give(gateway.ann, wish);
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
    QCOMPARE(gateway.mostEffects(), 1);
}

// A backup from before it was refused: who was told so may have asked anew, and who was not, asks again.
void CommandTroublesTest::refusedAfterTheBackup()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    const auto untold = saveAddress("k-2", "A", {}, "York");
    gateway.give(gateway.ann, untold);
    const QString copy = gateway.backup();
    gateway.pumpAll();
    gateway.user("ann", "viewer", {"A"});
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Rejected);
    gateway.user("ann", "buyer", {"A"});
    gateway.putBack(copy);
    gateway.pumpAll();
    gateway.settle();
    QVERIFY(gateway.erp.executed.empty());
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Unknown);
    gateway.die(); // and it stays so
    gateway.pumpAll();
    gateway.settle();
    QVERIFY(gateway.erp.executed.empty());
    QCOMPARE(gateway.problemOf(gateway.post(gateway.ann, saveAddress("k-2", "A", {}, "Hull"))), "key-reused");
    gateway.give(gateway.ann, untold);
    gateway.settle();
    QCOMPARE(gateway.erp.executed, Keys{"k-2"});
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Applied);
}

// The backup is of the moment in which the ERP did it. Until the ERP has said so, nobody else gets at the
// record.
void CommandTroublesTest::doneAsTheBackupWasMade()
{
    Commands gateway;
    gateway.erp.answersToLose = 1;
    gateway.give(gateway.ann, saveAddress("k-1", "A", "ADR-A", "Leeds", "Hull"));
    gateway.settle();
    gateway.putBack(gateway.backup());
    gateway.erp.unsure = true;
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-2", "A", "ADR-A", "York", "Leeds"));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Unknown);
    QCOMPARE(gateway.erp.executed, Keys{"k-1"});
    gateway.erp.unsure = false;
    gateway.later(60'000);
    gateway.settle(); // which nobody asked for
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
    QCOMPARE(gateway.erp.executed, (Keys{"k-1", "k-2"}));
    QCOMPARE(gateway.mostEffects(), 1);
}

// Nobody waits for the first any more, and somebody does for what builds on it.
void CommandTroublesTest::secondOfAChainWakesAlone()
{
    Commands gateway;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    const auto second = saveDefault("k-2", "A", resultOf("k-1"));
    gateway.give(gateway.ann, second);
    gateway.putBack(gateway.backup());
    gateway.pumpAll();
    gateway.settle();
    gateway.give(gateway.ann, second);
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Received); // the first may be on its way
    for (int i = 0; i < 10; ++i) {
        gateway.later(60'000);
        gateway.settle();
    }
    QVERIFY(gateway.outcome(gateway.ann, "k-2").state == State::Rejected);
    QCOMPARE(gateway.outcome(gateway.ann, "k-2").reasonCode, std::string(RejectionCode::dependency));
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Unknown);
    QVERIFY(gateway.erp.executed.empty());
}

// Wherever the disk fails, what its client was told is awake is done once.
void CommandTroublesTest::wakesOnAFailingDisk_data()
{
    QTest::addColumn<bool>("before");
    QTest::newRow("nothing was written") << true;
    QTest::newRow("all was written") << false;
}

void CommandTroublesTest::wakesOnAFailingDisk()
{
    QFETCH(bool, before);
    for (int at = 0; at < 3; ++at) {
        Commands gateway;
        const auto wish = saveAddress("k-1", "A", {}, "Leeds");
        gateway.give(gateway.ann, wish);
        gateway.putBack(gateway.backup());
        FaultyStore store(*gateway.store);
        gateway.core = std::make_unique<GatewayCore>(store, gateway.erp, gateway.clock, gateway.random,
                                                     gateway.settings);
        gateway.pumpAll();
        gateway.settle();
        store.faulty.faultAt = at;
        store.faulty.fault = before ? FaultyJournal::Fault::Before : FaultyJournal::Fault::After;
        for (int i = 0; i < 5; ++i) {
            if (gateway.outcome(gateway.ann, "k-1").state == State::Unknown)
                gateway.post(gateway.ann, wish);
            gateway.settle();
            gateway.later(60'000);
        }
        QVERIFY2(gateway.outcome(gateway.ann, "k-1").state == State::Applied,
                 qPrintable(QString::number(at)));
        QCOMPARE(gateway.mostEffects(), 1);
        gateway.core.reset();
    }
}

void CommandTroublesTest::lostAnswers()
{
    Commands gateway;
    gateway.erp.answersToLose = 1;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Received);
    gateway.clock.advance(1'000);
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
    QCOMPARE(gateway.erp.executed.size(), 1U);
    QCOMPARE(gateway.erp.finds["k-1"], 2);
}

void CommandTroublesTest::unsureErpIsAskedAgain()
{
    Commands gateway;
    gateway.erp.unsure = true;
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    for (int i = 0; i < 50; ++i) {
        gateway.settle();
        gateway.clock.advance(500);
    }
    QVERIFY(gateway.erp.executed.empty());
    QVERIFY(gateway.erp.finds["k-1"] >= 3);
    QVERIFY(gateway.erp.finds["k-1"] <= 8); // less and less often
    gateway.erp.unsure = false;
    gateway.later(60'000);
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

void CommandTroublesTest::downErpIsLeftAlone()
{
    Commands gateway;
    gateway.erp.failing = true;
    gateway.pumpAll();
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    for (int i = 0; i < 100; ++i) {
        gateway.settle();
        gateway.later(60'000);
    }
    QCOMPARE(gateway.erp.finds["k-1"], 0);
    gateway.erp.failing = false;
    gateway.pumpAll();
    gateway.settle();
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Applied);
}

void CommandTroublesTest::poisonedGivesUp_data()
{
    QTest::addColumn<ErrorKind>("breaksBy");
    QTest::newRow("a fault") << ErrorKind::Storage;
    QTest::newRow("nonsense") << ErrorKind::BadReply;
}

void CommandTroublesTest::poisonedGivesUp()
{
    QFETCH(const ErrorKind, breaksBy);
    Commands gateway;
    gateway.erp.breaksBy = breaksBy;
    gateway.erp.poisoned.insert("k-1");
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    gateway.give(gateway.ann, saveAddress("k-2", "A", resultOf("k-1"), "York"));
    for (int i = 0; i < 20; ++i) {
        gateway.settle();
        gateway.later(60'000);
    }
    QCOMPARE(gateway.erp.executed.size(), 8U);
    QCOMPARE(gateway.erp.finds["k-1"], 9);
    QCOMPARE(gateway.outcome(gateway.ann, "k-1").reasonCode, std::string(RejectionCode::erpFault));
    QCOMPARE(gateway.outcome(gateway.ann, "k-2").reasonCode, std::string(RejectionCode::dependency));
}

void CommandTroublesTest::poisonedIsCountedAcrossRestarts()
{
    Commands gateway;
    gateway.erp.poisoned.insert("k-1");
    gateway.give(gateway.ann, saveAddress("k-1", "A", {}, "Leeds"));
    for (int i = 0; i < 12; ++i) {
        gateway.die();
        gateway.pumpAll();
        gateway.settle();
    }
    QCOMPARE(gateway.erp.executed.size(), 8U);
    QVERIFY(gateway.outcome(gateway.ann, "k-1").state == State::Rejected);
}

CORE_TEST(CommandTroublesTest)
#include "tst_commandtroubles.moc"

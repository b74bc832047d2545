#include "commandfixture.h"
#include "faultystore.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// What the person of the tests asks for: a chain, a refused chain, a conflict, and an edit of their own edit.
std::vector<Command> wishes()
{
    std::vector<Command> all;
    all.push_back(saveAddress("k-1", "A", {}, "Leeds"));
    auto edit = saveAddress("k-2", "A", resultOf("k-1"), "York", "Leeds");
    edit.record.as<Address>()->name = edit.base.as<Address>()->name = "Site ";
    edit.after = "k-1";
    all.push_back(edit);
    all.push_back(saveDefault("k-3", "A", resultOf("k-1")));
    all.push_back(saveAddress("k-4", "A", {}, "nowhere"));
    all.push_back(retireAddress("k-5", "A", resultOf("k-4")));
    all.push_back(saveAddress("k-6", "A1", "ADR-A1", "Bath", "Ely"));
    all.push_back(saveAddress("k-7", "A", "ADR-A", "Bath", "Hull"));
    all.push_back(saveAddress("k-8", "A", "ADR-A", "Hove", "Bath"));
    all.back().after = "k-7";
    return all;
}

bool isFinal(State state)
{
    return state != State::Unknown && state != State::Received;
}

// A person who goes on asking until everything has come to an end, one step of the whole after the other.
class Story
{
public:
    explicit Story(Commands &gateway)
        : m_gateway(gateway)
    { }

    std::function<void()> between = [] {}; // any two steps

    // False: it never ends.
    bool tell()
    {
        for (int round = 0; round < 60; ++round) {
            if (everythingEnded())
                return true;
            ask();
            read();
            m_gateway.later(1'000);
        }
        return false;
    }
    std::string ending()
    {
        std::string text;
        for (const Command &wish : wishes()) {
            const auto outcome = m_gateway.outcome(m_gateway.ann, wish.key);
            text += wish.key + ' ' + std::string(stateName(outcome.state)) + ' ' + outcome.reasonCode + '\n';
        }
        return text;
    }

private:
    bool everythingEnded()
    {
        bool all = true;
        std::set<std::string> arrived;
        for (const Command &wish : wishes()) {
            // Nobody sends what depends on something before that has arrived.
            const bool sendable = std::ranges::all_of(
                dependencies(wish), [&](const std::string &key) { return arrived.contains(key); });
            auto state = m_gateway.outcome(m_gateway.ann, wish.key).state;
            // An answer that says "later" is as good as a lost one.
            if (!isFinal(state) && sendable) {
                const auto answer = m_gateway.post(m_gateway.ann, wish);
                if (answer.status == 200)
                    state = decodeOutcome(answer.body)->state;
                between();
            }
            if (state != State::Unknown)
                arrived.insert(wish.key);
            all &= isFinal(state);
        }
        return all;
    }
    void ask()
    {
        while (const auto question = m_gateway.core->commandQuestion()) {
            const auto *core = m_gateway.core.get();
            between();
            if (m_gateway.core.get() != core)
                continue; // whoever asked is dead
            const auto answer = GatewayCore::ask(m_gateway.erp, *question);
            between();
            if (m_gateway.core.get() == core)
                m_gateway.core->takeCommand(*question, answer);
            between();
        }
    }
    void read()
    {
        for (bool more = true; more;) {
            const auto *core = m_gateway.core.get();
            const auto question = m_gateway.core->question();
            const auto answer = m_gateway.erp.changesAfter(question->position, question->limit);
            between();
            more = m_gateway.core.get() != core || m_gateway.core->take(*question, answer).more;
            between();
        }
    }

    Commands &m_gateway;
};

const std::string expected = "k-1 applied \nk-2 applied \nk-3 applied \nk-4 rejected no-such-city\n"
                             "k-5 rejected dependency-refused\nk-6 conflict \nk-7 applied \nk-8 applied \n";

} // namespace

// One effect for each command, wherever a death or a fault falls between or into the steps.
class CommandDeathsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void betweenEveryTwoSteps_data();
    void betweenEveryTwoSteps();
    void faultAtEveryWrite_data();
    void faultAtEveryWrite();
    void everyBackup();
    void atRandom();

private:
    static int stepsOfAll()
    {
        Commands gateway;
        Story story(gateway);
        int steps = 0;
        story.between = [&] { ++steps; };
        return story.tell() ? steps : 0;
    }
};

void CommandDeathsTest::betweenEveryTwoSteps_data()
{
    QTest::addColumn<bool>("answersAreLost");
    QTest::newRow("death alone") << false;
    QTest::newRow("and lost answers") << true;
}

void CommandDeathsTest::betweenEveryTwoSteps()
{
    QFETCH(bool, answersAreLost);
    const int steps = stepsOfAll();
    QVERIFY(steps > 30);
    for (int at = 0; at < steps; at += answersAreLost ? 3 : 1) {
        Commands gateway;
        gateway.erp.answersToLose = answersAreLost ? 2 : 0;
        Story story(gateway);
        int step = 0;
        story.between = [&] {
            if (step++ == at)
                gateway.die();
        };
        QVERIFY2(story.tell(), qPrintable(QString::number(at)));
        QCOMPARE(story.ending(), expected);
        QCOMPARE(gateway.mostEffects(), 1);
        QCOMPARE(gateway.erp.applied.size(), 5U);
    }
    qInfo("%d deaths", steps);
}

void CommandDeathsTest::faultAtEveryWrite_data()
{
    QTest::addColumn<bool>("before");
    QTest::newRow("nothing was written") << true;
    QTest::newRow("all was written") << false;
}

void CommandDeathsTest::faultAtEveryWrite()
{
    QFETCH(bool, before);
    int writes = 1;
    for (int at = 0; at < writes; ++at) {
        Commands gateway;
        FaultyStore store(*gateway.store);
        gateway.core = std::make_unique<GatewayCore>(store, gateway.erp, gateway.clock, gateway.random,
                                                     gateway.settings);
        gateway.pumpAll();
        store.faulty.faultAt = at;
        store.faulty.fault = before ? FaultyJournal::Fault::Before : FaultyJournal::Fault::After;
        Story story(gateway);
        QVERIFY2(story.tell(), qPrintable(QString::number(at)));
        QCOMPARE(story.ending(), expected);
        QCOMPARE(gateway.mostEffects(), 1);
        writes = std::max(writes, store.faulty.writes);
        gateway.core.reset();
    }
    QVERIFY(writes > 20);
    qInfo("%d writes", writes);
}

// Whatever the journal forgets, the ERP knows.
void CommandDeathsTest::everyBackup()
{
    const int steps = stepsOfAll();
    for (int at = 0; at < steps; at += 5) {
        Commands gateway;
        Story story(gateway);
        int step = 0;
        QString copy;
        story.between = [&] {
            if (step++ == at)
                copy = gateway.backup();
        };
        QVERIFY(story.tell());
        gateway.putBack(copy);
        QVERIFY2(story.tell(), qPrintable(QString::number(at)));
        QCOMPARE(story.ending(), expected);
        QCOMPARE(gateway.mostEffects(), 1);
        QCOMPARE(gateway.erp.applied.size(), 5U);
        // What was told as applied is in the log that there is now.
        const auto last = gateway.store->logState()->last;
        for (const Command &wish : wishes())
            QVERIFY(gateway.outcome(gateway.ann, wish.key).effectSeq <= last);
    }
}

// Deaths, lost answers, an ERP that comes and goes, and everything said one to five times in any order.
void CommandDeathsTest::atRandom()
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SeededRandom chance(seed);
        Commands gateway;
        Story story(gateway);
        story.between = [&] {
            switch (chance.below(12)) {
            case 0:
                return gateway.die();
            case 1:
                gateway.erp.answersToLose = 1;
                return;
            case 2:
                gateway.erp.unsure = chance.below(2) == 0;
                return;
            case 3:
                gateway.erp.failing = chance.below(3) == 0;
                return;
            default:
                break;
            }
            // Old messages arrive once more.
            for (std::uint64_t i = chance.below(5); i > 0; --i) {
                const Command wish = wishes()[chance.below(wishes().size())];
                if (gateway.outcome(gateway.ann, wish.key).state != State::Unknown)
                    gateway.post(gateway.ann, wish);
            }
        };
        for (int patience = 0; patience < 20 && !story.tell(); ++patience) {
            gateway.erp.failing = gateway.erp.unsure = false;
            gateway.later(60'000);
        }
        QCOMPARE(story.ending(), expected);
        QVERIFY2(gateway.mostEffects() == 1, qPrintable(QString::number(seed)));
    }
}

CORE_TEST(CommandDeathsTest)
#include "tst_commanddeaths.moc"

#include "outboxtransition.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

// Every state and every event, written down a second time and in other words than the table.
class TestOutboxTransition : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allowsAPersonToCancelOnlyWhatNeverLeft();
    void sendsWhatIsNotSettled();
    void believesTheGatewayWhileItIsUnfinished();
    void changesNothingThatIsFinished();
    void holdsWhatIsStillHere();
    void keepsATombstoneOnlyOfWhatNeverLeft();

private:
    using State = OutboxEntry::State;
    using Event = OutboxEvent;

    static std::vector<State> states()
    {
        std::vector<State> all;
        for (std::size_t i = 0; i < outboxStates; ++i)
            all.push_back(static_cast<State>(i));
        return all;
    }
    static OutboxStep to(State state) { return {OutboxStep::Kind::To, state}; }
    static bool unfinished(State state)
    {
        return state == State::Queued || state == State::Sending || state == State::Received;
    }
};

void TestOutboxTransition::allowsAPersonToCancelOnlyWhatNeverLeft()
{
    for (State state : states()) {
        for (bool sent : {false, true}) {
            const auto step = nextStep(state, sent, Event::Cancel);
            if (state == State::Queued && !sent)
                QCOMPARE(step, to(State::Cancelled));
            else
                QCOMPARE(step.kind, OutboxStep::Kind::NotAllowed);
        }
    }
}

void TestOutboxTransition::sendsWhatIsNotSettled()
{
    for (State state : states()) {
        const auto step = nextStep(state, true, Event::Send);
        if (state == State::Queued || state == State::Sending)
            QCOMPARE(step, to(State::Sending));
        else
            QCOMPARE(step.kind, OutboxStep::Kind::NotAllowed);
        QCOMPARE(nextStep(state, true, Event::Fail), to(state));
    }
}

void TestOutboxTransition::believesTheGatewayWhileItIsUnfinished()
{
    for (State state : {State::Queued, State::Sending, State::Received}) {
        for (bool sent : {false, true}) {
            QCOMPARE(nextStep(state, sent, Event::HearUnknown), to(State::Queued));
            QCOMPARE(nextStep(state, sent, Event::HearReceived), to(State::Received));
            QCOMPARE(nextStep(state, sent, Event::HearApplied), to(State::Applied));
            QCOMPARE(nextStep(state, sent, Event::HearRejected), to(State::Rejected));
            QCOMPARE(nextStep(state, sent, Event::HearDependency), to(State::Held));
            QCOMPARE(nextStep(state, sent, Event::HearConflict), to(State::Conflict));
        }
    }
}

void TestOutboxTransition::changesNothingThatIsFinished()
{
    for (State state : states()) {
        if (unfinished(state))
            continue;
        for (Event event : {Event::HearUnknown, Event::HearReceived, Event::HearApplied, Event::HearRejected,
                            Event::HearDependency, Event::HearConflict, Event::LoseDependency}) {
            const bool happenedAfterAll = state == State::Held && event == Event::HearApplied;
            QCOMPARE(nextStep(state, true, event), to(happenedAfterAll ? State::Applied : state));
        }
    }
}

void TestOutboxTransition::holdsWhatIsStillHere()
{
    QCOMPARE(nextStep(State::Queued, false, Event::LoseDependency), to(State::Held));
    QCOMPARE(nextStep(State::Queued, true, Event::LoseDependency), to(State::Held));
    QCOMPARE(nextStep(State::Sending, true, Event::LoseDependency), to(State::Sending));
    QCOMPARE(nextStep(State::Received, true, Event::LoseDependency), to(State::Received));
}

void TestOutboxTransition::keepsATombstoneOnlyOfWhatNeverLeft()
{
    for (State state : states()) {
        const bool wish = state == State::Queued || state == State::Held || state == State::Withdrawn;
        const auto unsent = nextStep(state, false, Event::Withdraw);
        if (wish)
            QCOMPARE(unsent, to(State::Withdrawn));
        else
            QCOMPARE(unsent.kind, OutboxStep::Kind::Gone);
        QCOMPARE(nextStep(state, true, Event::Withdraw).kind, OutboxStep::Kind::Gone);
    }
}

CORE_TEST(TestOutboxTransition)
#include "tst_outboxtransition.moc"

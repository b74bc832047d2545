#include "outboxsample.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::OutboxSample;

// What becomes of entries, and of those that depend on them.
class TestOutbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void storesEditableFieldsAlone();
    void goesThroughALife();
    void countsSendingsAndErrors();
    void sendsAgainWhatTheGatewayDoesNotKnow();
    void takesNoNotice();
    void learnsAnotherPlaceInTheLog();
    void holdsAChainWhenItsFirstIsRefused();
    void holdsWhatIsSubmittedTooLate();
    void leavesToTheGatewayWhatItMayHave();
    void cancelsOnlyWhatNeverLeft();
    void makesAChainAnew();
    void laysLaterEditsOnTopOfTheMergedOne();
    void waitsForTheOtherReason();
    void editsWhatIsQueued();
    void refusesToMakeAnewAtTheWrongMoment();
    void pointsToWhatReplaced();
    void dismisses();
    void tidiesWhatNobodyNeeds();

private:
    Outcome hear(const std::string &key, Told state, const std::string &code = {})
    {
        return m_box->told(outcome(key, state, code), after(50));
    }
    // A new address A; B changes it; C makes it the default; D, of another record, has nothing to do with it.
    void storeChain();
    const OutboxEntry &entry(const std::string &key) const { return *m_box.find(key); }
    std::string replacing(const std::string &key) const { return entry(key).replacedBy; }

    Box m_box;
    SeededRandom m_random{1};
};

void TestOutbox::init()
{
    m_box.file.reset();
    QFile::remove(m_box.path());
    m_box.open();
}

void TestOutbox::storeChain()
{
    VERIFY_OK(m_box->submit(newAddress("A")));
    VERIFY_OK(m_box->submit(editAfter("B", "A", "Leeds", "York", resultOf("A"))));
    VERIFY_OK(m_box->submit(useAsDefault("C", "A")));
    VERIFY_OK(m_box->submit(edit("D", "Hull", "Ripon", "address-9")));
    QCOMPARE(m_box->entries()->size(), std::size_t{4});
}

void TestOutbox::storesEditableFieldsAlone()
{
    Command command = edit("A", "Leeds", "York");
    command.record.as<Address>()->status = "confirmed";
    command.base.as<Address>()->key = "address-1";
    VERIFY_OK(m_box->submit(command));
    command.record.as<Address>()->city = "changed behind its back";
    for (int i = 0; i < 2; ++i) {
        const Command &stored = entry("A").command;
        QCOMPARE(cityOf(stored.record), std::string("York"));
        QCOMPARE(cityOf(stored.base), std::string("Leeds"));
        QCOMPARE(stored.record.as<Address>()->status, std::string());
        QCOMPARE(stored.base.as<Address>()->key, std::string());
        QCOMPARE(stored.account, std::string("acme"));
        QCOMPARE(stored.target, std::string("address-1"));
        QCOMPARE(stored.baseVersion, 3);
        QCOMPARE(stored.madeAt, morning);
        QCOMPARE(entry("A").state, State::Queued);
        m_box.open();
    }
}

void TestOutbox::goesThroughALife()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(m_box->willSend("A", after(1)));
    QCOMPARE(m_box.state("A"), "sending");
    VERIFY_OK(hear("A", Told::Received));
    QCOMPARE(m_box.state("A"), "received");
    m_box.open();
    CommandOutcome conflict = outcome("A", Told::Conflict);
    conflict.theirs = address("Hull");
    conflict.theirs.as<Address>()->status = "confirmed";
    conflict.theirVersion = 5;
    conflict.reason = std::string(5000, 'x');
    VERIFY_OK(m_box->told(conflict, after(3)));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(m_box.state("A"), "conflict");
        QVERIFY(entry("A").needsDecision());
        QCOMPARE(cityOf(entry("A").outcome.theirs), std::string("Hull"));
        QCOMPARE(entry("A").outcome.theirs.as<Address>()->status, std::string("confirmed"));
        QCOMPARE(entry("A").outcome.theirVersion, 5);
        QCOMPARE(entry("A").outcome.reason.size(), OutboxLimits::textBytes);
        QCOMPARE(entry("A").changedAt, after(3));
        m_box.open();
    }
}

void TestOutbox::countsSendingsAndErrors()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(m_box->willSend("A", after(1)));
    VERIFY_OK(m_box->attemptFailed("A", {ErrorKind::Timeout, QStringLiteral("Slow.")}, after(2)));
    VERIFY_OK(m_box->willSend("A", after(3)));
    m_box.open();
    QCOMPARE(m_box.state("A"), "sending");
    QCOMPARE(entry("A").attempts, 2);
    QCOMPARE(entry("A").lastError->kind, ErrorKind::Timeout);
    QCOMPARE(entry("A").lastError->userText, QStringLiteral("Slow."));
    VERIFY_OK(hear("A", Told::Received));
    QVERIFY(!entry("A").lastError);
    VERIFY_OK(m_box->attemptFailed("A", {ErrorKind::Timeout}, after(5))); // of the sending before
    QVERIFY(!entry("A").lastError);
    QVERIFY(!m_box->willSend("A", after(6)));
}

void TestOutbox::sendsAgainWhatTheGatewayDoesNotKnow()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(m_box->willSend("A", after(1)));
    VERIFY_OK(hear("A", Told::Received));
    VERIFY_OK(hear("A", Told::Unknown)); // restored from a backup
    QCOMPARE(m_box.state("A"), "queued");
    QVERIFY(entry("A").outcome.command.empty());
    QVERIFY(!m_box->cancel("A", after(2))); // it may arrive yet
    VERIFY_OK(hear("A", Told::Applied));
    QCOMPARE(m_box.state("A"), "applied");
}

void TestOutbox::takesNoNotice()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(hear("A", Told::Rejected, "no-such-street"));
    const OutboxEntries before = m_box->entries();
    VERIFY_OK(hear("A", Told::Applied));
    VERIFY_OK(hear("A", Told::Received));
    VERIFY_OK(hear("unheard-of", Told::Applied));
    VERIFY_OK(m_box->attemptFailed("unheard-of", {}, after(9)));
    QCOMPARE(m_box->entries().get(), before.get()); // nothing was written either
    QCOMPARE(entry("A").outcome.reasonCode, std::string("no-such-street"));
    QCOMPARE(m_box->willSend("unheard-of", after(9)).error().kind, ErrorKind::NotFound);
}

void TestOutbox::learnsAnotherPlaceInTheLog()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(hear("A", Told::Applied));
    QCOMPARE(entry("A").outcome.effectSeq, 77);
    CommandOutcome again = outcome("A", Told::Applied);
    again.effectSeq = 5;
    VERIFY_OK(m_box->told(again, after(60)));
    m_box.open();
    QCOMPARE(entry("A").outcome.effectSeq, 5);
    VERIFY_OK(hear("A", Told::Unknown));
    QCOMPARE(entry("A").outcome.effectSeq, 0);
    QCOMPARE(m_box.state("A"), "applied");
}

void TestOutbox::holdsAChainWhenItsFirstIsRefused()
{
    for (const Told end : {Told::Rejected, Told::Conflict}) {
        init();
        storeChain();
        VERIFY_OK(m_box->submit(editAfter("E", "B", "York", "Selby", resultOf("A"))));
        VERIFY_OK(m_box->willSend("A", after(1)));
        VERIFY_OK(hear("A", end));
        for (int i = 0; i < 2; ++i) {
            for (const char *key : {"B", "C", "E"})
                QCOMPARE(m_box.state(key), "held");
            QCOMPARE(m_box.state("D"), "queued");
            QVERIFY(!m_box->willSend("B", after(2)));
            m_box.open();
        }
    }
}

// The form was open while what it builds on came to nothing: the typing is not lost, and not sent.
void TestOutbox::holdsWhatIsSubmittedTooLate()
{
    VERIFY_OK(m_box->submit(newAddress("A")));
    VERIFY_OK(hear("A", Told::Rejected));
    VERIFY_OK(m_box->submit(editAfter("B", "A", "Leeds", "York", resultOf("A"))));
    QCOMPARE(m_box.state("B"), "held");
    VERIFY_OK(m_box->submit(useAsDefault("C", "unknown-here"))); // the gateway may know it
    QCOMPARE(m_box.state("C"), "queued");
}

void TestOutbox::leavesToTheGatewayWhatItMayHave()
{
    storeChain();
    VERIFY_OK(m_box->willSend("A", after(1)));
    VERIFY_OK(hear("A", Told::Received));
    VERIFY_OK(m_box->willSend("B", after(2)));
    VERIFY_OK(hear("A", Told::Rejected));
    QCOMPARE(m_box.state("B"), "sending");
    VERIFY_OK(hear("B", Told::Rejected, std::string(RejectionCode::dependency)));
    QCOMPARE(m_box.state("B"), "held");
    QCOMPARE(entry("B").outcome.reasonCode, std::string(RejectionCode::dependency));
}

void TestOutbox::cancelsOnlyWhatNeverLeft()
{
    storeChain();
    VERIFY_OK(m_box->willSend("D", after(1)));
    const auto refused = m_box->cancel("D", after(2));
    QVERIFY(!refused);
    QVERIFY(!refused.error().userText.isEmpty());
    QCOMPARE(m_box.state("D"), "sending");
    VERIFY_OK(m_box->cancel("A", after(2)));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(m_box.state("A"), "cancelled");
        QVERIFY(!entry("A").needsDecision());
        QCOMPARE(m_box.state("B"), "held");
        QCOMPARE(m_box.state("C"), "held");
        m_box.open();
    }
    QVERIFY(!m_box->cancel("A", after(3)));
    QCOMPARE(m_box->cancel("unheard-of", after(3)).error().kind, ErrorKind::NotFound);
}

void TestOutbox::makesAChainAnew()
{
    storeChain();
    VERIFY_OK(m_box->submit(editAfter("E", "B", "York", "Selby", resultOf("A"))));
    VERIFY_OK(hear("A", Told::Rejected));
    Command again = newAddress("A2");
    again.madeAt = after(500);
    VERIFY_OK(m_box->resubmit("A", again, m_random));
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(replacing("A"), std::string("A2"));
        const std::string b = replacing("B");
        const std::string c = replacing("C");
        const std::string e = replacing("E");
        for (const std::string &key : {b, c, e}) {
            QCOMPARE(m_box.state(key), "queued");
            QCOMPARE(entry(key).command.madeAt, after(500));
        }
        QCOMPARE(entry(b).command.after, std::string("A2"));
        QCOMPARE(entry(b).command.target, resultOf("A2"));
        QCOMPARE(cityOf(entry(b).command.record), std::string("York"));
        QCOMPARE(entry(c).command.record.as<Account>()->defaultShipTo, resultOf("A2"));
        QCOMPARE(entry("C").command.record.as<Account>()->defaultShipTo,
                 resultOf("A")); // as it was asked for
        QCOMPARE(entry(e).command.after, b);
        QCOMPARE(cityOf(entry(e).command.record), std::string("Selby"));
        QVERIFY(entry("A2").order < entry(b).order);
        QVERIFY(entry(b).order < entry(c).order && entry(c).order < entry(e).order);
        for (const char *key : {"A", "B", "C", "E"})
            QVERIFY(!entry(key).needsDecision());
        QCOMPARE(m_box.state("D"), "queued");
        m_box.open();
    }
    VERIFY_OK(hear("A2", Told::Conflict)); // and once more
    Command third = newAddress("A3");
    VERIFY_OK(m_box->resubmit("A2", third, m_random));
    QCOMPARE(entry(replacing(replacing("B"))).command.after, std::string("A3"));
}

// Somebody changed the phone; the person keeps both that and the new city. The edit made on top of the first
// one must not bring the old phone back.
void TestOutbox::laysLaterEditsOnTopOfTheMergedOne()
{
    VERIFY_OK(m_box->submit(edit("A", "Leeds", "York")));
    VERIFY_OK(m_box->submit(editAfter("B", "A", "York", "Selby")));
    VERIFY_OK(hear("A", Told::Conflict));
    Command merged = edit("A2", "Leeds", "York");
    merged.base.as<Address>()->phone = "2";
    merged.record.as<Address>()->phone = "2";
    VERIFY_OK(m_box->resubmit("A", merged, m_random));
    const Command &later = entry(replacing("B")).command;
    QCOMPARE(phoneOf(later.base), std::string("2"));
    QCOMPARE(cityOf(later.base), std::string("York"));
    QCOMPARE(phoneOf(later.record), std::string("2"));
    QCOMPARE(cityOf(later.record), std::string("Selby"));
}

void TestOutbox::waitsForTheOtherReason()
{
    VERIFY_OK(m_box->submit(newAddress("A")));
    VERIFY_OK(m_box->submit(newAddress("B")));
    Command both = useAsDefault("C", "A");
    both.record.as<Account>()->defaultBillTo = resultOf("B");
    VERIFY_OK(m_box->submit(both));
    VERIFY_OK(hear("A", Told::Rejected));
    VERIFY_OK(hear("B", Told::Rejected));
    VERIFY_OK(m_box->resubmit("A", newAddress("A2"), m_random));
    QCOMPARE(m_box.state("C"), "held");
    QVERIFY(entry("C").needsDecision());
    VERIFY_OK(m_box->resubmit("B", newAddress("B2"), m_random));
    const Command &again = entry(replacing("C")).command;
    QCOMPARE(again.record.as<Account>()->defaultShipTo, resultOf("A2"));
    QCOMPARE(again.record.as<Account>()->defaultBillTo, resultOf("B2"));
    QCOMPARE(m_box.state(again.key), "queued");
}

void TestOutbox::editsWhatIsQueued()
{
    storeChain();
    Command other = newAddress("A2");
    other.record.as<Address>()->city = "Hull";
    VERIFY_OK(m_box->resubmit("A", other, m_random));
    QCOMPARE(m_box.state("A"), "cancelled");
    QCOMPARE(m_box.state("A2"), "queued");
    QCOMPARE(m_box.state(replacing("C")), "queued");
    QCOMPARE(cityOf(entry(replacing("B")).command.base), std::string("Hull"));
    VERIFY_OK(m_box->willSend("D", after(1)));
    QVERIFY(!m_box->resubmit("D", edit("D2", "Hull", "York"), m_random));
}

void TestOutbox::refusesToMakeAnewAtTheWrongMoment()
{
    storeChain();
    VERIFY_OK(hear("D", Told::Applied));
    QCOMPARE(m_box->resubmit("D", newAddress("D2"), m_random).error().kind, ErrorKind::Conflict);
    QCOMPARE(m_box->resubmit("unheard-of", newAddress("D2"), m_random).error().kind, ErrorKind::NotFound);
    VERIFY_OK(hear("A", Told::Rejected));
    QVERIFY(!m_box->resubmit("A", newAddress("A"), m_random)); // not a key of its own
    QCOMPARE(m_box.state("B"), "held");
    QVERIFY(replacing("A").empty());
    VERIFY_OK(m_box->resubmit("A", newAddress("A2"), m_random));
    QVERIFY(!m_box->resubmit("A", newAddress("A3"), m_random)); // a second time
}

void TestOutbox::pointsToWhatReplaced()
{
    VERIFY_OK(m_box->submit(newAddress("A")));
    VERIFY_OK(hear("A", Told::Rejected));
    VERIFY_OK(m_box->resubmit("A", newAddress("A2"), m_random));
    VERIFY_OK(hear("A2", Told::Conflict));
    VERIFY_OK(m_box->resubmit("A2", newAddress("A3"), m_random));
    VERIFY_OK(m_box->submit(editAfter("B", "A", "Leeds", "York", resultOf("A"))));
    QCOMPARE(entry("B").command.after, std::string("A3"));
    QCOMPARE(entry("B").command.target, resultOf("A3"));
    QCOMPARE(m_box.state("B"), "queued");
}

void TestOutbox::dismisses()
{
    storeChain();
    QVERIFY(!m_box->dismiss("A", after(1)));
    VERIFY_OK(hear("A", Told::Rejected));
    VERIFY_OK(m_box->dismiss("A", after(2)));
    VERIFY_OK(m_box->dismiss("A", after(3)));
    m_box.open();
    QVERIFY(!entry("A").needsDecision());
    QCOMPARE(entry("A").changedAt, after(2));
    QVERIFY(entry("B").needsDecision());
    QVERIFY(!m_box->resubmit("A", newAddress("A2"), m_random));
}

void TestOutbox::tidiesWhatNobodyNeeds()
{
    storeChain();
    VERIFY_OK(hear("D", Told::Applied));
    VERIFY_OK(hear("A", Told::Rejected));
    VERIFY_OK(m_box->dismiss("A", after(60)));
    const Instant month{morning.ms + OutboxLimits::finishedMs};
    VERIFY_OK(m_box->tidy(month));
    QCOMPARE(m_box->entries()->size(), std::size_t{4});
    VERIFY_OK(m_box->tidy({month.ms + 100}));
    m_box.open();
    QCOMPARE(m_box.state("D"), "-");
    QCOMPARE(m_box.state("A"), "-");
    QCOMPARE(m_box.state("B"), "held"); // not decided yet
}

CORE_TEST(TestOutbox)
#include "tst_outbox.moc"

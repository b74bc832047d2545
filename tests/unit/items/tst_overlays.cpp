#include "entrysample.h"
#include "overlays.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;
using namespace Counterfoil::EntrySample;

class TestOverlays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void laysChangedFieldsOverTheFact();
    void endsWhereTheCacheCovers();
    void stacksEdits();
    void retires();
    void makesRecords();
    void followsARecordToItsOwnKey();
    void followsWhatReplaced();
    void tellsWhatDidNotHappen();
    void leavesOthersAlone();

private:
    const RecordRef dock{&Address::type, "AD-1"};
};

void TestOverlays::laysChangedFieldsOverTheFact()
{
    const Overlays overlays(entriesOf({edited("A", address("Leeds", "1"), address("York", "1"))}), 0);
    const Overlay overlay = overlays.of(dock);
    QCOMPARE(overlay.pending().size(), std::size_t{1});
    QCOMPARE(overlay.target(), std::string("AD-1"));
    QCOMPARE(overlay.after(), std::string("A"));
    // Somebody changed the phone meanwhile: that is a fact, and stays seen.
    AnyRecord fact = address("Leeds", "2");
    fact.as<Address>()->status = "confirmed";
    const AnyRecord record = overlay.over(fact);
    QCOMPARE(asAddress(record).city, std::string("York"));
    QCOMPARE(asAddress(record).phone, std::string("2"));
    QCOMPARE(asAddress(record).status, std::string("confirmed"));
    QCOMPARE(asAddress(fact).city, std::string("Leeds")); // the fact itself is not touched
    const auto changed = overlay.changed(fact);
    QCOMPARE(changed.size(), std::size_t{1});
    QCOMPARE(changed[0]->name, std::string_view("city"));
    QVERIFY(overlay.over({}).isNull());
}

void TestOverlays::endsWhereTheCacheCovers()
{
    OutboxEntry entry = edited("A", address("Leeds"), address("York"));
    applied(entry, 12, "AD-1");
    const OutboxEntries entries = entriesOf({entry});
    const Overlay before = Overlays(entries, 11).of(dock);
    QCOMPARE(asAddress(before.over(address("Leeds"))).city, std::string("York"));
    QVERIFY(before.after().empty()); // it has an outcome: the next edit is made on top of a fact
    QVERIFY(Overlays(entries, 12).of(dock).isEmpty());
    for (const State state : {State::Rejected, State::Cancelled, State::Withdrawn, State::Held}) {
        OutboxEntry other = edited("A", address("Leeds"), address("York"), state);
        QVERIFY(Overlays(entriesOf({other}), 0).of(dock).pending().empty());
    }
}

void TestOverlays::stacksEdits()
{
    OutboxEntry second = edited("B", address("York", "1"), address("York", "5"), State::Sending);
    second.command.after = "A";
    const Overlays overlays(entriesOf({edited("A", address("Leeds", "1"), address("York", "1")), second}), 0);
    const Overlay overlay = overlays.of(dock);
    const AnyRecord record = overlay.over(address("Leeds", "1"));
    QCOMPARE(asAddress(record).city, std::string("York"));
    QCOMPARE(asAddress(record).phone, std::string("5"));
    QCOMPARE(overlay.after(), std::string("B"));
    QCOMPARE(overlay.pending().front().command.key, std::string("A"));
}

void TestOverlays::retires()
{
    const Overlay overlay = Overlays(entriesOf({retired("A")}), 0).of(dock);
    QVERIFY(overlay.retires());
    QVERIFY(!asAddress(overlay.over(address("Leeds"))).current);
    QVERIFY(!Overlays(entriesOf({made("A")}), 0).of(dock).retires());
}

void TestOverlays::makesRecords()
{
    OutboxEntry edit = edited("B", address("Leeds"), address("York"), State::Queued, resultOf("A"));
    edit.command.after = "A";
    OutboxEntry elsewhere = made("C");
    elsewhere.command.account = "other";
    const Overlays overlays(entriesOf({made("A"), edit, elsewhere, made("D", State::Rejected)}), 0);
    const auto refs = overlays.made(Address::type, "acme");
    QCOMPARE(refs.size(), std::size_t{2});
    QCOMPARE(refs[0].key, resultOf("A"));
    const Overlay overlay = overlays.of(refs[0]);
    QCOMPARE(overlay.target(), resultOf("A"));
    QCOMPARE(overlay.after(), std::string("B"));
    const AnyRecord record = overlay.over({});
    QCOMPARE(asAddress(record).city, std::string("York"));
    QCOMPARE(asAddress(record).account, std::string("acme"));
    QCOMPARE(asAddress(record).key, resultOf("A"));
    QVERIFY(overlay.changed({}).size() > 5);
    const Overlay refused = overlays.of(refs[1]);
    QVERIFY(refused.pending().empty());
    QCOMPARE(refused.undecided().front().command.key, std::string("D"));
    QVERIFY(refused.over({}).isNull());
    QVERIFY(overlays.made(Account::type, "acme").empty());
}

void TestOverlays::followsARecordToItsOwnKey()
{
    OutboxEntry maker = made("A");
    applied(maker, 12, "AD-7");
    const OutboxEntry edit = edited("B", address("Leeds"), address("York"), State::Queued, resultOf("A"));
    const OutboxEntries entries = entriesOf({maker, edit});
    const Overlays before(entries, 11);
    QCOMPARE(before.keyOf(resultOf("A")), std::string("AD-7"));
    QCOMPARE(before.made(Address::type, "acme").front().key, std::string("AD-7"));
    // Under either name it is the same record.
    for (const std::string &key : {std::string("AD-7"), resultOf("A")}) {
        const Overlay overlay = before.of({&Address::type, key});
        QCOMPARE(overlay.target(), std::string("AD-7"));
        QCOMPARE(overlay.pending().size(), std::size_t{2});
        QCOMPARE(asAddress(overlay.over({})).key, std::string("AD-7"));
    }
    const Overlays later(entries, 12);
    QVERIFY(later.made(Address::type, "acme").empty());
    QCOMPARE(later.of({&Address::type, "AD-7"}).pending().size(), std::size_t{1});
    QCOMPARE(later.keyOf(resultOf("unheard-of")), resultOf("unheard-of"));
    QCOMPARE(later.keyOf("AD-1"), std::string("AD-1"));
    QCOMPARE(later.keyOf(""), std::string());
}

void TestOverlays::followsWhatReplaced()
{
    OutboxEntry first = made("A", State::Rejected);
    first.replacedBy = "A2";
    const Overlays overlays(entriesOf({first, made("A2")}), 0);
    QCOMPARE(overlays.keyOf(resultOf("A")), resultOf("A2"));
    QCOMPARE(overlays.made(Address::type, "acme").size(), std::size_t{1});
    QCOMPARE(overlays.of({&Address::type, resultOf("A")}).after(), std::string("A2"));
}

void TestOverlays::tellsWhatDidNotHappen()
{
    OutboxEntry seen = edited("B", address("Leeds"), address("Hull"), State::Rejected);
    seen.dismissed = true;
    const Overlays overlays(
        entriesOf({edited("A", address("Leeds"), address("York"), State::Conflict), seen}), 0);
    const Overlay overlay = overlays.of(dock);
    QVERIFY(overlay.pending().empty());
    QCOMPARE(overlay.undecided().size(), std::size_t{1});
    QCOMPARE(asAddress(overlay.over(address("Leeds"))).city, std::string("Leeds"));
}

void TestOverlays::leavesOthersAlone()
{
    const Overlays overlays(entriesOf({edited("A", address("Leeds"), address("York"))}), 0);
    QVERIFY(overlays.of({&Address::type, "AD-2"}).isEmpty());
    QVERIFY(overlays.of({&Account::type, "AD-1"}).isEmpty());
    QVERIFY(overlays.of({}).isEmpty());
    QVERIFY(Overlays(entriesOf({}), 5).made(Address::type, "acme").empty());
}

CORE_TEST(TestOverlays)
#include "tst_overlays.moc"

#include "downloadsdialogue.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

using Keys = std::set<std::string>;

void fetchAll(DownloadsDialogue &d)
{
    for (int i = 0; i < 50; ++i) {
        if (!d.fetching().empty())
            d.arrives(*d.fetching().begin());
        d.pass(1'000);
    }
}

} // namespace

// What a person decided about what is kept: pins, and whose papers of which kind are fetched ahead.
class TestDownloadsKept : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsPinnedIsFetchedHoweverOld();
    void whatIsPinnedIsNeverGivenUp();
    void whatIsPinnedComesWhereNothingElseDoes();
    void whatIsLetGoOfGoesLikeAnyOther();
    void pinsOutliveARestart();
    void pinsGoWithTheirRecords();
    void aPinSurvivesAStockFromBefore();
    void aPinSurvivesAFirstStockThatDoesNotKnowIt();
    void aPinSurvivesAPurgeOfOthers();
    void thereIsAMostOfPins();
    void onlyTheAccountsAndPapersAskedForComeAhead();
};

void TestDownloadsKept::whatIsPinnedIsFetchedHoweverOld()
{
    DownloadsDialogue d({30, 1'000'000});
    d.put("new", -1 * msPerDay);
    d.put("ancient", -900 * msPerDay); // of which not even the record is in the stock
    d.open();
    d.live();
    fetchAll(d);
    QVERIFY(!d.records["ancient"].here);
    d.pin("ancient");
    QCOMPARE(d.pins, Keys{"ancient"});
    QCOMPARE(d.keptPins, Keys{"ancient"});
    fetchAll(d);
    QVERIFY(d.records["ancient"].here);
    QCOMPARE(d.holdings.pinned, 1);
    QVERIFY(d.ready.empty()); // nobody asked to see it
}

void TestDownloadsKept::whatIsPinnedIsNeverGivenUp()
{
    DownloadsDialogue d({400, 250});
    d.put("old", -300 * msPerDay);
    d.open();
    d.live();
    fetchAll(d);
    d.pin("old");
    for (int i = 0; i < 5; ++i) {
        d.put("d" + std::to_string(i), -i * msPerDay);
        d.take(d.downloads.recordsChanged(d.now, {d.records["d" + std::to_string(i)].id}));
        fetchAll(d);
    }
    QVERIFY(d.records["old"].here); // though it is the oldest, and never was opened
    QVERIFY(d.records["d0"].here);
    QVERIFY(!d.records["d4"].here);
    QCOMPARE(d.holdings.bytes, 200);
}

void TestDownloadsKept::whatIsPinnedComesWhereNothingElseDoes()
{
    DownloadsDialogue d({0, 0}); // nothing ahead, and no room
    d.put("d1", -1 * msPerDay);
    d.put("d2", -2 * msPerDay);
    d.open();
    d.live();
    d.pin("d2");
    fetchAll(d);
    QVERIFY(d.records["d2"].here);
    QVERIFY(!d.records["d1"].here);
}

void TestDownloadsKept::whatIsLetGoOfGoesLikeAnyOther()
{
    DownloadsDialogue d({400, 150});
    d.put("old", -300 * msPerDay);
    d.open();
    d.live();
    d.pin("old");
    fetchAll(d);
    d.pin("old", false);
    QVERIFY(d.pins.empty() && d.keptPins.empty());
    d.put("new", 0);
    d.take(d.downloads.recordsChanged(d.now, {d.records["new"].id}));
    fetchAll(d);
    QVERIFY(d.records["new"].here);
    QVERIFY(!d.records["old"].here);
}

void TestDownloadsKept::pinsOutliveARestart()
{
    DownloadsDialogue d({30, 1'000'000});
    d.put("ancient", -900 * msPerDay);
    d.records["ancient"].pinned = true; // on the shelf, from another run
    d.open();
    d.live();
    QCOMPARE(d.pins, Keys{"ancient"});
    fetchAll(d);
    QVERIFY(d.records["ancient"].here);
    d.take(d.downloads.closed(d.now));
    QVERIFY(d.pins.empty()); // of nobody any more
}

void TestDownloadsKept::pinsGoWithTheirRecords()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("d1", -1 * msPerDay);
    d.put("d2", -1 * msPerDay, "s", "b");
    d.open();
    d.live();
    d.pin("d1");
    d.pin("d2");
    d.pin("never heard of");
    const std::int64_t id = d.records["d1"].id;
    d.records.erase("d1");
    d.take(d.downloads.recordsChanged(d.now, {id}));
    QCOMPARE(d.pins, Keys{"d2"});
    d.records.erase("d2");
    d.take(d.downloads.purge(d.now, {{"b"}, false}));
    d.take(d.downloads.purged(d.now));
    QVERIFY(d.pins.empty());
}

// Taking stock of many documents takes seconds, in which a person may pin one.
void TestDownloadsKept::aPinSurvivesAStockFromBefore()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("d1", -1 * msPerDay);
    d.open();
    d.live();
    fetchAll(d);
    ShelfStock before;
    before.entries = {d.records["d1"]};
    before.known = 1;
    const DocumentEffects effects = d.downloads.everythingChanged(d.now); // not answered yet
    QVERIFY(std::ranges::any_of(
        effects, [](const DocumentEffect &effect) { return std::holds_alternative<TakeStock>(effect); }));
    d.pin("d1");
    d.take(d.downloads.stockTaken(d.now, before));
    QCOMPARE(d.pins, Keys{"d1"});
    QCOMPARE(d.keptPins, Keys{"d1"});
}

// The shelf is looked through before the pin is on it, and told about after.
void TestDownloadsKept::aPinSurvivesAFirstStockThatDoesNotKnowIt()
{
    DownloadsDialogue d({30, 1'000'000});
    d.put("ancient", -900 * msPerDay);
    d.open();
    d.live();
    const auto awaited = d.downloads.setPinned(d.now, "ancient", true); // nothing is answered yet
    QVERIFY(std::ranges::any_of(
        awaited, [](const DocumentEffect &effect) { return std::holds_alternative<ReadRecords>(effect); }));
    const auto looked = d.downloads.everythingChanged(d.now);
    QVERIFY(std::ranges::any_of(
        looked, [](const DocumentEffect &effect) { return std::holds_alternative<TakeStock>(effect); }));
    RecordsRead read;
    read.entries = {d.records["ancient"]};
    read.known = 1;
    d.take(d.downloads.recordsRead(d.now, read));
    QCOMPARE(d.keptPins, Keys{"ancient"});
    ShelfStock before;
    before.known = 1;
    d.take(d.downloads.stockTaken(d.now, before));
    QCOMPARE(d.pins, Keys{"ancient"});
    fetchAll(d);
    QVERIFY(d.records["ancient"].here);
}

void TestDownloadsKept::aPinSurvivesAPurgeOfOthers()
{
    DownloadsDialogue d({30, 1'000'000});
    d.put("ancient", -900 * msPerDay);
    d.open();
    d.live();
    (void)d.downloads.setPinned(d.now, "ancient", true); // its record is being read
    d.take(d.downloads.purge(d.now, {{"b"}, false}));
    RecordsRead read;
    read.entries = {d.records["ancient"]};
    d.take(d.downloads.recordsRead(d.now, read)); // perhaps from before the purge
    d.take(d.downloads.purged(d.now));
    QCOMPARE(d.pins, Keys{"ancient"});
    QCOMPARE(d.keptPins, Keys{"ancient"});
}

void TestDownloadsKept::thereIsAMostOfPins()
{
    DownloadsDialogue d({0, 0});
    const int most = static_cast<int>(DocumentPort::mostPinned);
    for (int i = 0; i < most + 5; ++i)
        d.put("d" + std::to_string(i));
    d.open();
    for (int i = 0; i < most + 5; ++i)
        d.pin("d" + std::to_string(i));
    QCOMPARE(static_cast<int>(d.pins.size()), most);
    d.pin("d1", false);
    d.pin("d" + std::to_string(most + 1));
    QCOMPARE(static_cast<int>(d.pins.size()), most);
}

void TestDownloadsKept::onlyTheAccountsAndPapersAskedForComeAhead()
{
    DownloadsDialogue d({400, 1'000'000, {QStringLiteral("a")}, {QStringLiteral("invoice")}});
    d.put("mine", -1 * msPerDay);
    d.put("theirs", -1 * msPerDay, "s", "b");
    d.put("slip", -1 * msPerDay);
    for (auto &[key, entry] : d.records)
        entry.paper = key == "slip" ? "packingSlip" : "invoice";
    d.open();
    d.live();
    fetchAll(d);
    QVERIFY(d.records["mine"].here);
    QVERIFY(!d.records["theirs"].here && !d.records["slip"].here);
    // One that is new is judged alike.
    d.put("another", 0);
    d.records["another"].paper = "packingSlip";
    d.take(d.downloads.recordsChanged(d.now, {d.records["another"].id}));
    fetchAll(d);
    QVERIFY(!d.records["another"].here);
    d.take(d.downloads.setAhead(d.now, {400, 1'000'000}));
    fetchAll(d);
    QVERIFY(d.records["theirs"].here && d.records["slip"].here && d.records["another"].here);
}

CORE_TEST(TestDownloadsKept)
#include "tst_downloadskept.moc"

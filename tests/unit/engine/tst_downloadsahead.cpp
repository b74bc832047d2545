#include "downloadsdialogue.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

using Keys = std::set<std::string>;

} // namespace

// What is fetched before anybody asks, and what is taken away again.
class TestDownloadsAhead : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fetchesAheadNewestFirst();
    void pausesAheadUnlessLive();
    void pausesAheadOnAMeteredLine();
    void fetchesAheadWithinItsBounds();
    void keepsWhatWasOpenedLately();
    void keepsWhatSomebodyWaitsForHoweverFullItIs();
    void asksForNothingMoreWhileTheFolderTakesNothing();
    void leavesWhatComesOfARecordThatIsGone();
    void staysDisconnectedWhereTheLineWasUnclear();
    void oneBadDocumentHoldsUpNoOther();
    void fetchesMoreThanItKnowsOfAtOnce();
    void fetchesMoreThanItKnowsOfWhereThereIsNoRoom();
    void goesOnWhereItStoppedAfterARestart();
    void purgesBeforeAnythingElse();
    void usesNoAnswerFromBeforeAPurge();
    void removesTheFileOfARecordThatIsGone();
    void fetchesAnewWhatHasAnotherDigest();
    void servesNobodyAfterSigningOut();
};

// DOC-08
void TestDownloadsAhead::fetchesAheadNewestFirst()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("old", -300 * msPerDay);
    d.put("ancient", -500 * msPerDay);
    d.put("new", -1 * msPerDay);
    d.put("here", -2 * msPerDay);
    d.records["here"].here = true;
    d.open();
    QVERIFY(d.started.empty());
    d.live();
    QCOMPARE(d.fetching(), Keys{"new"});
    d.arrives("new");
    QVERIFY(d.fetching().empty()); // politely
    d.pass(Tuning::aheadPauseMs);
    QCOMPARE(d.fetching(), Keys{"old"});
    d.arrives("old");
    d.pass(3'600'000);
    QVERIFY(d.fetching().empty());
    QVERIFY(d.ready.empty());
    QCOMPARE(d.holdings, (DocumentPort::Holdings{4, 3, 300}));
    // One that is new.
    d.put("newest", 0);
    d.take(d.downloads.recordsChanged(d.now, {d.records["newest"].id}));
    QCOMPARE(d.fetching(), Keys{"newest"});
    QCOMPARE(d.stocks, 1);
}

void TestDownloadsAhead::pausesAheadUnlessLive()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("d1", -msPerDay);
    d.open();
    for (const Mode mode :
         {Mode::Connecting, Mode::Filling, Mode::CatchingUp, Mode::Polling, Mode::Offline}) {
        d.mode(mode);
        QVERIFY(d.started.empty());
    }
    d.live();
    QCOMPARE(d.fetching(), Keys{"d1"});
    d.mode(Mode::Offline, true);
    QVERIFY(d.fetching().empty());
}

// SYN-18
void TestDownloadsAhead::pausesAheadOnAMeteredLine()
{
    DocumentPort::Ahead ahead{400, 1'000'000};
    DownloadsDialogue d(ahead);
    d.put("d1", -msPerDay);
    d.put("d2", -2 * msPerDay);
    d.open();
    d.live();
    QCOMPARE(d.fetching(), Keys{"d1"});
    QVERIFY(!d.holdings.paused);
    d.take(d.downloads.setMetered(d.now, true));
    QCOMPARE(d.fetching(), Keys()); // what came of it stays
    QVERIFY(d.holdings.paused);
    d.pass(3'600'000);
    QCOMPARE(d.fetching(), Keys());
    d.want("d2"); // somebody reads it
    QCOMPARE(d.fetching(), Keys{"d2"});
    d.arrives("d2");
    QCOMPARE(d.ready, std::vector<std::string>{"d2"});
    ahead.onMetered = true; // the person decides otherwise
    d.take(d.downloads.setAhead(d.now, ahead));
    QVERIFY(!d.holdings.paused);
    d.pass(Tuning::aheadPauseMs);
    QCOMPARE(d.fetching(), Keys{"d1"});
    ahead.onMetered = false;
    d.take(d.downloads.setAhead(d.now, ahead));
    QCOMPARE(d.fetching(), Keys());
    d.take(d.downloads.setMetered(d.now, false));
    QCOMPARE(d.fetching(), Keys{"d1"});
    QVERIFY(!d.holdings.paused);
}

void TestDownloadsAhead::fetchesAheadWithinItsBounds()
{
    DownloadsDialogue d({400, 350});
    for (int i = 0; i < 10; ++i)
        d.put("d" + std::to_string(i), -i * msPerDay);
    d.open();
    d.live();
    for (int i = 0; i < 20; ++i) {
        if (!d.fetching().empty())
            d.arrives(*d.fetching().begin());
        d.pass(1'000);
    }
    QCOMPARE(d.started.size(), 3u);
    QCOMPARE(d.holdings, (DocumentPort::Holdings{10, 3, 300}));
    // The newest takes the place of the oldest.
    d.put("newest", msPerDay);
    d.take(d.downloads.recordsChanged(d.now, {d.records["newest"].id}));
    QCOMPARE(d.fetching(), Keys{"newest"});
    QCOMPARE(d.removed, std::vector<std::string>{"sd2"});
    d.arrives("newest");
    d.pass(3'600'000);
    QVERIFY(d.fetching().empty());
    QCOMPARE(d.holdings.bytes, 300);
}

void TestDownloadsAhead::keepsWhatWasOpenedLately()
{
    DownloadsDialogue d({400, 250});
    d.put("ancient", -900 * msPerDay);
    d.put("d1", -1 * msPerDay);
    d.put("d2", -2 * msPerDay);
    d.open();
    d.live();
    d.want("ancient");
    d.arrives("ancient");
    QCOMPARE(d.ready, std::vector<std::string>{"ancient"});
    for (int i = 0; i < 5; ++i) {
        d.pass(1'000);
        if (!d.fetching().empty())
            d.arrives(*d.fetching().begin());
    }
    QVERIFY(d.records["ancient"].here);
    QVERIFY(d.records["d1"].here);
    QVERIFY(!d.records["d2"].here);
    d.pass((Tuning::openedKeptDays + 1) * msPerDay);
    d.put("newest", 0);
    d.take(d.downloads.recordsChanged(d.now, {d.records["newest"].id}));
    QCOMPARE(d.removed, std::vector<std::string>{"sancient"});
}

void TestDownloadsAhead::keepsWhatSomebodyWaitsForHoweverFullItIs()
{
    DownloadsDialogue d({400, 250});
    d.put("ancient", -900 * msPerDay);
    for (const auto &[key, age] : {std::pair("d1", 1), {"d2", 2}}) {
        d.put(key, -age * msPerDay);
        d.records[key].here = true;
    }
    d.open();
    d.live();
    d.want("ancient");
    d.arrives("ancient");
    QCOMPARE(d.ready, std::vector<std::string>{"ancient"});
    QVERIFY(d.records["ancient"].here);
    QCOMPARE(d.started.size(), 1u);
}

void TestDownloadsAhead::asksForNothingMoreWhileTheFolderTakesNothing()
{
    DownloadsDialogue d({400, 1'000'000});
    for (int i = 0; i < 100; ++i)
        d.put("d" + std::to_string(i), -i * msPerDay);
    d.open();
    d.live();
    for (int second = 0; second < 60; ++second) {
        if (!d.fetching().empty())
            d.fails(*d.fetching().begin(), ErrorKind::Storage);
        d.pass(1'000);
    }
    QVERIFY2(d.started.size() < 20, qPrintable(QString::number(d.started.size())));
    QCOMPARE(d.started.back().key, std::string("d0"));
}

void TestDownloadsAhead::leavesWhatComesOfARecordThatIsGone()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("ahead", -msPerDay);
    d.put("ancient", -900 * msPerDay);
    d.put("last");
    d.records["last"].here = true;
    d.open();
    d.live();
    QCOMPARE(d.fetching(), Keys{"ahead"});
    d.want("ancient"); // is too old for the stock
    d.take(d.downloads.everythingChanged(d.now));
    QCOMPARE(d.fetching(), (Keys{"ahead", "ancient"}));
    d.records.erase("ahead");
    const int stocks = d.stocks;
    d.take(d.downloads.everythingChanged(d.now));
    QCOMPARE(d.fetching(), Keys{"ancient"});
    QCOMPARE(d.stocks, stocks + 2); // once more, now that nothing of it is being written
    d.arrives("ancient");
    QCOMPARE(d.ready, std::vector<std::string>{"ancient"});
}

void TestDownloadsAhead::staysDisconnectedWhereTheLineWasUnclear()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("d1", -msPerDay);
    d.open();
    d.live();
    d.mode(Mode::Connecting);
    QCOMPARE(d.fetching(), Keys{"d1"});
    d.mode(Mode::Offline, true);
    QVERIFY(d.fetching().empty());
}

void TestDownloadsAhead::oneBadDocumentHoldsUpNoOther()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("bad", -1 * msPerDay);
    d.put("good", -2 * msPerDay);
    d.open();
    d.live();
    d.fails("bad", ErrorKind::ServerDown);
    d.pass(60'000);
    QCOMPARE(d.fetching(), Keys{"good"});
    d.arrives("good");
    QVERIFY(d.failed.empty()); // nobody asked
    d.want("bad");
    QCOMPARE(d.fetching(), Keys{"bad"});
}

// What is passed over stays so when more are looked for.
void TestDownloadsAhead::fetchesMoreThanItKnowsOfAtOnce()
{
    constexpr int many = Tuning::aheadAtOnce * 5 / 2;
    DownloadsDialogue d({400, 1'000'000});
    for (int i = 0; i < many; ++i)
        d.put("d" + std::to_string(i), -i * 1'000);
    d.open();
    d.live();
    d.fails("d0", ErrorKind::BadReply);
    for (int i = 1; i < many; ++i) {
        d.pass(60'000);
        QCOMPARE(d.fetching(), Keys{"d" + std::to_string(i)});
        d.arrives("d" + std::to_string(i));
    }
    d.pass(60'000);
    QVERIFY(d.fetching().empty());
    QCOMPARE(d.stocks, 3);
}

// What went for their sake is older than those that are not known of yet.
void TestDownloadsAhead::fetchesMoreThanItKnowsOfWhereThereIsNoRoom()
{
    constexpr int many = Tuning::aheadAtOnce * 3 / 2;
    DownloadsDialogue d({400, 2 * many * 100});
    for (int i = 0; i < 3 * many; ++i) {
        const std::string key = "d" + std::to_string(i);
        d.put(key, -i * 1'000);
        d.records[key].here = i >= many;
    }
    d.open();
    d.live();
    for (int i = 0; i < many; ++i) {
        QCOMPARE(d.fetching(), Keys{"d" + std::to_string(i)});
        d.arrives("d" + std::to_string(i));
        d.pass(60'000);
    }
    QVERIFY(d.fetching().empty());
    QCOMPARE(d.removed.size(), std::size_t{many});
    QCOMPARE(d.stocks, 2);
}

void TestDownloadsAhead::goesOnWhereItStoppedAfterARestart()
{
    DownloadsDialogue first({400, 1'000'000});
    first.put("d1", -1 * msPerDay);
    first.put("d2", -2 * msPerDay);
    first.open();
    first.live();
    first.arrives("d1");
    DownloadsDialogue second({400, 1'000'000});
    second.records = first.records;
    second.open();
    second.live();
    QCOMPARE(second.fetching(), Keys{"d2"});
}

void TestDownloadsAhead::purgesBeforeAnythingElse()
{
    DownloadsDialogue d;
    d.put("mine", 0, "s", "a");
    d.put("lost", 0, "s", "b");
    d.put("lostToo", 0, "s", "b");
    d.records["lostToo"].here = true;
    d.open();
    d.live();
    d.want("mine");
    d.want("lost");
    QCOMPARE(d.fetching(), (Keys{"mine", "lost"}));
    const int stocks = d.stocks;
    d.take(d.downloads.purge(d.now, {{"b"}, false}));
    QCOMPARE(d.fetching(), Keys{"mine"});
    QCOMPARE(d.purged.size(), 1u);
    QCOMPARE(d.purged[0].accounts, std::vector<std::string>{"b"});
    d.want("lostToo"); // its row may still be there
    d.pass(60'000);
    QCOMPARE(d.fetching(), Keys{"mine"});
    QVERIFY(d.ready.empty());
    QCOMPARE(d.stocks, stocks);
    d.records.erase("lost");
    d.records.erase("lostToo");
    d.take(d.downloads.purged(d.now));
    QCOMPARE(d.stocks, stocks + 1);
    QCOMPARE(d.failed.size(), 2u);
    QCOMPARE(d.failed[0].second.kind, ErrorKind::NotFound);
    d.arrives("mine");
    QCOMPARE(d.ready, std::vector<std::string>{"mine"});
    QCOMPARE(d.holdings.here, 1);
}

void TestDownloadsAhead::usesNoAnswerFromBeforeAPurge()
{
    SeededRandom random(1);
    Downloads downloads(random);
    const Now now{{5'000'000}, {1'790'000'000'000}};
    const auto count = []<class Kind>(const DocumentEffects &effects, const Kind *) {
        return std::ranges::count_if(effects, [](const auto &e) { return std::holds_alternative<Kind>(e); });
    };
    const TakeStock *stockTaking = nullptr;
    const StartTransfer *transfer = nullptr;
    QCOMPARE(count(downloads.opened(now), stockTaking), 1);
    (void)downloads.tokenChanged(now, "bearer");
    SyncStatus live;
    live.mode = Mode::Live;
    (void)downloads.statusChanged(now, live);
    (void)downloads.purge(now, {{}, true});
    ShelfEntry entry;
    entry.id = 1;
    entry.key = "lost";
    entry.dated = now.wall;
    QCOMPARE(count(downloads.stockTaken(now, ShelfStock{{entry}, false, 1}), transfer), 0);
    const auto after = downloads.purged(now);
    QCOMPARE(count(after, stockTaking), 1);
    QCOMPARE(count(after, transfer), 0);
    QCOMPARE(count(downloads.stockTaken(now, ShelfStock{{entry}, false, 1}), transfer), 1);
}

void TestDownloadsAhead::removesTheFileOfARecordThatIsGone()
{
    DownloadsDialogue d;
    d.put("d1");
    d.records["d1"].here = true;
    d.open();
    const std::int64_t id = d.records["d1"].id;
    d.records.erase("d1");
    d.take(d.downloads.recordsChanged(d.now, {id}));
    QCOMPARE(d.removed, std::vector<std::string>{"sd1"});
    QCOMPARE(d.holdings, (DocumentPort::Holdings{0, 0, 0}));
}

void TestDownloadsAhead::fetchesAnewWhatHasAnotherDigest()
{
    DownloadsDialogue d;
    d.put("d1", 0, "");
    d.open();
    d.live();
    d.want("d1");
    d.arrives("d1");
    QVERIFY(d.removed.empty());
    // The record says so later, and what it says counts.
    ShelfEntry &entry = d.records["d1"];
    entry.here = false;
    entry.sha256 = "other";
    d.take(d.downloads.recordsChanged(d.now, {entry.id}));
    QCOMPARE(d.removed, std::vector<std::string>{"newd1"});
    d.want("d1");
    QCOMPARE(d.fetching(), Keys{"d1"});
    QCOMPARE(d.started.back().sha256, "other");
}

void TestDownloadsAhead::servesNobodyAfterSigningOut()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    d.take(d.downloads.closed(d.now));
    QVERIFY(d.fetching().empty());
    QCOMPARE(d.failed.size(), 1u);
    QCOMPARE(d.failed[0].second.kind, ErrorKind::Unauthorized);
    QCOMPARE(d.holdings, DocumentPort::Holdings());
}

CORE_TEST(TestDownloadsAhead)
#include "tst_downloadsahead.moc"

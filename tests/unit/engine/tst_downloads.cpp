#include "downloadsdialogue.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

constexpr std::int64_t day = 86'400'000;
using Keys = std::set<std::string>;

} // namespace

class TestDownloads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWhatIsHereWithoutANetwork();
    void fetchesWhatIsWanted();
    void answersEveryCall();
    void forgets();
    void tellsWhyItCannotAndGoesOnByItself_data();
    void tellsWhyItCannotAndGoesOnByItself();
    void fetchesADamagedFileAgain();
    void wantedLastComesFirst();
    void wantedComesBeforeAhead();
    void keepsNoMoreWishesThanItsBound();
    void wrongBytesAreFetchedOnceMore();
    void waitsLongerAfterEachFailure();
    void progressIsNoFailure();
    void saysAtOnceWhatLastsForGood();
    void waitsForAnotherToken();
    void knowsNoSuchDocument();

    void fetchesAheadNewestFirst();
    void pausesAheadUnlessLive();
    void fetchesAheadWithinItsBounds();
    void keepsWhatWasOpenedLately();
    void oneBadDocumentHoldsUpNoOther();
    void goesOnWhereItStoppedAfterARestart();

    void purgesBeforeAnythingElse();
    void usesNoAnswerFromBeforeAPurge();
    void removesTheFileOfARecordThatIsGone();
    void fetchesAnewWhatHasAnotherDigest();
    void servesNobodyAfterSigningOut();
};

void TestDownloads::opensWhatIsHereWithoutANetwork()
{
    DownloadsDialogue d;
    d.put("d1");
    d.records["d1"].here = true;
    d.open();
    d.mode(Mode::Offline);
    d.want("d1");
    QCOMPARE(d.ready, std::vector<std::string>{"d1"});
    QVERIFY(d.failed.empty());
    QVERIFY(d.started.empty());
    QCOMPARE(d.holdings, (DocumentPort::Holdings{1, 1, 100}));
}

void TestDownloads::fetchesWhatIsWanted()
{
    DownloadsDialogue d;
    d.put("d1", 0, ""); // not issued yet
    d.open();
    d.live();
    d.want("d1");
    QCOMPARE(d.fetching(), Keys{"d1"});
    QCOMPARE(d.started[0].bearer, "bearer");
    QCOMPARE(d.started[0].sha256, "");
    QVERIFY(d.ready.empty());
    d.arrives("d1");
    QCOMPARE(d.ready, std::vector<std::string>{"d1"});
    d.want("d1"); // here now
    QCOMPARE(d.ready.size(), 2u);
    QCOMPARE(d.started.size(), 1u);
}

void TestDownloads::answersEveryCall()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    d.want("d1");
    QCOMPARE(d.started.size(), 1u);
    d.arrives("d1");
    QCOMPARE(d.ready, (std::vector<std::string>{"d1", "d1"}));
}

void TestDownloads::forgets()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    d.forget("d1");
    QVERIFY(d.fetching().empty());
    d.pass(600'000);
    QVERIFY(d.ready.empty());
    QVERIFY(d.failed.empty());
}

void TestDownloads::tellsWhyItCannotAndGoesOnByItself_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<bool>("byPerson");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no network") << Mode::Offline << false << ErrorKind::Offline;
    QTest::newRow("by the person") << Mode::Offline << true << ErrorKind::Offline;
    QTest::newRow("not signed in") << Mode::SignedOut << false << ErrorKind::Unauthorized;
}

void TestDownloads::tellsWhyItCannotAndGoesOnByItself()
{
    QFETCH(const Mode, mode);
    QFETCH(const bool, byPerson);
    QFETCH(const ErrorKind, kind);
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.mode(Mode::Connecting);
    d.want("d1");
    QVERIFY(d.failed.empty()); // it is not known yet
    d.mode(mode, byPerson);
    QCOMPARE(d.failed.size(), 1u);
    QCOMPARE(d.failed[0].second.kind, kind);
    QVERIFY(d.failed[0].second.userText.endsWith(u'.'));
    d.pass(600'000);
    QCOMPARE(d.failed.size(), 1u);
    QVERIFY(d.started.empty());
    d.live();
    QCOMPARE(d.fetching(), Keys{"d1"});
    d.arrives("d1");
    QCOMPARE(d.ready, std::vector<std::string>{"d1"});
}

void TestDownloads::fetchesADamagedFileAgain()
{
    DownloadsDialogue d;
    d.put("d1");
    d.records["d1"].here = true;
    d.damaged.insert("d1");
    d.open();
    d.mode(Mode::Offline);
    d.want("d1");
    QVERIFY(d.ready.empty());
    QCOMPARE(d.failed.size(), 1u);
    QVERIFY(d.failed[0].second.userText.contains(QLatin1String("damaged")));
    d.live();
    d.arrives("d1");
    QCOMPARE(d.ready, std::vector<std::string>{"d1"});
}

void TestDownloads::wantedLastComesFirst()
{
    DownloadsDialogue d;
    for (const char *key : {"d1", "d2", "d3", "d4"})
        d.put(key);
    d.open();
    d.live();
    d.want("d1");
    d.want("d2");
    QCOMPARE(d.fetching(), (Keys{"d1", "d2"}));
    d.want("d3"); // the oldest gives way
    QCOMPARE(d.fetching(), (Keys{"d2", "d3"}));
    d.want("d4");
    QCOMPARE(d.fetching(), (Keys{"d3", "d4"}));
    d.arrives("d4");
    QCOMPARE(d.fetching(), (Keys{"d2", "d3"}));
    d.arrives("d3");
    d.arrives("d2");
    d.arrives("d1");
    QCOMPARE(d.ready, (std::vector<std::string>{"d4", "d3", "d2", "d1"}));
}

void TestDownloads::wantedComesBeforeAhead()
{
    DownloadsDialogue d({400, 1'000'000});
    for (const char *key : {"d1", "d2", "d3"})
        d.put(key, -day);
    d.open();
    d.live();
    QCOMPARE(d.fetching().size(), 1u);
    const std::string ahead = *d.fetching().begin();
    d.want(ahead); // is under way already
    QCOMPARE(d.started.size(), 1u);
    d.arrives(ahead);
    QCOMPARE(d.ready, std::vector<std::string>{ahead});
    d.pass(Tuning::aheadPauseMs);
    const std::string next = *d.fetching().begin();
    for (const char *key : {"d1", "d2", "d3"})
        d.want(key);
    QCOMPARE(d.fetching().size(), 2u); // what is here takes none of the two
    d.pass(600'000);
    QCOMPARE(d.fetching().size(), 2u);
}

void TestDownloads::keepsNoMoreWishesThanItsBound()
{
    DownloadsDialogue d;
    d.open();
    d.mode(Mode::Connecting);
    for (std::size_t i = 0; i <= Tuning::documentsWanted; ++i) {
        const std::string key = "d" + std::to_string(i);
        d.put(key);
        d.want(key);
    }
    QCOMPARE(d.failed.size(), 1u);
    QCOMPARE(d.failed[0].first, "d0");
    QVERIFY(!d.failed[0].second.userText.isEmpty());
}

// SYN-12
void TestDownloads::wrongBytesAreFetchedOnceMore()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    d.fails("d1", ErrorKind::BadReply, true);
    QVERIFY(d.failed.empty());
    QCOMPARE(d.fetching(), Keys{"d1"});
    d.fails("d1", ErrorKind::BadReply, true);
    QCOMPARE(d.failed.size(), 1u);
    QVERIFY(d.failed[0].second.userText.endsWith(u'.'));
    d.pass(3'600'000);
    QCOMPARE(d.started.size(), 2u);
    QVERIFY(d.ready.empty());
    d.want("d1"); // the person tries again
    QCOMPARE(d.fetching(), Keys{"d1"});
}

void TestDownloads::waitsLongerAfterEachFailure()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(d.failed.empty()); // it may pass by itself
        d.fails("d1", ErrorKind::ServerDown);
        QVERIFY(d.fetching().empty());
        d.pass(600'000);
        QCOMPARE(d.fetching(), Keys{"d1"});
    }
    QCOMPARE(d.failed.size(), 1u);
    std::size_t before = d.started.size();
    const std::int64_t begin = d.now.boot.ms;
    while (d.now.boot.ms - begin < 3'600'000) {
        if (d.fetching().contains("d1"))
            d.fails("d1", ErrorKind::ServerDown);
        d.pass(100);
    }
    QVERIFY2(d.started.size() - before < 300, qPrintable(QString::number(d.started.size() - before)));
    QCOMPARE(d.failed.size(), 1u);
    d.want("d1"); // asked for again: at once
    QCOMPARE(d.fetching(), Keys{"d1"});
    d.arrives("d1");
    QCOMPARE(d.ready, std::vector<std::string>{"d1"});
}

void TestDownloads::progressIsNoFailure()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    for (int i = 0; i < 50; ++i) {
        d.fails("d1", ErrorKind::Offline, false, true);
        d.pass(500);
        QCOMPARE(d.fetching(), Keys{"d1"});
    }
    QVERIFY(d.failed.empty());
}

void TestDownloads::saysAtOnceWhatLastsForGood()
{
    for (const ErrorKind kind : {ErrorKind::NotFound, ErrorKind::Forbidden, ErrorKind::Rejected}) {
        DownloadsDialogue d;
        d.put("d1");
        d.open();
        d.live();
        d.want("d1");
        d.fails("d1", kind);
        QCOMPARE(d.failed.size(), 1u);
        QCOMPARE(d.failed[0].second.kind, kind);
        d.pass(3'600'000);
        QCOMPARE(d.started.size(), 1u);
    }
}

void TestDownloads::waitsForAnotherToken()
{
    DownloadsDialogue d;
    d.put("d1");
    d.put("d2");
    d.open();
    d.live();
    d.want("d1");
    d.want("d2");
    d.fails("d1", ErrorKind::Unauthorized);
    d.fails("d2", ErrorKind::Unauthorized);
    QCOMPARE(d.refused, std::vector<std::string>{"bearer"});
    d.pass(600'000);
    QVERIFY(d.fetching().empty()); // never with the same one again
    d.take(d.downloads.tokenChanged(d.now, "second"));
    QCOMPARE(d.fetching(), (Keys{"d1", "d2"}));
    QCOMPARE(d.started.back().bearer, "second");
    QVERIFY(d.failed.empty());
    // A gateway that refuses each new one is not stormed either.
    for (int i = 0; i < 100; ++i) {
        if (d.fetching().contains("d1"))
            d.fails("d1", ErrorKind::Unauthorized);
        d.take(d.downloads.tokenChanged(d.now, "token" + std::to_string(i)));
        d.pass(100);
    }
    QVERIFY2(d.refused.size() < 10, qPrintable(QString::number(d.refused.size())));
}

void TestDownloads::knowsNoSuchDocument()
{
    DownloadsDialogue d;
    d.open();
    d.live();
    d.want("nothing");
    QCOMPARE(d.failed.size(), 1u);
    QCOMPARE(d.failed[0].second.kind, ErrorKind::NotFound);
}

// DOC-08
void TestDownloads::fetchesAheadNewestFirst()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("old", -300 * day);
    d.put("ancient", -500 * day);
    d.put("new", -1 * day);
    d.put("here", -2 * day);
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

void TestDownloads::pausesAheadUnlessLive()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("d1", -day);
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

void TestDownloads::fetchesAheadWithinItsBounds()
{
    DownloadsDialogue d({400, 350});
    for (int i = 0; i < 10; ++i)
        d.put("d" + std::to_string(i), -i * day);
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
    d.put("newest", day);
    d.take(d.downloads.recordsChanged(d.now, {d.records["newest"].id}));
    QCOMPARE(d.fetching(), Keys{"newest"});
    QCOMPARE(d.removed, std::vector<std::string>{"sd2"});
    d.arrives("newest");
    d.pass(3'600'000);
    QVERIFY(d.fetching().empty());
    QCOMPARE(d.holdings.bytes, 300);
}

void TestDownloads::keepsWhatWasOpenedLately()
{
    DownloadsDialogue d({400, 250});
    d.put("ancient", -900 * day);
    d.put("d1", -1 * day);
    d.put("d2", -2 * day);
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
    d.pass((Tuning::openedKeptDays + 1) * day);
    d.put("newest", 0);
    d.take(d.downloads.recordsChanged(d.now, {d.records["newest"].id}));
    QCOMPARE(d.removed, std::vector<std::string>{"sancient"});
}

void TestDownloads::oneBadDocumentHoldsUpNoOther()
{
    DownloadsDialogue d({400, 1'000'000});
    d.put("bad", -1 * day);
    d.put("good", -2 * day);
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

void TestDownloads::goesOnWhereItStoppedAfterARestart()
{
    DownloadsDialogue first({400, 1'000'000});
    first.put("d1", -1 * day);
    first.put("d2", -2 * day);
    first.open();
    first.live();
    first.arrives("d1");
    DownloadsDialogue second({400, 1'000'000});
    second.records = first.records;
    second.open();
    second.live();
    QCOMPARE(second.fetching(), Keys{"d2"});
}

void TestDownloads::purgesBeforeAnythingElse()
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

void TestDownloads::usesNoAnswerFromBeforeAPurge()
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
    QCOMPARE(count(downloads.stockTaken(now, ShelfStock{{entry}, 1}), transfer), 0);
    const auto after = downloads.purged(now);
    QCOMPARE(count(after, stockTaking), 1);
    QCOMPARE(count(after, transfer), 0);
    QCOMPARE(count(downloads.stockTaken(now, ShelfStock{{entry}, 1}), transfer), 1);
}

void TestDownloads::removesTheFileOfARecordThatIsGone()
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

void TestDownloads::fetchesAnewWhatHasAnotherDigest()
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

void TestDownloads::servesNobodyAfterSigningOut()
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

QTEST_GUILESS_MAIN(TestDownloads)
#include "tst_downloads.moc"

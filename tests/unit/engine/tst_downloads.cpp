#include "downloadsdialogue.h"
#include "testentry.h"
#include "tuning.h"

#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

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
    void forgetsForOneOfTwo();
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

void TestDownloads::forgetsForOneOfTwo()
{
    DownloadsDialogue d;
    d.put("d1");
    d.open();
    d.live();
    d.want("d1");
    d.want("d1");
    d.forget("d1");
    QVERIFY(!d.fetching().empty());
    d.forget("d1");
    QVERIFY(d.fetching().empty());
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
        d.put(key, -msPerDay);
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

CORE_TEST(TestDownloads)
#include "tst_downloads.moc"

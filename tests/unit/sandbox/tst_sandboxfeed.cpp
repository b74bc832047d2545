#include "account.h"
#include "bookscheck.h"
#include "database.h"
#include "fixedclock.h"
#include "follower.h"
#include "sandboxlife.h"
#include "sandboxpeople.h"
#include "status.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <set>

using namespace Counterfoil;
using namespace Follower;

class SandboxFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyPositionLeadsToTheSameState();
    void versionsRise();
    void anotherHistorysPositionIsRefused_data();
    void anotherHistorysPositionIsRefused();
    void ratesAreKept_data();
    void ratesAreKept();
    void earlierTimesDoNothing();
    void peopleSeeTheirAccountsChange();
    void wordingChangesLive();
    void aLockedFileIsTriedAgain();
    void livesOnItsOwnThread();

private:
    std::unique_ptr<SandboxErp> open(const SandboxSettings &settings,
                                     const QString &name = QStringLiteral("erp.sqlite"));
    QString path(const QString &name = QStringLiteral("erp.sqlite")) const { return m_dir->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_dir;
    FixedClock m_clock{today};
};

void SandboxFeedTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock.set(today);
}

std::unique_ptr<SandboxErp> SandboxFeedTest::open(const SandboxSettings &settings, const QString &name)
{
    auto erp = SandboxErp::open(path(name), settings, m_clock);
    if (!erp) {
        qWarning() << erp.error().userText << erp.error().detail;
        return nullptr;
    }
    return std::move(*erp);
}

void SandboxFeedTest::everyPositionLeadsToTheSameState()
{
    const auto erp = open({.scale = 120});
    QVERIFY(erp);
    // What a follower held at each of its stops, and where that was.
    std::vector<std::pair<std::string, Held>> stops{{std::string(), Held()}};
    Held held;
    std::string position;
    for (int round = 1; round <= 12; ++round) {
        QVERIFY(live(*erp, later(round * 20)) > 0);
        const auto batch = erp->changesAfter(position, round % 3 == 0 ? 100'000 : 25);
        QVERIFY(batch);
        for (const Change &change : batch->changes)
            held[{std::string(change.kind->name), change.key}] = change;
        position = batch->position;
        stops.emplace_back(position, held);
    }
    Held whole;
    const std::string end = follow(*erp, whole, {});
    for (auto &[from, upToThere] : stops) {
        QCOMPARE(follow(*erp, upToThere, from, 33), end);
        QCOMPARE(digest(upToThere), digest(whole));
    }
    const auto nothing = erp->changesAfter(end, 10);
    QVERIFY(nothing && nothing->changes.empty() && !nothing->more);
    QCOMPARE(nothing->position, end);
}

void SandboxFeedTest::versionsRise()
{
    const auto erp = open({.scale = 60});
    QVERIFY(erp);
    Held held;
    std::string position = follow(*erp, held, {});
    for (int round = 1; round <= 30; ++round) {
        QVERIFY(live(*erp, later(round * 10)) >= 0);
        const auto batch = erp->changesAfter(position, 10'000);
        QVERIFY(batch);
        for (const Change &change : batch->changes) {
            QVERIFY(!change.record.isNull() && change.sequence == 0);
            QVERIFY(change.time.isSet() && change.time <= later(round * 10));
            const auto before = held.find({std::string(change.kind->name), change.key});
            QVERIFY(before == held.end() ? change.version >= 1 : change.version > before->second.version);
            held[{std::string(change.kind->name), change.key}] = change;
        }
        position = batch->position;
    }
}

void SandboxFeedTest::anotherHistorysPositionIsRefused_data()
{
    QTest::addColumn<QByteArray>("position");
    QTest::newRow("number alone") << QByteArray("12");
    QTest::newRow("text") << QByteArray("nonsense");
    QTest::newRow("other company") << QByteArray("123.456:7");
    QTest::newRow("no number") << QByteArray("SAME:x");
    QTest::newRow("negative") << QByteArray("SAME:-1");
    QTest::newRow("ahead of the feed") << QByteArray("SAME:1000000");
    QTest::newRow("too large") << QByteArray("SAME:99999999999999999999");
}

void SandboxFeedTest::anotherHistorysPositionIsRefused()
{
    QFETCH(QByteArray, position);
    const auto erp = open({.scale = 0});
    QVERIFY(erp);
    Held held;
    const std::string end = follow(*erp, held, {});
    position.replace("SAME", QByteArray::fromStdString(end.substr(0, end.rfind(':'))));
    const auto batch = erp->changesAfter(position.toStdString(), 10);
    QVERIFY(!batch);
    QCOMPARE(batch.error().kind, ErrorKind::NotFound);
    QVERIFY(!batch.error().userText.isEmpty());
}

void SandboxFeedTest::ratesAreKept_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<double>("wanted");
    QTest::addColumn<double>("expected");
    QTest::newRow("demo") << 1.0 << 0.0 << 2.0;
    QTest::newRow("ten times") << 10.0 << 0.0 << 20.0;
    QTest::newRow("50 a second") << 1.0 << 50.0 << 50.0;
    QTest::newRow("500 a second") << 1.0 << 500.0 << 500.0;
}

void SandboxFeedTest::ratesAreKept()
{
    QFETCH(double, speed);
    QFETCH(double, wanted);
    QFETCH(double, expected);
    const auto erp = open({.scale = 300, .speed = speed, .changesPerSecond = wanted});
    QVERIFY(erp);
    constexpr int seconds = 40;
    std::int64_t changes = 0;
    int silentSeconds = 0;
    for (int second = 1; second <= seconds; ++second) {
        const std::int64_t more = live(*erp, later(second));
        QVERIFY(more >= 0);
        silentSeconds = more == 0 ? silentSeconds + 1 : 0;
        QVERIFY2(silentSeconds < 5, "nothing to see for five seconds");
        changes += more;
    }
    qInfo() << static_cast<double>(changes) / seconds << "changes a second";
    QVERIFY(static_cast<double>(changes) >= 0.9 * expected * seconds);
    // Above it only for what the company does anyway.
    QVERIFY(static_cast<double>(changes) <= 1.5 * expected * seconds + 100);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxFeedTest::earlierTimesDoNothing()
{
    const auto erp = open({.scale = 60});
    QVERIFY(erp);
    QVERIFY(live(*erp, later(60)) > 0);
    for (const std::int64_t second : {59, 0, -86'400}) {
        const auto advanced = erp->advance(later(second));
        QVERIFY(advanced);
        QCOMPARE(advanced->changes, 0);
        QVERIFY(!advanced->more && advanced->nextAt > later(60));
    }
}

void SandboxFeedTest::peopleSeeTheirAccountsChange()
{
    const auto erp = open({.scale = 1'000});
    QVERIFY(erp);
    Held held;
    const std::string before = follow(*erp, held, {});
    const auto people = sandboxPeople();
    std::set<std::string> roles;
    std::set<std::string> users;
    for (const SandboxPerson &person : people) {
        roles.insert(person.role);
        users.insert(person.user);
        QCOMPARE(person.accounts.empty(), person.role == "csr");
        for (const std::string &key : person.accounts) {
            QVERIFY(held.contains({"account", key}));
            // Who sees a parent sees its branches.
            for (const auto &[name, change] : held) {
                const auto *account = change.record.as<Account>();
                if (account && account->parent == key)
                    QVERIFY(std::ranges::find(person.accounts, account->key) != person.accounts.end());
            }
        }
    }
    QCOMPARE(users.size(), people.size());
    QVERIFY((roles == std::set<std::string>{"buyer", "finance", "viewer", "csr", "approver"}));

    QVERIFY(live(*erp, later(150)) > 0);
    Held changed;
    QVERIFY(!follow(*erp, changed, before).empty());
    for (const SandboxPerson &person : people) {
        const auto seen = std::ranges::count_if(changed, [&person](const auto &entry) {
            return person.accounts.empty()
                || std::ranges::find(person.accounts, entry.second.account) != person.accounts.end();
        });
        QVERIFY2(seen >= 4, (person.user + ' ' + std::to_string(seen)).c_str());
    }
}

void SandboxFeedTest::wordingChangesLive()
{
    const auto erp = open({.scale = 0});
    QVERIFY(erp);
    Held held;
    const std::string before = follow(*erp, held, {});
    int calls = 0;
    erp->setChangeCallback([&calls] { ++calls; });
    QVERIFY(erp->setStatusLabel("order/picking", "Being picked for you", later(1)));
    QCOMPARE(calls, 1);
    const auto batch = erp->changesAfter(before, 10);
    QVERIFY(batch);
    QCOMPARE(batch->changes.size(), std::size_t{1});
    const auto *status = batch->changes.front().record.as<Status>();
    QVERIFY(status);
    QCOMPARE(status->label, std::string("Being picked for you"));
    QCOMPARE(status->key, std::string("order/picking"));
    QCOMPARE(batch->changes.front().account, std::string());
    QCOMPARE(batch->changes.front().version, 2);

    const auto unknown = erp->setStatusLabel("order/nothing", "x", later(2));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
    QCOMPARE(calls, 1);
    erp->setChangeCallback({});
    QVERIFY(erp->setStatusLabel("order/picking", "Picking", later(3)));
    QCOMPARE(calls, 1);
}

void SandboxFeedTest::aLockedFileIsTriedAgain()
{
    const auto erp = open({.scale = 100});
    QVERIFY(erp);
    // Readers see what was committed before, and a writer that cannot write loses nothing.
    auto other = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
    QVERIFY(other && other->execute("BEGIN IMMEDIATE"));
    Held held;
    const std::string before = follow(*erp, held, {});
    QVERIFY(!before.empty());
    const auto refused = erp->advance(later(30));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageLocked);
    QVERIFY(other->execute("ROLLBACK"));
    QVERIFY(live(*erp, later(60)) > 0);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxFeedTest::livesOnItsOwnThread()
{
    const SystemClock clock;
    auto opened = SandboxErp::open(path(), {.scale = 60, .changesPerSecond = 400}, clock);
    QVERIFY(opened);
    SandboxErp &erp = **opened;
    std::atomic<int> calls = 0;
    erp.setChangeCallback([&calls] { ++calls; });
    Held held;
    std::string position = follow(erp, held, {});
    {
        const SandboxLife life(erp, clock);
        // Reads while it is written.
        std::size_t changes = 0;
        const auto readOn = [&] {
            auto batch = erp.changesAfter(position, 50);
            if (!batch)
                return false;
            changes += batch->changes.size();
            for (Change &change : batch->changes)
                held[{std::string(change.kind->name), change.key}] = std::move(change);
            position = batch->position;
            return changes > 300;
        };
        QTRY_VERIFY_WITH_TIMEOUT(readOn(), 30'000);
    }
    QVERIFY(calls > 0);
    const int callsAtEnd = calls;
    QVERIFY(!follow(erp, held, position).empty());
    Held anew;
    QVERIFY(!follow(erp, anew, {}).empty());
    QCOMPARE(digest(held), digest(anew));
    QCOMPARE(calls.load(), callsAtEnd); // it has ended
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

CORE_TEST(SandboxFeedTest)
#include "tst_sandboxfeed.moc"

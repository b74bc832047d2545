#include "sandboxerp.h"

#include "account.h"
#include "bookscheck.h"
#include "fixedclock.h"
#include "order.h"
#include "sandboxlife.h"
#include "sandboxpeople.h"
#include "shipment.h"
#include "status.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

using namespace Counterfoil;

namespace {

const Instant today = *Instant::parse("2026-11-20T15:30:00Z");

Instant later(std::int64_t seconds)
{
    return {today.ms + seconds * 1'000};
}

void hashRecord(QCryptographicHash &hash, const RecordType &type, const void *record)
{
    const auto add = [&hash](const auto &value) {
        hash.addData(QByteArrayView(reinterpret_cast<const char *>(&value), sizeof value));
    };
    for (const Field &field : type.fields) {
        switch (field.type) {
        case FieldType::Text: {
            const auto &text = field.in<std::string>(record);
            hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size()) + 1));
            break;
        }
        case FieldType::Integer:
            add(field.in<std::int64_t>(record));
            break;
        case FieldType::Flag:
            add(field.in<bool>(record));
            break;
        case FieldType::Instant:
            add(field.in<Instant>(record).ms);
            break;
        case FieldType::Date:
            add(field.in<Date>(record).daysSinceEpoch);
            break;
        case FieldType::Amount:
            add(field.in<Amount>(record).minor);
            break;
        case FieldType::Decimal:
            add(field.in<Decimal>(record).millionths);
            break;
        case FieldType::List: {
            void *list = field.address(const_cast<void *>(record));
            const std::size_t size = field.list->size(list);
            add(size);
            for (std::size_t i = 0; i < size; ++i)
                hashRecord(hash, *field.element, field.list->at(list, i));
            break;
        }
        }
    }
}

// What somebody holds who follows the feed: the newest of each record.
using Held = std::map<std::pair<std::string, std::string>, Change>;

// Follows the feed from `position` to its end; an empty text when a batch failed.
std::string follow(SandboxErp &erp, Held &held, std::string position, int limit = 1'000)
{
    for (;;) {
        auto batch = erp.changesAfter(position, limit);
        if (!batch || batch->changes.size() > static_cast<std::size_t>(limit))
            return {};
        for (Change &change : batch->changes)
            held[{std::string(change.kind->name), change.key}] = std::move(change);
        position = batch->position;
        if (!batch->more)
            return position;
    }
}

QByteArray digest(const Held &held)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[key, change] : held) {
        hash.addData(
            QByteArray::fromStdString(key.first + '/' + key.second + '@' + std::to_string(change.version)));
        hashRecord(hash, *change.kind, change.record.data());
    }
    return hash.result().toHex();
}

// Lets the company live up to `until`, all of it.
std::int64_t live(SandboxErp &erp, Instant until)
{
    std::int64_t changes = 0;
    for (;;) {
        const auto advanced = erp.advance(until);
        if (!advanced)
            return -1;
        changes += advanced->changes;
        if (!advanced->more)
            return changes;
    }
}

} // namespace

class SandboxErpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void historyAddsUp_data();
    void historyAddsUp();
    void brokenBooksAreNoticed();
    void sameSeedSameCompany();
    void lifeIsTheSameHoweverOftenItIsCalled();
    void lifeGoesOnAfterARestart();
    void aClockSetBackKeepsTheOrder();
    void scaleIsTheNumberOfOrders();
    void demoCompanyIsMadeQuickly();
    void everyPositionLeadsToTheSameState();
    void versionsRise();
    void anotherHistorysPositionIsRefused_data();
    void anotherHistorysPositionIsRefused();
    void ratesAreKept_data();
    void ratesAreKept();
    void earlierTimesDoNothing();
    void peopleSeeTheirAccountsChange();
    void everythingHappensSoonerOrLater();
    void wordingChangesLive();
    void settingsOutOfRangeAreRefused();
    void anInterruptedMakingStartsOver();
    void anotherVersionsFileIsRefused();
    void aDamagedFileIsRefused();
    void aLockedFileIsTriedAgain();
    void livesOnItsOwnThread();

private:
    std::unique_ptr<SandboxErp> open(const SandboxSettings &settings,
                                     const QString &name = QStringLiteral("erp.sqlite"));
    QString path(const QString &name = QStringLiteral("erp.sqlite")) const { return m_dir->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_dir;
    FixedClock m_clock{today};
};

void SandboxErpTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock.set(today);
}

std::unique_ptr<SandboxErp> SandboxErpTest::open(const SandboxSettings &settings, const QString &name)
{
    auto erp = SandboxErp::open(path(name), settings, m_clock);
    if (!erp) {
        qWarning() << erp.error().userText << erp.error().detail;
        return nullptr;
    }
    return std::move(*erp);
}

void SandboxErpTest::historyAddsUp_data()
{
    QTest::addColumn<qint64>("scale");
    QTest::newRow("none") << qint64{0};
    QTest::newRow("few") << qint64{60};
    QTest::newRow("some") << qint64{3'000};
}

void SandboxErpTest::historyAddsUp()
{
    QFETCH(qint64, scale);
    const auto erp = open({.seed = 7, .scale = scale});
    QVERIFY(erp);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
    QVERIFY(live(*erp, later(900)) > 500);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxErpTest::demoCompanyIsMadeQuickly()
{
    QElapsedTimer timer;
    timer.start();
    const auto erp = open({});
    QVERIFY(erp);
    qInfo() << "made in" << timer.elapsed() << "ms";
    Held held;
    timer.restart();
    QVERIFY(!follow(*erp, held, {}).empty());
    qInfo() << held.size() << "records read in" << timer.elapsed() << "ms" << digest(held);
}

void SandboxErpTest::brokenBooksAreNoticed()
{
    // The check itself must be able to fail: each of these breaks one thing.
    const char *const damages[] = {
        "UPDATE orderLines SET shipped=shipped+1 WHERE owner=(SELECT max(id) FROM orders WHERE "
        "status='closed')",
        "UPDATE orders SET net=net+1, total=total+1 WHERE id=5",
        "UPDATE stockMovements SET quantity=quantity-1000000 WHERE id=(SELECT max(id) FROM stockMovements)",
        "DELETE FROM payments WHERE id=3",
        "DELETE FROM shipments WHERE id=4",
        "DELETE FROM changes WHERE position=9",
        "UPDATE invoiceLines SET net=net+1 WHERE invoice=2",
        "UPDATE orders SET status='unheard of' WHERE id=6",
    };
    QVERIFY(open({.scale = 60}));
    for (const char *const damage : damages) {
        const QString copy = path(QStringLiteral("copy.sqlite"));
        QFile::remove(copy);
        QVERIFY(QFile::copy(path(), copy));
        {
            auto database = Sqlite::Database::open(copy, Sqlite::Database::Mode::ReadWrite);
            QVERIFY(database);
            QVERIFY(database->execute(damage));
        }
        QVERIFY2(!booksThatDoNotAddUp(copy).empty(), damage);
    }
}

void SandboxErpTest::sameSeedSameCompany()
{
    const auto first = open({.seed = 3, .scale = 200}, QStringLiteral("first"));
    const auto second = open({.seed = 3, .scale = 200}, QStringLiteral("second"));
    const auto other = open({.seed = 4, .scale = 200}, QStringLiteral("other"));
    QVERIFY(first && second && other);
    QVERIFY(live(*first, later(120)) > 0);
    QVERIFY(live(*second, later(120)) > 0);
    QVERIFY(live(*other, later(120)) > 0);
    Held a;
    Held b;
    Held c;
    QVERIFY(!follow(*first, a, {}).empty());
    QVERIFY(!follow(*second, b, {}, 17).empty());
    QVERIFY(!follow(*other, c, {}).empty());
    QCOMPARE(digest(a), digest(b));
    QVERIFY(digest(a) != digest(c));
}

void SandboxErpTest::lifeIsTheSameHoweverOftenItIsCalled()
{
    const auto rarely = open({.scale = 150}, QStringLiteral("rarely"));
    const auto often = open({.scale = 150}, QStringLiteral("often"));
    QVERIFY(rarely && often);
    QVERIFY(live(*rarely, later(300)) > 0);
    for (int step = 1; step <= 1'200; ++step)
        QVERIFY(live(*often, {today.ms + step * 250}) >= 0);
    Held a;
    Held b;
    QVERIFY(!follow(*rarely, a, {}).empty());
    QVERIFY(!follow(*often, b, {}).empty());
    QCOMPARE(digest(a), digest(b));
}

void SandboxErpTest::lifeGoesOnAfterARestart()
{
    auto erp = open({.scale = 150});
    QVERIFY(erp);
    Held held;
    std::string position = follow(*erp, held, {});
    for (int life = 1; life <= 5; ++life) {
        QVERIFY(live(*erp, later(life * 3'600 + 90)) > 0);
        erp.reset();
        m_clock.set(later((life + 1) * 3'600));
        erp = open({.seed = 99, .scale = 9'999}); // of a company that is there, neither is changed
        QVERIFY(erp);
        // It stood still meanwhile: nothing is overdue.
        const auto advanced = erp->advance(m_clock.now());
        QVERIFY(advanced);
        QCOMPARE(advanced->changes, 0);
        position = follow(*erp, held, position);
        QVERIFY(!position.empty());
    }
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
    Held anew;
    QVERIFY(!follow(*erp, anew, {}).empty());
    QCOMPARE(digest(held), digest(anew));
}

void SandboxErpTest::aClockSetBackKeepsTheOrder()
{
    auto erp = open({.scale = 100, .changesPerSecond = 10});
    QVERIFY(erp);
    QVERIFY(live(*erp, later(600)) > 0);
    erp.reset();
    m_clock.set(later(300));
    erp = open({.changesPerSecond = 10});
    QVERIFY(erp);
    QCOMPARE(live(*erp, later(590)), 0);
    QVERIFY(live(*erp, later(900)) > 0);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
    // A clock that had been a day ahead is not waited for.
    erp.reset();
    m_clock.set(later(-86'400));
    erp = open({.changesPerSecond = 10});
    QVERIFY(erp);
    QVERIFY(live(*erp, later(-86'400 + 60)) > 0);
}

void SandboxErpTest::scaleIsTheNumberOfOrders()
{
    for (const std::int64_t scale : {0, 1, 37, 900}) {
        const QString name = QString::number(scale);
        const auto erp = open({.scale = scale}, name);
        QVERIFY(erp);
        Held held;
        QVERIFY(!follow(*erp, held, {}).empty());
        std::int64_t orders = 0;
        for (const auto &[key, change] : held) {
            const auto *order = change.record.as<Order>();
            if (!order)
                continue;
            ++orders;
            QVERIFY(order->placedAt < today && order->placedAt.ms > today.ms - 731LL * 86'400'000);
        }
        QCOMPARE(orders, scale);
    }
}

void SandboxErpTest::everyPositionLeadsToTheSameState()
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

void SandboxErpTest::versionsRise()
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

void SandboxErpTest::anotherHistorysPositionIsRefused_data()
{
    QTest::addColumn<QByteArray>("position");
    QTest::newRow("number alone") << QByteArray("12");
    QTest::newRow("text") << QByteArray("nonsense");
    QTest::newRow("other company") << QByteArray("123.456:7");
    QTest::newRow("no number") << QByteArray("SAME:x");
    QTest::newRow("negative") << QByteArray("SAME:-1");
    QTest::newRow("too large") << QByteArray("SAME:99999999999999999999");
}

void SandboxErpTest::anotherHistorysPositionIsRefused()
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

void SandboxErpTest::ratesAreKept_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<double>("wanted");
    QTest::addColumn<double>("expected");
    QTest::newRow("demo") << 1.0 << 0.0 << 1.0;
    QTest::newRow("ten times") << 10.0 << 0.0 << 10.0;
    QTest::newRow("50 a second") << 1.0 << 50.0 << 50.0;
    QTest::newRow("500 a second") << 1.0 << 500.0 << 500.0;
}

void SandboxErpTest::ratesAreKept()
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

void SandboxErpTest::earlierTimesDoNothing()
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

void SandboxErpTest::peopleSeeTheirAccountsChange()
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
    QVERIFY((roles == std::set<std::string>{"buyer", "finance", "viewer", "csr"}));

    QVERIFY(live(*erp, later(120)) > 0);
    Held changed;
    QVERIFY(!follow(*erp, changed, before).empty());
    for (const SandboxPerson &person : people) {
        const auto seen = std::ranges::count_if(changed, [&person](const auto &entry) {
            return person.accounts.empty()
                || std::ranges::find(person.accounts, entry.second.account) != person.accounts.end();
        });
        QVERIFY2(seen >= 4, person.user.c_str());
    }
}

void SandboxErpTest::everythingHappensSoonerOrLater()
{
    const auto erp = open({.scale = 1'500, .changesPerSecond = 20});
    QVERIFY(erp);
    QVERIFY(live(*erp, later(600)) > 0);
    Held held;
    QVERIFY(!follow(*erp, held, {}).empty());
    std::set<std::string> happened;
    std::set<std::string> currencies;
    for (const auto &[key, change] : held) {
        if (const auto *order = change.record.as<Order>()) {
            happened.insert("order " + order->status);
            currencies.insert(order->currency);
            for (const OrderEvent &event : order->events) {
                happened.insert(event.code);
                QVERIFY(!event.text.empty());
            }
            for (const OrderLine &line : order->lines) {
                happened.insert("line " + line.status);
                if (line.backordered.isZero())
                    continue;
                happened.insert(line.expectedOn.isSet() ? "date known" : "date unknown");
            }
        } else if (const auto *shipment = change.record.as<Shipment>()) {
            happened.insert("shipment " + shipment->status);
            happened.insert(shipment->parcels.size() > 1 ? "several parcels" : "one parcel");
        }
    }
    for (const char *const expected : {"placed",
                                       "held",
                                       "released",
                                       "allocated",
                                       "backordered",
                                       "shipped",
                                       "out-for-delivery",
                                       "delayed",
                                       "delivered",
                                       "invoiced",
                                       "cancelled",
                                       "closed",
                                       "order confirmed",
                                       "order picking",
                                       "order part-shipped",
                                       "order shipped",
                                       "order delivered",
                                       "order closed",
                                       "order cancelled",
                                       "line open",
                                       "line allocated",
                                       "line backordered",
                                       "line part-shipped",
                                       "line shipped",
                                       "line cancelled",
                                       "shipment in-transit",
                                       "shipment out-for-delivery",
                                       "shipment delivered",
                                       "several parcels",
                                       "one parcel",
                                       "date known",
                                       "date unknown"})
        QVERIFY2(happened.contains(expected), expected);
    QVERIFY(currencies.size() >= 8);
}

void SandboxErpTest::wordingChangesLive()
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

void SandboxErpTest::settingsOutOfRangeAreRefused()
{
    for (const SandboxSettings &settings :
         {SandboxSettings{.scale = -1}, SandboxSettings{.scale = 1'000'001}, SandboxSettings{.speed = 0},
          SandboxSettings{.speed = -2}, SandboxSettings{.speed = 1e9}}) {
        const auto erp = SandboxErp::open(path(), settings, m_clock);
        QVERIFY(!erp);
        QCOMPARE(erp.error().kind, ErrorKind::BadInput);
        QVERIFY(!QFile::exists(path()));
    }
    const auto nowhere = SandboxErp::open(path(QStringLiteral("no/such/folder/erp")), {.scale = 0}, m_clock);
    QVERIFY(!nowhere);
    QVERIFY(!nowhere.error().userText.isEmpty());
}

void SandboxErpTest::anInterruptedMakingStartsOver()
{
    QFile left(path() + QStringLiteral(".making"));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.write("the torn beginning of a database");
    left.close();
    const auto erp = open({.scale = 30});
    QVERIFY(erp);
    QVERIFY(!left.exists());
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxErpTest::anotherVersionsFileIsRefused()
{
    QVERIFY(open({.scale = 0}));
    {
        auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
        QVERIFY(database && database->execute("UPDATE meta SET value='x' WHERE name='madeBy'"));
    }
    const auto erp = SandboxErp::open(path(), {}, m_clock);
    QVERIFY(!erp);
    QVERIFY(erp.error().userText.contains(QStringLiteral("another version")));
}

void SandboxErpTest::aDamagedFileIsRefused()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(50'000, 'x'));
    file.close();
    const auto erp = SandboxErp::open(path(), {}, m_clock);
    QVERIFY(!erp);
    QCOMPARE(erp.error().kind, ErrorKind::StorageCorrupt);
    QCOMPARE(file.size(), 50'000); // and left as it was
}

void SandboxErpTest::aLockedFileIsTriedAgain()
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

void SandboxErpTest::livesOnItsOwnThread()
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

QTEST_GUILESS_MAIN(SandboxErpTest)
#include "tst_sandboxerp.moc"

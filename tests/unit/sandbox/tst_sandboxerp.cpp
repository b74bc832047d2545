#include "bookscheck.h"
#include "database.h"
#include "fixedclock.h"
#include "follower.h"
#include "happenings.h"
#include "order.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <set>

using namespace Counterfoil;
using namespace Follower;

class SandboxErpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void historyAddsUp_data();
    void historyAddsUp();
    void halfAYearOfLifeAddsUp();
    void brokenBooksAreNoticed();
    void sameSeedSameCompany();
    void lifeIsTheSameHoweverOftenItIsCalled();
    void lifeGoesOnAfterARestart();
    void aClockSetBackKeepsTheOrder();
    void scaleIsTheNumberOfOrders();
    void theDemoCompanyIsOfSomeSize();
    void everythingHappensSoonerOrLater();
    void settingsOutOfRangeAreRefused();
    void anySeedWillDo();
    void anInterruptedMakingStartsOver();
    void anotherVersionsFileIsRefused();
    void aDamagedFileIsRefused();

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

void SandboxErpTest::halfAYearOfLifeAddsUp()
{
    auto erp = open({.seed = 11, .scale = 150, .speed = 20});
    QVERIFY(erp);
    for (int part = 1; part <= 4; ++part) {
        const Instant until = later(part * 140);
        QVERIFY(live(*erp, until) > 1'000);
        QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
        erp.reset();
        m_clock.set(until);
        erp = open({.speed = 20});
        QVERIFY(erp);
    }
}

void SandboxErpTest::theDemoCompanyIsOfSomeSize()
{
    const std::clock_t before = std::clock(); // the processor's time, which others on the machine do not take
    const auto erp = open({});
    QVERIFY(erp);
    QVERIFY(std::clock() - before < 60 * CLOCKS_PER_SEC); // with sanitizers; else a second
    Held held;
    QVERIFY(!follow(*erp, held, {}).empty());

    auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
    QVERIFY(database);
    struct Least
    {
        std::int64_t count;
        const char *what;
    };
    for (const Least &least : {
             Least{300, "SELECT count(*) FROM accounts"},
             Least{50, "SELECT count(*) FROM accounts WHERE parent<>''"},
             Least{15, "SELECT count(DISTINCT country) FROM accounts"},
             Least{40, "SELECT count(*) FROM accounts WHERE name NOT GLOB '*[A-Za-z]*'"}, // other scripts
             Least{2'000, "SELECT count(*) FROM products"},
             Least{15, "SELECT count(DISTINCT unit) FROM products"},
             Least{10, "SELECT min(n) FROM (SELECT count(*) n FROM contractPrices GROUP BY customer)"},
             Least{4, "SELECT count(DISTINCT warehouse) FROM stockMovements WHERE kind='shipment'"},
             Least{300, "SELECT count(DISTINCT owner) FROM orderEvents WHERE code='backordered'"},
             Least{700, "SELECT (max(placedAt)-min(placedAt))/86400000 FROM orders"},
             Least{40, "SELECT count(*) FROM orders WHERE open"},
             Least{3'000, "SELECT count(*) FROM payments"},
         }) {
        const auto count = database->integer(least.what);
        QVERIFY(count);
        QVERIFY2(*count >= least.count, least.what);
    }
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
        "UPDATE invoiceLines SET net=net+1 WHERE owner=2",
        "UPDATE orders SET status='unheard of' WHERE id=6",
        "UPDATE invoices SET openAmount=openAmount-1 WHERE id=(SELECT max(id) FROM invoices WHERE credit=0 "
        "AND "
        "\"open\")",
        "UPDATE invoices SET \"order\"='SO-1' WHERE id=7",
        "UPDATE invoices SET tax=tax+1, total=total+1, openAmount=openAmount+1 WHERE id=8",
        "UPDATE invoiceLines SET taxRate=taxRate+5000000 WHERE owner=(SELECT owner FROM invoiceLines WHERE "
        "abs(net)>1000 LIMIT 1)",
        "UPDATE invoices SET billToAddress='elsewhere' WHERE id=9",
        "UPDATE paymentParts SET invoice='INV-1' WHERE owner=2",
        "UPDATE paymentParts SET discount=discount+1 WHERE owner=3",
        "UPDATE payments SET unapplied=1 WHERE id=4",
        "UPDATE creditStandings SET openInvoices=openInvoices+1, used=used+1, available=available-1 WHERE "
        "id=2",
        "UPDATE creditStandings SET openOrders=openOrders+1, used=used+1, available=available-1 WHERE id=2",
        "UPDATE documents SET invoice='INV-1' WHERE id=3",
        "UPDATE documents SET issued=1 WHERE id=3",
        "UPDATE documents SET payment='PAY-1' WHERE id=10000000000003",
        "DELETE FROM documents WHERE id=20000000000003",
        "UPDATE documents SET dated=dated+1 WHERE id=30000000000003",
        "UPDATE shipments SET receivedBy='' WHERE id=3",
        "UPDATE documents SET superseded=1 WHERE sku<>''",
        "UPDATE shipmentLines SET trackingNumber='x' WHERE owner=(SELECT min(id) FROM shipments WHERE "
        "parcelCount=1)",
        "UPDATE parcels SET status='x' WHERE owner=(SELECT min(id) FROM shipments WHERE parcelCount=1)",
        "UPDATE trackingEvents SET at=at+8640000000 WHERE position=0 AND owner=(SELECT min(id) FROM "
        "shipments "
        "WHERE parcelCount=1)",
        "UPDATE shipments SET \"open\"=1-\"open\" WHERE id=5",
        "UPDATE orderEvents SET reference='INV-9' WHERE reference<>'' AND owner=5",
        "DELETE FROM agenda WHERE task=8",
        "UPDATE addresses SET current=0 WHERE id=1",
        "UPDATE contacts SET account='A-1' WHERE id=1",
        "UPDATE addresses SET account='A-10002' WHERE account='A-10001'",
        "UPDATE addresses SET status='pending' WHERE id=1",
        "UPDATE accounts SET defaultBillTo='' WHERE id=3",
        "INSERT INTO commands VALUES('k','save','address','AD-1','maya',0)",
        "INSERT INTO audit VALUES(9999,0,'maya','save','k','address','AD-1')",
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

void SandboxErpTest::everythingHappensSoonerOrLater()
{
    const auto erp = open({.scale = 2'500, .changesPerSecond = 20});
    QVERIFY(erp);
    QVERIFY(live(*erp, later(600)) > 0);
    Held held;
    QVERIFY(!follow(*erp, held, {}).empty());
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
    Happenings::Happened happened;
    for (const auto &[key, change] : held)
        Happenings::note(change, happened);
    for (const char *const expected : Happenings::everything)
        QVERIFY2(happened.contains(expected), expected);
    for (const QChar::Script script :
         {QChar::Script_Latin, QChar::Script_Greek, QChar::Script_Cyrillic, QChar::Script_Arabic,
          QChar::Script_Hebrew, QChar::Script_Han, QChar::Script_Hangul, QChar::Script_Devanagari})
        QVERIFY2(happened.contains("script " + std::to_string(script)), qPrintable(QString::number(script)));
    for (const std::string &note : happened)
        QVERIFY2(!note.starts_with("a scan without") && !note.starts_with("an event without")
                     && !note.starts_with("a page that is none"),
                 note.c_str());
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

void SandboxErpTest::anySeedWillDo()
{
    for (const std::uint64_t seed : {std::uint64_t{0}, UINT64_MAX})
        QVERIFY(open({.seed = seed, .scale = 0}, QString::number(seed)));
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

CORE_TEST(SandboxErpTest)
#include "tst_sandboxerp.moc"

#include "amount.h"
#include "clock.h"
#include "error.h"
#include "random.h"
#include "result.h"
#include "testentry.h"

#include <QtTest>

#include <set>

using namespace Counterfoil;

class TestBase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsPlacesOfCurrencies();
    void addsAmounts();
    void namesEveryErrorOnce();
    void holdsAValueOrAnError();
    void repeatsChanceFromASeed();
    void drawsEvenly();
    void makesUuidsAndTokens();
    void systemRandomDiffers();
    void bootClockOnlyRises();
};

void TestBase::knowsPlacesOfCurrencies()
{
    QCOMPARE(minorUnitPlaces("GBP"), 2);
    QCOMPARE(minorUnitPlaces("JPY"), 0);
    QCOMPARE(minorUnitPlaces("KWD"), 3);
    QCOMPARE(minorUnitPlaces(""), 2);
    QCOMPARE(minorUnitPlaces("gbp"), 2);
}

void TestBase::addsAmounts()
{
    Amount sum{100};
    sum += Amount{-250};
    QCOMPARE(sum.minor, -150);
    QCOMPARE((-sum + Amount{1} - Amount{2}).minor, 149);
    QVERIFY(sum < Amount{});
}

void TestBase::namesEveryErrorOnce()
{
    std::set<std::string> names;
    const int last = static_cast<int>(ErrorKind::Cancelled);
    for (int kind = 0; kind <= last; ++kind)
        names.insert(name(static_cast<ErrorKind>(kind)));
    QCOMPARE(names.size(), static_cast<std::size_t>(last) + 1);
    QVERIFY(retryable(ErrorKind::Offline));
    QVERIFY(retryable(ErrorKind::StorageLocked));
    QVERIFY(!retryable(ErrorKind::Rejected));
    QVERIFY(!retryable(ErrorKind::StorageCorrupt));
}

void TestBase::holdsAValueOrAnError()
{
    Result<std::string> good = std::string("value");
    QVERIFY(good.ok() && good);
    QCOMPARE(*good, std::string("value"));
    const std::string taken = *std::move(good);
    QCOMPARE(taken, std::string("value"));
    const Result<std::string> bad = Error{ErrorKind::Timeout, QStringLiteral("text")};
    QVERIFY(!bad);
    QCOMPARE(bad.error().kind, ErrorKind::Timeout);
    // Also when value and error are both an Error's members by nature.
    const Result<int> zero = 0;
    QVERIFY(zero);
}

void TestBase::repeatsChanceFromASeed()
{
    SeededRandom one(42);
    SeededRandom same(42);
    SeededRandom other(43);
    QCOMPARE(one.next(), same.next());
    QVERIFY(one.next() != other.next());
    // Known values of splitmix64, so that a seed means the same schedule on every platform for ever.
    SeededRandom known(0);
    QCOMPARE(known.next(), 0xe220a8397b1dcdafU);
    QCOMPARE(known.next(), 0x6e789e6aa1b965f4U);
}

void TestBase::drawsEvenly()
{
    SeededRandom random(3);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i)
        ++counts.at(random.below(counts.size()));
    for (int count : counts)
        QVERIFY(count > 9'500 && count < 10'500);
    QCOMPARE(random.below(1), std::uint64_t{0});
}

void TestBase::makesUuidsAndTokens()
{
    SeededRandom random(4);
    static const QRegularExpression form(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string id = random.uuid();
        QVERIFY(form.match(QString::fromStdString(id)).hasMatch());
        seen.insert(id);
    }
    QCOMPARE(seen.size(), std::size_t{1'000});
    static const QRegularExpression urlSafe(QStringLiteral("^[A-Za-z0-9_-]{43}$"));
    QVERIFY(urlSafe.match(QString::fromStdString(random.token(32))).hasMatch());
}

void TestBase::systemRandomDiffers()
{
    SystemRandom random;
    QVERIFY(random.token(32) != random.token(32));
    std::array<std::byte, 1'000> bytes{};
    random.fill(bytes);
    const auto zeros = std::ranges::count(bytes, std::byte{0});
    QVERIFY(zeros < 50); // about 4 of 1,000; all of them where filling stops early
    QVERIFY(std::any_of(bytes.end() - 40, bytes.end(), [](std::byte b) { return b != std::byte{0}; }));
}

void TestBase::bootClockOnlyRises()
{
    const SystemClock clock;
    const BootTime first = clock.sinceBoot();
    QVERIFY(first.ms > 0);
    QVERIFY(clock.sinceBoot() >= first);
    QVERIFY(clock.now() > *Instant::parse("2025-01-01T00:00:00Z"));
}

CORE_TEST(TestBase)
#include "tst_base.moc"

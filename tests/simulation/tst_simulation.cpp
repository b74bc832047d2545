#include "schedule.h"
#include "testentry.h"
#include "writestorm.h"

#include <QLoggingCategory>
#include <QTest>

using namespace Counterfoil;

// A slice of what ./dev simulate does; every schedule is told by its seed alone.
class TestSimulation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("counterfoil.*=false")); }
    void comesRightAfterAnything();
    void happensTheSameWayTwice();
    void survivesAnyFailingStoreWrite();
    void doesEachOfManyWritesOnce();
};

namespace {

QString told(const Report &report)
{
    QString text = QStringLiteral("seed %1:").arg(report.seed);
    for (const std::string &violation : report.violations)
        text += u'\n' + QString::fromStdString(violation);
    return text;
}

} // namespace

void TestSimulation::comesRightAfterAnything()
{
    constexpr std::uint64_t seeds = 5;
    int counted = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const Report report = Schedule::run(seed);
        QVERIFY2(report.violations.empty(), qPrintable(told(report)));
        counted += report.counts();
    }
    QVERIFY2(counted >= 4, qPrintable(QString::number(counted)));
}

void TestSimulation::happensTheSameWayTwice()
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed)
        QCOMPARE(Schedule::run(seed).trace, Schedule::run(seed, true).trace);
}

// The i-th write of the cache fails, for every i, in a world that is perfect otherwise.
void TestSimulation::survivesAnyFailingStoreWrite()
{
    for (int i = 0;; ++i) {
        Schedule schedule(1'000 + static_cast<std::uint64_t>(i), 1);
        schedule.client(0).failStoreWrite = i;
        schedule.begin(10);
        schedule.world().runUntil(schedule.world().ms() + 30'000);
        const bool reached = schedule.client(0).storeWrites() > i;
        schedule.comeRight();
        const Report report = schedule.report();
        QVERIFY2(report.violations.empty(), qPrintable(told(report)));
        if (!reached)
            break;
    }
}

// ./dev simulate --writes 1000000 is the same with more.
void TestSimulation::doesEachOfManyWritesOnce()
{
    constexpr int rounds = 10;
    constexpr int writes = 2'000;
    for (int round = 1; round <= rounds; ++round) {
        const StormReport report = writeStorm(static_cast<std::uint64_t>(round), writes);
        QVERIFY2(report.violation.empty(), report.violation.c_str());
        QVERIFY(report.deaths > 0 && report.sends > report.writes);
    }
}

CORE_TEST(TestSimulation)
#include "tst_simulation.moc"

#include "schedule.h"

#include <QLoggingCategory>
#include <QTest>

using namespace Counterfoil;

// Every schedule is told by its seed alone. COUNTERFOIL_SIM_SEED=N (or --seed N) runs that one,
// COUNTERFOIL_SIM_SEEDS=N runs the first N.
class TestSimulation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesRightAfterAnything();
    void survivesAnyFailingStoreWrite();
};

void TestSimulation::comesRightAfterAnything()
{
    constexpr int usualSeeds = 40;
    const bool one = qEnvironmentVariableIsSet("COUNTERFOIL_SIM_SEED");
    const int first = one ? qEnvironmentVariableIntValue("COUNTERFOIL_SIM_SEED") : 1;
    const int asked = qEnvironmentVariableIntValue("COUNTERFOIL_SIM_SEEDS");
    const int last = one ? first : asked > 0 ? asked : usualSeeds;
    for (int seed = first; seed <= last; ++seed) {
        Schedule schedule(static_cast<std::uint64_t>(seed));
        schedule.begin(60);
        schedule.goWrong();
        schedule.comeRight();
        const QString story = QStringLiteral("seed %1: %2").arg(seed).arg(schedule.complaints.join(u'\n'));
        QVERIFY2(schedule.complaints.isEmpty(), qPrintable(story));
    }
}

// The i-th write of the cache fails, for every i, in a world that is perfect otherwise.
void TestSimulation::survivesAnyFailingStoreWrite()
{
    for (int i = 0;; ++i) {
        Schedule schedule(1'000 + static_cast<std::uint64_t>(i), 1);
        schedule.client(0).failStoreWrite = i;
        schedule.begin(30);
        const std::int64_t end = schedule.world().ms() + 90'000;
        schedule.world().runUntil(end);
        const bool reached = schedule.client(0).storeWrites() > i;
        schedule.comeRight();
        const QString story = QStringLiteral("write %1: %2").arg(i).arg(schedule.complaints.join(u'\n'));
        QVERIFY2(schedule.complaints.isEmpty(), qPrintable(story));
        if (!reached)
            break;
    }
}

int main(int argc, char **argv)
{
    QLoggingCategory::setFilterRules(QStringLiteral("counterfoil.*=false"));
    QList<char *> rest;
    for (int i = 0; i < argc; ++i) {
        if (qstrcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            qputenv("COUNTERFOIL_SIM_SEED", argv[++i]);
        else
            rest.append(argv[i]);
    }
    QCoreApplication app(argc, argv);
    TestSimulation test;
    return QTest::qExec(&test, static_cast<int>(rest.size()), rest.data());
}

#include "tst_simulation.moc"

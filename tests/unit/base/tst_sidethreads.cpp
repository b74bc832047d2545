// Pieces of work beside the window's thread, of which one never ends.
#include "sidethreads.h"
#include "testentry.h"

#include <QSemaphore>
#include <QTest>

using namespace Counterfoil;

class TestSideThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneThatHangsKeepsNoOther();
    void refusesMoreThanItMayHave();
    void itsOwnerMayGoInAnAnswer();
};

void TestSideThreads::oneThatHangsKeepsNoOther()
{
    const auto place = std::make_shared<QSemaphore>();
    SideThreads threads;
    bool hung = true;
    int done = 0;
    QVERIFY(threads.start([place, &hung]() -> SideThread::Then {
        place->acquire();
        return [&hung] { hung = false; };
    }));
    // As many as one likes, one after the other.
    for (int save = 1; save <= 3 * static_cast<int>(SideThreads::mostAtOnce); ++save) {
        QVERIFY(threads.start([&done]() -> SideThread::Then { return [&done] { ++done; }; }));
        QTRY_COMPARE(done, save);
    }
    QVERIFY(hung);
    place->release();
    QTRY_VERIFY(!hung);
}

void TestSideThreads::refusesMoreThanItMayHave()
{
    const auto place = std::make_shared<QSemaphore>();
    SideThreads threads;
    std::size_t done = 0;
    const SideThread::Work waits = [place, &done]() -> SideThread::Then {
        place->acquire();
        return [&done] { ++done; };
    };
    for (std::size_t piece = 0; piece < SideThreads::mostAtOnce; ++piece)
        QVERIFY(threads.start(waits));
    QVERIFY(!threads.start(waits));
    place->release();
    QTRY_COMPARE(done, 1U);
    QVERIFY(threads.start(waits));
    place->release(static_cast<int>(SideThreads::mostAtOnce));
    QTRY_COMPARE(done, SideThreads::mostAtOnce + 1);
}

void TestSideThreads::itsOwnerMayGoInAnAnswer()
{
    auto threads = std::make_unique<SideThreads>();
    bool told = false;
    QVERIFY(threads->start([&]() -> SideThread::Then {
        return [&] {
            threads.reset();
            told = true;
        };
    }));
    QTRY_VERIFY(told);
    QVERIFY(!threads);
}

CORE_TEST(TestSideThreads)
#include "tst_sidethreads.moc"

// The render worker dies again and again while somebody scrolls: the window does not stand still, and every
// page is drawn. A worker or a disk that stands still holds up what was asked of it, and not the window.

#include "documentfixture.h"
#include "pagepictures.h"
#include "testentry.h"
#include "workerdeaths.h"

#include <QRandomGenerator>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <atomic>
#include <csignal>

using namespace Counterfoil;

namespace {

constexpr int pages = 60;
constexpr int notch = 360; // of a wheel that is turned fast

} // namespace

class TestDocumentKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPageIsDrawn();
    void theWindowWaitsForNoWorker();
    void theWindowWaitsForNoThread();
};

void TestDocumentKills::everyPageIsDrawn()
{
    constexpr int turnsARound = 6;
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(pages)));
    QVERIFY(window.settle());
    const int wanted = wantedKills();
    QRandomGenerator random(2026);
    int killed = 0;
    int down = 1;
    bool hasDrawn = true; // one that dies before it has done anything is not started for ever
    connect(&window.renderer, &PageRenderer::drawn, this, [&hasDrawn] { hasDrawn = true; });
    const StallWatch stall;
    for (int round = 0; killed < wanted && round < 4 * wanted; ++round) {
        // At any moment between two turns of the wheel: it starts, opens, draws or has nothing to do.
        const int death = int(random.bounded(turnsARound));
        for (int turn = 0; turn < turnsARound; ++turn) {
            turnWheel(window.pages, {300, 300}, -down * notch);
            QTest::qWait(random.bounded(8));
            const qint64 worker = window.renderer.workerProcessId();
            if (turn != death || !hasDrawn || worker <= 0)
                continue;
            QCOMPARE(::kill(static_cast<pid_t>(worker), SIGKILL), 0);
            ++killed;
            hasDrawn = false;
        }
        QVERIFY(window.settle());
        const Error *fault = window.pages.pictures().fault(window.view.currentPage());
        QVERIFY2(!fault, fault ? qPrintable(fault->userText + fault->detail) : "");
        if (window.view.currentPage() == (down > 0 ? pages - 1 : 0))
            down = -down;
    }
    QCOMPARE(killed, wanted);
    qInfo("%d deaths while scrolling; the longest stall was %.1f ms", killed, stall.longestMs());
    QVERIFY(stall.longestMs() < StallWatch::mostMs());
    for (int page = 0; page < pages; ++page) {
        window.view.goToPage(page);
        QVERIFY(window.settle());
        QCOMPARE(window.seenAt(page, inSquare).rgb(), colourOf(page).rgb());
    }
}

// Counted in turns of the event loop, since a clock would measure the machine as well: had one of them waited
// for the worker, it would have waited until the request's time was over and the worker was another one.
void TestDocumentKills::theWindowWaitsForNoWorker()
{
    constexpr int turns = 20;
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(pages)));
    QVERIFY(window.settle());
    const qint64 worker = window.renderer.workerProcessId();
    QVERIFY(worker > 0 && ::kill(static_cast<pid_t>(worker), SIGSTOP) == 0);
    window.view.goToPage(pages - 1);
    for (int turn = 0; turn < turns; ++turn)
        QCoreApplication::processEvents();
    QCOMPARE(window.renderer.workerProcessId(), worker);
    QVERIFY(!window.pages.pictures().seenAreHere());
    QCOMPARE(::kill(static_cast<pid_t>(worker), SIGCONT), 0);
    QVERIFY(window.settle());
    QVERIFY(window.seenAt(pages - 1, inSquare) != QColor(Qt::white));
}

// Qt paints what is translucent and high on the threads that all share, and waits for them.
void TestDocumentKills::theWindowWaitsForNoThread()
{
    QThreadPool &shared = *QThreadPool::globalInstance();
    QSemaphore freed;
    std::atomic<int> gaveUp = 0;
    for (int i = 0; i < shared.maxThreadCount(); ++i)
        shared.start([&] { gaveUp += freed.tryAcquire(1, 20'000) ? 0 : 1; });
    ViewerWindow window;
    const bool drawn = window.open(colouredPdf(pages)) && window.settle();
    const bool seen = drawn && window.seenAt(0, inSquare).rgb() == colourOf(0).rgb();
    const bool waited = gaveUp > 0;
    freed.release(shared.maxThreadCount());
    QVERIFY(shared.waitForDone(20'000));
    QVERIFY(seen);
    QVERIFY(!waited);
}

WINDOW_TEST(TestDocumentKills)
#include "tst_documentkills.moc"

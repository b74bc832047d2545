// The render worker dies again and again while somebody pages: every page is drawn, and the window goes on.

#include "documentfixture.h"
#include "pagepictures.h"
#include "testentry.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <utility>

using namespace Counterfoil;

namespace {

constexpr int kills = 200;
constexpr int pages = 60;
constexpr int longestWaitMs = 250; // of the window; more than it takes, as the machine is not ours alone

// How long this thread could have run so far while others had the processor, in ms; 0 where nobody tells.
qint64 keptWaitingMs()
{
    QFile file(QStringLiteral("/proc/thread-self/schedstat")); // time run, time kept waiting, both in ns
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() / 1'000'000;
}

} // namespace

class TestDocumentKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPageIsDrawn();
};

void TestDocumentKills::everyPageIsDrawn()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(pages)));
    QRandomGenerator random(2026);
    qint64 longest = 0;
    qint64 keptWaiting = keptWaitingMs();
    QElapsedTimer turn;
    QTimer clock;
    connect(&clock, &QTimer::timeout, this, [&] {
        const qint64 before = std::exchange(keptWaiting, keptWaitingMs());
        longest = std::max(longest, turn.restart() - (keptWaiting - before));
    });
    turn.start();
    clock.start(5);
    int killed = 0;
    for (int round = 0; killed < kills && round < 4 * kills; ++round) {
        const int page = round % pages;
        window.view.goToPage(page);
        QTest::qWait(random.bounded(25)); // it starts, opens, draws or has nothing to do
        const qint64 worker = window.renderer.workerProcessId();
        if (worker > 0 && ::kill(static_cast<pid_t>(worker), SIGKILL) == 0)
            ++killed;
        QVERIFY(window.settle());
        QVERIFY(!window.pages.pictures().fault(page));
        QCOMPARE(window.seenAt(page, {200, 200}), window.seenAt(page, {210, 210}));
        QVERIFY(window.seenAt(page, {200, 200}) != QColor(Qt::white));
    }
    QCOMPARE(killed, kills);
    clock.stop();
    qInfo("%d kills, the window's longest turn took %lld ms", killed, static_cast<long long>(longest));
    QVERIFY(longest < longestWaitMs);
}

WINDOW_TEST(TestDocumentKills)
#include "tst_documentkills.moc"

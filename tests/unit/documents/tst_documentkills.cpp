// The render worker dies again and again while somebody pages: every page is drawn, and the window goes on.

#include "documentfixture.h"
#include "pagepictures.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Counterfoil;

namespace {

constexpr int kills = 200;
constexpr int pages = 60;
constexpr int longestWaitMs = 1'000; // of the window; far more than it takes, as other programs run too

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
    QElapsedTimer turn;
    QTimer clock;
    connect(&clock, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
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

QTEST_MAIN(TestDocumentKills)
#include "tst_documentkills.moc"

// The render worker dies again and again while somebody pages: every page is drawn. One that stands still
// holds up what was asked of it, and not the window.

#include "documentfixture.h"
#include "pagepictures.h"
#include "testentry.h"

#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace Counterfoil;

namespace {

constexpr int kills = 200;
constexpr int pages = 60;

} // namespace

class TestDocumentKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPageIsDrawn();
    void theWindowWaitsForNoWorker();
};

void TestDocumentKills::everyPageIsDrawn()
{
    ViewerWindow window;
    QVERIFY(window.open(colouredPdf(pages)));
    QRandomGenerator random(2026);
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

WINDOW_TEST(TestDocumentKills)
#include "tst_documentkills.moc"

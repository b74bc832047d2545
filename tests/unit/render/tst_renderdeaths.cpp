// What happens to the render worker must not happen to the window: killed, hung, taken over, missing.

#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "testentry.h"
#include "workerdeaths.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Counterfoil;

class TestRenderDeaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void killsWhilePaging();
    void anIdleWorkerIsKeptWarm();
    void aWorkerThatLies_data();
    void aWorkerThatLies();
    void aWorkerThatNeverGetsReady();
    void aWorkerThatIsMissing();
    void aPageThatKillsFailsAloneTheSecondTime();
    void anAbandonedPageIsNotWaitedFor();

private:
    PdfFolder m_folder;
};

void TestRenderDeaths::cleanup()
{
    qunsetenv("RENDER_LIE");
}

void TestRenderDeaths::killsWhilePaging()
{
    constexpr int pages = 20;
    const int wanted = wantedKills();
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(pages))), soonMs));
    QList<QImage> expected;
    for (int page = 0; page < pages; ++page) {
        const quint64 ticket = renderer.draw(page, 1.5, 0, {}, 0);
        QVERIFY(answers.waitFor(ticket, soonMs));
        expected.append(answers.drawn.value(ticket));
    }

    // At any moment, but not three times before a worker has done anything at all: that is told apart.
    QRandomGenerator random(20261122);
    int kills = 0;
    QTimer killer;
    killer.setSingleShot(true);
    connect(&killer, &QTimer::timeout, this, [&] {
        const qint64 process = renderer.workerProcessId();
        if (process > 0 && kills < wanted && ::kill(pid_t(process), SIGKILL) == 0)
            ++kills;
    });
    connect(&answers, &RenderAnswers::answered, this, [&] {
        if (!killer.isActive())
            killer.start(random.bounded(1, 50));
    });
    const StallWatch stall;
    int turned = 0;
    int askedAgain = 0;
    while (kills < wanted || turned < pages) {
        const int page = turned % pages;
        // As a person pages: this one now, its neighbours ahead.
        const quint64 ahead = renderer.draw((page + 1) % pages, 1.5, 0, {}, 1);
        quint64 asked = renderer.draw(page, 1.5, 0, {}, 2);
        QVERIFY(answers.waitFor(asked, soonMs));
        while (!answers.drawn.contains(asked)) {
            QVERIFY(!answers.failed.value(asked).userText.isEmpty());
            QVERIFY(++askedAgain < wanted);
            asked = renderer.draw(page, 1.5, 0, {}, 2);
            QVERIFY(answers.waitFor(asked, soonMs));
        }
        QCOMPARE(answers.drawn.value(asked), expected.at(page));
        renderer.drop(ahead);
        answers.drawn.clear();
        ++turned;
    }
    qInfo("%d kills over %d pages, asked again %d times; the longest stall was %.1f ms", kills, turned,
          askedAgain, stall.longestMs());
    QVERIFY(stall.longestMs() < StallWatch::mostMs());
}

void TestRenderDeaths::anIdleWorkerIsKeptWarm()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    renderer.warmUp();
    renderer.warmUp();
    QTRY_VERIFY_WITH_TIMEOUT(renderer.workerProcessId() > 0, soonMs);
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(2))), soonMs));
    const qint64 first = renderer.workerProcessId();
    QCOMPARE(::kill(pid_t(first), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(renderer.workerProcessId() > 0 && renderer.workerProcessId() != first, soonMs);
    const quint64 page = renderer.draw(1, 1, 0, {}, 0);
    QVERIFY(answers.waitFor(page, soonMs));
    QVERIFY(answers.drawn.contains(page));
}

void TestRenderDeaths::aWorkerThatLies_data()
{
    QTest::addColumn<QByteArray>("lie");
    for (const char *lie :
         {"garbage start",     "longframe start", "exit start",     "version start",   "wrongid start",
          "wrongtask open",    "garbage open",    "longframe open", "flood open",      "exit open",
          "silence open",      "halfframe open",  "wrongid open",   "wrongfault open", "nopages open",
          "manypages open",    "nosize open",     "nan open",       "longtitle open",  "version open",
          "manywords open",    "chatter open",    "garbage draw",   "longframe draw",  "flood draw",
          "exit draw",         "silence draw",    "wrongid draw",   "wrongtask draw",  "wrongsize draw",
          "negativesize draw", "manywords draw"})
        QTest::newRow(lie) << QByteArray(lie);
}

void TestRenderDeaths::aWorkerThatLies()
{
    QFETCH(QByteArray, lie);
    qputenv("RENDER_LIE", lie);
    PageRenderer renderer{QStringLiteral(LYING_WORKER)};
    RenderAnswers answers(renderer);
    const QString good = m_folder.file(plainPdf(1));
    const StallWatch stall;
    QElapsedTimer timer;
    timer.start();
    quint64 ticket = renderer.open(good);
    QVERIFY(answers.waitFor(ticket, soonMs));
    if (answers.opened.contains(ticket)) {
        ticket = renderer.draw(0, 1, 0, {}, 0);
        QVERIFY(answers.waitFor(ticket, soonMs));
    }
    QVERIFY2(answers.failed.contains(ticket), "somebody believed it");
    QVERIFY(!answers.failed.value(ticket).userText.isEmpty());
    QVERIFY2(timer.elapsed() < 8'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(stall.longestMs() < StallWatch::mostMs(), qPrintable(QString::number(stall.longestMs())));

    qunsetenv("RENDER_LIE");
    // The truth comes with the next worker, at the latest when no start is put off any more.
    const auto opensNow = [&] {
        ticket = renderer.open(good);
        answers.waitFor(ticket, soonMs);
        return answers.opened.contains(ticket);
    };
    QTRY_VERIFY_WITH_TIMEOUT(opensNow(), soonMs);
    ticket = renderer.draw(0, 1, 0, {}, 0);
    QVERIFY(answers.waitFor(ticket, soonMs));
    QCOMPARE(answers.drawn.value(ticket).pixelColor(150, 150), QColor(Qt::black));
}

void TestRenderDeaths::aWorkerThatNeverGetsReady()
{
    qputenv("RENDER_LIE", "silence start");
    PageRenderer renderer{QStringLiteral(LYING_WORKER)};
    RenderAnswers answers(renderer);
    const quint64 ticket = renderer.open(m_folder.file(plainPdf(1)));
    QVERIFY(answers.waitFor(ticket, soonMs));
    QVERIFY(answers.failed.value(ticket).userText.contains(QStringLiteral("cannot be started")));
}

void TestRenderDeaths::aWorkerThatIsMissing()
{
    PageRenderer renderer{QStringLiteral("/no/such/worker")};
    RenderAnswers answers(renderer);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 5; ++i) {
        const quint64 ticket = renderer.open(m_folder.file(plainPdf(1)));
        QVERIFY(answers.waitFor(ticket, soonMs));
        QVERIFY(answers.failed.value(ticket).userText.contains(QStringLiteral("cannot be started")));
    }
    // Those after the first are told at once: no further start is tried so soon.
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
}

void TestRenderDeaths::aPageThatKillsFailsAloneTheSecondTime()
{
    qputenv("RENDER_LIE", "exit draw 1");
    PageRenderer renderer{QStringLiteral(LYING_WORKER)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(1))), soonMs));
    const quint64 before = renderer.draw(0, 1, 0, {}, 9);
    const quint64 deadly = renderer.draw(1, 1, 0, {}, 5);
    const quint64 after = renderer.draw(2, 1, 0, {}, 1);
    QVERIFY(answers.waitFor(before, soonMs));
    const qint64 first = renderer.workerProcessId();
    QVERIFY(answers.waitFor(after, soonMs));
    QVERIFY(answers.drawn.contains(before));
    QVERIFY(!answers.failed.value(deadly).userText.isEmpty());
    QVERIFY(answers.drawn.contains(after));
    QVERIFY(renderer.workerProcessId() != first);
}

void TestRenderDeaths::anAbandonedPageIsNotWaitedFor()
{
    qputenv("RENDER_LIE", "silence draw");
    PageRenderer renderer{QStringLiteral(LYING_WORKER)};
    RenderAnswers answers(renderer);
    const QString good = m_folder.file(plainPdf(3));
    QVERIFY(answers.waitFor(renderer.open(good), soonMs));
    const quint64 hanging = renderer.draw(0, 1, 0, {}, 0);
    QCoreApplication::processEvents(); // only then is it asked
    renderer.drop(hanging);
    qunsetenv("RENDER_LIE");
    QElapsedTimer timer;
    timer.start();
    const quint64 next = renderer.draw(1, 1, 0, {}, 0);
    QVERIFY(answers.waitFor(next, soonMs));
    QVERIFY(answers.drawn.contains(next));
    QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!answers.has(hanging));
}

GUI_TEST(TestRenderDeaths)
#include "tst_renderdeaths.moc"

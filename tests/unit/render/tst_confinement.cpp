// A document that has taken the render worker over is in a process that can do nothing with it.

#include "documentreading.h"
#include "pagerenderer.h"
#include "pdfs.h"
#include "renderanswers.h"
#include "rendererror.h"
#include "sharedregion.h"
#include "testentry.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Counterfoil;

namespace {

constexpr int done = 1; // how the probe ends when it could do what it tried

// Whether what the probe tries is refused. Each try is also made outside, where it has to succeed: one that
// fails everywhere would show nothing.
int tried(const char *how, const QStringList &what)
{
    QProcess probe;
    probe.start(QStringLiteral(CONFINED_PROBE), QStringList{QString::fromLatin1(how)} + what);
    if (!probe.waitForFinished(soonMs))
        return -1;
    return probe.exitStatus() == QProcess::NormalExit ? probe.exitCode() : 0;
}

QByteArray statusOf(qint64 process, const QByteArray &line)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &each : lines) {
        if (each.startsWith(line + ':'))
            return each.mid(line.size() + 1).trimmed();
    }
    return {};
}

} // namespace

class TestConfinement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isRefused_data();
    void isRefused();
    void readsFonts();
    void convertsLargePictures();
    void holdsTheRealWorker();
    void givesADocumentAWorkerOfItsOwn();
    void keepsAWorkerThatGotNothing();
    void leavesNothingOfADocumentToTheNext();
    void saysWhatIsNotLocked();

private:
    PdfFolder m_folder;
};

void TestConfinement::initTestCase()
{
    constexpr int lacksLocks = 3;
    if (tried("confined", {QStringLiteral("fork")}) == lacksLocks)
        QSKIP("The kernel of this computer lacks a lock, which the program says.");
}

void TestConfinement::isRefused_data()
{
    QTest::addColumn<QStringList>("what");
    const auto add = [](const char *name, const QStringList &what) { QTest::newRow(name) << what; };
    const QString own = m_folder.file(QByteArray("somebody's own file"));
    add("a file of the person's", {QStringLiteral("read"), own});
    add("the list of users", {QStringLiteral("read"), QStringLiteral("/etc/passwd")});
    add("what its own process is", {QStringLiteral("read"), QStringLiteral("/proc/self/environ")});
    add("the folder of everything", {QStringLiteral("list"), QStringLiteral("/")});
    add("a file of its own", {QStringLiteral("write"), own + QStringLiteral(".new")});
    add("a file overwritten", {QStringLiteral("write"), own});
    add("a file removed", {QStringLiteral("unlink"), m_folder.file(QByteArray("to be removed"))});
    for (const char *what :
         {"listen", "socket", "connect", "fork", "exec", "signal", "spy", "code", "memory"})
        add(what, {QString::fromLatin1(what)});
}

void TestConfinement::isRefused()
{
    QFETCH(QStringList, what);
    QCOMPARE(tried("confined", what), 0);
    QCOMPARE(tried("free", what), done);
}

void TestConfinement::readsFonts()
{
    const QStringList folders{QStringLiteral("/usr/share/fonts"), QStringLiteral("/usr/share/poppler")};
    for (const QString &folder : folders)
        QCOMPARE(tried("confined", {QStringLiteral("list"), folder}), done);
}

// Qt divides such work among threads.
void TestConfinement::convertsLargePictures()
{
    QCOMPARE(tried("confined", {QStringLiteral("convert")}), done);
}

void TestConfinement::holdsTheRealWorker()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(2))), soonMs));
    QVERIFY(answers.waitFor(renderer.draw(1, 1, 0, {}, 0), soonMs));
    QCOMPARE(renderer.openDoors(), RenderDoors());
    const qint64 worker = renderer.workerProcessId();
    QCOMPARE(statusOf(worker, "Seccomp"), QByteArray("2")); // filtered, see proc(5)
    QCOMPARE(statusOf(worker, "NoNewPrivs"), QByteArray("1"));
    QCOMPARE(statusOf(worker, "CapEff").toULongLong(nullptr, 16), 0ULL);
}

void TestConfinement::givesADocumentAWorkerOfItsOwn()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    qint64 before = 0;
    for (int document = 1; document <= 3; ++document) {
        QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(document))), soonMs));
        const qint64 worker = renderer.workerProcessId();
        QVERIFY(worker != before);
        QTRY_VERIFY(before == 0 || !QFile::exists(QStringLiteral("/proc/%1").arg(before)));
        const quint64 page = renderer.draw(document - 1, 1, 0, {}, 0);
        QVERIFY(answers.waitFor(page, soonMs));
        QVERIFY(answers.drawn.contains(page));
        QCOMPARE(renderer.workerProcessId(), worker);
        before = worker;
    }
}

// Starting one takes longer than to say that a file is not there.
void TestConfinement::keepsAWorkerThatGotNothing()
{
    PageRenderer renderer{QStringLiteral(RENDER_PROGRAM)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(QStringLiteral("/no/such.pdf")), soonMs));
    renderer.warmUp();
    QTRY_VERIFY_WITH_TIMEOUT(renderer.workerProcessId() > 0, soonMs);
    const qint64 worker = renderer.workerProcessId();
    for (int time = 0; time < 5; ++time) {
        const quint64 nothing = renderer.open(QStringLiteral("/no/such.pdf"));
        QVERIFY(answers.waitFor(nothing, soonMs));
        QVERIFY(!answers.failed.value(nothing).userText.isEmpty());
        QCOMPARE(renderer.workerProcessId(), worker);
    }
    // What is still being read would be read among the next one.
    renderer.open(m_folder.file(plainPdf(1)));
    const quint64 last = renderer.open(m_folder.file(plainPdf(2)));
    QVERIFY(renderer.workerProcessId() != worker);
    QVERIFY(answers.waitFor(last, soonMs));
    QCOMPARE(answers.opened.value(last).pages.size(), 2U);
}

void TestConfinement::leavesNothingOfADocumentToTheNext()
{
    const auto region = SharedRegion::create(1'000, SharedRegion::Child::Reads);
    QVERIFY(region);
    const DocumentReading first = readInto(*region, m_folder.file(QByteArray(900, 'a')), 0);
    QCOMPARE(first.bytes, 900);
    const DocumentReading none = readInto(*region, QStringLiteral("/no/such.pdf"), first.written);
    QCOMPARE(none.bytes, 0);
    const DocumentReading next = readInto(*region, m_folder.file(QByteArray(10, 'b')), none.written);
    QCOMPARE(next.bytes, 10);
    QCOMPARE(QByteArray(reinterpret_cast<const char *>(region->data()), 1'000),
             QByteArray(10, 'b') + QByteArray(990, '\0'));
}

void TestConfinement::saysWhatIsNotLocked()
{
    qputenv("RENDER_LIE", "unlocked never");
    PageRenderer renderer{QStringLiteral(LYING_WORKER)};
    RenderAnswers answers(renderer);
    QVERIFY(answers.waitFor(renderer.open(m_folder.file(plainPdf(1))), soonMs));
    QCOMPARE(renderer.openDoors(), RenderDoor::Files | RenderDoor::Network);
    const QString caution = cautionAbout(renderer.openDoors());
    QVERIFY(caution.contains(QStringLiteral("read your files")));
    QVERIFY(caution.contains(QStringLiteral("reach the network")));
    QVERIFY(!caution.contains(QStringLiteral("memory")));
    QVERIFY(cautionAbout({}).isEmpty());
    qunsetenv("RENDER_LIE");
}

GUI_TEST(TestConfinement)
#include "tst_confinement.moc"

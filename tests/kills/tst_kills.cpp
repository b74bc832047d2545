#include "comparison.h"
#include "gatewayprocess.h"
#include "killpoints.h"
#include "ledgers.h"
#include "random.h"
#include "testentry.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <deque>

using namespace Counterfoil;

namespace {

constexpr int patienceMs = 6'000;  // for a point to be reached; then the process is killed where it is
constexpr int recoveryMs = 30'000; // within which everything is told and the cache is whole, after any death
constexpr int killsBetweenChecks = 50;
constexpr int usualKills = 80;
constexpr int fewKills = 200;              // from so many on every named point has to be reached
constexpr int mostMisses = 10;             // of a point, before the others come first again
constexpr std::uint64_t mostChanges = 400; // to files, before a random point

QProcessEnvironment environmentFor(const QByteArray &rule)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*=false"));
    if (!rule.isEmpty()) {
        environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(KILL_INTERPOSER));
        environment.insert(QStringLiteral("COUNTERFOIL_KILL"), QString::fromLatin1(rule));
    }
    return environment;
}

QByteArray nameOf(const KillPoint &point)
{
    return {point.name.data(), static_cast<qsizetype>(point.name.size())};
}

} // namespace

// A real client and a real gateway under load, each ended with SIGKILL over and over: at named points of what
// they do, at random ones, and wherever they are. COUNTERFOIL_KILLS says how often; ./dev kills is for more.
class TestKills : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsLostAndNothingHappensTwice();
    void cleanup();

private:
    struct Target
    {
        Victim victim;
        std::deque<const KillPoint *> named;
        const KillPoint *point = nullptr; // nullptr: a random one
        QElapsedTimer since;
    };

    QByteArray nextRule(Target &target);
    void startClient(const QByteArray &rule, bool afresh);
    bool startGateway(const QByteArray &rule);
    bool isRunning(Victim victim) const;
    void fell(Target &target, bool byItself);
    bool killFor(int kills);
    void settle();
    QString cacheFolder() const;

    GatewayProcess m_gateway{60};
    QProcess m_client;
    QTemporaryDir m_folder;
    SeededRandom m_random{qEnvironmentVariable("COUNTERFOIL_SEED", QStringLiteral("1")).toULongLong()};
    Target m_targets[2] = {{Victim::Client, {}, nullptr, {}}, {Victim::Gateway, {}, nullptr, {}}};
    QHash<QByteArray, Ending> m_ended;
    QHash<QByteArray, int> m_hits;   // of named points
    QHash<QByteArray, int> m_misses; // the same
    int m_kills = 0;
    int m_randomHits = 0;
    int m_elsewhere = 0; // wherever it was, because its point did not come
    qint64 m_longestRecoveryMs = 0;
};

void TestKills::initTestCase()
{
    QVERIFY(m_gateway.addUser(QStringLiteral("kim"), QStringLiteral("csr")));
    m_gateway.setEnvironment(environmentFor({}));
    QVERIFY(m_gateway.start(0));
    for (Target &target : m_targets) {
        for (const KillPoint &point : namedKillPoints()) {
            if (point.victim == target.victim)
                target.named.push_back(&point);
        }
    }
}

// What a failure left is worth a look.
void TestKills::cleanup()
{
    if (!QTest::currentTestFailed())
        return;
    m_folder.setAutoRemove(false);
    m_gateway.keepFiles();
    qInfo("The client's files are in %s, the gateway's beside %s.", qUtf8Printable(m_folder.path()),
          qUtf8Printable(m_gateway.erpFile()));
}

// Named points and random ones in turn; a named point that did not come is tried again next.
QByteArray TestKills::nextRule(Target &target)
{
    target.since.start();
    target.point = nullptr;
    if (m_random.below(3) == 0)
        return ruleAfterChanges(1 + m_random.below(mostChanges));
    const auto missed = std::ranges::find_if(target.named, [this](const KillPoint *point) {
        const int misses = m_misses.value(nameOf(*point));
        return misses > 0 && misses < mostMisses && !m_hits.contains(nameOf(*point));
    });
    const auto next = missed == target.named.end() ? target.named.begin() : missed;
    target.point = *next;
    target.named.erase(next);
    target.named.push_back(target.point);
    return QByteArray(target.point->rule.data(), static_cast<qsizetype>(target.point->rule.size()));
}

QString TestKills::cacheFolder() const
{
    const QDir profiles(m_folder.filePath(QStringLiteral("profiles")));
    const QStringList folders = profiles.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return folders.isEmpty() ? QString() : profiles.filePath(folders.front());
}

void TestKills::startClient(const QByteArray &rule, bool afresh)
{
    if (afresh && !cacheFolder().isEmpty()) {
        for (const char *file : {"/cache.sqlite", "/cache.sqlite-wal", "/cache.sqlite-shm"})
            QFile::remove(cacheFolder() + QLatin1String(file));
        QDir(cacheFolder() + QStringLiteral("/documents")).removeRecursively();
    }
    m_client.setProcessEnvironment(environmentFor(rule));
    m_client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_client.start(QStringLiteral(LEDGER_CLIENT),
                   {m_folder.path(), m_gateway.url().toString(), QStringLiteral("kim"),
                    QLatin1String(GatewayProcess::password), QStringLiteral("load"),
                    QString::number(m_random.next())});
}

bool TestKills::startGateway(const QByteArray &rule)
{
    m_gateway.setEnvironment(environmentFor(rule));
    return m_gateway.start(0);
}

bool TestKills::isRunning(Victim victim) const
{
    return victim == Victim::Client ? m_client.state() != QProcess::NotRunning : m_gateway.isRunning();
}

void TestKills::fell(Target &target, bool byItself)
{
    ++m_kills;
    if (!byItself)
        ++m_elsewhere;
    else if (target.point)
        ++m_hits[nameOf(*target.point)];
    else
        ++m_randomHits;
    const QByteArray rule = nextRule(target);
    if (target.victim == Victim::Client)
        startClient(rule, target.point && target.point->afresh);
    else if (!startGateway(rule) && isRunning(Victim::Gateway))
        m_gateway.kill();
}

bool TestKills::killFor(int kills)
{
    const int end = m_kills + kills;
    m_gateway.kill();
    startGateway(nextRule(m_targets[1]));
    const QByteArray rule = nextRule(m_targets[0]);
    startClient(rule, m_targets[0].point && m_targets[0].point->afresh);
    QElapsedTimer all;
    all.start();
    while (m_kills < end) {
        if (all.elapsed() > (kills + 10) * static_cast<qint64>(patienceMs))
            return false;
        QTest::qWait(5);
        for (Target &target : m_targets) {
            if (!isRunning(target.victim)) {
                fell(target, true);
            } else if (target.since.elapsed() > patienceMs) {
                if (target.victim == Victim::Client) {
                    m_client.kill();
                    m_client.waitForFinished();
                } else {
                    m_gateway.kill();
                }
                if (target.point)
                    ++m_misses[nameOf(*target.point)];
                fell(target, false);
            }
        }
    }
    m_client.kill();
    m_client.waitForFinished();
    m_gateway.kill();
    return true;
}

// Both start unharmed; within recoveryMs everything has ended and the cache is what a fresh listing says.
void TestKills::settle()
{
    QElapsedTimer since;
    since.start();
    QVERIFY(startGateway({}));
    QProcess client;
    client.setProcessEnvironment(environmentFor({}));
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    client.start(QStringLiteral(LEDGER_CLIENT),
                 {m_folder.path(), m_gateway.url().toString(), QStringLiteral("kim"),
                  QLatin1String(GatewayProcess::password), QStringLiteral("settle"), QStringLiteral("1")});
    const bool settled = client.waitForFinished(recoveryMs);
    if (!settled) {
        client.kill();
        client.waitForFinished();
    }
    m_longestRecoveryMs = std::max(m_longestRecoveryMs, since.elapsed());
    QVERIFY2(settled, "not everything came to an end");
    QString cache;
    const QList<QByteArray> lines = client.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        if (words.front() == "settled")
            cache = QString::fromUtf8(line.mid(8));
        else if (words.size() == 3)
            m_ended.insert(words[0], {words[1], words[2]});
    }
    QVERIFY(!cache.isEmpty());
    int rows = 0;
    const QString difference = differenceToGateway(m_gateway.url(), QStringLiteral("kim"),
                                                   QLatin1String(GatewayProcess::password), cache, &rows);
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
    QVERIFY(rows > 0);
    m_gateway.kill();
    const QStringList wrong = disagreements(readLedger(m_folder.filePath(QStringLiteral("ledger"))), m_ended,
                                            m_gateway.erpFile());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void TestKills::nothingIsLostAndNothingHappensTwice()
{
    const int kills
        = std::max(1, qEnvironmentVariable("COUNTERFOIL_KILLS", QString::number(usualKills)).toInt());
    QElapsedTimer since;
    since.start();
    while (m_kills < kills) {
        QVERIFY2(killFor(std::min(kills - m_kills, killsBetweenChecks)), "the load stood still");
        settle();
        if (QTest::currentTestFailed())
            return;
    }
    QHash<QByteArray, int> states;
    for (const Ending &ending : std::as_const(m_ended))
        ++states[ending.state];
    qInfo("%d kills in %lld s: %d at %lld of %zu named points, %d at random writes, %d wherever it was; "
          "slowest "
          "recovery %lld ms",
          m_kills, static_cast<long long>(since.elapsed() / 1000), m_kills - m_randomHits - m_elsewhere,
          static_cast<long long>(m_hits.size()), namedKillPoints().size(), m_randomHits, m_elsewhere,
          static_cast<long long>(m_longestRecoveryMs));
    qInfo("%lld commands told queued, %lld ended: %d applied, %d rejected, %d conflicts, %d held",
          static_cast<long long>(readLedger(m_folder.filePath(QStringLiteral("ledger"))).size()),
          static_cast<long long>(m_ended.size()), states["applied"], states["rejected"], states["conflict"],
          states["held"]);
    QVERIFY2(states["applied"] > kills / 2, "there was no load to speak of");
    QStringList never;
    for (const KillPoint &point : namedKillPoints()) {
        if (!m_hits.contains(nameOf(point)))
            never.append(QString::fromLatin1(nameOf(point)));
    }
    QVERIFY2(kills < fewKills || never.isEmpty(),
             qPrintable(QStringLiteral("never reached: ") + never.join(QStringLiteral("; "))));
}

CORE_TEST(TestKills)

#include "tst_kills.moc"

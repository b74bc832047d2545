#include "fuzztarget.h"
#include "testentry.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Counterfoil;

// The fuzz targets without libFuzzer, in every build: the seeds, what was found earlier, what an honest
// other end would send, and that damaged. It bites most under the sanitizers.
class FuzzSeedsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readsSeeds();
    void readsWhatIsMade_data() { listTargets(); }
    void readsWhatIsMade();
    void readsDamaged_data() { listTargets(); }
    void readsDamaged();
    void readsNoise_data() { listTargets(); }
    void readsNoise();
    void everyTargetHasSeeds();
    void everyRecordTypeIsRead();
    void writesSeeds();

private:
    static void listTargets();
    static const FuzzTarget &target();
    static std::string excerpt(const std::string &bytes);

    const QString m_seeds = QStringLiteral(COUNTERFOIL_SOURCE "/tests/fuzz/seeds/");
};

void FuzzSeedsTest::initTestCase()
{
    QVERIFY(!fuzzTargets().empty());
}

void FuzzSeedsTest::listTargets()
{
    QTest::addColumn<QByteArray>("name");
    for (const FuzzTarget &each : fuzzTargets()) {
        const QByteArray name(each.name.data(), static_cast<qsizetype>(each.name.size()));
        QTest::newRow(name.constData()) << name;
    }
}

const FuzzTarget &FuzzSeedsTest::target()
{
    QFETCH(const QByteArray, name);
    return *findFuzzTarget(name.toStdString());
}

std::string FuzzSeedsTest::excerpt(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes.substr(0, 2'000)).toPercentEncoding(" {}[]\":,").toStdString();
}

void FuzzSeedsTest::readsSeeds()
{
    int read = 0;
    QDirIterator each(m_seeds, QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const std::string name = QFileInfo(file).dir().dirName().toStdString();
        const FuzzTarget *const reader = findFuzzTarget(name);
        QVERIFY2(reader, qPrintable(file.fileName() + QStringLiteral(": no target has that name")));
        const char *const broken = reader->read(file.readAll().toStdString());
        QVERIFY2(!broken, qPrintable(file.fileName() + QStringLiteral(": ") + QLatin1String(broken)));
        ++read;
    }
    QVERIFY(read > 0);
}

void FuzzSeedsTest::readsWhatIsMade()
{
    SeededRandom random(20'261'121);
    for (int i = 0; i < 500; ++i) {
        const std::string bytes = target().make(random);
        const char *const broken = target().read(bytes);
        QVERIFY2(!broken, (std::string(broken ? broken : "") + ": " + excerpt(bytes)).c_str());
    }
}

void FuzzSeedsTest::readsDamaged()
{
    SeededRandom random(20'261'122);
    for (int i = 0; i < 1'000; ++i) {
        const std::string bytes = damaged(target().make(random), target().make(random), random);
        const char *const broken = target().read(bytes);
        QVERIFY2(!broken, (std::string(broken ? broken : "") + ": " + excerpt(bytes)).c_str());
    }
}

void FuzzSeedsTest::readsNoise()
{
    SeededRandom random(20'261'123);
    for (int i = 0; i < 200; ++i) {
        std::string bytes(static_cast<std::size_t>(random.below(5'000)), '\0');
        random.fill(std::as_writable_bytes(std::span(bytes)));
        const char *const broken = target().read(bytes);
        QVERIFY2(!broken, (std::string(broken ? broken : "") + ": " + excerpt(bytes)).c_str());
    }
}

void FuzzSeedsTest::everyTargetHasSeeds()
{
    for (const FuzzTarget &each : fuzzTargets()) {
        const QDir folder(m_seeds + QString::fromStdString(std::string(each.name)));
        QVERIFY2(!folder.isEmpty(QDir::Files), qPrintable(folder.path()));
    }
}

// A table that is written somewhere and read nowhere here would never be fuzzed.
void FuzzSeedsTest::everyRecordTypeIsRead()
{
    QStringList known;
    for (const RecordType *type : allRecordTypes())
        known.push_back(QString::fromStdString(std::string(type->name)));
    static const QRegularExpression definition(
        QStringLiteral("const RecordType \\w+::type\\s*\\{\\s*\"(\\w+)\""));
    int found = 0;
    for (const char *room : {"/models", "/sync"}) {
        QDirIterator each(QStringLiteral(COUNTERFOIL_SOURCE) + QLatin1String(room), {QStringLiteral("*.cpp")},
                          QDir::Files, QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto matches = definition.globalMatch(QString::fromUtf8(file.readAll()));
            for (; matches.hasNext(); ++found) {
                const QString name = matches.next().captured(1);
                QVERIFY2(known.contains(name), qPrintable(name + QStringLiteral(" of ") + file.fileName()));
            }
        }
    }
    QCOMPARE(found, known.size());
}

// For who adds a target: COUNTERFOIL_WRITE_SEEDS=1 writes the first seeds of those that have none.
void FuzzSeedsTest::writesSeeds()
{
    if (!qEnvironmentVariableIsSet("COUNTERFOIL_WRITE_SEEDS"))
        QSKIP("nobody asked for seeds");
    constexpr int seeds = 12;
    for (const FuzzTarget &each : fuzzTargets()) {
        const QString folder = m_seeds + QString::fromStdString(std::string(each.name));
        if (QDir(folder).exists() && !QDir(folder).isEmpty(QDir::Files))
            continue;
        QVERIFY(QDir().mkpath(folder));
        SeededRandom random(1);
        for (int i = 0; i < seeds; ++i) {
            QFile file(folder + QStringLiteral("/made-%1").arg(i));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(each.make(random)));
        }
    }
}

CORE_TEST(FuzzSeedsTest)

#include "tst_fuzzseeds.moc"

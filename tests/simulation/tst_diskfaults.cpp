#include "database.h"
#include "disklives.h"
#include "testentry.h"

#include <QLoggingCategory>
#include <QTest>

#include <algorithm>

using namespace Counterfoil;
using Sqlite::Database;
using Trouble = MemoryDisk::Trouble;

// Every write and every sync of a file's life in turn fails, is torn, finds the disk full, or is the last one
// before the program or the machine dies. Afterwards the file is as it was before the step or as it was to be
// after it, never anything else; and the rest of the life brings it to where it would have come. Where one
// write follows another to the same file, as pages do by the thousand, some of them meet one of the faults
// each, and the rest follows after a few; whatever else happens meets them all.
class TestDiskFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("counterfoil.*=false")); }
    void isOldOrNew_data();
    void isOldOrNew();
};

namespace {

struct Fault
{
    const char *name;
    Trouble trouble;
    bool powerGoes;
};
constexpr Fault faults[] = {
    {"fails", Trouble::Fails, false},
    {"is torn", Trouble::Tears, false},
    {"finds the disk full", Trouble::Full, false},
    {"is where the program dies", Trouble::Dies, false},
    {"is where the power goes", Trouble::Dies, true},
    {"is where the power goes, torn", Trouble::DiesTorn, true},
};

// All tables but those of the full-text indexes, which only the index can judge, what of a purge is still to
// be done, and the names of all that is there.
QByteArray contents(Database &database)
{
    auto tables = database.prepare("SELECT name, (SELECT group_concat('quote(' || "
                                   "CASE name WHEN 'scrub' THEN '0' ELSE '\"' || name || '\"' END || ')', "
                                   "'||'',''||') FROM pragma_table_info(m.name)) FROM sqlite_master m "
                                   "WHERE type = 'table' AND name NOT LIKE '%\\_search%' ESCAPE '\\' "
                                   "AND name NOT LIKE 'sqlite%' ORDER BY name");
    if (!tables)
        return "unreadable: " + tables.error().detail.toUtf8();
    QByteArray text;
    for (auto table = tables->step(); table && *table; table = tables->step()) {
        const std::string name(tables->text(0));
        auto rows = database.prepare("SELECT " + std::string(tables->text(1)) + " FROM \"" + name
                                     + "\" ORDER BY 1");
        if (!rows)
            return "unreadable: " + rows.error().detail.toUtf8();
        text += QByteArray::fromStdString(name) + ":\n";
        for (auto row = rows->step(); row && *row; row = rows->step())
            text += QByteArray(rows->text(0).data(), static_cast<qsizetype>(rows->text(0).size())) + '\n';
    }
    auto schema = database.prepare("SELECT type || ' ' || name FROM sqlite_master ORDER BY 1");
    for (auto row = schema ? schema->step() : Result<bool>(schema.error()); row && *row; row = schema->step())
        text += QByteArray(schema->text(0).data(), static_cast<qsizetype>(schema->text(0).size())) + '\n';
    const auto sound
        = database.integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'");
    return sound && *sound == 1 ? text : QByteArray("unsound");
}

// The first line that is another one.
QString differenceOf(const QByteArray &found, const QByteArray &wanted)
{
    constexpr qsizetype enough = 300;
    const QList<QByteArray> lines = found.split('\n');
    const QList<QByteArray> others = wanted.split('\n');
    qsizetype at = 0;
    while (at < lines.size() - 1 && at < others.size() - 1 && lines[at] == others[at])
        ++at;
    return QString::fromUtf8(lines[at].left(enough) + "\ninstead of\n" + others[at].left(enough));
}

// As another program sees it while it is open.
QByteArray contentsBeside(const MemoryDisk &disk)
{
    auto database = Database::open(disk.path(OpenedFile::name()), Database::Mode::ReadOnly,
                                   Database::Durability::Normal, 0, MemoryDisk::vfs);
    return database ? contents(*database) : "unreadable: " + database.error().detail.toUtf8();
}

// As whoever opens it next will see it, perhaps after migrations; on a disk of its own, since to open is to
// clear up.
QByteArray contentsLeft(const MemoryDisk &disk, std::span<const std::string> migrations = {})
{
    MemoryDisk copy(QStringLiteral("/nowhere/copy"));
    copy.restore(disk.image());
    auto database = Database::open(copy.path(OpenedFile::name()), Database::Mode::ReadWrite,
                                   Database::Durability::Normal, 0, MemoryDisk::vfs);
    if (!database)
        return "unreadable: " + database.error().detail.toUtf8();
    if (!migrations.empty() && !database->migrate(migrations))
        return "cannot be migrated";
    return contents(*database);
}

struct Course
{
    // Before the first step, half-way through it, when the migrations are done, and after each step.
    std::vector<QByteArray> states;
    std::vector<bool> alike; // of each operation: it is a write between others to the same file
};

// How it goes when nothing is wrong.
Course courseOf(const DiskLife &life)
{
    MemoryDisk disk(QStringLiteral("/nowhere/faults"));
    disk.restore(life.before);
    Course course;
    course.states = {contentsLeft(disk), contentsLeft(disk, life.migrations)};
    using Operation = MemoryDisk::Operation;
    std::vector<std::pair<Operation, const void *>> operations;
    disk.setWatcher([&](Operation operation, const void *file) { operations.emplace_back(operation, file); });
    OpenedFile file(disk);
    for (const DiskLife::Step &step : life.steps) {
        if (const auto done = step(file); !done)
            qFatal("a step fails by itself: %s", qUtf8Printable(done.error().detail));
        course.states.push_back(contentsBeside(disk));
    }
    for (std::size_t i = 0; i < operations.size(); ++i)
        course.alike.push_back(operations[i].first == Operation::Write && i > 0 && i + 1 < operations.size()
                               && operations[i - 1] == operations[i] && operations[i + 1] == operations[i]);
    return course;
}

// One life with one fault. Says what went wrong; empty: nothing.
class Trial
{
public:
    Trial(const DiskLife &life, const Course &course)
        : m_life(life)
        , m_states(course.states)
    {
        m_disk.restore(life.before);
    }

    QString run(std::int64_t operation, const Fault &fault, bool toTheEnd)
    {
        m_disk.troubleAt(operation, fault.trouble);
        while (m_done < m_life.steps.size() && m_life.steps[m_done](m_file) && !m_disk.isDead())
            ++m_done;
        const bool died = m_disk.isDead();
        if (died)
            die(fault, static_cast<std::uint64_t>(operation));
        m_disk.noTrouble();
        const QString wrong = find(died);
        return wrong.isEmpty() && toTheEnd ? goOn() : wrong;
    }

private:
    void die(const Fault &fault, std::uint64_t seed)
    {
        SeededRandom random(seed);
        if (fault.powerGoes)
            m_disk.losePower(random);
        else
            m_disk.kill();
        m_file.close();
    }

    // Which of the states it is in.
    QString find(bool died)
    {
        const QByteArray found = m_file.isOpen() ? contentsBeside(m_disk) : contentsLeft(m_disk);
        const std::size_t newest = std::min(m_done + 2, m_states.size() - 1);
        const bool mayLose = m_done == 0 || (died && !m_life.synced);
        const std::size_t oldest = mayLose ? 0 : std::min(m_done + 1, newest);
        for (m_reached = newest; m_states[m_reached] != found; --m_reached) {
            if (m_reached == oldest)
                return QStringLiteral("a third state in step %1: %2")
                    .arg(m_done)
                    .arg(differenceOf(found, m_states[newest]));
        }
        return {};
    }

    // The rest of it. A step that was done, and said to have failed, is not done twice.
    QString goOn()
    {
        if (!m_file.isOpen()) {
            if (const auto opened = m_life.steps[0](m_file); !opened)
                return QStringLiteral("does not open again: ") + opened.error().detail;
        }
        for (std::size_t step = std::max<std::size_t>(m_reached, 2) - 1; step < m_life.steps.size(); ++step) {
            if (const auto done = m_life.steps[step](m_file); !done)
                return QStringLiteral("step %1 fails afterwards: %2").arg(step).arg(done.error().detail);
        }
        m_file.close();
        if (const auto opened = m_life.steps[0](m_file); !opened)
            return QStringLiteral("does not open after its end: ") + opened.error().detail;
        if (const QByteArray end = contentsBeside(m_disk); end != m_states.back())
            return QStringLiteral("comes to another end: ") + differenceOf(end, m_states.back());
        const bool left = !m_life.gone.empty() && m_disk.holds(m_life.gone);
        return left ? QStringLiteral("keeps what was to go") : QString();
    }

    const DiskLife &m_life;
    const std::vector<QByteArray> &m_states;
    MemoryDisk m_disk{QStringLiteral("/nowhere/faults")};
    OpenedFile m_file{m_disk};
    std::size_t m_done = 0;
    std::size_t m_reached = 0;
};

} // namespace

void TestDiskFaults::isOldOrNew_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("a new cache") << 0;
    QTest::newRow("cache") << 1;
    QTest::newRow("cache of an earlier program") << 2;
    QTest::newRow("outbox") << 3;
    QTest::newRow("gateway's store") << 4;
    QTest::newRow("gateway's store of the first version") << 5;
    QTest::newRow("gateway's store of the second version") << 6;
    QTest::newRow("the sandbox's books") << 7;
}

void TestDiskFaults::isOldOrNew()
{
    QFETCH(const int, which);
    const std::function<DiskLife()> lives[] = {cacheBirth,
                                               cacheLife,
                                               cacheMigration,
                                               outboxLife,
                                               storeLife,
                                               [] { return storeMigration(1); },
                                               [] { return storeMigration(2); },
                                               erpLife};
    const DiskLife life = lives[which]();
    const Course course = courseOf(life);
    QVERIFY(course.alike.size() > 20);
    constexpr std::ptrdiff_t alikeMost = 80; // of a life, spread over all of it
    const auto among = std::max<std::ptrdiff_t>(std::ranges::count(course.alike, true) / alikeMost, 1);
    SeededRandom random(1);
    int trials = 0;
    std::ptrdiff_t seen = 0;
    for (std::size_t operation = 0; operation < course.alike.size(); ++operation) {
        const bool alike = course.alike[operation];
        if (alike && seen++ % among != 0)
            continue;
        const std::size_t one = random.below(std::size(faults));
        const bool toTheEnd = !alike || random.below(5) == 0;
        for (std::size_t i = 0; i < std::size(faults); ++i) {
            if (alike && i != one)
                continue;
            const QString wrong
                = Trial(life, course).run(static_cast<std::int64_t>(operation), faults[i], toTheEnd);
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(QStringLiteral("operation %1 %2: %3")
                                    .arg(operation)
                                    .arg(QLatin1String(faults[i].name), wrong)));
            ++trials;
        }
    }
    qInfo("%zu operations, %d trials", course.alike.size(), trials);
}

CORE_TEST(TestDiskFaults)
#include "tst_diskfaults.moc"

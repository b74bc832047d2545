#include "commandsrunner.h"
#include "outboxworker.h"
#include "shelffixture.h"
#include "testentry.h"

#include <QElapsedTimer>

#ifdef Q_OS_LINUX
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Counterfoil;

// Files that people add: read from anywhere, and gone when nobody wants or may have them.
class TestAttachmentDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsBesideEverythingElse();
    void waitsForNoCopyThatNobodyWants();
    void withdrawsBeforeItSaysSo();
    void closesWhatNobodyCanName_data();
    void closesWhatNobodyCanName();
};

#ifdef Q_OS_LINUX
// A file that nobody can open until it is let go, as on a share that does not answer.
class StuckFile
{
public:
    explicit StuckFile(const QString &path)
    {
        std::signal(SIGIO, SIG_IGN); // that somebody wants it
        m_file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
        m_stuck = m_file >= 0 && ::fcntl(m_file, F_SETLEASE, F_WRLCK) == 0;
    }
    ~StuckFile() { letGo(); }
    Q_DISABLE_COPY_MOVE(StuckFile)

    bool isStuck() const { return m_stuck; }
    void letGo()
    {
        if (m_file >= 0)
            ::close(std::exchange(m_file, -1));
    }

private:
    int m_file = -1;
    bool m_stuck = false;
};
#endif

void TestAttachmentDesk::readsBesideEverythingElse()
{
#ifdef Q_OS_LINUX
    const QTemporaryDir share;
    const QString path = share.filePath(QStringLiteral("far.jpg"));
    QFile far(path);
    QVERIFY(far.open(QIODevice::WriteOnly) && far.write(photoHead + "far") > 0);
    far.close();
    StuckFile stuck(path);
    if (!stuck.isStuck())
        QSKIP("This file system knows no leases.");
    QElapsedTimer since;
    since.start();
    {
        Shelf leaving; // who leaves meanwhile does not wait
        leaving.desk.add(path, QStringLiteral("a1"));
    }
    Shelf s;
    QSignalSpy taken(&s.desk, &AttachmentPort::taken);
    const quint64 first = s.desk.add(path, QStringLiteral("a1"));
    const quint64 second
        = s.desk.add(s.write(QStringLiteral("near.jpg"), photoHead + "near"), QStringLiteral("a1"));
    QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 1, 15'000);
    QCOMPARE(taken[0][0].toULongLong(), second);
    QVERIFY(since.elapsed() < 20'000); // the system lets go of it by itself after 45 s
    stuck.letGo();
    QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 2, 20'000);
    QCOMPARE(taken[1][0].toULongLong(), first);
#else
    QSKIP("Needs a file that cannot be opened for a while.");
#endif
}

void TestAttachmentDesk::waitsForNoCopyThatNobodyWants()
{
    Shelf s;
    QSignalSpy taken(&s.desk, &AttachmentPort::taken);
    QSignalSpy refused(&s.desk, &AttachmentPort::refused);
    const QString path = s.write(QStringLiteral("dent.jpg"), photoHead + "rest");
    s.desk.forget(s.desk.add(path, QStringLiteral("a1")));
    s.desk.forget(s.desk.add(QStringLiteral("pasted.jpg"), photoHead, QStringLiteral("a1")));
    const auto wanted = s.photo(); // whose folder is the first one's
    QVERIFY(wanted);
    QCOMPARE(refused.size(), 0);
    QCOMPARE(taken.size(), 1);
    const QDir uploads(s.folder.filePath(QStringLiteral("uploads")));
    QTRY_COMPARE(uploads.entryList(QDir::Files).size(), 1);
    QVERIFY(QFile::exists(s.pathOf(*wanted)));
    s.desk.forget(taken.last()[0].toULongLong()); // taken a moment ago
    QTRY_VERIFY(uploads.entryList(QDir::Files).isEmpty());
}

// Whoever is told that nothing of an account is left can rely on it.
void TestAttachmentDesk::withdrawsBeforeItSaysSo()
{
    Shelf s;
    SeededRandom random(7);
    const QTemporaryDir root;
    OutboxWorker outbox(ProfileStore(root.path()), {});
    CommandsRunner commands(&outbox, &s.shelf, random);
    Profile profile;
    profile.directory = s.folder.path();
    QSignalSpy opened(&outbox, &OutboxWorker::opened);
    connect(&outbox, &OutboxWorker::opened, &s.shelf,
            [&s](const Profile &at, const OutboxEntries &all) { s.shelf.follow(at.directory, all); });
    commands.open(profile);
    QTRY_COMPARE(opened.size(), 1);
    const auto lost = s.photo("a1");
    const auto other = s.photo("a2");
    QVERIFY(lost && other);
    std::optional<bool> wasThere;
    commands.withdraw({{"a1"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        wasThere = QFile::exists(s.pathOf(*lost));
    });
    QTRY_VERIFY(wasThere);
    QVERIFY(!*wasThere);
    QVERIFY(QFile::exists(s.pathOf(*other)));
    commands.shutDown();
}

void TestAttachmentDesk::closesWhatNobodyCanName_data()
{
    QTest::addColumn<bool>("wholeFill");
    QTest::newRow("the cache was filled anew") << true;
    QTest::newRow("a fill began in vain") << false;
}

// What was lost is not told account by account, and the outbox has nothing of it.
void TestAttachmentDesk::closesWhatNobodyCanName()
{
    QFETCH(bool, wholeFill);
    Shelf s;
    SeededRandom random(7);
    const QTemporaryDir root;
    OutboxWorker outbox(ProfileStore(root.path()), {});
    CommandsRunner commands(&outbox, &s.shelf, random);
    Profile profile;
    profile.directory = s.folder.path();
    QSignalSpy opened(&outbox, &OutboxWorker::opened);
    commands.open(profile);
    QTRY_COMPARE(opened.size(), 1);
    const auto held = s.photo();
    QVERIFY(held);
    QSignalSpy here(&s.desk, &AttachmentPort::ready);
    QSignalSpy gone(&s.desk, &AttachmentPort::gone);
    s.desk.want(*held);
    QTRY_COMPARE(here.size(), 1);
    const QString seen = here[0][1].toString();
    std::optional<bool> wasThere;
    if (wholeFill)
        commands.withdrawUnseen();
    else
        commands.withdraw({}, [&](const Outcome &outcome) {
            QVERIFY(outcome);
            wasThere = QFile::exists(seen);
        });
    QTRY_COMPARE(gone.size(), 1);
    QVERIFY(seen.startsWith(gone[0][0].toString() + u'/'));
    QTRY_VERIFY(wholeFill || wasThere);
    QVERIFY(!wasThere.value_or(false));
    QVERIFY(!QFile::exists(seen));
    QVERIFY(QFile::exists(s.pathOf(*held))); // a sheet has it still
    commands.shutDown();
}

CORE_TEST(TestAttachmentDesk)
#include "tst_attachmentdesk.moc"

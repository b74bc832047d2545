#include "database.h"
#include "fulldisk.h"
#include "outboxdraft.h"
#include "outboxrows.h"
#include "outboxsample.h"
#include "testentry.h"

#include <QCryptographicHash>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Counterfoil;
using namespace Counterfoil::OutboxSample;

// What happens to the file: restarts, bounds, full, locked and damaged disks.
class TestOutboxFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void neverChangesReleasedMigrations();
    void isTheOwnersAlone();
    void keepsEverythingThroughARestart();
    void refusesWhatIsNoCommand();
    void refusesTooMuch();
    void dropsTheOldestOfTooManyFinished();
    void saysThatItIsLocked();
    void saysThatItIsReadOnly();
    void refusesAFileFromANewerProgram();
    void staysAsItWasOnAFullDisk();
    void rescuesWhatIsReadable();
    void rescuesWhatIsKnown();
    void noticesAWrongByte();
    void keepsAFileThatIsNoDatabase();
    void finishesARescueThatWasBrokenOff();

private:
    OutboxFile &file() { return *m_box->file; }
    QString path() const { return m_box->path(); }
    QStringList files() const { return m_box->files(); }
    QStringList filesWith(const QByteArray &mark) const { return m_box->filesWith(mark); }
    void fill(int count); // entries K0, K1, ..., then closes the file
    bool spoil(qint64 at, const QByteArray &bytes);

    std::unique_ptr<Box> m_box;
};

void TestOutboxFile::init()
{
    m_box = std::make_unique<Box>();
    m_box->open();
}

void TestOutboxFile::fill(int count)
{
    for (int i = 0; i < count; ++i)
        VERIFY_OK(file().submit(marked("K" + std::to_string(i), std::string(60, 'x'))));
    m_box->file.reset();
    QCOMPARE(files(), QStringList{QStringLiteral("outbox.sqlite")}); // no log beside it
}

bool TestOutboxFile::spoil(qint64 at, const QByteArray &bytes)
{
    QFile spoilt(path());
    return spoilt.open(QIODevice::ReadWrite) && spoilt.seek(at) && spoilt.write(bytes) == bytes.size();
}

// A released script is for ever: files out there were made with it. A change is a new script.
void TestOutboxFile::neverChangesReleasedMigrations()
{
    const char *released[] = {"1f674"};
    QCOMPARE(OutboxRows::migrations().size(), std::size(released));
    for (std::size_t i = 0; i < std::size(released); ++i) {
        const auto script = QByteArray::fromStdString(OutboxRows::migrations()[i]);
        const auto digest = QCryptographicHash::hash(script, QCryptographicHash::Sha256).toHex().left(5);
        QCOMPARE(QString::fromLatin1(digest), QString::fromLatin1(released[i]));
    }
}

void TestOutboxFile::isTheOwnersAlone()
{
    VERIFY_OK(file().submit(newAddress("A")));
    const auto others
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(files().size(), 3); // with what SQLite keeps beside it
    for (const QString &name : files())
        QVERIFY2(!(QFile::permissions(m_box->dir.filePath(name)) & others), qPrintable(name));
}

void TestOutboxFile::keepsEverythingThroughARestart()
{
    for (int i = 0; i < 50; ++i)
        VERIFY_OK(file().submit(marked("K" + std::to_string(i), "mark")));
    VERIFY_OK(file().cancel("K7", after(1)));
    VERIFY_OK(file().willSend("K8", after(2)));
    const OutboxEntries before = file().entries();
    m_box->open();
    const OutboxEntries back = file().entries();
    QCOMPARE(back->size(), before->size());
    for (std::size_t i = 0; i < before->size(); ++i) {
        QCOMPARE((*back)[i].command.key, (*before)[i].command.key);
        QCOMPARE((*back)[i].order, (*before)[i].order);
        QCOMPARE((*back)[i].state, (*before)[i].state);
    }
    QVERIFY(!file().damage());
}

void TestOutboxFile::refusesWhatIsNoCommand()
{
    const auto refused = [this](const std::function<void(Command &)> &change) {
        Command command = edit("A", "Leeds", "York");
        change(command);
        const auto outcome = file().submit(command);
        return !outcome && outcome.error().kind == ErrorKind::BadInput && !outcome.error().userText.isEmpty()
            && file().entries()->empty();
    };
    QVERIFY(refused([](Command &c) { c.key.clear(); }));
    QVERIFY(refused([](Command &c) { c.verb = "erase"; }));
    QVERIFY(refused([](Command &c) { c.kind = nullptr; }));
    QVERIFY(refused([](Command &c) { c.madeAt = {}; }));
    QVERIFY(refused([](Command &c) { c.record = {}; }));
    QVERIFY(refused([](Command &c) { c.record = AnyRecord(Account::type); }));
    QVERIFY(refused([](Command &c) { c.base = AnyRecord(Account::type); }));
    QVERIFY(refused([](Command &c) { c.verb = "retire"; })); // with a record to save
    QVERIFY(refused([](Command &c) {
        c.verb = "retire";
        c.record = {};
        c.target.clear();
    }));
    QVERIFY(refused([](Command &c) { c.after = "A"; }));
    QVERIFY(refused([](Command &c) { c.target = std::string(300, 'k'); }));
    QVERIFY(refused(
        [](Command &c) { c.record.as<Address>()->street = std::string(OutboxLimits::textBytes + 1, 's'); }));
    QVERIFY(refused([](Command &c) {
        for (const Field &field : Address::type.fields) {
            if (field.is(Editable) && field.type == FieldType::Text) {
                field.in<std::string>(c.base.data()) = std::string(1000, 'b');
                field.in<std::string>(c.record.data()) = std::string(1000, 'r');
            }
        }
    }));
    VERIFY_OK(file().submit(edit("A", "Leeds", "York")));
    QVERIFY(!file().submit(edit("A", "Leeds", "York"))); // a key is for one command
    Command retire = edit("B", "Leeds", "York");
    retire.verb = "retire";
    retire.record = {};
    VERIFY_OK(file().submit(retire));
}

// Without the disk, which would make this a test of patience.
void TestOutboxFile::refusesTooMuch()
{
    OutboxDraft draft({});
    for (int i = 0; i < OutboxLimits::open; ++i) {
        const std::string key = "K" + std::to_string(i);
        VERIFY_OK(draft.submit(newAddress(key)));
        if (i % 2 == 0)
            VERIFY_OK(draft.told(outcome(key, Told::Rejected), after(1)));
    }
    const auto refused = draft.submit(newAddress("one more"));
    QVERIFY(!refused);
    QVERIFY(!refused.error().userText.isEmpty());
    VERIFY_OK(draft.dismiss("K0", after(2)));
    VERIFY_OK(draft.submit(newAddress("one more")));
    QCOMPARE(draft.take().size(), static_cast<std::size_t>(OutboxLimits::open) + 1);
}

void TestOutboxFile::dropsTheOldestOfTooManyFinished()
{
    constexpr int extra = 20;
    OutboxDraft draft({});
    for (int i = 0; i < OutboxLimits::finished + extra; ++i) {
        const std::string key = "K" + std::to_string(i);
        VERIFY_OK(draft.submit(newAddress(key)));
        VERIFY_OK(draft.told(outcome(key, i == 3 ? Told::Rejected : Told::Applied), after(1)));
    }
    VERIFY_OK(draft.submit(newAddress("last")));
    QVERIFY(draft.gone().contains(1));
    QVERIFY(!draft.changed().contains(1)); // what is gone is not written again
    const auto left = draft.take();
    QCOMPARE(left.size(), static_cast<std::size_t>(OutboxLimits::finished) + 2);
    QCOMPARE(left.front().command.key, std::string("K3")); // the person has not seen how it ended
    QCOMPARE(left.back().command.key, std::string("last"));
}

void TestOutboxFile::saysThatItIsLocked()
{
    VERIFY_OK(file().submit(newAddress("A")));
    auto other = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_OK(other->execute("BEGIN IMMEDIATE"));
    const OutboxEntries before = file().entries();
    const auto refused = file().willSend("A", after(1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageLocked);
    QCOMPARE(file().entries().get(), before.get());
    VERIFY_OK(other->execute("ROLLBACK"));
    VERIFY_OK(file().willSend("A", after(1)));
}

void TestOutboxFile::saysThatItIsReadOnly()
{
#ifdef Q_OS_UNIX
    VERIFY_OK(file().submit(newAddress("A")));
    m_box->file.reset();
    QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner));
    const uid_t self = geteuid();
    if (self == 0) { // permissions stop nobody who is root
        constexpr uid_t nobody = 65534;
        QVERIFY(chown(path().toUtf8().constData(), nobody, static_cast<gid_t>(-1)) == 0);
        QVERIFY(chown(m_box->dir.path().toUtf8().constData(), nobody, static_cast<gid_t>(-1)) == 0);
        QVERIFY(seteuid(nobody) == 0);
    }
    const auto opened = OutboxFile::open(path());
    const auto written = opened ? (*opened)->submit(newAddress("B")) : Outcome(opened.error());
    if (self == 0)
        QVERIFY(seteuid(self) == 0);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::StorageReadOnly);
    QVERIFY(!QFile::exists(path() + QStringLiteral(".corrupt-1")));
    QVERIFY(!filesWith("Leeds").isEmpty());
#else
    QSKIP("permissions are those of Unix");
#endif
}

void TestOutboxFile::refusesAFileFromANewerProgram()
{
    fill(1);
    {
        auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
        VERIFY_OK(database);
        VERIFY_OK(database->execute("PRAGMA user_version=99"));
    }
    const auto refused = OutboxFile::open(path());
    QVERIFY(!refused);
    QVERIFY(!refused.error().userText.isEmpty());
    QCOMPARE(files(), QStringList{QStringLiteral("outbox.sqlite")});
}

void TestOutboxFile::staysAsItWasOnAFullDisk()
{
    FullDisk disk;
    m_box->open(FullDisk::vfs);
    int stored = 0;
    VERIFY_OK(file().submit(marked("first", "mark")));
    disk.leaveRoom(30'000);
    Outcome last = Done();
    while (last && stored < 100)
        last = file().submit(marked("K" + std::to_string(stored++), std::string(300, 'y')));
    QVERIFY(!last);
    QCOMPARE(last.error().kind, ErrorKind::StorageFull);
    QCOMPARE(file().entries()->size(), static_cast<std::size_t>(stored)); // the last one is not in it
    QCOMPARE(m_box->state("first"), "queued");
    disk.empty();
    VERIFY_OK(file().willSend("first", after(1)));
    VERIFY_OK(file().submit(marked("after", "mark")));
    m_box->open(FullDisk::vfs);
    QCOMPARE(file().entries()->size(), static_cast<std::size_t>(stored) + 1);
    QCOMPARE(m_box->state("first"), "sending");
    QVERIFY(!file().damage());
    m_box->file.reset(); // before its disk goes
}

void TestOutboxFile::rescuesWhatIsReadable()
{
    fill(60);
    const qint64 pages = QFileInfo(path()).size() / 4096;
    QVERIFY(pages > 8);
    QVERIFY(spoil((pages - 3) * 4096, QByteArray(4096, '\x5a')));
    QFile damaged(path());
    QVERIFY(damaged.open(QIODevice::ReadOnly));
    const QByteArray asFound = damaged.readAll();
    m_box->open();
    QVERIFY(file().damage());
    QCOMPARE(file().damage()->kind, ErrorKind::StorageCorrupt);
    QVERIFY(file().damage()->userText.contains(QString::number(file().entries()->size())));
    QVERIFY2(file().entries()->size() >= 50, qPrintable(QString::number(file().entries()->size())));
    QVERIFY(file().entries()->size() < 60);
    QCOMPARE(m_box->state("K0"), "queued");
    QCOMPARE(m_box->state("K59"), "queued");
    QFile kept(path() + QStringLiteral(".corrupt-1"));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), asFound);
    VERIFY_OK(file().submit(newAddress("new")));
    const auto count = file().entries()->size();
    m_box->open();
    QVERIFY(!file().damage());
    QCOMPARE(file().entries()->size(), count);
}

// Met while the file was open: then nothing is missing.
void TestOutboxFile::rescuesWhatIsKnown()
{
    const OutboxEntries empty = file().entries();
    for (int i = 0; i < 60; ++i)
        VERIFY_OK(file().submit(marked("K" + std::to_string(i), std::string(60, 'x'))));
    const OutboxEntries known = file().entries();
    m_box->file.reset();
    QVERIFY(spoil(4096, QByteArray(4096, '\x5a')));
    auto opened = OutboxFile::open(path(), {}, known);
    VERIFY_OK(opened);
    QVERIFY((*opened)->damage());
    QCOMPARE((*opened)->entries()->size(), std::size_t{60});
    QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-1")));
    // What a sound file holds is what counts.
    opened = OutboxFile::open(path(), {}, empty);
    VERIFY_OK(opened);
    QCOMPARE((*opened)->entries()->size(), std::size_t{60});
}

// SQLite has no digest of what it stores: a street that reads differently must not be sent.
void TestOutboxFile::noticesAWrongByte()
{
    VERIFY_OK(file().submit(marked("A", "zebrafish")));
    VERIFY_OK(file().submit(marked("B", "xylophone")));
    m_box->file.reset();
    QFile whole(path());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const qint64 at = whole.readAll().indexOf("zebrafish");
    whole.close();
    QVERIFY(at > 0 && spoil(at, "Zebrafish"));
    m_box->open();
    QVERIFY(file().damage());
    QCOMPARE(m_box->state("A"), "-");
    QCOMPARE(m_box->state("B"), "queued");
    QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-1")));
}

void TestOutboxFile::keepsAFileThatIsNoDatabase()
{
    for (int number = 1; number <= 5; ++number) {
        m_box->file.reset();
        QFile::remove(path());
        QFile nothing(path());
        QVERIFY(nothing.open(QIODevice::WriteOnly) && nothing.write(QByteArray(8192, 'x')) == 8192);
        nothing.close();
        m_box->open();
        QVERIFY(file().damage());
        QVERIFY(file().entries()->empty());
    }
    for (int number = 1; number <= 5; ++number) // what a person did is never thrown away
        QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-%1").arg(number)));
}

void TestOutboxFile::finishesARescueThatWasBrokenOff()
{
    fill(3);
    // It died before the sound file was complete: the damaged one still counts, and this is no outbox.
    QFile part(path() + QStringLiteral(".part"));
    QVERIFY(part.open(QIODevice::WriteOnly) && part.write("half") == 4);
    part.close();
    m_box->open();
    QCOMPARE(file().entries()->size(), std::size_t{3});
    m_box->file.reset();
    // It died after that, before and after the damaged one was moved.
    for (const bool moved : {false, true}) {
        QVERIFY(QFile::rename(path(), path() + QStringLiteral(".sound")));
        if (!moved) {
            QFile damaged(path());
            QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write("damaged") == 7);
        }
        m_box->open();
        QCOMPARE(file().entries()->size(), std::size_t{3});
        QVERIFY(!QFile::exists(path() + QStringLiteral(".sound")));
        m_box->file.reset();
    }
    QVERIFY(QFile::exists(path() + QStringLiteral(".corrupt-1")));
    m_box->open();
}

CORE_TEST(TestOutboxFile)
#include "tst_outboxfile.moc"

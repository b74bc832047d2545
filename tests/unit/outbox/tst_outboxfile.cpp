#include "database.h"
#include "fulldisk.h"
#include "outboxrows.h"
#include "outboxsample.h"

#include <QCryptographicHash>
#include <QDir>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Counterfoil;
using namespace Counterfoil::OutboxSample;

// What happens to the file: restarts, bounds, full, locked and damaged disks, withdrawals.
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
    void leavesNoByteOfAWithdrawnAccount();
    void leavesNoByteBetweenOthers();
    void wipesLaterWhatItCannotWipeNow();
    void tellsOfUnsentOnesAlone();
    void holdsWhatDependsOnWithdrawnOnes();
    void withdrawsEverything();
    void rescuesWhatIsReadable();
    void rescuesWhatIsKnown();
    void noticesAWrongByte();
    void keepsAFileThatIsNoDatabase();
    void finishesARescueThatWasBrokenOff();

private:
    OutboxFile &file() { return *m_box->file; }
    QString path() const { return m_box->path(); }
    QStringList files() const { return QDir(m_box->dir.path()).entryList(QDir::Files | QDir::Hidden); }
    QStringList filesWith(const QByteArray &mark) const;
    // A new address in which each text is the mark with a number behind it.
    static Command marked(const std::string &key, const std::string &mark,
                          const std::string &account = "acme");
    void fill(int count); // entries K0, K1, ..., then closes the file
    bool spoil(qint64 at, const QByteArray &bytes);

    std::unique_ptr<Box> m_box;
};

void TestOutboxFile::init()
{
    m_box = std::make_unique<Box>();
    m_box->open();
}

QStringList TestOutboxFile::filesWith(const QByteArray &mark) const
{
    QStringList names;
    for (const QString &name : files()) {
        QFile found(m_box->dir.filePath(name));
        if (!found.open(QIODevice::ReadOnly) || found.readAll().contains(mark))
            names.append(name);
    }
    return names;
}

Command TestOutboxFile::marked(const std::string &key, const std::string &mark, const std::string &account)
{
    Command command = newAddress(key, account);
    int number = 0;
    for (const Field &field : Address::type.fields) {
        if (field.is(Editable) && field.type == FieldType::Text)
            field.in<std::string>(command.record.data()) = mark + std::to_string(++number);
    }
    return command;
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
    QVERIFY(refused([](Command &c) { c.record.as<Address>()->street = std::string(1001, 's'); }));
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

void TestOutboxFile::refusesTooMuch()
{
    for (int i = 0; i < OutboxLimits::open; ++i) {
        VERIFY_OK(file().submit(newAddress("K" + std::to_string(i))));
        if (i % 2 == 0)
            VERIFY_OK(file().told(outcome("K" + std::to_string(i), Told::Rejected), after(1)));
    }
    const auto refused = file().submit(newAddress("one more"));
    QVERIFY(!refused);
    QVERIFY(!refused.error().userText.isEmpty());
    QCOMPARE(file().entries()->size(), static_cast<std::size_t>(OutboxLimits::open));
    VERIFY_OK(file().dismiss("K0", after(2)));
    VERIFY_OK(file().submit(newAddress("one more")));
}

void TestOutboxFile::dropsTheOldestOfTooManyFinished()
{
    constexpr int extra = 20;
    for (int i = 0; i < OutboxLimits::finished + extra; ++i) {
        const std::string key = "K" + std::to_string(i);
        VERIFY_OK(file().submit(newAddress(key)));
        VERIFY_OK(file().told(outcome(key, i == 3 ? Told::Rejected : Told::Applied), after(1)));
    }
    VERIFY_OK(file().submit(newAddress("last")));
    QCOMPARE(file().entries()->size(), static_cast<std::size_t>(OutboxLimits::finished) + 2);
    QCOMPARE(m_box->state("K0"), "-");
    QCOMPARE(m_box->state("K3"), "rejected"); // the person has not seen it
    QCOMPARE(m_box->state("K100"), "applied");
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

void TestOutboxFile::leavesNoByteOfAWithdrawnAccount()
{
    for (int i = 0; i < 40; ++i) {
        const std::string number = std::to_string(i);
        VERIFY_OK(file().submit(marked("mine" + number, "zebrafish", "acme")));
        VERIFY_OK(file().submit(marked("theirs" + number, "xylophone", "globex-mark")));
        VERIFY_OK(file().willSend("mine" + number, after(1)));
        if (i % 4 == 0) {
            CommandOutcome conflict = outcome("theirs" + number, Told::Conflict);
            conflict.theirs = marked("x", "xylophone").record;
            VERIFY_OK(file().told(conflict, after(2)));
        } else if (i % 4 == 1) {
            VERIFY_OK(file().willSend("theirs" + number, after(2)));
            VERIFY_OK(file().attemptFailed("theirs" + number,
                                           {ErrorKind::Timeout, QStringLiteral("xylophone")}, after(2)));
        } else if (i % 4 == 2) {
            VERIFY_OK(file().told(outcome("theirs" + number, Told::Rejected, "xylophone"), after(2)));
        }
    }
    // What became of somebody's record belongs to the account that it is in now.
    CommandOutcome moved = outcome("mine3", Told::Conflict);
    moved.theirs = marked("x", "xylophone").record;
    moved.theirs.as<Address>()->account = "globex-mark";
    VERIFY_OK(file().told(moved, after(3)));
    QFile copy(path() + QStringLiteral(".corrupt-1"));
    QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write("xylophone") == 9);
    copy.close();
    QVERIFY(!filesWith("xylophone").isEmpty() && !filesWith("globex-mark").isEmpty());

    VERIFY_OK(file().withdraw({"globex-mark", "nobody's"}, after(4)));
    QCOMPARE(filesWith("xylophone"), QStringList());
    QCOMPARE(filesWith("globex-mark"), QStringList());
    QVERIFY(!filesWith("zebrafish").isEmpty());
    QCOMPARE(m_box->state("mine0"), "sending");
    QCOMPARE(m_box->state("mine3"), "-");
    QCOMPARE(m_box->state("theirs0"), "-");
    QCOMPARE(m_box->state("theirs3"), "withdrawn");
    m_box->open();
    QCOMPARE(m_box->state("theirs3"), "withdrawn");
    QCOMPARE(filesWith("xylophone"), QStringList());
}

// Entries that grow move between pages, and SQLite leaves their bytes where they were: overwriting what is
// deleted is not enough.
void TestOutboxFile::leavesNoByteBetweenOthers()
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        init();
        SeededRandom random(seed);
        const auto grow = [&](int i) {
            const std::string mark = i % 2 == 0 ? "zebrafish" : "xylophone";
            QString text;
            for (auto times = random.below(100); times > 0; --times)
                text += QString::fromStdString(mark);
            VERIFY_OK(file().attemptFailed("K" + std::to_string(i), {ErrorKind::Timeout, text}, after(1)));
        };
        for (int i = 0; i < 60; ++i) {
            VERIFY_OK(file().submit(marked("K" + std::to_string(i), i % 2 == 0 ? "zebrafish" : "xylophone",
                                           i % 2 == 0 ? "acme" : "globex")));
            grow(i);
            grow(static_cast<int>(random.below(static_cast<std::uint64_t>(i) + 1)));
        }
        VERIFY_OK(file().withdraw({"globex"}, after(2)));
        QVERIFY2(filesWith("xylophone").isEmpty(), qPrintable(QString::number(seed)));
    }
}

void TestOutboxFile::wipesLaterWhatItCannotWipeNow()
{
    VERIFY_OK(file().submit(marked("A", "xylophone", "globex")));
    VERIFY_OK(file().submit(newAddress("B")));
    {
        // Somebody in the middle of reading needs the log as it is.
        auto reader = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
        VERIFY_OK(reader);
        VERIFY_OK(reader->execute("BEGIN"));
        QCOMPARE(*reader->integer("SELECT count(*) FROM entries"), 2);
        VERIFY_OK(file().withdraw({"globex"}, after(1)));
        QCOMPARE(m_box->state("A"), "withdrawn");
        QVERIFY(!filesWith("xylophone").isEmpty());
    }
    VERIFY_OK(file().willSend("B", after(2)));
    QCOMPARE(filesWith("xylophone"), QStringList());

    VERIFY_OK(file().submit(marked("C", "xylophone", "globex")));
    {
        auto reader = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
        VERIFY_OK(reader->execute("BEGIN"));
        QCOMPARE(*reader->integer("SELECT count(*) FROM entries"), 3);
        VERIFY_OK(file().withdraw({"globex"}, after(3)));
        m_box->file.reset();
        QVERIFY(!filesWith("xylophone").isEmpty());
    }
    m_box->open();
    QCOMPARE(filesWith("xylophone"), QStringList());
}

void TestOutboxFile::tellsOfUnsentOnesAlone()
{
    VERIFY_OK(file().submit(marked("unsent", "mark")));
    VERIFY_OK(file().submit(marked("seen", "mark")));
    VERIFY_OK(file().submit(editAfter("held", "seen", "Leeds", "York")));
    VERIFY_OK(file().submit(marked("again", "mark")));
    VERIFY_OK(file().cancel("seen", after(1)));
    VERIFY_OK(file().willSend("again", after(1)));
    VERIFY_OK(file().told(outcome("again", Told::Unknown), after(2)));
    VERIFY_OK(file().withdraw({"acme"}, after(3)));
    QCOMPARE(m_box->state("unsent"), "withdrawn");
    QCOMPARE(m_box->state("held"), "withdrawn");
    QCOMPARE(m_box->state("seen"), "-");
    QCOMPARE(m_box->state("again"), "-"); // "not sent" might not be true
    const OutboxEntry &left = *m_box->find("unsent");
    QVERIFY(left.needsDecision());
    QCOMPARE(left.command.kind, &Address::type);
    QCOMPARE(left.command.verb, std::string("save"));
    QCOMPARE(left.command.madeAt, morning);
    QVERIFY(left.command.account.empty() && left.command.record.isNull() && left.command.base.isNull());
    VERIFY_OK(file().withdraw({"acme"}, after(4)));
    QCOMPARE(m_box->state("unsent"), "withdrawn");
    SeededRandom random(1);
    QVERIFY(!file().resubmit("unsent", newAddress("new"), random));
    VERIFY_OK(file().dismiss("unsent", after(5)));
    QVERIFY(!m_box->find("unsent")->needsDecision());
}

void TestOutboxFile::holdsWhatDependsOnWithdrawnOnes()
{
    VERIFY_OK(file().submit(newAddress("A", "globex")));
    VERIFY_OK(file().submit(useAsDefault("B", "A")));
    VERIFY_OK(file().withdraw({"globex"}, after(1)));
    QCOMPARE(m_box->state("B"), "held");
}

void TestOutboxFile::withdrawsEverything()
{
    VERIFY_OK(file().submit(marked("A", "xylophone", "acme")));
    VERIFY_OK(file().submit(marked("B", "xylophone", "")));
    VERIFY_OK(file().willSend("A", after(1)));
    VERIFY_OK(file().withdraw({""}, after(2))); // everybody's is nobody's to withdraw
    QCOMPARE(m_box->state("B"), "queued");
    VERIFY_OK(file().withdrawEverything(after(2)));
    QCOMPARE(m_box->state("A"), "-");
    QCOMPARE(m_box->state("B"), "withdrawn");
    QCOMPARE(filesWith("xylophone"), QStringList());
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

QTEST_GUILESS_MAIN(TestOutboxFile)
#include "tst_outboxfile.moc"

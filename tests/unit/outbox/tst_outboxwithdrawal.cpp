#include "database.h"
#include "outboxsample.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::OutboxSample;

// What is left, and is not, of entries whose account may be seen no longer.
class TestOutboxWithdrawal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void leavesNoByteOfAWithdrawnAccount();
    void leavesNoByteBetweenOthers();
    void wipesLaterWhatItCannotWipeNow();
    void tellsOfUnsentOnesAlone();
    void holdsWhatDependsOnWithdrawnOnes();
    void withdrawsEverything();

private:
    OutboxFile &file() { return *m_box->file; }
    QString path() const { return m_box->path(); }
    QStringList filesWith(const QByteArray &mark) const { return m_box->filesWith(mark); }

    std::unique_ptr<Box> m_box;
};

void TestOutboxWithdrawal::init()
{
    m_box = std::make_unique<Box>();
    m_box->open();
}

void TestOutboxWithdrawal::leavesNoByteOfAWithdrawnAccount()
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
void TestOutboxWithdrawal::leavesNoByteBetweenOthers()
{
    for (const std::uint64_t seed : {4u, 10u}) { // with these it does
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

void TestOutboxWithdrawal::wipesLaterWhatItCannotWipeNow()
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

void TestOutboxWithdrawal::tellsOfUnsentOnesAlone()
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

void TestOutboxWithdrawal::holdsWhatDependsOnWithdrawnOnes()
{
    VERIFY_OK(file().submit(newAddress("A", "globex")));
    VERIFY_OK(file().submit(useAsDefault("B", "A")));
    VERIFY_OK(file().withdraw({"globex"}, after(1)));
    QCOMPARE(m_box->state("B"), "held");
}

void TestOutboxWithdrawal::withdrawsEverything()
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

CORE_TEST(TestOutboxWithdrawal)
#include "tst_outboxwithdrawal.moc"

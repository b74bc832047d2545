#include "savedcopy.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <dlfcn.h>
#include <unistd.h>

using namespace Counterfoil;

namespace {

constexpr qint64 without = -1;
qint64 roomLeft = without; // bytes that the disk still takes
bool diskLies = false;     // and writes other bytes than it was given

} // namespace

// The program's own write() comes before the system's: so a real file system is full when the test says so.
extern "C" __attribute__((visibility("default"))) ssize_t write(int file, const void *bytes, size_t count)
{
    static const auto real
        = reinterpret_cast<ssize_t (*)(int, const void *, size_t)>(dlsym(RTLD_NEXT, "write"));
    if (diskLies && file > STDERR_FILENO) {
        const std::string other(count, '?');
        return real(file, other.data(), count);
    }
    if (roomLeft == without || file <= STDERR_FILENO)
        return real(file, bytes, count);
    if (roomLeft == 0) {
        errno = ENOSPC;
        return -1;
    }
    const ssize_t written = real(file, bytes, std::min<size_t>(count, size_t(roomLeft)));
    roomLeft -= std::max<ssize_t>(written, 0);
    return written;
}

class TestSavedCopy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup()
    {
        roomLeft = without;
        diskLies = false;
    }
    void savesTheBytes();
    void neverTakesTheNameOfAnother();
    void takesThePlaceOfAnotherWhenToldTo();
    void readsBackWhatWasWritten_data();
    void readsBackWhatWasWritten();
    void leavesNothingThatIsNotWhole_data();
    void leavesNothingThatIsNotWhole();
    void saysThatTheDiskIsFull_data();
    void saysThatTheDiskIsFull();
    void saysThatTheFolderIsGone();
    void saysThatNothingMayBeWrittenThere();
    void stopsWhenCancelled();

private:
    CopyOrder order(const QString &name = QStringLiteral("a.pdf")) const
    {
        return {m_from, m_sha256, m_dir->filePath(QStringLiteral("out")), name};
    }
    QStringList found() const
    {
        return QDir(order().folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_from;
    QString m_sha256;
    QByteArray m_bytes;
    const std::atomic_bool m_goOn{false};
};

void TestSavedCopy::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("out")));
    m_bytes.clear();
    for (int i = 0; i < 200'000; ++i)
        m_bytes += QByteArray::number(i);
    m_sha256 = QString::fromLatin1(QCryptographicHash::hash(m_bytes, QCryptographicHash::Sha256).toHex());
    m_from = m_dir->filePath(QStringLiteral("held"));
    QFile file(m_from);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_bytes) == m_bytes.size());
}

void TestSavedCopy::savesTheBytes()
{
    const auto saved = saveCopy(order(), m_goOn);
    QVERIFY(saved);
    QCOMPARE(*saved, order().folder + QStringLiteral("/a.pdf"));
    QCOMPARE(contents(*saved), m_bytes);
    QCOMPARE(found(), QStringList{QStringLiteral("a.pdf")});
}

void TestSavedCopy::neverTakesTheNameOfAnother()
{
    QFile other(order().folder + QStringLiteral("/a.pdf"));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
    other.close();
    // A link that leads nowhere, yet, is a name that is taken.
    QVERIFY(QFile::link(m_dir->filePath(QStringLiteral("elsewhere")),
                        order().folder + QStringLiteral("/a (2).pdf")));
    for (const char *name : {"a (3).pdf", "a (4).pdf"}) {
        const auto saved = saveCopy(order(), m_goOn);
        QVERIFY(saved);
        QCOMPARE(QFileInfo(*saved).fileName(), QString::fromLatin1(name));
    }
    QCOMPARE(contents(other.fileName()), QByteArray("mine"));
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("elsewhere"))));
}

void TestSavedCopy::takesThePlaceOfAnotherWhenToldTo()
{
    QFile other(order().folder + QStringLiteral("/a.pdf"));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
    other.close();
    CopyOrder over = order();
    over.over = true;
    QVERIFY(saveCopy(over, m_goOn));
    QCOMPARE(contents(other.fileName()), m_bytes);
    QCOMPARE(found(), QStringList{QStringLiteral("a.pdf")});
}

void TestSavedCopy::readsBackWhatWasWritten_data()
{
    QTest::addColumn<bool>("over");
    QTest::newRow("beside") << false;
    QTest::newRow("over") << true;
}

void TestSavedCopy::readsBackWhatWasWritten()
{
    QFile other(order().folder + QStringLiteral("/a.pdf"));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
    other.close();
    QFETCH(bool, over);
    CopyOrder one = order();
    one.over = over;
    diskLies = true;
    const auto saved = saveCopy(one, m_goOn);
    diskLies = false;
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::StorageCorrupt);
    QCOMPARE(contents(other.fileName()), QByteArray("mine"));
    QCOMPARE(found(), QStringList{QStringLiteral("a.pdf")});
}

void TestSavedCopy::leavesNothingThatIsNotWhole_data()
{
    QTest::addColumn<bool>("over");
    QTest::newRow("beside others") << false;
    QTest::newRow("over another") << true;
}

void TestSavedCopy::leavesNothingThatIsNotWhole()
{
    QFETCH(bool, over);
    QFile held(m_from);
    QVERIFY(held.open(QIODevice::ReadWrite) && held.seek(1000) && held.write("x") == 1);
    held.close();
    CopyOrder wrong = order();
    wrong.over = over;
    const auto saved = saveCopy(wrong, m_goOn);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::StorageCorrupt);
    QVERIFY(!saved.error().userText.isEmpty());
    QCOMPARE(found(), QStringList());
}

void TestSavedCopy::saysThatTheDiskIsFull_data()
{
    leavesNothingThatIsNotWhole_data();
}

void TestSavedCopy::saysThatTheDiskIsFull()
{
    QFETCH(bool, over);
    CopyOrder full = order();
    full.over = over;
    roomLeft = m_bytes.size() / 2;
    const auto saved = saveCopy(full, m_goOn);
    roomLeft = without;
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::StorageFull);
    QVERIFY2(saved.error().userText.contains(QDir::toNativeSeparators(full.folder)),
             qPrintable(saved.error().userText));
    QCOMPARE(found(), QStringList());
    QVERIFY(saveCopy(full, m_goOn)); // somebody made room
}

void TestSavedCopy::saysThatTheFolderIsGone()
{
    QVERIFY(QDir(order().folder).removeRecursively());
    const auto saved = saveCopy(order(), m_goOn);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::NotFound);
    QVERIFY(!QFileInfo::exists(order().folder)); // it is not made anew where a disk was taken away
}

void TestSavedCopy::saysThatNothingMayBeWrittenThere()
{
    if (geteuid() == 0) {
        // Nobody forbids root anything, but the system forbids everybody to write here.
        CopyOrder system = order();
        system.folder = QStringLiteral("/proc/self");
        const auto saved = saveCopy(system, m_goOn);
        QVERIFY(!saved);
        QVERIFY(!saved.error().userText.isEmpty());
        return;
    }
    QVERIFY(QFile::setPermissions(order().folder, QFile::ReadOwner | QFile::ExeOwner));
    const auto saved = saveCopy(order(), m_goOn);
    QFile::setPermissions(order().folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::StorageReadOnly);
}

void TestSavedCopy::stopsWhenCancelled()
{
    const std::atomic_bool stop{true};
    const auto saved = saveCopy(order(), stop);
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Cancelled);
    QCOMPARE(found(), QStringList());
}

CORE_TEST(TestSavedCopy)
#include "tst_savedcopy.moc"

#include "attachmentrules.h"
#include "shelffixture.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QFileInfo>

using namespace Counterfoil;

namespace {

// What photoHead is, as a record says it.
Attachment shown()
{
    return {"u-1",
            0,
            "dent.jpg",
            "image/jpeg",
            photoHead.size(),
            QCryptographicHash::hash(photoHead, QCryptographicHash::Sha256).toHex().toStdString()};
}

} // namespace

// Files that somebody puts to something, until they are at the gateway.
class TestAttachmentShelf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsItsOwnCopy();
    void takesByWhatItIs_data();
    void takesByWhatItIs();
    void refusesWhatIsTooLarge();
    void goesWithItsCommand();
    void startsWithWhatTheOutboxNeeds();
    void givesPieces();
    void showsWhatWasFetched();
    void isNobodyElses();
    void losesWhatIsWithdrawn();
    void keepsNothingForOthers();
    void leavesWhatTheOutboxNeeds();
    void showsACopyOfWhatWaits();
    void saysWhatIsGone();
};

void TestAttachmentShelf::keepsItsOwnCopy()
{
    Shelf s;
    const QByteArray bytes = photoHead + QByteArray(700'000, 'x');
    const QString path = s.write(QStringLiteral("dent.jpg"), bytes);
    const auto file = s.take(path);
    QVERIFY(file);
    QCOMPARE(file->name, "dent.jpg");
    QCOMPARE(file->mediaType, "image/jpeg");
    QCOMPARE(file->bytes, bytes.size());
    QCOMPARE(file->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString());
    QVERIFY(QFile::remove(path));
    QFile copy(s.pathOf(*file));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), bytes);
    QCOMPARE(copy.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    s.shelf.drop(QString::fromStdString(file->upload));
    QVERIFY(!QFile::exists(s.pathOf(*file)));
}

void TestAttachmentShelf::takesByWhatItIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type"); // empty: not taken
    QTest::newRow("a photo") << "a.jpg" << photoHead + "x"
                             << "image/jpeg";
    QTest::newRow("a photo by another name") << "a.txt" << photoHead + "x"
                                             << "image/jpeg";
    QTest::newRow("a paper") << "a.pdf" << QByteArray("%PDF-1.7\n") << "application/pdf";
    QTest::newRow("a program called photo") << "a.jpg" << QByteArray("MZ\x90 and so on") << "";
    QTest::newRow("a page called paper") << "a.pdf" << QByteArray("<html><script>") << "";
    QTest::newRow("nothing in it") << "a.png" << QByteArray() << "";
}

void TestAttachmentShelf::takesByWhatItIs()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    Shelf s;
    const auto file = s.take(s.write(name, bytes));
    QCOMPARE(file ? QString::fromStdString(file->mediaType) : QString(), type);
    if (!file)
        QVERIFY2(s.error.userText.contains(name), qPrintable(s.error.userText));
}

void TestAttachmentShelf::refusesWhatIsTooLarge()
{
    Shelf s;
    const QString path = s.write(QStringLiteral("huge.jpg"), photoHead);
    QVERIFY(QFile::resize(path, 200LL * 1024 * 1024));
    QVERIFY(!s.take(path));
    QVERIFY2(s.error.userText.contains(QStringLiteral("at most 20 MB")), qPrintable(s.error.userText));
    QVERIFY(QFile::resize(path, mostAttachmentBytes));
    QVERIFY(s.take(path));
    QVERIFY(!s.take(s.folder.path()));                         // a folder
    QVERIFY(!s.take(s.folder.filePath(QStringLiteral("no")))); // not there
}

void TestAttachmentShelf::goesWithItsCommand()
{
    for (const auto end : {OutboxEntry::State::Applied, OutboxEntry::State::Cancelled}) {
        Shelf s;
        const auto file = s.photo();
        QVERIFY(file);
        s.shelf.follow(s.folder.path(), Shelf::none()); // something else happened in the outbox
        QVERIFY(QFile::exists(s.pathOf(*file)));
        for (const auto state : {OutboxEntry::State::Queued, OutboxEntry::State::Sending,
                                 OutboxEntry::State::Received, OutboxEntry::State::Rejected}) {
            s.shelf.follow(s.folder.path(), Shelf::waiting(*file, state));
            QVERIFY(QFile::exists(s.pathOf(*file)));
        }
        s.shelf.drop(QString::fromStdString(file->upload)); // the outbox says how long, and nobody else
        QVERIFY(QFile::exists(s.pathOf(*file)));
        s.shelf.follow(s.folder.path(), Shelf::waiting(*file, end));
        QVERIFY(!QFile::exists(s.pathOf(*file)));
    }
}

void TestAttachmentShelf::startsWithWhatTheOutboxNeeds()
{
    Shelf s;
    const auto needed = s.photo();
    const auto loose = s.photo();
    QVERIFY(needed && loose);
    AttachmentShelf later;
    later.follow(s.folder.path(), Shelf::waiting(*needed));
    QVERIFY(QFile::exists(s.pathOf(*needed)));
    QVERIFY(!QFile::exists(s.pathOf(*loose)));
}

void TestAttachmentShelf::givesPieces()
{
    Shelf s;
    const auto file = s.photo();
    QVERIFY(file);
    std::optional<Result<std::string>> piece;
    const auto answer = [&piece](const Result<std::string> &bytes) { piece = bytes; };
    s.shelf.read(*file, 4, answer);
    QCOMPARE(**piece, "rest");
    QVERIFY(QFile::resize(s.pathOf(*file), 3));
    s.shelf.read(*file, 0, answer);
    QVERIFY(!*piece);
    Attachment stranger = *file;
    stranger.upload = "../outbox";
    s.shelf.read(stranger, 0, answer);
    QVERIFY(!*piece);
}

void TestAttachmentShelf::showsWhatWasFetched()
{
    Shelf s;
    Attachment file = shown();
    QSignalSpy here(&s.shelf, &AttachmentShelf::here);
    QSignalSpy notHere(&s.shelf, &AttachmentShelf::notHere);
    s.shelf.find(file);
    QCOMPARE(notHere.size(), 1);
    const auto generation = notHere[0][1].toULongLong();
    s.shelf.keep(file, photoHead, generation);
    QCOMPARE(here.size(), 1);
    s.shelf.find(file);
    QCOMPARE(here.size(), 2);
    QVERIFY(QFile::exists(here[1][1].toString()));
    file.mediaType = "text/html"; // nothing that is opened here
    QSignalSpy failed(&s.shelf, &AttachmentShelf::failed);
    s.shelf.keep(file, photoHead, generation);
    QCOMPARE(failed.size(), 1);
}

void TestAttachmentShelf::isNobodyElses()
{
    Shelf s;
    QSignalSpy refused(&s.shelf, &AttachmentShelf::refused);
    QSignalSpy taken(&s.shelf, &AttachmentShelf::taken);
    s.shelf.expect(1, QStringLiteral("/another/profile"), QStringLiteral("a1"));
    s.shelf.take(1, QStringLiteral("a.jpg"), photoHead);
    QCOMPARE(refused.size(), 1);
    QVERIFY(taken.isEmpty());
}

void TestAttachmentShelf::losesWhatIsWithdrawn()
{
    Shelf s;
    const auto lost = s.photo("a1");
    const auto other = s.photo("a2");
    const auto unknown = s.photo("");
    QVERIFY(lost && other && unknown);
    QSignalSpy refused(&s.shelf, &AttachmentShelf::refused);
    s.shelf.expect(7, s.folder.path(), QStringLiteral("a1")); // is being read
    s.shelf.expect(8, s.folder.path(), QStringLiteral("a2"));
    int answers = 0;
    s.shelf.withdraw({{"a1"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        QVERIFY(!QFile::exists(s.pathOf(*lost))); // before it is said to be done
        ++answers;
    });
    QCOMPARE(answers, 1);
    QVERIFY(QFile::exists(s.pathOf(*other)));
    QVERIFY(QFile::exists(s.pathOf(*unknown)));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused[0][0].toULongLong(), 7U);
    QSignalSpy taken(&s.shelf, &AttachmentShelf::taken);
    s.shelf.take(7, QStringLiteral("late.jpg"), photoHead);
    QVERIFY(taken.isEmpty());
    s.shelf.take(8, QStringLiteral("other.jpg"), photoHead);
    QCOMPARE(taken.size(), 1);
    s.shelf.withdraw({{}, true}, [](const Outcome &outcome) { QVERIFY(outcome); });
    QCOMPARE(QDir(s.folder.filePath(QStringLiteral("uploads"))).entryList(QDir::Files), QStringList());
}

// What was fetched with rights that are gone, or by somebody else, and comes now.
void TestAttachmentShelf::keepsNothingForOthers()
{
    Shelf s;
    const Attachment file = shown();
    QSignalSpy here(&s.shelf, &AttachmentShelf::here);
    QSignalSpy notHere(&s.shelf, &AttachmentShelf::notHere);
    QSignalSpy failed(&s.shelf, &AttachmentShelf::failed);
    s.shelf.find(file);
    s.shelf.keep(file, photoHead, notHere[0][1].toULongLong());
    QCOMPARE(here.size(), 1);
    s.shelf.withdraw({{"a1"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        QVERIFY(!QFile::exists(here[0][1].toString()));
    });
    s.shelf.keep(file, photoHead, notHere[0][1].toULongLong());
    QCOMPARE(failed.size(), 1);
    QVERIFY(!QFile::exists(here[0][1].toString()));
    s.shelf.find(file);
    const QTemporaryDir another;
    s.shelf.follow(another.path(), Shelf::none());
    s.shelf.keep(file, photoHead, notHere[1][1].toULongLong());
    QCOMPARE(failed.size(), 2);
    QVERIFY(QDir(another.path()).isEmpty());
}

void TestAttachmentShelf::leavesWhatTheOutboxNeeds()
{
    Shelf s;
    const auto needed = s.photo();
    s.shelf.follow(s.folder.path(), Shelf::waiting(*needed));
    const auto loose = s.photo();
    QVERIFY(needed && loose);
    const Attachment seen = shown();
    QSignalSpy here(&s.shelf, &AttachmentShelf::here);
    QSignalSpy notHere(&s.shelf, &AttachmentShelf::notHere);
    s.shelf.find(seen);
    s.shelf.keep(seen, photoHead, notHere[0][1].toULongLong());
    QCOMPARE(here.size(), 1);
    s.shelf.leave();
    QVERIFY(QFile::exists(s.pathOf(*needed)));
    QVERIFY(!QFile::exists(s.pathOf(*loose)));
    QVERIFY(!QFile::exists(here[0][1].toString()));
}

// A viewer may write to what it is given; what is sent is what was added.
void TestAttachmentShelf::showsACopyOfWhatWaits()
{
    Shelf s;
    const auto file = s.photo();
    QVERIFY(file);
    s.shelf.follow(s.folder.path(), Shelf::waiting(*file));
    QSignalSpy here(&s.shelf, &AttachmentShelf::here);
    const auto seen = [&] { return here.last()[1].toString(); };
    s.shelf.find(*file);
    QCOMPARE(here.size(), 1);
    QVERIFY2(seen().startsWith(s.folder.filePath(QStringLiteral("attachments/"))), qPrintable(seen()));
    QFile copy(seen());
    QVERIFY(copy.open(QIODevice::WriteOnly));
    copy.write(photoHead + "mend"); // as long as it was
    copy.close();
    std::optional<Result<std::string>> piece;
    s.shelf.read(*file, 0, [&piece](const Result<std::string> &bytes) { piece = bytes; });
    QCOMPARE(**piece, (photoHead + "rest").toStdString());
    // Nor does anybody else see what the viewer made of it.
    s.shelf.find(*file);
    QCOMPARE(here.size(), 2);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), photoHead + "rest");
}

void TestAttachmentShelf::saysWhatIsGone()
{
    Shelf s;
    const auto file = s.photo();
    QVERIFY(file);
    QSignalSpy here(&s.desk, &AttachmentPort::ready);
    QSignalSpy gone(&s.desk, &AttachmentPort::gone);
    s.desk.want(*file);
    QTRY_COMPARE(here.size(), 1);
    s.shelf.withdraw({{"a1"}, false}, [](const Outcome &outcome) { QVERIFY(outcome); });
    QCOMPARE(gone.size(), 1);
    const QString path = here[0][1].toString();
    QVERIFY(path.startsWith(gone[0][0].toString() + u'/'));
    QVERIFY(!QFile::exists(path));
}

CORE_TEST(TestAttachmentShelf)
#include "tst_attachmentshelf.moc"

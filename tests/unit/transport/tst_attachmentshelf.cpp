#include "attachmentrules.h"
#include "attachmentshelf.h"
#include "message.h"
#include "testentry.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;

namespace {

const QByteArray photoHead = QByteArray("\xff\xd8\xff\xe0", 4);

struct Shelf
{
    Shelf() { shelf.follow(folder.path(), none()); }

    static OutboxEntries none() { return std::make_shared<const std::vector<OutboxEntry>>(); }
    static OutboxEntries waiting(const Attachment &file,
                                 OutboxEntry::State state = OutboxEntry::State::Queued)
    {
        Message message;
        message.attachments = {file};
        OutboxEntry entry;
        entry.command.kind = &Message::type;
        entry.command.record = AnyRecord(std::make_shared<Message>(message));
        entry.state = state;
        return std::make_shared<const std::vector<OutboxEntry>>(1, entry);
    }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    std::optional<Attachment> take(const QString &path)
    {
        QSignalSpy taken(&shelf, &AttachmentShelf::taken);
        QSignalSpy refused(&shelf, &AttachmentShelf::refused);
        shelf.take(1, folder.path(), path);
        if (taken.isEmpty()) {
            error = refused.value(0).value(1).value<Error>();
            return std::nullopt;
        }
        return taken[0][1].value<Attachment>();
    }
    std::optional<Attachment> photo() { return take(write(QStringLiteral("dent.jpg"), photoHead + "rest")); }
    QString pathOf(const Attachment &file) const
    {
        return folder.path() + QStringLiteral("/uploads/") + QString::fromStdString(file.upload)
            + QStringLiteral(".jpg");
    }

    QTemporaryDir folder;
    AttachmentShelf shelf;
    Error error;
};

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
    Attachment file{"u-1", 0, "dent.jpg", "image/jpeg", 4, std::string(64, 'a')};
    QSignalSpy here(&s.shelf, &AttachmentShelf::here);
    QSignalSpy notHere(&s.shelf, &AttachmentShelf::notHere);
    s.shelf.find(file);
    QCOMPARE(notHere.size(), 1);
    s.shelf.keep(file, photoHead);
    QCOMPARE(here.size(), 1);
    s.shelf.find(file);
    QCOMPARE(here.size(), 2);
    QVERIFY(QFile::exists(here[1][1].toString()));
    s.shelf.forgetSeen();
    QVERIFY(!QFile::exists(here[1][1].toString()));
    file.mediaType = "text/html"; // nothing that is opened here
    QSignalSpy failed(&s.shelf, &AttachmentShelf::failed);
    s.shelf.keep(file, photoHead);
    QCOMPARE(failed.size(), 1);
}

void TestAttachmentShelf::isNobodyElses()
{
    Shelf s;
    QSignalSpy refused(&s.shelf, &AttachmentShelf::refused);
    s.shelf.take(1, QStringLiteral("/another/profile"), s.write(QStringLiteral("a.jpg"), photoHead));
    QCOMPARE(refused.size(), 1);
}

CORE_TEST(TestAttachmentShelf)
#include "tst_attachmentshelf.moc"

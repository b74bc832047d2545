#include "filetexts.h"
#include "readingdesk.h"
#include "testentry.h"

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

// What stays on the shelf, and what has to go.
class TestDocumentShelf : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void checksWhatItHas();
    void fetchesAhead();
    void purgesAnAccount();
    void keepsPinsBesideTheFiles();
    void removesWhatBelongsToNoRecord();
    void keepsEverythingWhileTheCacheIsIncomplete();
    void touchesNothingOutsideItsFolder();
    void tellsWhatIsHereAndWhatIsUnread();
    void keepsAFileOfManyRecordsForEach();

private:
    QString path() const { return m_directory->filePath(QStringLiteral("profiles/maya")); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<DocumentServer> m_server;
    std::unique_ptr<ReadingDesk> m_desk;
};

void TestDocumentShelf::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<DocumentServer>();
    m_desk = std::make_unique<ReadingDesk>(path(), m_server->url());
}

void TestDocumentShelf::cleanup()
{
    m_desk.reset();
    m_server.reset();
    m_directory.reset();
}

void TestDocumentShelf::checksWhatItHas()
{
    const QString key = QStringLiteral("d1");
    const QByteArray bytes = m_server->documents[key] = pdf(key);
    m_desk->put(key, bytes);
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    m_desk->stop();
    QFile file(m_desk->pathOf(bytes));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(1'000));
    file.write("!");
    file.close();
    m_desk->ready.clear();
    m_desk->start();
    m_desk->runner->setStatus({Mode::Offline});
    m_desk->runner->want(key);
    VERIFY_FAILED(key);
    QVERIFY(m_desk->failed[key][0].userText.contains(QLatin1String("damaged")));
    QVERIFY(m_desk->ready.isEmpty());
    m_desk->online();
    VERIFY_READY(key);
    QCOMPARE(contentOf(m_desk->ready[key][0]), bytes);
    // Removed behind our back.
    QVERIFY(QFile::remove(m_desk->pathOf(bytes)));
    m_desk->runner->want(key);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->ready.value(key).size(), 2, patienceMs);
    QCOMPARE(contentOf(m_desk->ready[key][1]), bytes);
}

// DOC-08
void TestDocumentShelf::fetchesAhead()
{
    constexpr int count = 6;
    for (int i = 0; i < count; ++i) {
        const QString key = QStringLiteral("d%1").arg(i);
        m_server->documents[key] = pdf(key);
        m_desk->put(key, {}, "a1", 1 + i);
    }
    m_desk->put(QStringLiteral("ancient"), {}, "a1", 2'000);
    m_desk->online(Mode::Live);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings.here, count, patienceMs);
    QCOMPARE(m_desk->holdings, (DocumentPort::Holdings{count + 1, count, count * 3'000}));
    for (int i = 0; i < count; ++i)
        QCOMPARE(m_server->requests[i].document, QStringLiteral("d%1").arg(i));
    QVERIFY(m_desk->ready.isEmpty());
    QCOMPARE(m_server->requests.size(), count);
}

// No byte of what is lost stays anywhere in the profile's folder.
void TestDocumentShelf::purgesAnAccount()
{
    const QString mine = QStringLiteral("mine");
    const QString lost = QStringLiteral("lost");
    for (const QString &key : {mine, lost})
        m_server->documents[key] = pdf(key);
    m_desk->put(mine, pdf(mine), "a1");
    m_desk->put(lost, pdf(lost), "a2");
    m_desk->put(QStringLiteral("cut"), pdf(QStringLiteral("cut")), "a2");
    m_server->documents[QStringLiteral("cut")] = pdf(QStringLiteral("cut"));
    m_desk->online();
    m_desk->runner->want(mine);
    m_desk->runner->want(lost);
    VERIFY_READY(mine);
    VERIFY_READY(lost);
    m_server->instead = [&](QTcpSocket &socket, const DocumentServer::Request &) {
        const QByteArray bytes = pdf(QStringLiteral("cut"));
        socket.write("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 3000\r\nRepr-Digest: "
                     + DocumentServer::digest(bytes) + "\r\n\r\n" + bytes.left(2'000));
    };
    m_desk->runner->want(QStringLiteral("cut"));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files().size(), 4, patienceMs); // two, a part and its notes
    bool removed = false;
    m_desk->runner->purge({{"a2"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        m_desk->carryOut(Purge{{"a2"}});
        removed = true;
        m_desk->runner->purged();
    });
    QTRY_VERIFY_WITH_TIMEOUT(removed, patienceMs);
    QCOMPARE(m_desk->files(), QStringList{m_desk->pathOf(pdf(mine))});
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, (DocumentPort::Holdings{1, 1, 3'000}), patienceMs);
    VERIFY_FAILED(QStringLiteral("cut"));
    m_desk->stop();
    QDirIterator each(path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QByteArray bytes = contentOf(each.next());
        QVERIFY2(!bytes.contains("marker of lost"), qPrintable(each.filePath()));
        QVERIFY2(!bytes.contains("marker of cut"), qPrintable(each.filePath()));
    }
    m_server->instead = nullptr;
}

void TestDocumentShelf::keepsPinsBesideTheFiles()
{
    const QString mine = QStringLiteral("mine");
    const QString lost = QStringLiteral("lost");
    for (const QString &key : {mine, lost})
        m_server->documents[key] = pdf(key);
    m_desk->put(mine, {}, "a1", 2'000); // too old to come by itself
    m_desk->put(lost, {}, "a2", 2'000);
    m_desk->online(Mode::Live);
    m_desk->runner->setPinned(mine, true); // before anybody has looked at the shelf
    m_desk->runner->setPinned(lost, true);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, (DocumentPort::Holdings{2, 2, 6'000, 2}), patienceMs);
    QCOMPARE(m_desk->files().size(), 4);
    m_desk->stop();
    m_desk->start();
    m_desk->online(Mode::Live);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, (DocumentPort::Holdings{2, 2, 6'000, 2}), patienceMs);
    bool removed = false;
    m_desk->runner->purge({{"a2"}, false}, [&](const Outcome &outcome) {
        QVERIFY(outcome);
        m_desk->carryOut(Purge{{"a2"}});
        removed = true;
        m_desk->runner->purged();
    });
    QTRY_VERIFY_WITH_TIMEOUT(removed, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, (DocumentPort::Holdings{1, 1, 3'000, 1}), patienceMs);
    QCOMPARE(m_desk->files().size(), 2);
    m_desk->runner->setPinned(mine, false);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files().size(), 1, patienceMs);
}

// The program ended between the rows and their files, or a right was lost and a fill has dropped the rows.
void TestDocumentShelf::removesWhatBelongsToNoRecord()
{
    m_desk->fill();
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->put(key, pdf(key));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    const QDir folder = QFileInfo(m_desk->pathOf(pdf(key))).dir();
    m_desk->stop();
    for (const QString &name :
         {QString::fromLatin1(sha256("x")) + QStringLiteral(".pdf"), QStringLiteral("0123.part"),
          QStringLiteral("0123.part.resume"), QStringLiteral(".hidden")}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(QDir(DocumentFolder::root(path())).mkpath(QStringLiteral("ffff")));
    QVERIFY(QFile::copy(folder.filePath(QStringLiteral("0123.part")),
                        DocumentFolder::root(path()) + QStringLiteral("/ffff/0123.part")));
    m_desk->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files(), QStringList{m_desk->pathOf(pdf(key))}, patienceMs);
    QTRY_VERIFY(!QDir(DocumentFolder::root(path()) + QStringLiteral("/ffff")).exists());
    // A fill that no longer lists it.
    m_desk->fill();
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->files(), QStringList(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings, DocumentPort::Holdings(), patienceMs);
}

void TestDocumentShelf::keepsEverythingWhileTheCacheIsIncomplete()
{
    const QString key = QStringLiteral("d1");
    m_server->documents[key] = pdf(key);
    m_desk->fill();
    m_desk->put(key, pdf(key));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    m_desk->stop();
    QVERIFY(QFile::remove(m_desk->profile.cachePath())); // as after damage
    m_desk->start();
    m_desk->put(QStringLiteral("d2"));
    m_desk->runner->want(QStringLiteral("d2"));
    m_desk->runner->setStatus({Mode::Offline});
    VERIFY_FAILED(QStringLiteral("d2")); // the stock has been taken
    QCOMPARE(m_desk->files().size(), 1);
    m_desk->put(key, pdf(key));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->holdings.here, 1, patienceMs);
}

void TestDocumentShelf::touchesNothingOutsideItsFolder()
{
    const QString good = QStringLiteral("good");
    const QString evil = QStringLiteral("evil");
    for (const QString &key : {good, evil})
        m_server->documents[key] = pdf(key);
    m_desk->put(good);
    m_desk->online();
    m_desk->runner->want(good); // its account has a folder now
    VERIFY_READY(good);
    QFile treasure(m_directory->filePath(QStringLiteral("treasure.pdf")));
    QVERIFY(treasure.open(QIODevice::WriteOnly) && treasure.write("%PDF-1.7") > 0);
    treasure.close();
    m_desk->put(Document{.key = "evil", .account = "a1", .issued = true, .sha256 = "../../../../treasure"});
    m_desk->runner->want(evil);
    VERIFY_READY(evil);
    QCOMPARE(contentOf(m_desk->ready[evil][0]), pdf(evil));
    QVERIFY(treasure.exists());
}

// DOC-11: what the cache knows of files is what the folder has, also when somebody else has been in it.
void TestDocumentShelf::tellsWhatIsHereAndWhatIsUnread()
{
    const QString key = QStringLiteral("d1");
    const QByteArray bytes = m_server->documents[key] = pdf(key);
    m_desk->put(key, bytes);
    m_desk->put(QStringLiteral("d2"), pdf(QStringLiteral("d2")));
    m_desk->online();
    m_desk->runner->want(key);
    VERIFY_READY(key);
    const auto counts = [this] {
        CacheReader reader(m_desk->profile.cachePath());
        return FileTexts(reader, Document::type).counts().value();
    };
    const auto unread = [this] {
        DocumentShelf::Unread found;
        QMetaObject::invokeMethod(
            m_desk->shelf, [this, &found] { found = m_desk->shelf->unread("1.0", 10).value(); },
            Qt::BlockingQueuedConnection);
        return found;
    };
    QTRY_COMPARE(counts().files, 1);
    const DocumentShelf::Unread before = unread();
    QCOMPARE(before.files, QStringList{m_desk->pathOf(bytes)});
    const UnreadFile &record = before.records.front();
    QVERIFY(
        m_desk->store->storeText({record.record, record.digest, FileText::State::Whole, "gasket", "1.0"}));
    QVERIFY(unread().files.isEmpty());
    // Given up behind our back: the text stays.
    m_desk->stop();
    QVERIFY(QFile::rename(m_desk->pathOf(bytes), path() + QStringLiteral("/kept")));
    m_desk->start();
    QTRY_COMPARE(counts().files, 0);
    QCOMPARE(counts().read, 1);
    m_desk->stop();
    QVERIFY(QFile::rename(path() + QStringLiteral("/kept"), m_desk->pathOf(bytes)));
    m_desk->start();
    QTRY_COMPARE(counts().files, 1);
    QVERIFY(unread().files.isEmpty());
}

// A start that looked no further than each file's first record would take the mark from the others.
void TestDocumentShelf::keepsAFileOfManyRecordsForEach()
{
    const QByteArray sheet = pdf(QStringLiteral("safety"));
    for (const QString &key : {QStringLiteral("newest"), QStringLiteral("oldest")})
        m_server->documents[key] = sheet;
    m_desk->put(QStringLiteral("newest"), sheet);
    m_desk->put(QStringLiteral("oldest"), sheet, "a1", 3'000);
    for (int i = 0; i < 600; ++i)
        m_desk->put(QStringLiteral("between %1").arg(i), pdf(QString::number(i)), "a1", 2'000);
    m_desk->online();
    for (const QString &key : {QStringLiteral("newest"), QStringLiteral("oldest")}) {
        m_desk->runner->want(key);
        VERIFY_READY(key);
    }
    const auto here = [this] {
        CacheReader reader(m_desk->profile.cachePath());
        return FileTexts(reader, Document::type).here().value().size();
    };
    QTRY_COMPARE(here(), 2U);
    m_desk->stop();
    m_desk->holdings = {};
    m_desk->start();
    const QSignalSpy told(m_desk->runner.get(), &DownloadsRunner::holdingsChanged);
    QTRY_COMPARE(m_desk->holdings.here, 2);
    for (const QList<QVariant> &each : told)
        QVERIFY(each.at(0).value<DocumentPort::Holdings>().here != 1);
    QCOMPARE(here(), 2U);
}

CORE_TEST(TestDocumentShelf)
#include "tst_documentshelf.moc"

#pragma once

#include "cachereader.h"
#include "document.h"
#include "documentserver.h"
#include "downloadsrunner.h"
#include "kinds.h"
#include "storeworker.h"
#include "tuning.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace Counterfoil {

inline constexpr std::int64_t dayMs = 86'400'000;
inline constexpr int patienceMs = 20'000;

// Whoever waits "a random part" waits hardly at all.
class NoChance final : public Random
{
public:
    void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, std::byte(0)); }
};

inline QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

inline QByteArray pdf(const QString &key, qsizetype size = 3'000)
{
    QByteArray bytes = "%PDF-1.7 marker of " + key.toUtf8() + ' ';
    while (bytes.size() < size)
        bytes += sha256(bytes.right(64));
    return bytes.left(size);
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A profile with a cache, the shelf on its thread, and Downloads driven for real.
class ReadingDesk
{
public:
    explicit ReadingDesk(const QString &directory, const QUrl &gateway)
    {
        profile.directory = directory;
        profile.person.gateway = gateway;
        profile.person.user = QStringLiteral("maya");
        start();
    }
    ~ReadingDesk() { stop(); }

    void start()
    {
        store = std::make_unique<StoreWorker>(ProfileStore(QFileInfo(profile.directory).path()), QString());
        shelf = new DocumentShelf([this](std::int64_t) { return diskIsFull.load(); });
        thread = std::make_unique<QThread>();
        shelf->moveToThread(thread.get());
        QObject::connect(thread.get(), &QThread::finished, shelf, &QObject::deleteLater);
        thread->start();
        runner = std::make_unique<DownloadsRunner>(store.get(), shelf, chance);
        QObject::connect(store.get(), &StoreWorker::opened, runner.get(), &DownloadsRunner::open);
        QObject::connect(store.get(), &StoreWorker::changed, runner.get(), &DownloadsRunner::noteChange);
        QObject::connect(runner.get(), &DownloadsRunner::ready, runner.get(),
                         [this](const QString &key, const QString &file) { ready[key].push_back(file); });
        QObject::connect(runner.get(), &DownloadsRunner::failed, runner.get(),
                         [this](const QString &key, const Error &error) { failed[key].push_back(error); });
        QObject::connect(runner.get(), &DownloadsRunner::holdingsChanged, runner.get(),
                         [this](const DocumentPort::Holdings &held) { holdings = held; });
        store->open(profile);
    }
    void stop()
    {
        if (!runner)
            return;
        runner->shutDown();
        thread->quit();
        thread->wait();
        runner.reset();
        store.reset();
    }
    void online(SyncStatus::Mode mode = SyncStatus::Mode::CatchingUp) // in which nothing is fetched ahead
    {
        SyncStatus status;
        status.mode = mode;
        runner->setBearer("bearer");
        runner->setStatus(status);
    }
    void carryOut(const StoreWork &work)
    {
        store->carryOut(work, [](const Result<StoredState> &done) { QVERIFY(done); });
    }
    // A cache that holds all there is.
    void fill()
    {
        std::vector<std::string> kinds;
        for (const RecordType *kind : allKinds())
            kinds.emplace_back(kind->name);
        carryOut(BeginFill{kinds, "c"});
        for (const RecordType *kind : allKinds())
            carryOut(ApplyFillPage{kind, {}, {}, true, 0});
        carryOut(FinishFill());
    }
    void put(const QString &key, const QByteArray &bytes = {}, const char *account = "a1", int daysOld = 1)
    {
        Document document;
        document.key = key.toStdString();
        document.account = account;
        document.number = document.key;
        document.dated = Instant{SystemClock().now().ms - daysOld * dayMs};
        document.issued = !bytes.isEmpty();
        document.bytes = bytes.size();
        if (document.issued)
            document.sha256 = sha256(bytes).toStdString();
        put(document);
    }
    void put(const Document &document)
    {
        Change change;
        change.kind = &Document::type;
        change.key = document.key;
        change.account = document.account;
        change.sequence = ++sequence;
        change.version = 1;
        change.record = AnyRecord(std::make_shared<Document>(document));
        carryOut(ApplyChanges{{change}, "c"});
    }
    QString complaints() const
    {
        QStringList all;
        for (const QList<Error> &errors : failed) {
            for (const Error &error : errors)
                all.push_back(error.userText + u' ' + error.detail);
        }
        return all.join(u'\n');
    }
    QStringList files() const
    {
        QStringList found;
        QDirIterator each(DocumentFolder::root(profile.directory), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (each.hasNext())
            found.push_back(each.next());
        return found;
    }
    QString pathOf(const QByteArray &bytes, const char *account = "a1") const
    {
        return DocumentFolder::root(profile.directory) + u'/'
            + DocumentFolder::filePath(account, sha256(bytes).toStdString());
    }

    NoChance chance;
    Profile profile;
    std::unique_ptr<StoreWorker> store;
    DocumentShelf *shelf = nullptr;
    std::unique_ptr<QThread> thread;
    std::unique_ptr<DownloadsRunner> runner;
    QHash<QString, QStringList> ready;
    QHash<QString, QList<Error>> failed;
    DocumentPort::Holdings holdings;
    std::atomic_bool diskIsFull = false;
    std::int64_t sequence = 0;
};

#define VERIFY_READY(key)                                                                                    \
    QTRY_VERIFY2_WITH_TIMEOUT(m_desk->ready.value(key).size() == 1, qPrintable(m_desk->complaints()),        \
                              patienceMs)
#define VERIFY_FAILED(key) QTRY_VERIFY_WITH_TIMEOUT(!m_desk->failed.value(key).isEmpty(), patienceMs)

} // namespace Counterfoil

#include "syncclient.h"

#include "attachmentdesk.h"
#include "attachmentshelf.h"
#include "commanddesk.h"
#include "document.h"
#include "documentshelf.h"
#include "enginerunner.h"
#include "meteredline.h"
#include "outboxworker.h"
#include "peopledesk.h"
#include "quoteasker.h"
#include "storeworker.h"
#include "tokenstore.h"

#include <QCoreApplication>
#include <QThread>

namespace Counterfoil {

namespace {

// An earlier "as of" is written down only when it is that old: by then the operating system has put
// on disk what the cache held, so that no power cut makes the file say more than the cache holds.
constexpr std::int64_t settleMs = 60'000;

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1")
        || host == QLatin1String("::1");
}

std::optional<Error> refuseAddress(const QUrl &gateway)
{
    const bool http = gateway.scheme() == QLatin1String("http");
    if (!gateway.isValid() || gateway.host().isEmpty()
        || (!http && gateway.scheme() != QLatin1String("https")))
        return Error{
            ErrorKind::BadInput,
            QCoreApplication::translate("SignIn",
                                        "This is not a gateway's address. It begins with https://, as "
                                        "in https://orders.example.com."),
            QStringLiteral("address without https or host")};
    if (http && !isLoopback(gateway.host()))
        return Error{
            ErrorKind::BadInput,
            QCoreApplication::translate("SignIn",
                                        "Without https your password could be read on the way. Use an "
                                        "address that begins with https://."),
            QStringLiteral("http beyond this machine")};
    return std::nullopt;
}

} // namespace

class SyncClient::Private final
{
public:
    class Sync;
    class SignIn;
    class Documents;
    class Texts;

    Private(SyncClient *client, const Options &given);
    ~Private();

    template <class Work> void onEngine(Work work)
    {
        QMetaObject::invokeMethod(runner, std::move(work), Qt::QueuedConnection);
    }
    template <class Work> void onStore(Work work)
    {
        QMetaObject::invokeMethod(store, std::move(work), Qt::QueuedConnection);
    }

    void connectRunner();
    void takeStatus(const SyncStatus &now);
    void rememberAsOf();
    void save();

    SyncClient *q;
    Options options;
    ProfileStore profiles;
    Profile profile;
    SyncStatus status;
    Profile sample;         // an "as of" that waits until it has settled
    bool signedOut = false; // by the person: nothing makes this profile the last one again
    TokenStore tokens;
    QThread engineThread;
    QThread storeThread;
    QThread shelfThread;
    QThread outboxThread;
    QThread filesThread;
    StoreWorker *store;
    DocumentShelf *shelf;
    OutboxWorker *outbox;
    AttachmentShelf *files;
    EngineRunner *runner;
    std::unique_ptr<Sync> sync;
    std::unique_ptr<SignIn> signIn;
    std::unique_ptr<Documents> documents;
    std::unique_ptr<Texts> texts;
    std::unique_ptr<CommandDesk> commands;
    std::unique_ptr<PeopleDesk> people;
    std::unique_ptr<QuoteAsker> quotes;
    std::unique_ptr<AttachmentDesk> attachments;
};

class SyncClient::Private::Sync final : public SyncPort
{
public:
    explicit Sync(Private *d)
        : m_d(d)
    { }
    SyncStatus status() const override { return m_d->status; }
    void setConnected(bool connected) override
    {
        m_d->onEngine([runner = m_d->runner, connected] { runner->setConnected(connected); });
    }
    void retryNow() override
    {
        m_d->onEngine([runner = m_d->runner] { runner->retryNow(); });
    }

private:
    Private *m_d;
};

class SyncClient::Private::SignIn final : public SignInPort
{
public:
    explicit SignIn(Private *d)
        : m_d(d)
    { }
    void signIn(const QUrl &gateway, const QString &user, const QString &password) override
    {
        if (const auto refused = refuseAddress(gateway)) {
            QMetaObject::invokeMethod(
                this, [this, refused] { Q_EMIT signInFailed(*refused); }, Qt::QueuedConnection);
            return;
        }
        m_d->onEngine([runner = m_d->runner, gateway, user, password, device = m_d->options.deviceName] {
            runner->signIn(gateway, user, password, device);
        });
    }
    void signOut() override
    {
        m_d->onEngine([runner = m_d->runner] { runner->signOut(); });
        m_d->onStore([store = m_d->store] { store->forgetLast(); });
        m_d->commands->setProfile(QString());
        m_d->attachments->setProfile(QString());
        m_d->signedOut = true;
    }

private:
    Private *m_d;
};

class SyncClient::Private::Documents final : public DocumentPort
{
public:
    explicit Documents(Private *d)
        : m_d(d)
    { }
    Holdings holdings() const override { return m_holdings; }
    void want(const QString &document) override
    {
        m_d->onEngine([runner = m_d->runner, document] { runner->documents().want(document); });
    }
    void forget(const QString &document) override
    {
        m_d->onEngine([runner = m_d->runner, document] { runner->documents().forget(document); });
    }
    void setAhead(const Ahead &ahead) override
    {
        m_d->onEngine([runner = m_d->runner, ahead] { runner->documents().setAhead(ahead); });
    }
    void setPinned(const QString &document, bool pinned) override
    {
        m_d->onEngine(
            [runner = m_d->runner, document, pinned] { runner->documents().setPinned(document, pinned); });
    }
    bool canPin() const override { return true; }
    QSet<QString> pinned() const override { return m_pinned; }
    void setPins(const QSet<QString> &kept)
    {
        m_pinned = kept;
        Q_EMIT pinnedChanged();
    }
    void setHoldings(const Holdings &holdings)
    {
        m_holdings = holdings;
        Q_EMIT holdingsChanged(holdings);
    }

private:
    Private *m_d;
    Holdings m_holdings;
    QSet<QString> m_pinned;
};

// What is asked goes to the documents' thread, what was read to the writer's.
class SyncClient::Private::Texts final : public TextPort
{
public:
    explicit Texts(Private *d)
        : m_d(d)
    { }
    void findUnread(const QString &program) override
    {
        const auto find = [this, shelf = m_d->shelf, version = program.toStdString()] {
            const auto found = shelf->unread(version, unreadMost);
            QList<Unread> waiting;
            for (std::size_t i = 0; found && i < found->records.size(); ++i)
                waiting.append({found->records[i].record, found->records[i].digest,
                                found->files[static_cast<qsizetype>(i)]});
            const bool later = !found || found->later;
            QMetaObject::invokeMethod(
                this, [this, waiting, later] { Q_EMIT unreadFound(waiting, later); }, Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(m_d->shelf, find, Qt::QueuedConnection);
    }
    void keep(const FileText &text) override
    {
        m_d->onStore([this, store = m_d->store, text] {
            const bool stored = store->storeText(text).ok();
            QMetaObject::invokeMethod(
                this, [this, stored] { Q_EMIT kept(stored); }, Qt::QueuedConnection);
        });
    }

private:
    Private *m_d;
};

SyncClient::Private::Private(SyncClient *client, const Options &given)
    : q(client)
    , options(given)
    , profiles(given.profilesDirectory)
    , tokens(given.useKeyStore)
    , store(new StoreWorker(profiles, given.cacheVfs))
    , shelf(new DocumentShelf)
    , outbox(new OutboxWorker(profiles, given.outboxVfs))
    , files(new AttachmentShelf)
    , runner(new EngineRunner(profiles, store, shelf, outbox, files))
    , sync(std::make_unique<Sync>(this))
    , signIn(std::make_unique<SignIn>(this))
    , documents(std::make_unique<Documents>(this))
    , texts(std::make_unique<Texts>(this))
    , commands(std::make_unique<CommandDesk>(
          outbox, [this](const QString &key) { onEngine([this, key] { runner->retryCommand(key); }); }))
    , people(std::make_unique<PeopleDesk>(&runner->people()))
    , quotes(std::make_unique<QuoteAsker>(&runner->quotes()))
    , attachments(std::make_unique<AttachmentDesk>(files, &runner->attachments()))
{
    engineThread.setObjectName(QStringLiteral("sync"));
    storeThread.setObjectName(QStringLiteral("cache"));
    runner->moveToThread(&engineThread);
    store->moveToThread(&storeThread);
    shelfThread.setObjectName(QStringLiteral("documents"));
    shelf->moveToThread(&shelfThread);
    outboxThread.setObjectName(QStringLiteral("outbox"));
    outbox->moveToThread(&outboxThread);
    filesThread.setObjectName(QStringLiteral("attachments"));
    files->moveToThread(&filesThread);
    connect(
        outbox, &OutboxWorker::opened, files,
        [files = files](const Profile &at, const OutboxEntries &all) { files->follow(at.directory, all); });
    connect(outbox, &OutboxWorker::changed, files, &AttachmentShelf::follow);
    connect(outbox, &OutboxWorker::closed, files, &AttachmentShelf::leave);
    connectRunner();
    connect(store, &StoreWorker::opened, q, [this](const Profile &opened) {
        if (opened.directory == profile.directory)
            Q_EMIT q->profileOpened(profile);
    });
    connect(store, &StoreWorker::changed, q, &SyncClient::cacheChanged);
    connect(store, &StoreWorker::changed, texts.get(), [this](const ChangeNotice &notice) {
        if (notice.touches(Document::type) && !notice.wordsOnly)
            Q_EMIT texts->changed();
    });
    connect(store, &StoreWorker::failed, q, &SyncClient::storeFailed);
    connect(&tokens, &TokenStore::keptInMemoryOnly, signIn.get(), &SignInPort::keptInMemoryOnly);
    engineThread.start();
    storeThread.start();
    shelfThread.start();
    outboxThread.start();
    filesThread.start();
}

SyncClient::Private::~Private()
{
    QMetaObject::invokeMethod(
        runner, [this] { runner->shutDown(); }, Qt::BlockingQueuedConnection);
    QMetaObject::invokeMethod(
        store, [this] { store->close(); }, Qt::BlockingQueuedConnection);
    // What the person asked for a moment ago is stored before that, in order.
    QMetaObject::invokeMethod(
        outbox, [this] { outbox->close(); }, Qt::BlockingQueuedConnection);
    // What no command refers to goes, once the outbox has told what it needs.
    QMetaObject::invokeMethod(
        files, [this] { files->leave(); }, Qt::BlockingQueuedConnection);
    // Closing the cache has put on disk what the status speaks of.
    if (!profile.directory.isEmpty() && status.asOf != profile.asOf) {
        profile.asOf = status.asOf;
        if (!signedOut)
            QMetaObject::invokeMethod(
                store, [this] { store->save(profile); }, Qt::BlockingQueuedConnection);
    }
    // The runner last: the others answer to it.
    const auto end = [](QThread &thread, QObject *worker) {
        QObject::connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
        thread.quit();
        thread.wait();
    };
    end(outboxThread, outbox);
    end(filesThread, files);
    end(shelfThread, shelf);
    end(storeThread, store);
    end(engineThread, runner);
}

void SyncClient::Private::connectRunner()
{
    connect(runner, &EngineRunner::statusChanged, q, [this](const SyncStatus &now) { takeStatus(now); });
    connect(runner, &EngineRunner::scopeChanged, sync.get(), &SyncPort::scopeChanged);
    connect(runner, &EngineRunner::signedIn, q, [this](const Profile &now) {
        const Instant asOf = now.directory == profile.directory ? profile.asOf : Instant();
        profile = now;
        profile.asOf = asOf;
        sample = Profile();
        signedOut = false;
        commands->setProfile(profile.directory);
        attachments->setProfile(profile.directory);
        save();
        Q_EMIT signIn->signedIn(profile.person);
    });
    connect(runner, &EngineRunner::signInFailed, signIn.get(), &SignInPort::signInFailed);
    connect(runner, &EngineRunner::signInNeeded, signIn.get(), &SignInPort::signInNeeded);
    DownloadsRunner &downloads = runner->documents();
    connect(&downloads, &DownloadsRunner::progressed, documents.get(), &DocumentPort::progressed);
    connect(&downloads, &DownloadsRunner::ready, documents.get(), &DocumentPort::ready);
    connect(&downloads, &DownloadsRunner::failed, documents.get(), &DocumentPort::failed);
    connect(&downloads, &DownloadsRunner::holdingsChanged, documents.get(), &Documents::setHoldings);
    connect(&downloads, &DownloadsRunner::pinsChanged, documents.get(), &Documents::setPins);
    if (MeteredLine *line = options.line) {
        const auto tell = [this, line] {
            onEngine(
                [runner = runner, metered = line->isMetered()] { runner->documents().setMetered(metered); });
        };
        connect(line, &MeteredLine::changed, q, tell);
        tell();
    }
    connect(runner, &EngineRunner::tokensChanged, q, [this](const QString &token) {
        if (profile.directory.isEmpty())
            return;
        if (token.isEmpty())
            tokens.remove(profile.id());
        else
            tokens.write(profile.id(), token);
    });
}

void SyncClient::Private::takeStatus(const SyncStatus &now)
{
    status = now;
    rememberAsOf();
    Q_EMIT sync->statusChanged(status);
}

void SyncClient::Private::rememberAsOf()
{
    if (profile.directory.isEmpty() || status.mode == SyncStatus::Mode::SignedOut)
        return;
    if (!status.asOf.isSet()) {
        sample = Profile();
        if (profile.asOf.isSet()) {
            profile.asOf = Instant();
            save();
        }
        return;
    }
    if (!sample.asOf.isSet()) {
        sample.asOf = status.asOf;
    } else if (status.asOf.ms - sample.asOf.ms >= settleMs) {
        profile.asOf = std::exchange(sample.asOf, status.asOf);
        save();
    }
}

void SyncClient::Private::save()
{
    if (!signedOut)
        onStore([worker = store, kept = profile] { worker->save(kept); });
}

SyncClient::SyncClient(const Options &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options))
{ }

SyncClient::~SyncClient() = default;

bool SyncClient::start()
{
    const auto last = d->profiles.last();
    if (!last)
        return false;
    d->profile = *last;
    d->status.mode = SyncStatus::Mode::Connecting;
    d->status.asOf = last->asOf;
    d->onStore([store = d->store, profile = *last] { store->open(profile); });
    d->commands->setProfile(last->directory);
    d->attachments->setProfile(last->directory);
    QMetaObject::invokeMethod(
        d->outbox, [outbox = d->outbox, profile = *last] { outbox->open(profile); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT d->signIn->signedIn(d->profile.person);
            Q_EMIT d->sync->statusChanged(d->status);
        },
        Qt::QueuedConnection);
    d->tokens.read(last->id(), [this, profile = *last](const QString &token) {
        if (d->profile.directory == profile.directory)
            d->onEngine([runner = d->runner, profile, token] { runner->resume(profile, token); });
    });
    return true;
}

SyncPort &SyncClient::sync()
{
    return *d->sync;
}

SignInPort &SyncClient::signIn()
{
    return *d->signIn;
}

DocumentPort &SyncClient::documents()
{
    return *d->documents;
}

TextPort &SyncClient::texts()
{
    return *d->texts;
}

CommandPort &SyncClient::commands()
{
    return *d->commands;
}

AttachmentPort &SyncClient::attachments()
{
    return *d->attachments;
}

QuotePort &SyncClient::quotes()
{
    return *d->quotes;
}

PeoplePort &SyncClient::people()
{
    return *d->people;
}

Profile SyncClient::profile() const
{
    return d->profile;
}

} // namespace Counterfoil

#include "downloadsrunner.h"

#include "document.h"
#include "storeworker.h"

#include <algorithm>

namespace Counterfoil {

DownloadsRunner::DownloadsRunner(StoreWorker *store, DocumentShelf *shelf, Random &random, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_shelf(shelf)
    , m_downloads(random)
    , m_access(this)
    , m_wake(this)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, [this] { carryOut(m_downloads.woke(now())); });
}

Now DownloadsRunner::now() const
{
    return {m_clock.sinceBoot(), m_clock.now()};
}

void DownloadsRunner::open(const Profile &profile)
{
    leaveUnless(profile);
    m_directory = profile.directory;
    m_gateway = profile.person.gateway;
    runOnShelf([profile](DocumentShelf &shelf) {
        shelf.open(profile);
        return std::function<void()>();
    });
    carryOut(m_downloads.opened(now()));
    carryOut(m_downloads.everythingChanged(now()));
}

void DownloadsRunner::leaveUnless(const Profile &profile)
{
    if (m_directory != profile.directory)
        close();
}

void DownloadsRunner::close()
{
    if (m_directory.isEmpty())
        return;
    carryOut(m_downloads.closed(now()));
    m_directory.clear();
    runOnShelf([](DocumentShelf &shelf) {
        shelf.close();
        return std::function<void()>();
    });
}

void DownloadsRunner::setStatus(const SyncStatus &status)
{
    carryOut(m_downloads.statusChanged(now(), status));
}

void DownloadsRunner::setBearer(const std::string &bearer)
{
    carryOut(m_downloads.tokenChanged(now(), bearer));
}

void DownloadsRunner::noteChange(const ChangeNotice &notice)
{
    if (!notice.touches(Document::type) || notice.wordsOnly)
        return;
    if (notice.isAllOf(Document::type)) {
        carryOut(m_downloads.everythingChanged(now()));
        return;
    }
    const KindNotice &of = *notice.of(Document::type);
    std::vector<std::int64_t> ids;
    for (const auto *some : {&of.inserted, &of.updated, &of.removed})
        ids.insert(ids.end(), some->begin(), some->end());
    carryOut(m_downloads.recordsChanged(now(), ids));
}

void DownloadsRunner::purge(const RemoveAccounts &what, std::function<void(const Outcome &)> done)
{
    m_purged = std::move(done);
    carryOut(m_downloads.purge(now(), what));
}

void DownloadsRunner::purged()
{
    carryOut(m_downloads.purged(now()));
}

void DownloadsRunner::want(const QString &document)
{
    carryOut(m_downloads.want(now(), document.toStdString()));
}

void DownloadsRunner::forget(const QString &document)
{
    carryOut(m_downloads.forget(now(), document.toStdString()));
}

void DownloadsRunner::setAhead(const DocumentPort::Ahead &ahead)
{
    carryOut(m_downloads.setAhead(now(), ahead));
}

void DownloadsRunner::setMetered(bool metered)
{
    carryOut(m_downloads.setMetered(now(), metered));
}

void DownloadsRunner::setPinned(const QString &document, bool pinned)
{
    carryOut(m_downloads.setPinned(now(), document.toStdString(), pinned));
}

void DownloadsRunner::shutDown()
{
    m_wake.stop();
    while (!m_fetches.empty())
        drop(m_fetches.begin()->first);
    m_shutDown = true;
}

// What an effect brings about at once comes after the effects before it.
void DownloadsRunner::carryOut(DocumentEffects effects)
{
    for (DocumentEffect &effect : effects)
        m_pending.push_back(std::move(effect));
    if (m_carrying || m_shutDown)
        return;
    m_carrying = true;
    while (!m_pending.empty()) {
        const DocumentEffect effect = std::move(m_pending.front());
        m_pending.pop_front();
        std::visit([this](const auto &what) { perform(what); }, effect);
    }
    m_carrying = false;
}

void DownloadsRunner::runOnShelf(std::function<std::function<void()>(DocumentShelf &)> work)
{
    if (m_shutDown)
        return; // the shelf may be gone already
    const auto run = [this, shelf = m_shelf, work = std::move(work)] {
        if (auto then = work(*shelf))
            QMetaObject::invokeMethod(this, std::move(then), Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_shelf, run, Qt::QueuedConnection);
}

template <class Work, class Use> void DownloadsRunner::onShelf(Work work, Use use)
{
    runOnShelf([work = std::move(work), use = std::move(use)](DocumentShelf &shelf) -> std::function<void()> {
        return [use, answer = work(shelf)] { use(answer); };
    });
}

// Whether the cache is complete is for the one who writes it to say.
void DownloadsRunner::perform(const TakeStock &effect)
{
    const auto take = [this, effect](const Result<StoredState> &state) {
        const bool complete = state && !state->cursor.empty() && !state->filling
            && std::ranges::find(state->incomplete, Document::type.name) == state->incomplete.end();
        const auto look = [this, effect, complete] {
            onShelf(
                [effect, complete](DocumentShelf &shelf) { return shelf.takeStock(effect, complete); },
                [this](const Result<ShelfStock> &stock) { carryOut(m_downloads.stockTaken(now(), stock)); });
        };
        QMetaObject::invokeMethod(this, look, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_store, [store = m_store, take] { store->carryOut(LoadState(), take); }, Qt::QueuedConnection);
}

void DownloadsRunner::perform(const ReadRecords &effect)
{
    onShelf([effect](DocumentShelf &shelf) { return shelf.read(effect); },
            [this](const Result<RecordsRead> &read) { carryOut(m_downloads.recordsRead(now(), read)); });
}

void DownloadsRunner::perform(const OpenFile &effect)
{
    onShelf([effect](DocumentShelf &shelf) { return shelf.openFile(effect); },
            [this, key = effect.key](const Result<FileState> &state) {
                carryOut(m_downloads.fileOpened(now(), key, state));
            });
}

void DownloadsRunner::perform(const RemoveFile &effect)
{
    runOnShelf([effect](DocumentShelf &shelf) {
        shelf.remove(effect);
        return std::function<void()>();
    });
}

void DownloadsRunner::perform(const RemoveAccounts &effect)
{
    onShelf([effect](DocumentShelf &shelf) { return shelf.removeAccounts(effect); },
            [this](const Outcome &outcome) {
                if (const auto done = std::exchange(m_purged, nullptr))
                    done(outcome);
            });
}

void DownloadsRunner::perform(const StartTransfer &effect)
{
    auto *fetch = new DocumentFetch(
        m_access, [this](auto work) { runOnShelf(std::move(work)); }, m_gateway, effect, this);
    m_fetches[effect.id] = fetch;
    connect(fetch, &DocumentFetch::progressed, this,
            [this](TransferId id, const DocumentPort::Progress &progress) {
                carryOut(m_downloads.progressed(now(), id, progress));
            });
    connect(fetch, &DocumentFetch::succeeded, this, [this](TransferId id, const Transferred &file) {
        drop(id);
        carryOut(m_downloads.transferred(now(), id, file));
    });
    connect(fetch, &DocumentFetch::failed, this, [this](TransferId id, const TransferFailure &failure) {
        drop(id);
        carryOut(m_downloads.transferFailed(now(), id, failure));
    });
}

void DownloadsRunner::drop(TransferId id)
{
    const auto found = m_fetches.find(id);
    if (found == m_fetches.end())
        return;
    DocumentFetch *fetch = found->second;
    m_fetches.erase(found);
    fetch->disconnect(this);
    fetch->stop();
    fetch->deleteLater();
}

void DownloadsRunner::perform(const AbortTransfer &effect)
{
    drop(effect.id);
}

void DownloadsRunner::perform(const RefuseToken &effect)
{
    Q_EMIT bearerRefused(effect.bearer);
}

void DownloadsRunner::perform(const WakeIn &effect)
{
    m_wake.start(static_cast<int>(std::min<std::int64_t>(effect.ms, 3'600'000)));
}

void DownloadsRunner::perform(const TellReady &effect)
{
    Q_EMIT ready(QString::fromStdString(effect.key),
                 DocumentFolder::root(m_directory) + u'/'
                     + DocumentFolder::filePath(effect.account, effect.sha256));
}

void DownloadsRunner::perform(const TellFailed &effect)
{
    Q_EMIT failed(QString::fromStdString(effect.key), effect.error);
}

void DownloadsRunner::perform(const TellProgress &effect)
{
    Q_EMIT progressed(QString::fromStdString(effect.key), effect.progress);
}

void DownloadsRunner::perform(const NoteFiles &effect)
{
    QMetaObject::invokeMethod(
        m_store, [store = m_store, effect] { store->noteFiles(effect.files); }, Qt::QueuedConnection);
}

// Where a pin cannot be kept, stock is taken anew, and shows that there is none.
void DownloadsRunner::perform(const KeepPin &effect)
{
    onShelf([effect](DocumentShelf &shelf) { return shelf.keepPin(effect); },
            [this](const Outcome &outcome) {
                if (!outcome)
                    carryOut(m_downloads.everythingChanged(now()));
            });
}

void DownloadsRunner::perform(const TellPins &effect)
{
    QSet<QString> documents;
    for (const std::string &key : effect.keys)
        documents.insert(QString::fromStdString(key));
    Q_EMIT pinsChanged(documents);
}

void DownloadsRunner::perform(const TellHoldings &effect)
{
    Q_EMIT holdingsChanged(effect.holdings);
}

} // namespace Counterfoil

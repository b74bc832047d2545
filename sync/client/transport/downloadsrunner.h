#pragma once

#include "changenotice.h"
#include "clock.h"
#include "documentfetch.h"
#include "documentshelf.h"
#include "downloads.h"

#include <QNetworkAccessManager>
#include <QTimer>

#include <deque>

namespace Counterfoil {

class StoreWorker;

// Runs Downloads on the sync thread: feeds it events with the time, carries out its effects in order.
// All calls belong on that thread; its signals may be connected from others. Its connections are its
// own, so that no document holds up a question of the engine's.
class DownloadsRunner final : public QObject
{
    Q_OBJECT
public:
    // `store` lives on the writer thread, `shelf` on the documents thread; both live longer, and both
    // threads have ended before this is deleted.
    DownloadsRunner(StoreWorker *store, DocumentShelf *shelf, Random &random, QObject *parent = nullptr);

    void open(const Profile &profile);        // its cache may be read; also when that was begun anew
    void leaveUnless(const Profile &profile); // another person has signed in: close
    void close();
    void setStatus(const SyncStatus &status);
    void setBearer(const std::string &bearer);
    void noteChange(const ChangeNotice &notice);
    // Removes the files first; then `done`, which is to remove the rows and call purged().
    void purge(const RemoveAccounts &what, std::function<void(const Outcome &)> done);
    void purged();

    void want(const QString &document);
    void forget(const QString &document);
    void setAhead(const DocumentPort::Ahead &ahead);
    void setMetered(bool metered);
    void setPinned(const QString &document, bool pinned);
    void shutDown(); // nothing is sent or received afterwards

Q_SIGNALS:
    void bearerRefused(const std::string &bearer);
    void progressed(const QString &document, const Counterfoil::DocumentPort::Progress &progress);
    void ready(const QString &document, const QString &file);
    void failed(const QString &document, const Counterfoil::Error &error);
    void holdingsChanged(const Counterfoil::DocumentPort::Holdings &holdings);
    void pinsChanged(const QSet<QString> &documents);

private:
    Now now() const;
    void carryOut(DocumentEffects effects);
    void runOnShelf(std::function<std::function<void()>(DocumentShelf &)> work);
    // work(shelf) on its thread, then use(its answer) here.
    template <class Work, class Use> void onShelf(Work work, Use use);
    void drop(TransferId id);

    void perform(const TakeStock &effect);
    void perform(const ReadRecords &effect);
    void perform(const OpenFile &effect);
    void perform(const RemoveFile &effect);
    void perform(const RemoveAccounts &effect);
    void perform(const StartTransfer &effect);
    void perform(const AbortTransfer &effect);
    void perform(const RefuseToken &effect);
    void perform(const WakeIn &effect);
    void perform(const TellReady &effect);
    void perform(const TellFailed &effect);
    void perform(const TellProgress &effect);
    void perform(const TellHoldings &effect);
    void perform(const NoteFiles &effect);
    void perform(const KeepPin &effect);
    void perform(const TellPins &effect);

    StoreWorker *m_store;
    DocumentShelf *m_shelf;
    SystemClock m_clock;
    Downloads m_downloads;
    QNetworkAccessManager m_access;
    QTimer m_wake;
    QString m_directory;
    QUrl m_gateway;
    std::map<TransferId, DocumentFetch *> m_fetches;
    std::function<void(const Outcome &)> m_purged;
    std::deque<DocumentEffect> m_pending; // bounded by what one event yields
    bool m_carrying = false;
    bool m_shutDown = false;
};

} // namespace Counterfoil

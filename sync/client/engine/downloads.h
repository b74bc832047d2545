#pragma once

#include "backoff.h"
#include "documentstock.h"
#include "effects.h"
#include "result.h"

#include <list>
#include <map>
#include <optional>

namespace Counterfoil {

// Sees to it that the documents somebody wants, and then the newest ones, are on this computer. Takes
// events and returns effects, which are to be carried out in order; owns no socket, file, timer or
// clock, and chance only as it was given. docs/sync.md has the rules.
class Downloads
{
public:
    explicit Downloads(Random &random); // must outlive it

    DocumentEffects opened(const Now &now); // the shelf of a profile
    DocumentEffects closed(const Now &now); // nobody is signed in any more
    DocumentEffects statusChanged(const Now &now, const SyncStatus &status);
    DocumentEffects tokenChanged(const Now &now, const std::string &bearer);
    DocumentEffects recordsChanged(const Now &now, const std::vector<std::int64_t> &ids); // or went
    DocumentEffects everythingChanged(const Now &now); // of the Document records, perhaps
    // Before the rows of the accounts go: leaves everything of theirs. RemoveAccounts is among the effects.
    DocumentEffects purge(const Now &now, const RemoveAccounts &what);
    DocumentEffects purged(const Now &now); // the rows are gone too, or could not be removed
    DocumentEffects setAhead(const Now &now, const DocumentPort::Ahead &ahead);

    DocumentEffects setMetered(const Now &now, bool metered);

    // Ignored once DocumentPort::mostPinned are.
    DocumentEffects setPinned(const Now &now, const std::string &key, bool pinned);

    DocumentEffects want(const Now &now, const std::string &key);
    DocumentEffects forget(const Now &now, const std::string &key);

    DocumentEffects stockTaken(const Now &now, const Result<ShelfStock> &stock);
    DocumentEffects recordsRead(const Now &now, const Result<RecordsRead> &read);
    DocumentEffects fileOpened(const Now &now, const std::string &key, const Result<FileState> &state);
    DocumentEffects progressed(const Now &now, TransferId id, const DocumentPort::Progress &progress);
    DocumentEffects transferred(const Now &now, TransferId id, const Transferred &file);
    DocumentEffects transferFailed(const Now &now, TransferId id, const TransferFailure &failure);
    DocumentEffects woke(const Now &now); // the WakeIn is over

private:
    enum class Stage {
        New,      // whether it is here is to be looked up
        Reading,  // its record
        Opening,  // its file
        Queued,   // to be fetched
        Fetching, // by a transfer
    };
    struct Wish
    {
        Wish(std::string document, Random &random)
            : key(std::move(document))
            , backoff(random)
        { }

        std::string key;
        Backoff backoff;
        Stage stage = Stage::New;
        int calls = 1;        // to be answered
        int told = 0;         // of these, how many know that it takes longer
        bool damaged = false; // it was here once
        int wrong = 0;        // times it came with wrong bytes
        int refusals = 0;     // of the access token, in a row
        BootTime notBefore;
        std::optional<Error> lasting; // what keeps failing, to be told
    };
    using Wishes = std::list<Wish>; // wanted last is first
    struct Transfer
    {
        std::string key;
        std::string bearer;
        bool ahead = false;
    };
    enum class Reach { Closed, Unclear, SignedOut, Disconnected, Offline, Online };

    Reach reach() const;
    Wishes::iterator findWish(const std::string &key);
    bool canFetch() const;
    bool wishesDue(const Now &now) const;
    void look(const Now &now, Wish &wish);
    void fetchWishes(const Now &now);
    bool makeSlot(const Wish &wish);
    void fetchAhead(const Now &now);
    bool pausesAhead() const { return m_metered && !m_ahead.onMetered && m_ahead.days > 0; }
    void stopAhead();
    void start(const ShelfEntry &entry, bool ahead);
    void abort(TransferId id);
    void abortAll();
    TransferId transferOf(const std::string &key) const; // 0: none
    void wishFailed(const Now &now, Wishes::iterator wish, const TransferFailure &failure);
    void aheadFailed(const Now &now, const std::string &key, const TransferFailure &failure);
    void refuseToken(const Transfer &transfer);
    void answer(Wishes::iterator wish, const DocumentEffect &effect); // for each call, then lets it go
    void tellWaiting();
    void advanceStock(const Now &now);
    void takeRecords(const RecordsRead &read, const std::vector<std::string> &asked);
    void leave(const ShelfEntry &entry); // its record is gone
    void pinWaiting();
    void giveRoom(const Now &now);
    void giveUp(const std::vector<ShelfEntry> &going);
    void armWake(const Now &now);
    DocumentEffects finish(const Now &now);

    Random &m_random;
    DocumentPort::Ahead m_ahead;
    AheadRule m_rule; // of m_ahead
    bool m_metered = false;
    bool m_open = false;
    SyncStatus::Mode m_mode = SyncStatus::Mode::SignedOut;
    bool m_disconnected = false;
    std::string m_bearer;
    std::string m_refused; // the bearer that the gateway did not take

    DocumentStock m_stock;
    std::map<std::string, bool> m_pinning; // as soon as their records, which are asked for, are known
    std::set<std::string> m_toldPins;
    bool m_stocked = false;   // the stock was taken
    bool m_taking = false;    // it is being taken
    bool m_takeAgain = false; // it has changed
    BootTime m_takeAt;
    Backoff m_stockBackoff;
    bool m_reading = false;
    ReadRecords m_toRead;
    std::vector<std::string> m_askedKeys; // of the read under way
    bool m_staleStock = false;            // the answer is not to be used
    bool m_staleRead = false;
    bool m_purging = false; // nothing is read or fetched before the rows are gone

    Wishes m_wishes;
    std::map<TransferId, Transfer> m_transfers;
    TransferId m_lastId = 0;
    Backoff m_aheadBackoff;
    BootTime m_aheadAt; // no earlier is something fetched ahead
    std::optional<BootTime> m_wakeAt;
    DocumentPort::Holdings m_told;
    DocumentEffects m_effects;
};

} // namespace Counterfoil

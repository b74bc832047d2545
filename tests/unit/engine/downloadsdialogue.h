#pragma once

#include "downloads.h"

#include <map>
#include <set>

namespace Counterfoil {

// A conversation with Downloads, in virtual time: a shelf and a gateway that answer as they are told.
// Everything that concerns the shelf is answered at once.
class DownloadsDialogue
{
public:
    explicit DownloadsDialogue(const DocumentPort::Ahead &ahead = {0, 1'000'000});

    void put(const std::string &key, std::int64_t dated = 0, const std::string &sha256 = "s",
             const std::string &account = "a", std::int64_t bytes = 100);
    void open(); // with the records put so far
    void live() { mode(SyncStatus::Mode::Live); }
    void mode(SyncStatus::Mode mode, bool byPerson = false);
    void pin(const std::string &key, bool pinned = true) { take(downloads.setPinned(now, key, pinned)); }
    void want(const std::string &key) { take(downloads.want(now, key)); }
    void forget(const std::string &key) { take(downloads.forget(now, key)); }
    void pass(std::int64_t ms); // a wake-up comes on the way

    std::set<std::string> fetching() const; // keys
    TransferId transfer(const std::string &key) const;
    void arrives(const std::string &key);
    void fails(const std::string &key, ErrorKind kind, bool wrongBytes = false, bool gained = false);

    void take(DocumentEffects effects);

    Now now{{5'000'000}, {1'790'000'000'000}};
    SeededRandom random{7};
    Downloads downloads{random};
    std::map<std::string, ShelfEntry> records; // in the cache, and whether they are on the shelf
    std::set<std::string> damaged;             // files, by key
    std::vector<std::string> ready;
    std::vector<std::pair<std::string, Error>> failed;
    std::vector<std::string> removed; // digests
    std::vector<RemoveAccounts> purged;
    std::vector<std::string> refused; // bearers
    std::vector<StartTransfer> started;
    DocumentPort::Holdings holdings;
    std::set<std::string> pins;     // as told
    std::set<std::string> keptPins; // on the shelf
    int stocks = 0;

private:
    void answer(const TakeStock &what);
    void answer(const ReadRecords &what);
    void answer(const OpenFile &what);

    std::map<TransferId, StartTransfer> m_transfers;
    std::optional<std::int64_t> m_wakeAt;
};

} // namespace Counterfoil

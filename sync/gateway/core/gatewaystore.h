#pragma once

#include "account.h"
#include "commandjournal.h"
#include "connector.h"
#include "gatewaydocuments.h"
#include "hookplaces.h"
#include "peoplestore.h"

#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace Counterfoil {

// One entry of the change log: that something changed, and who could see it before and after. The
// record itself stands in the projection, as it is now.
struct LogEntry
{
    std::int64_t sequence = 0;
    const RecordType *kind = nullptr; // null: of a kind that this program does not know
    std::string key;
    std::string account;                        // empty: everybody's
    std::optional<std::string> previousAccount; // whose it was before, when that differs
    std::int64_t version = 0;
    Instant time;
    bool removed = false;
    // Of a kind whose records differ in it; of others not asked. And what it was before, when that differs.
    Audience audience = Audience::InvoiceReaders;
    std::optional<Audience> previousAudience;
    std::string text; // encodeChange() of the record; filled by commit() alone, empty when removed
};

struct LogState
{
    std::string epoch;
    std::int64_t first = 0; // the oldest cursor that can be answered
    std::int64_t last = 0;  // the newest entry
    std::string position;   // in the ERP's own history
    Instant provenAt;       // the log held everything that the ERP had committed by then; none: not yet
};

// How much of the log is kept. What is older can only be had by a snapshot.
struct Retention
{
    std::int64_t changes = 1'000'000;
    std::int64_t ageMs = 30LL * 24 * 3600 * 1000;
    std::int64_t atOnce = 20'000; // entries that one trim() removes at most
};

struct ListedRow
{
    std::int64_t sortTime = 0;
    std::string key;
    std::string text; // encodeChange()
};

// What a gateway remembers: the projection (every record as it is now), the log of what changed,
// commands and people. Every call that writes is one durable transaction. One thread at a time.
class GatewayStore
{
public:
    virtual ~GatewayStore() = default;

    virtual Result<LogState> logState() = 0;

    // Numbers and stores what is new in the batch, and the position after it, at once. What the store
    // has in this version already is passed over. The entries made come back, oldest first.
    // `askedAt`: when the ERP was asked; `now`: the time of the entries, for the retention.
    virtual Result<std::vector<LogEntry>> commit(const ErpBatch &batch, Instant askedAt, Instant now) = 0;

    virtual Result<std::vector<LogEntry>> readLog(std::int64_t after, int limit) = 0; // without their texts

    // encodeChange() of the record, or nothing when a later entry or a removal superseded this one.
    virtual Result<std::string> changeText(const LogEntry &entry) = 0;

    // The records of a kind as they are now, newest first: those of the given accounts (null: all) that this
    // audience may see, from the one after (sortTime, key) on. At most `limit`, and not many more than
    // `maxBytes`.
    struct Listing
    {
        const RecordType *kind = nullptr;
        const std::set<std::string> *accounts = nullptr;
        Audience audience = Audience::InvoiceReaders;
        std::optional<std::pair<std::int64_t, std::string>> after;
        int limit = 0;
        std::size_t maxBytes = 0;
    };
    struct Listed
    {
        std::vector<ListedRow> rows;
        bool more = false;
    };
    virtual Result<Listed> list(const Listing &listing) = 0;
    virtual Result<std::int64_t> count(const Listing &listing) = 0; // on all its pages

    // encodeChange() of one record as it is now; nothing when there is none.
    virtual Result<std::optional<std::string>> recordText(const RecordType &kind, const std::string &key) = 0;

    virtual Outcome trim(const Retention &retention, Instant now) = 0;

    // The file is a backup, and newer things were told. A new log begins: every cursor of the old one gets a
    // snapshot, once the ERP has been read to its end again, and every row gets a number beyond all that the
    // old log can have given out. What the journal holds for the ERP is put to sleep, since it may have been
    // refused after the backup was made: whoever still waits for it sends it again.
    virtual Outcome restored() = 0;

    // Forgets every record and the position, and begins a new log: the ERP has another history now.
    virtual Outcome startOver() = 0;

    // The texts that scope hashes stand for, so that a difference can be told later: to whom the scope was
    // once given, and to nobody else, since it names accounts.
    virtual Outcome rememberScope(const std::string &user, const std::string &hash, const std::string &text,
                                  Instant now)
        = 0;
    virtual Result<std::optional<std::string>> scopeText(const std::string &user, const std::string &hash)
        = 0;

    virtual PeopleStore &people() = 0;
    virtual CommandJournal &journal() = 0;
    virtual HookPlaces &hookPlaces() = 0;
    virtual const GatewayDocuments &documents() const = 0; // any thread may use it
};

// Every account that the projection holds.
Outcome eachAccount(GatewayStore &store, const std::function<void(const Account &)> &visit);

} // namespace Counterfoil

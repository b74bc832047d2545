#pragma once

#include "documentport.h"
#include "filetext.h"
#include "instant.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

// What Downloads wants done, and what is reported back. Whoever drives it carries the effects out in
// order. The shelf is the folder of document files on this computer.
namespace Counterfoil {

using TransferId = std::uint64_t;

// A Document record, as far as its bytes are concerned, and whether they are on the shelf.
struct ShelfEntry
{
    std::int64_t id = 0; // its row in the cache
    std::string key;
    std::string account;
    std::string paper;  // what kind, as its record says
    std::string sha256; // empty: not issued, as far as is known here
    Instant dated;
    std::int64_t bytes = 0; // as the record says, or of the file; 0: not known
    bool here = false;
    Instant opened; // when a file that is here was last handed out; its record's date when never
    bool pinned = false;
};

// Which documents are fetched before anybody asks for them; empty lists: all.
struct AheadRule
{
    std::vector<std::string> accounts;
    std::vector<std::string> papers;

    bool takes(const ShelfEntry &entry) const
    {
        const auto among = [](const std::vector<std::string> &list, const std::string &value) {
            return list.empty() || std::ranges::find(list, value) != list.end();
        };
        return among(accounts, entry.account) && among(papers, entry.paper);
    }
};

struct ShelfStock
{
    // Every record whose file is here or which is pinned, and the newest of those to be fetched ahead. No key
    // comes twice.
    std::vector<ShelfEntry> entries;
    bool more = false;      // there are others to be fetched ahead
    std::int64_t known = 0; // records in all
};

// Reads which records there are and which files, and removes the files that belong to none.
struct TakeStock
{
    Instant since;           // of records whose file is not here, older ones are left out
    Instant oldestPart;      // older parts of files are removed
    AheadRule rule;          // what it does not take is left out, too
    std::size_t missing = 0; // of what is left, so many at the most
};

// Reads single records anew; both lists may be of rows that are gone.
struct ReadRecords
{
    std::vector<std::int64_t> ids;
    std::vector<std::string> keys;
};

struct RecordsRead
{
    std::vector<ShelfEntry> entries;
    std::vector<std::int64_t> gone; // of the rows asked for
    std::int64_t known = 0;         // records in all
};

// Checks a file against its digest, unless this run has done so already, and notes that it was opened.
struct OpenFile
{
    std::string key;
    std::string account;
    std::string sha256;
    Instant at;
};

enum class FileState { Sound, Damaged, Missing }; // a damaged one has been removed

struct RemoveFile
{
    std::string account;
    std::string sha256;
};

// Answered by removed(). Nothing of them is on the shelf afterwards.
struct RemoveAccounts
{
    std::vector<std::string> accounts;
    bool all = false;
};

// Fetches one document to the shelf, going on with what an earlier transfer of it left there.
struct StartTransfer
{
    TransferId id = 0;
    std::string key;
    std::string account;
    std::string sha256; // which it must have; empty: only what the gateway says counts
    Instant dated;
    std::string bearer; // a secret
};

struct AbortTransfer // nothing is reported any more; what came so far stays for the next one
{
    TransferId id = 0;
};

struct Transferred
{
    std::string sha256;
    std::int64_t bytes = 0;
};

struct TransferFailure
{
    Error error;
    bool wrongBytes = false; // they had another digest, and were thrown away
    bool gained = false;     // more of it is here than before
};

struct RefuseToken // the gateway does not take this access token any more
{
    std::string bearer;
};

struct WakeIn // replaces an earlier one
{
    std::int64_t ms = 0;
};

struct TellReady // the file is to be handed out
{
    std::string key;
    std::string account;
    std::string sha256;
};

struct TellFailed
{
    std::string key;
    Error error;
};

struct TellProgress
{
    std::string key;
    DocumentPort::Progress progress;
};

struct TellHoldings
{
    DocumentPort::Holdings holdings;
};

struct KeepPin // beside the files
{
    std::string account;
    std::string key;
    bool pinned = false;
};

struct TellPins // all that are pinned
{
    std::set<std::string> keys;
};

struct NoteFiles // which files are here, for the cache to know
{
    FilesHere files;
};

using DocumentEffect = std::variant<TakeStock, ReadRecords, OpenFile, RemoveFile, RemoveAccounts,
                                    StartTransfer, AbortTransfer, RefuseToken, WakeIn, TellReady, TellFailed,
                                    TellProgress, TellHoldings, NoteFiles, KeepPin, TellPins>;
using DocumentEffects = std::vector<DocumentEffect>;

} // namespace Counterfoil

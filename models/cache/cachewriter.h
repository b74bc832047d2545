#pragma once

#include "change.h"
#include "changenotice.h"
#include "filetext.h"
#include "result.h"
#include "toldprices.h"
#include "wordspiece.h"

#include <memory>
#include <optional>

namespace Counterfoil {

// How far the fill of one kind has come. A fill that was interrupted goes on from `next`.
struct FillState
{
    std::string kind;       // RecordType::name
    std::string next;       // the gateway's token for the next page; empty before the first
    bool listed = false;    // the gateway said that there are no more pages
    std::int64_t done = 0;  // rows so far
    std::int64_t total = 0; // as the gateway said at the start; 0: not known
};

// What the cache knows about its own completeness.
struct SyncState
{
    std::string cursor;       // "": all is to be filled, since nothing was, or accounts were purged
    std::int64_t covered = 0; // the place in the gateway's log that `cursor` stands for; 0: not known
    bool filling = false; // a fill is under way; `cursor` is where replay goes on once all kinds are listed
    std::vector<FillState> fills; // of the fill under way
    // Kinds that no fill has completed since this program's fields for them are known here: all of them
    // in a new file, those with a new field after an upgrade. When `cursor` is set they are to be filled
    // while the others stay as they are.
    std::vector<std::string> incomplete;
};

// One page of a snapshot listing, to be stored together with how to go on.
struct FillPage
{
    const RecordType *kind = nullptr;
    std::vector<Change> rows; // each stored only when its sequence is above that of the row already here
    std::string next;
    bool listed = false;
    std::int64_t total = 0;
};

// The one writer of a profile's cache. Every call is one transaction: all of it is stored, or none.
// Lives on one thread (the writer thread); opens its own connection. Errors: StorageLocked,
// StorageFull, StorageReadOnly, StorageCorrupt, Storage.
class CacheWriter
{
public:
    // Opens or creates the file and brings its schema up to date. A file proven corrupt is renamed
    // (kept beside, ".corrupt-N") and a fresh one is made; nothing else is ever moved or removed.
    // `vfs` names a registered SQLite VFS, for tests that inject faults; empty: the platform's own.
    static Result<std::unique_ptr<CacheWriter>> open(const QString &path, const std::string &vfs = {});
    virtual ~CacheWriter() = default;

    virtual bool wasRebuilt() const = 0; // open() moved a corrupt file aside
    virtual Result<SyncState> syncState() = 0;

    // Stores the changes, the cursor that covers them and the place in the log that it stands for (0: not
    // told, what was known stays). A change older than what a fill has already brought is passed over.
    // Changes of kinds that this program does not know are, too.
    virtual Result<ChangeNotice> applyChanges(const std::vector<Change> &changes, const std::string &cursor,
                                              std::int64_t covered = 0)
        = 0;

    // Marks a fill of `kinds` as begun; a fill under way is given up. `cursor` is where replay goes on once
    // all is listed: the one that the snapshot fixed, or, when only some kinds are filled, the present one,
    // from which the others still need their changes. Rows already here stay readable; those that the fill
    // neither lists nor receives go in finishFill(). With a `listing`, which is the `next` of every kind's
    // first page, the fill is a partial one: it brings what a wider scope added to rows that stay as
    // complete, or incomplete, as they are, and nothing goes in the end.
    virtual Outcome beginFill(const std::vector<std::string> &kinds, const std::string &cursor,
                              const std::string &listing = {})
        = 0;
    virtual Result<ChangeNotice> applyFillPage(const FillPage &page) = 0;
    // To be called when all kinds are listed and the replay from the fill's cursor has caught up. What goes
    // or was written over leaves no trace, as by purge().
    virtual Result<ChangeNotice> finishFill() = 0;

    // Rows of a large first fill can be searched only after their words were stored: piece by piece, each
    // well under a second, whenever there is nothing better to do. None: there are none, or a fill is under
    // way.
    virtual std::optional<WordsRange> wordsWaiting() const = 0;
    // Stores the next piece: the one that WordsAhead made, when it is that; otherwise it is made first.
    virtual Result<ChangeNotice> storeWords(const WordsPiece &ahead) = 0;

    // Stores what was read of records' files, of a kind with a FileDigest: from then on a text finds them by
    // the words inside. One that does not fit its record any more is passed over.
    virtual Result<ChangeNotice> storeTexts(const RecordType &kind, const std::vector<FileText> &texts) = 0;
    // Notes which files are on this computer, so that lists can show and ask for it.
    virtual Result<ChangeNotice> noteFiles(const RecordType &kind, const FilesHere &files) = 0;

    // Keeps what was told of accounts that are here. It goes with its account, and all of it when the kinds
    // are filled anew, since the person may not see prices any more.
    virtual Outcome storeTold(const std::vector<ToldPrice> &prices) = 0;

    // Removes all that belongs to the accounts, leaving no trace of it in any file of the cache; copies of
    // corrupt caches go with it. When a reader, a full disk or a copy that cannot be removed prevents the
    // last step, doing away with the traces, it is made up for by a later call or the next open(). Without
    // accounts it does away with the traces of what was changed before; with some, the cursor is forgotten.
    virtual Result<ChangeNotice> purge(const std::vector<std::string> &accounts) = 0;
    virtual Result<ChangeNotice> purgeEverything() = 0;
};

} // namespace Counterfoil

#pragma once

#include "outboxentry.h"
#include "random.h"
#include "result.h"

#include <QString>

namespace Counterfoil {

// What an outbox takes. More is refused with a sentence for the person.
namespace OutboxLimits {
inline constexpr int open = 1000;                // entries that are unfinished or wait for a decision
inline constexpr std::size_t textBytes = 4'000;  // of one text of a command, UTF-8
inline constexpr std::size_t bodyBytes = 10'000; // of one command
inline constexpr std::size_t listBodyBytes
    = 170'000;                               // of one with lines; as JSON it fits into a request at worst
inline constexpr int errorCharacters = 1000; // of what is kept of a failed attempt, each text
inline constexpr int finished = 1000;        // of the others; the oldest go
inline constexpr std::int64_t finishedMs = std::int64_t{30} * 24 * 3600 * 1000; // so long they are kept
} // namespace OutboxLimits

// What a person asked for, in a file of its own beside the cache: that can be rebuilt, this cannot. Every
// call is one transaction and on disk (synchronous=FULL) when it returns; after an error all is as before.
// Blocking; lives on one thread. Errors: those of storage; BadInput for a command that is none or too
// large; Conflict for what the entry's state does not allow; NotFound for an entry that is not there.
class OutboxFile
{
public:
    // Opens or creates the file. A damaged one is moved aside and kept (".corrupt-N"); what is readable of it
    // is taken over, or `known` instead: what entries() said last, when damage is met while it is open. `vfs`
    // names a registered SQLite VFS, for tests that inject faults.
    static Result<std::unique_ptr<OutboxFile>> open(const QString &path, const std::string &vfs = {},
                                                    const OutboxEntries &known = {});
    virtual ~OutboxFile() = default;

    // What open() has to tell the person about a damaged file; nothing: it was sound.
    virtual const std::optional<Error> &damage() const = 0;

    virtual OutboxEntries entries() const = 0; // never null; as of the last call that changed something

    // Stores a new entry, Queued. `key`, a fresh UUID, and `madeAt` are the caller's. Of the records only the
    // Editable fields are kept. References to an entry that was replaced are turned to what replaced it. It
    // is Held at once when what it depends on is not going to happen.
    virtual Outcome submit(const Command &command) = 0;
    // Makes `changed`, a new command with a key of its own, of an entry that needs a decision or could be
    // cancelled, and a new one of each that was held for it, with keys from `random`; those on the same
    // record are laid on top of the changed one field by field. The old ones are `replacedBy` the new.
    virtual Outcome resubmit(const std::string &key, const Command &changed, Random &random) = 0;
    virtual Outcome cancel(const std::string &key, Instant now) = 0;  // one that was never sent
    virtual Outcome dismiss(const std::string &key, Instant now) = 0; // one that is finished

    // Before each sending, the bytes of which must not leave before this returns. Counts the attempt.
    virtual Outcome willSend(const std::string &key, Instant now) = 0;
    virtual Outcome attemptFailed(const std::string &key, const Error &error, Instant now) = 0;
    // What the gateway said of a command, whether as the answer to sending it, to asking for outcomes, or by
    // refusing it (then `outcome` is a Rejected with that code). Late, repeated and foreign news change
    // nothing. Refused for its dependency it is Held.
    virtual Outcome told(const CommandOutcome &outcome, Instant now) = 0;

    // Access to the accounts ended: of their entries that were never sent a Withdrawn one without any content
    // is left, of the others nothing, in no file. What a full disk or another program keeps from being wiped
    // is wiped by a later call or the next open(). Copies of damaged files go as well.
    virtual Outcome withdraw(const std::vector<std::string> &accounts, Instant now) = 0;
    virtual Outcome withdrawEverything(Instant now) = 0;

    // Drops entries that are finished for good and older than the limits say.
    virtual Outcome tidy(Instant now) = 0;
};

} // namespace Counterfoil

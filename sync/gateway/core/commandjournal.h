#pragma once

#include "instant.h"
#include "result.h"

#include <optional>
#include <string>
#include <vector>

namespace Counterfoil {

// What the journal says of a command. All of it is kept for ever, in under a hundred bytes.
struct JournalEntry
{
    enum class Phase {
        Received,   // durable here
        Dispatched, // the ERP may have been asked to do it
        Applied,    // the ERP did it; told once `effectSeq` is there
        Rejected,
        Conflict,
        Asleep, // of a backup: looked up at the ERP, and done once it is sent again
    };

    std::string key;
    std::string person;  // the sign-in name of who gave it
    std::string account; // as the command says
    std::string digest;  // of the whole wish
    Phase phase = Phase::Received;
    std::string target;         // applied, conflict: the record's key
    std::int64_t effectSeq = 0; // applied: see CommandOutcome; 0: not yet
    std::string reasonCode;     // rejected

    bool awaitsErp() const
    {
        return phase == Phase::Received || phase == Phase::Dispatched || phase == Phase::Asleep;
    }
    bool isOpen() const { return awaitsErp() || (phase == Phase::Applied && effectSeq == 0); }
};

// A command that is not finished.
struct OpenCommand
{
    JournalEntry entry;
    std::string body; // encodeCommand()
    int failures = 0; // executions that broke
};

// The commands that a gateway took, in its store. Every call that writes is one durable transaction.
class CommandJournal
{
public:
    virtual ~CommandJournal() = default;

    virtual Result<std::optional<JournalEntry>> find(const std::string &key) = 0;
    virtual Outcome receive(const JournalEntry &entry, const std::string &body) = 0;
    virtual Outcome wake(const std::string &key) = 0;     // one that was asleep is as just received
    virtual Outcome dispatch(const std::string &key) = 0; // an execution is about to be tried
    virtual Outcome countFailure(const std::string &key) = 0;
    // `outcome`: encodeOutcome(); it goes with the body.
    virtual Outcome finish(const JournalEntry &entry, const std::string &outcome, Instant now) = 0;
    virtual Outcome settle(const std::vector<std::string> &keys, std::int64_t effectSeq) = 0;

    virtual Result<std::vector<OpenCommand>> open() = 0;                            // in order of arrival
    virtual Result<std::optional<std::string>> body(const std::string &key) = 0;    // nothing: forgotten
    virtual Result<std::optional<std::string>> outcome(const std::string &key) = 0; // nothing: forgotten

    // Bodies and outcomes of what ended before then; some thousands at once.
    virtual Outcome forgetBodies(Instant endedBefore) = 0;
};

} // namespace Counterfoil

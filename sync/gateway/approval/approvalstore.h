#pragma once

#include "approval.h"
#include "change.h"
#include "command.h"
#include "database.h"
#include "random.h"

#include <optional>

namespace Counterfoil {

// Where approvals are kept: a file of their own beside the gateway's store, with its own history, like an
// ERP's. Every call that writes is one durable transaction. One thread at a time.
class ApprovalStore
{
public:
    static Result<ApprovalStore> open(const QString &path, Random &random, Instant now);

    const std::string &epoch() const { return m_epoch; } // of this file's history
    Result<std::int64_t> last();                         // the newest change
    Result<std::vector<Change>> changesAfter(std::int64_t sequence, int limit);

    Result<std::optional<Approval>> find(const std::string &key);
    Result<std::optional<Approval>> waitingFor(const std::string &cart);
    Result<std::int64_t> nextNumber();

    // What the ERP was asked to do about an approval, noted before it was: until it is known whether it did,
    // nothing else happens to the approval.
    struct Attempt
    {
        std::string command;
        std::string approval;
        std::string person;
        std::string comment;
    };
    Outcome begin(const Attempt &attempt);
    Result<std::optional<Attempt>> attempt(const std::string &command);

    // The record as it is now, and what the command that made it so came to; both or neither.
    Outcome put(const Approval &approval, const std::string &command, const std::string &target, Instant now);
    // The same of a new one, with the wish that it is to be approved for: encodeCommand() of a "place".
    Outcome add(const Approval &approval, const Command &wish, Instant now);
    Result<Command> wishOf(const std::string &approval);
    // The target of a command that took effect.
    Result<std::optional<std::string>> effectOf(const std::string &command);

private:
    explicit ApprovalStore(Sqlite::Database database)
        : m_database(std::move(database))
    { }
    Outcome prepare(Random &random, Instant now);
    Outcome write(const Approval &approval, const std::string &command, const std::string &target,
                  Instant now); // within a transaction of the caller's, as the next
    Outcome putRecord(const RecordType &kind, const std::string &key, const std::string &account,
                      const std::string &cart, AnyRecord record, Instant now);
    Result<std::optional<Approval>> read(const char *sql, const std::string &key);

    Sqlite::Database m_database;
    std::string m_epoch;
};

} // namespace Counterfoil

#pragma once

#include "command.h"
#include "commandoutcome.h"
#include "error.h"

#include <memory>
#include <optional>

namespace Counterfoil {

// One thing that the person asked for, from the moment it was stored until nobody needs to know of it any
// more.
struct OutboxEntry
{
    enum class State {
        Queued,    // stored here, never sent
        Sending,   // may have reached the gateway
        Received,  // the gateway has it for good
        Applied,   // the ERP did it
        Rejected,  // it will not happen; the reason is in `outcome`
        Conflict,  // it did not happen: `outcome.theirs` came in between
        Held,      // it will not happen as things are: what it depends on did not
        Cancelled, // by the person, before it was sent
        Withdrawn, // access to the account ended before it was sent; only kind and time are left of it
    };

    Command command; // of a Withdrawn one: key, verb, kind and madeAt alone
    State state = State::Queued;
    std::int64_t order = 0;         // in which entries were made; rises
    int attempts = 0;               // how often it was, or may have been, sent
    std::optional<Error> lastError; // of the last attempt; cleared by progress
    CommandOutcome outcome;         // from Received on
    std::string replacedBy;         // the key of the entry that the person made of this one; empty: none
    bool dismissed = false;         // the person has seen how it ended and needs no more of it
    Instant changedAt;              // of the last transition

    bool isFinished() const // nothing will happen to it by itself any more
    {
        return state != State::Queued && state != State::Sending && state != State::Received;
    }
    bool canCancel() const // it has not left this machine
    {
        return state == State::Queued && attempts == 0;
    }
    bool needsDecision() const // the person has to look at it
    {
        return !dismissed && replacedBy.empty()
            && (state == State::Rejected || state == State::Conflict || state == State::Held
                || state == State::Withdrawn);
    }
};

// The outbox at one moment, oldest first. Never changed once made, so any thread may hold it.
using OutboxEntries = std::shared_ptr<const std::vector<OutboxEntry>>;

} // namespace Counterfoil

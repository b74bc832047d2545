#pragma once

#include "outboxentry.h"

#include <optional>

namespace Counterfoil {

// What can happen to an entry once it is stored.
enum class OutboxEvent {
    Cancel,         // by the person
    Send,           // it is about to be sent
    Fail,           // a sending came to nothing that settles it
    LoseDependency, // what it depends on will not happen
    HearUnknown,    // the gateway does not know it
    HearReceived,   // the gateway has it for good
    HearApplied,    // the ERP did it
    HearRejected,   // it was refused
    HearDependency, // it was refused because what it depends on was
    HearConflict,   // somebody else changed the record
    Withdraw,       // access to its account ended
};

inline constexpr std::size_t outboxEvents = static_cast<std::size_t>(OutboxEvent::Withdraw) + 1;
inline constexpr std::size_t outboxStates = static_cast<std::size_t>(OutboxEntry::State::Withdrawn) + 1;

// What becomes of an entry. Gone: nothing is kept of it.
struct OutboxStep
{
    enum class Kind { To, Gone, NotAllowed };

    Kind kind = Kind::NotAllowed;
    OutboxEntry::State state = OutboxEntry::State::Queued; // of To; the same as before: nothing changes

    bool operator==(const OutboxStep &) const = default;
};

// The whole life of an entry: one row a state, one column an event. What the gateway says late, twice or
// after the entry is finished changes nothing; what a person or the sender does at a wrong moment is not
// allowed. `sent`: it was sent at least once, and so may arrive yet, whatever the gateway knows of it.
OutboxStep nextStep(OutboxEntry::State state, bool sent, OutboxEvent event);

} // namespace Counterfoil

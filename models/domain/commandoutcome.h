#pragma once

#include "cart.h"
#include "fieldtable.h"

namespace Counterfoil {

// What the gateway says of a command.
struct CommandOutcome
{
    enum class State {
        Unknown,  // the gateway never got it, or no longer knows: it is to be sent again
        Received, // durable at the gateway; the ERP is still to answer
        Applied,
        Rejected, // for good; nothing has happened and nothing will
        Conflict, // somebody changed the record since the person began; nothing has happened
    };

    std::string command; // its key
    State state = State::Unknown;
    std::int64_t effectSeq = 0; // applied: a place in the log by which all its effects are told
    std::string target;         // applied, conflict: the record's key
    std::string reasonCode;     // rejected: see RejectionCode; stable
    // Rejected: the ERP's own sentence, or a hook's. Applied: what a hook changed about it. May be empty.
    std::string reason;
    std::int64_t theirVersion = 0;
    AnyRecord theirs; // conflict: the record as the ERP has it
    // Rejected, of a "place": what is not as the person saw it. Nothing was placed; the cart is still open.
    std::vector<CartDifference> differences = {};
};

// Reasons that the gateway gives itself; an ERP's own are its business.
namespace RejectionCode {
inline constexpr std::string_view dependency = "dependency-refused"; // what it depends on was refused
inline constexpr std::string_view forbidden = "forbidden";
inline constexpr std::string_view notFound = "not-found"; // no such record, or out of sight
inline constexpr std::string_view malformed = "malformed";
inline constexpr std::string_view keyReused = "key-reused";       // that key came with another wish before
inline constexpr std::string_view changed = "changed";            // a place: see CommandOutcome::differences
inline constexpr std::string_view erpFault = "erp-fault";         // the ERP breaks over it, again and again
inline constexpr std::string_view checkRefused = "check-refused"; // a hook of the supplier's; see `reason`
// A file that it refers to is not taken, or is neither on this computer any more nor at the gateway; said
// here.
inline constexpr std::string_view fileRefused = "file-refused";
inline constexpr std::string_view fileLost = "file-lost";
inline constexpr std::string_view checkFault = "check-fault"; // such a hook gives no answer that can be used
} // namespace RejectionCode

} // namespace Counterfoil

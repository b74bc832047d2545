#pragma once

#include "cart.h"

namespace Counterfoil {

// What somebody did about an order that waits to be approved.
struct ApprovalStep
{
    Instant at;
    std::string person; // the sign-in name of who did it
    std::string name;   // as people know them
    std::string code;   // "asked", "approved", "refused", "withdrawn", "ordered", "returned"
    std::string text;   // what they said to it, or why it came back; may be empty

    static const RecordType type;
};

// An order above what its person may order alone, from when it was placed until it is decided on. It is what
// they saw when they placed it, whole, and never changes: what is ordered in the end is this or nothing. The
// gateway makes and keeps it, since limits are its business and no ERP's; see docs/approvals.md.
struct Approval
{
    std::string key;
    std::string account;
    std::string number;      // "AP-12", as people call it
    std::string name;        // of the cart
    std::string requestedBy; // the sign-in name
    std::string requester;   // the name
    Instant requestedAt;
    std::string status;   // the code of a Status: "waiting", "approved", "refused", "withdrawn", "returned"
    bool open = true;     // it waits
    std::string waitsFor; // the names of who is next to decide; empty once it is decided
    std::string cart;     // the key of the Cart
    std::string comment;  // what the last to decide said
    std::string poReference;
    Date wantedOn;
    std::string shipTo;
    std::string notes;
    std::string currency;
    Amount total; // with freight and tax, as quoted when it was asked for
    Amount limit; // that its person had then
    std::int64_t lineCount = 0;
    std::vector<CartLine> lines;
    std::vector<ApprovalStep> steps;         // the oldest first
    std::vector<CartDifference> differences; // returned: what is not as it was when it was asked for

    static const RecordType type;
};

} // namespace Counterfoil

#pragma once

#include "fieldtable.h"

#include <span>

namespace Counterfoil {

// Why something comes back, and what follows from that.
struct ReturnReason
{
    std::string code; // stable, for programs: "surplus"
    std::string label;
    std::int64_t windowDays = 0;     // after delivery, the last day included; 0: for ever
    std::int64_t feeBasisPoints = 0; // of the goods' net value, in hundredths of a per cent, 0 to 10,000
    bool evenExcluded = false;       // also what is excluded comes back for it
    bool needsAttachment = false;    // a photo or file has to be with it
    bool labelPaid = false;          // the supplier pays for the way back
    std::string outcomes;            // what can be wished for, by ReturnOutcome with blanks between
    std::string instructions;        // how to send it; empty: as ReturnRules::instructions

    static const RecordType type;
};

// What is asked of whoever gives that reason.
struct ReturnQuestion
{
    std::string reason;  // the code of a ReturnReason
    std::string code;    // unique within the reason
    std::string text;    // the question itself
    std::string kind;    // "text", "number", "date", "flag" ("yes" or "no"), "choice"
    std::string choices; // of a "choice": separated by \n
    bool required = false;

    static const RecordType type;
};

// What cannot come back.
struct ReturnExclusion
{
    std::string of; // "item": its SKU; "category", "family": as Item has them
    std::string value;
    std::string why; // one sentence for the person

    static const RecordType type;
};

// How the supplier takes things back: everybody's rules, or what was agreed with one account, which then
// counts instead of them as a whole. The supplier's configuration says them; they come by the feed, so that a
// window judges by the same rules as the ERP, also without a connection.
struct ReturnRules
{
    std::string key;
    std::string account; // empty: everybody who has no rules of their own
    std::string name;    // "Standard terms"
    bool accepts = true; // false: nothing is taken back
    // Nobody tells when something was delivered: what was sent may come back, from that day on.
    bool fromShipping = false;
    Decimal minimumFee; // of a return with a fee at all, net, in whole units of the return's currency
    std::string instructions;
    std::string returnTo; // name and address, lines separated by \n
    std::vector<ReturnReason> reasons;
    std::vector<ReturnQuestion> questions;
    std::vector<ReturnExclusion> exclusions;

    static const RecordType type;

    const ReturnReason *findReason(std::string_view code) const;
    std::vector<const ReturnQuestion *> questionsOf(std::string_view reason) const;
};

// Those that count for the account; nullptr: there are none, and nothing is taken back.
const ReturnRules *rulesFor(std::span<const ReturnRules> all, std::string_view account);

// Who decides. The supplier's own business, so it is no record and reaches nobody's machine. The first that
// fits counts; where none does, every rep decides.
struct ReturnRoute
{
    std::string account;     // empty: any
    std::string reason;      // likewise; of any line
    Decimal fromValue;       // expected credit in whole units of the return's currency
    std::string to;          // as people read it: "Returns desk, York"
    std::string role{"csr"}; // "csr", or "admin" where a rep alone may not
};

// All that a supplier's configuration says of returns.
struct ReturnPolicy
{
    std::vector<ReturnRules> rules; // at most one for each account, and one for everybody
    std::vector<ReturnRoute> routes;
};

} // namespace Counterfoil

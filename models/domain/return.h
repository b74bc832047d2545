#pragma once

#include "attachment.h"

#include <span>

namespace Counterfoil {

inline constexpr std::size_t mostReturnLines = 100;

// Where a return stands, in the order in which it usually goes on. The supplier words them, as Status records
// of the subject "return".
namespace ReturnStatus {
inline constexpr std::string_view requested = "requested";
inline constexpr std::string_view authorised = "authorised"; // all of it or some; the goods may be sent
inline constexpr std::string_view inTransit = "in-transit";
inline constexpr std::string_view received = "received";
inline constexpr std::string_view inspected = "inspected";
inline constexpr std::string_view credited = "credited"; // the end: a credit memo was posted
inline constexpr std::string_view settled = "settled"; // the end, of a repair, or where nothing was credited
inline constexpr std::string_view refused = "refused"; // the end
inline constexpr std::string_view withdrawn = "withdrawn"; // the end: it was taken back
inline constexpr std::string_view lapsed = "lapsed";       // the end: authorised, and nothing ever came
} // namespace ReturnStatus

// What is made of a return; Status records of the subject "returnOutcome" word them.
namespace ReturnOutcome {
inline constexpr std::string_view credit = "credit";
inline constexpr std::string_view refund = "refund";           // credit that is paid out
inline constexpr std::string_view repair = "repair";           // the goods come back, nothing is credited
inline constexpr std::string_view replacement = "replacement"; // credit without a fee, and another order
} // namespace ReturnOutcome
std::span<const std::string_view> returnOutcomes();

// What becomes of the goods of a line: "restock", "repair", "replace", "scrap", "vendor"; Status records of
// the subject "returnDisposition" word them.
std::span<const std::string_view> returnDispositions();

// What comes back of one line of the order. All quantities are in the order line's unit.
struct ReturnLine
{
    std::int64_t lineNumber = 0; // from 1 without holes
    std::int64_t orderLine = 0;  // OrderLine::lineNumber, each once in a return
    std::string sku;
    std::string description;
    std::string unit;
    Decimal quantity;   // asked for
    std::string reason; // the code of a ReturnReason
    std::string comment;
    // Hundredths of a per cent, as the person saw it; a decision may lower it, and nothing raises it.
    std::int64_t feeBasisPoints = 0;
    Decimal authorised;      // of a decided return
    std::string refusal;     // why not all of it is authorised, as the buyer reads it
    std::string disposition; // empty: not decided
    Decimal received;
    Decimal accepted;    // of what was received, found in order: what is credited
    std::string finding; // why not all of it was; the ERP's sentence

    static const RecordType type;
};

// What somebody answered to a question of a line's reason.
struct ReturnAnswer
{
    std::int64_t lineNumber = 0;
    std::string question; // the code of a ReturnQuestion
    std::string text;

    static const RecordType type;
};

// What a line is expected to come to: of what was asked for, and after the decision, of what is authorised.
struct ReturnAmount
{
    std::int64_t lineNumber = 0;
    Decimal unitPrice; // in whole units of the currency, exact
    Amount goods;      // net
    Amount fee;        // net, kept back for restocking
    Amount tax;        // on goods - fee
    Amount credit;     // goods - fee + tax

    static const RecordType type;
};

// One thing that happened to a return, newest last. The return's key and this number name it for ever.
struct ReturnEvent
{
    std::int64_t number = 0; // from 1 without holes
    Instant at;
    std::string code;      // a ReturnStatus, or "replaced"
    std::string by;        // a sign-in name; empty: the supplier's system
    std::string text;      // the ERP's sentence
    std::string reference; // the credit memo's or the order's number; may be empty

    static const RecordType type;
};

// Goods of one order on their way back, from asking to the credit. "request" makes it, "decide" carries the
// whole as the rep saw it with what they decided (`authorised`, `refusal`, `disposition`, `feeBasisPoints` of
// lines; `outcome` and `refusal` of the whole), "retire" takes back what is not on its way yet. What buyer
// and rep write to each other are Messages. Rules: returnrules.h; what is possible and what it comes to:
// returnable.h; docs/returns.md.
struct Return
{
    std::string key;
    std::string account;
    std::string number; // the ERP's RMA number, which is put on the parcel
    std::string order;  // the order's key
    std::string orderNumber;
    std::string shipment; // what somebody started from; empty: the order as a whole
    std::string shipmentNumber;
    std::string invoice; // likewise
    std::string invoiceNumber;
    std::string poReference;
    std::string requestedBy; // a sign-in name
    Instant requestedAt;
    std::string status; // a ReturnStatus
    Instant statusAt;
    bool open = false;   // it goes on
    std::string reason;  // of its first line, here so that a list needs no lines
    std::string outcome; // a ReturnOutcome: as wished, and as decided
    std::string comment;
    std::string routedTo;     // who is to decide, as the supplier calls them
    std::string decidingRole; // "csr", or "admin" where a rep alone may not
    std::string decidedBy;
    std::string refusal;      // why it is refused as a whole, as the buyer reads it
    std::string instructions; // how to send it; empty before it is authorised
    std::string returnTo;     // name and address, lines separated by \n; likewise
    bool labelPaid = false;   // the supplier's label is prepaid
    std::string currency;
    Decimal units;          // asked for, and once it is decided, authorised
    Amount restockingFee;   // net
    Amount expectedCredit;  // with tax, less the fee: of what was authorised, and before that, asked for
    Amount postedCredit;    // what the credit memos come to, as a positive amount
    std::string creditMemo; // the key of the Invoice that is the last credit memo; each names this return
    std::string creditMemoNumber;
    std::string creditRemark; // why less was posted than expected; the ERP's sentence
    std::string replacement;  // the key of the Order that replaces the goods
    std::string replacementNumber;
    std::vector<ReturnLine> lines; // at most mostReturnLines
    std::vector<ReturnAnswer> answers;
    std::vector<Attachment> attachments; // at most mostAttachments
    std::vector<ReturnAmount> amounts;
    std::vector<ReturnEvent> events;

    static const RecordType type;
};

} // namespace Counterfoil

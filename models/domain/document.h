#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// A paper of the ERP's: its facts, not its bytes. The ERP makes the bytes when they are first asked
// for; from then on they never change. It is the paper of one record, whose key is the link that is set; or
// of an item, in one revision.
struct Document
{
    std::string key;
    std::string account;     // empty: everybody's, as what is said of an item
    std::string number;      // as printed on it
    std::string paper;       // the code of a Paper
    std::string mediaType;   // "application/pdf"
    std::string invoice;     // the key of the invoice or credit memo
    std::string order;       // of the order acknowledged
    std::string shipment;    // of the shipment packed or delivered
    std::string payment;     // of the payment received
    std::string returned;    // of the return on its way back
    std::string sku;         // of the item
    std::string revision;    // of what is said of the item
    bool superseded = false; // by a later revision
    Instant dated;           // of the record, so that the newest can be fetched first
    bool issued = false;     // the three below are known
    Instant issuedAt;
    std::int64_t bytes = 0;
    std::string sha256; // of the bytes, 64 lower-case hexadecimal digits

    static const RecordType type;
};

// A kind of paper that this program knows.
struct Paper
{
    std::string_view code; // Document::paper
    Audience audience;

    static constexpr std::string_view invoice = "invoice";
    static constexpr std::string_view creditMemo = "creditMemo";
    static constexpr std::string_view statement = "statement";
    static constexpr std::string_view returnLabel = "returnLabel";
    static constexpr std::string_view receipt = "receipt";
    static constexpr std::string_view acknowledgement = "acknowledgement";
    static constexpr std::string_view packingSlip = "packingSlip";
    static constexpr std::string_view billOfLading = "billOfLading";
    static constexpr std::string_view proofOfDelivery = "proofOfDelivery";
    static constexpr std::string_view certificate = "certificateOfConformity";
    static constexpr std::string_view safetyDataSheet = "safetyDataSheet";
    // Of an item, on one page: it comes and is drawn as every document, so nothing else decodes what a
    // stranger made.
    static constexpr std::string_view picture = "picture";
};

std::span<const Paper> papers();

// One that this program does not know may show anything, so the fewest may see it.
Audience audienceOfPaper(std::string_view code);

} // namespace Counterfoil

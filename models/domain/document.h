#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// A paper of the ERP's: its facts, not its bytes. The ERP makes the bytes when they are first asked
// for; from then on they never change.
struct Document
{
    std::string key;
    std::string account;
    std::string number;    // as printed on it
    std::string paper;     // "invoice", "creditMemo"
    std::string mediaType; // "application/pdf"
    std::string invoice;   // the key of the invoice or credit memo that it is the paper of
    Instant dated;         // of the record, so that the newest can be fetched first
    bool issued = false;   // the three below are known
    Instant issuedAt;
    std::int64_t bytes = 0;
    std::string sha256; // of the bytes, 64 lower-case hexadecimal digits

    static const RecordType type;
};

} // namespace Counterfoil

#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// How the supplier words one of its ERP's states. It is a record like any other, so the wording
// changes in every window the moment the supplier changes it.
struct Status
{
    std::string key;           // "order/part-shipped": what it is a state of, and its code
    std::string account;       // always empty: everybody's
    std::string subject;       // "order", "orderLine", "shipment"
    std::string code;          // "part-shipped"
    std::string label;         // "Part shipped"
    std::string tone;          // "neutral", "info", "ok", "warn", "bad": the chip's colour
    std::string symbol;        // one character shown before the label, so that colour never speaks alone
    std::int64_t position = 0; // in lists of states

    static const RecordType type;
};

} // namespace Counterfoil

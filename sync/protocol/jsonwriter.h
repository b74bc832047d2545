#pragma once

#include "fieldtable.h"

#include <string>

namespace Counterfoil {

// Appends the record as a JSON object. Fields flagged Key or AccountKey are left out when
// `withEnvelope` is false: a change carries them itself. Not exported beyond the protocol.
void appendJson(std::string &out, const RecordType &type, const void *record, bool withEnvelope);
void appendJsonText(std::string &out, std::string_view utf8); // quoted and escaped, RFC 8259

} // namespace Counterfoil

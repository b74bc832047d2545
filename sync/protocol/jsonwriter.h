#pragma once

#include "fieldtable.h"

#include <string>

namespace Counterfoil {

// Which fields of a record are written.
enum class JsonFields {
    All,
    WithoutEnvelope, // none flagged Key or AccountKey: a change carries them itself
    EditableOnly,
    EditableSet, // Editable ones that have another value than a new record has
};

// Appends the record as a JSON object. Not exported beyond the protocol.
void appendJson(std::string &out, const RecordType &type, const void *record, JsonFields fields);
void appendJsonText(std::string &out, std::string_view utf8); // quoted and escaped, RFC 8259

} // namespace Counterfoil

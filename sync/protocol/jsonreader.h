#pragma once

#include "fieldtable.h"
#include "result.h"

#include <simdjson.h>

// Reading JSON strictly, by field tables. Not exported beyond the protocol.
namespace Counterfoil::Json {

Error badReply(const QString &detail);
QString excerpt(std::string_view text); // for the log

// False when the value is no object, or a field in it is of the wrong type. What the table does not know is
// passed over.
bool readRecord(const simdjson::dom::element &value, const RecordType &type, void *record);

// The same for Editable fields alone. Anything else in it has to say nothing (null, false, 0, "" or []):
// passing over what a person asked for would do something else than they asked for.
bool readEditable(const simdjson::dom::element &value, const RecordType &type, void *record);

// One parser for many texts; its memory is bounded by the longest text it may take.
class Reader
{
public:
    explicit Reader(std::size_t maxBytes)
        : m_parser(maxBytes)
        , m_maxBytes(maxBytes)
    { }

    // `padded`: simdjson may read some bytes past the end of `json`.
    Result<simdjson::dom::element> parse(std::string_view json, bool padded = false);

private:
    simdjson::dom::parser m_parser;
    std::size_t m_maxBytes;
    std::size_t m_capacity = 0;
};

} // namespace Counterfoil::Json

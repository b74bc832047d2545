#pragma once

#include "fieldtable.h"

namespace Counterfoil {

inline constexpr std::size_t mostAttachments = 12; // of one return or message

// A file that somebody put to what they wrote. Its bytes are an upload (docs/protocol.md), which is named by
// who makes it, so that it can be referred to before there is a connection.
struct Attachment
{
    std::string upload;          // its ID, a UUID
    std::int64_t lineNumber = 0; // of the return's line that it shows; 0: the whole
    std::string name;            // as the file was called, without its folder
    std::string mediaType;
    std::int64_t bytes = 0;
    std::string sha256; // 64 lower-case hexadecimal digits

    static const RecordType type;
};

} // namespace Counterfoil

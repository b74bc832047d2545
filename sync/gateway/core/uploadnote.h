#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// What stands beside the bytes of an upload (uploadfolder.h).
struct UploadNote
{
    std::string upload;
    std::string account;
    std::string name;
    std::string mediaType;
    std::int64_t bytes = 0;
    std::string sha256;
    std::string person;

    static const RecordType type;
};

} // namespace Counterfoil

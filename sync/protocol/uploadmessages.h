#pragma once

#include "fieldtable.h"

namespace Counterfoil {

// POST /v1/uploads: what is going to be sent. May be repeated, to ask how far it is.
struct UploadRequest
{
    std::string upload; // its ID, a UUID that the client made
    std::string account;
    std::string name;
    std::string mediaType;
    std::int64_t bytes = 0;
    std::string sha256;

    static const RecordType type;
};

// The answer to it and to PUT /v1/uploads/{upload}
struct UploadAnswer
{
    std::int64_t received = 0; // go on from there
    bool complete = false;

    static const RecordType type;
};

} // namespace Counterfoil

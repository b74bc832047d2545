#pragma once

#include "attachment.h"

namespace Counterfoil {

inline constexpr std::size_t mostMessageCharacters = 1'000;

// What buyer and supplier write to each other about a return. Each is a record of its own, made by the
// command "save" and never changed, so that two who write at once are never in each other's way.
struct Message
{
    std::string key;
    std::string account;
    std::string ofReturn;      // the key of the Return that it is about
    std::string author;        // a sign-in name
    bool fromSupplier = false; // whoever writes says so, and the gateway refuses who is not
    Instant at;
    std::string text;                    // lines separated by \n, at most mostMessageCharacters
    std::vector<Attachment> attachments; // at most mostAttachments

    static const RecordType type;
};

} // namespace Counterfoil

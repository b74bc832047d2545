#pragma once

#include <QString>

namespace Counterfoil {

// What went wrong, as far as the program's next step depends on it. Whether to try again follows
// from the kind alone; see retryable().
enum class ErrorKind {
    Offline, // no route, refused, name not found
    Timeout,
    Unauthorized, // token missing, expired or revoked: sign in again
    Forbidden,    // signed in, but this person may not
    NotFound,
    Conflict,
    Rejected, // understood and refused, with a reason
    RateLimited,
    ServerDown, // it answered, with a fault of its own
    BadReply,   // it answered with something that is not the protocol
    BadInput,   // a file, argument or pasted text that cannot be taken
    Storage,
    StorageLocked,
    StorageFull,
    StorageReadOnly,
    StorageCorrupt,
    Cancelled,
};

// Errors cross rooms as values. Exceptions do not.
struct Error
{
    ErrorKind kind = ErrorKind::Storage;
    QString userText = {};   // one translated sentence for the person: what happened and what to do next
    QString detail = {};     // for the log; never holds a secret
    qint64 retryAfterMs = 0; // the other side's wish; 0: none
    QString requestId = {};  // as the gateway named the exchange; may be empty
};

// True when doing the same again later can succeed without anybody changing anything.
bool retryable(ErrorKind kind);

// A stable lower-case name, used in logs and in the protocol's problem types ("rate-limited").
const char *name(ErrorKind kind);

} // namespace Counterfoil

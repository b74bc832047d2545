#include "error.h"

namespace Counterfoil {

bool retryable(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerDown:
    case ErrorKind::BadReply:
    case ErrorKind::StorageLocked:
    case ErrorKind::StorageFull:
        return true;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rejected:
    case ErrorKind::BadInput:
    case ErrorKind::Storage:
    case ErrorKind::StorageReadOnly:
    case ErrorKind::StorageCorrupt:
    case ErrorKind::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
}

const char *name(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return "offline";
    case ErrorKind::Timeout:
        return "timeout";
    case ErrorKind::Unauthorized:
        return "unauthorized";
    case ErrorKind::Forbidden:
        return "forbidden";
    case ErrorKind::NotFound:
        return "not-found";
    case ErrorKind::Conflict:
        return "conflict";
    case ErrorKind::Rejected:
        return "rejected";
    case ErrorKind::RateLimited:
        return "rate-limited";
    case ErrorKind::ServerDown:
        return "server-down";
    case ErrorKind::BadReply:
        return "bad-reply";
    case ErrorKind::BadInput:
        return "bad-input";
    case ErrorKind::Storage:
        return "storage";
    case ErrorKind::StorageLocked:
        return "storage-locked";
    case ErrorKind::StorageFull:
        return "storage-full";
    case ErrorKind::StorageReadOnly:
        return "storage-read-only";
    case ErrorKind::StorageCorrupt:
        return "storage-corrupt";
    case ErrorKind::Cancelled:
        return "cancelled";
    }
    Q_UNREACHABLE();
}

} // namespace Counterfoil

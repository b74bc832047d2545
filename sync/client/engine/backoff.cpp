#include "backoff.h"

#include "tuning.h"

#include <algorithm>

namespace Counterfoil {

const RetryRule &retryRule(ErrorKind kind)
{
    static constexpr RetryRule network{500, 30'000};
    static constexpr RetryRule busy{1'000, 60'000};
    static constexpr RetryRule garbled{2'000, 120'000};
    static constexpr RetryRule storeBusy{250, 10'000};
    static constexpr RetryRule storeBroken{5'000, 60'000};
    // Somebody has to change something first, but nobody has to come here and say so.
    static constexpr RetryRule hopeful{30'000, 600'000};

    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
        return network;
    case ErrorKind::ServerDown:
    case ErrorKind::RateLimited:
    case ErrorKind::Conflict: // of a cursor: the log or the rights changed while we caught up
        return busy;
    case ErrorKind::BadReply:
        return garbled;
    case ErrorKind::StorageLocked:
        return storeBusy;
    case ErrorKind::Storage:
    case ErrorKind::StorageFull:
    case ErrorKind::StorageReadOnly:
    case ErrorKind::StorageCorrupt:
        return storeBroken;
    case ErrorKind::Unauthorized:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
    case ErrorKind::BadInput:
    case ErrorKind::Cancelled:
        return hopeful;
    }
    Q_UNREACHABLE();
}

std::int64_t Backoff::next(const Error &error)
{
    const RetryRule &rule = retryRule(error.kind);
    const int doublings = std::min(m_failures, 20); // 2^20 is beyond every rule's longest
    const std::int64_t most = std::min(rule.longestMs, rule.firstMs << doublings);
    ++m_failures;
    const std::int64_t wish = std::clamp<std::int64_t>(error.retryAfterMs, 0, Tuning::retryAfterLongestMs);
    return wish + 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(most)));
}

} // namespace Counterfoil

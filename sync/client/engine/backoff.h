#pragma once

#include "error.h"
#include "random.h"

#include <cstdint>

namespace Counterfoil {

// How failures of one kind are tried again: the first wait is up to firstMs, each further one up to
// twice as long, none above longestMs.
struct RetryRule
{
    std::int64_t firstMs = 0;
    std::int64_t longestMs = 0;
};

const RetryRule &retryRule(ErrorKind kind);

// Counts failures in a row and says how long to wait: a random part of the rule's time ("full
// jitter"), so that a thousand clients of a restarted gateway do not come back in step.
class Backoff
{
public:
    explicit Backoff(Random &random)
        : m_random(random)
    { }

    std::int64_t next(const Error &error); // ms from now; at least what the other side wished, up to a bound
    void succeeded() { m_failures = 0; }
    int failures() const { return m_failures; }

private:
    Random &m_random;
    int m_failures = 0;
};

} // namespace Counterfoil

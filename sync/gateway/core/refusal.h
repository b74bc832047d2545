#pragma once

#include "messages.h"
#include "problems.h"

#include <string>
#include <variant>

namespace Counterfoil {

// Why a request is not answered as asked.
struct Refusal
{
    ProblemKind kind = ProblemKind::Fault;
    std::string detail = {}; // for developers; holds no secret
    std::int64_t retryAfterMs = 0;
    // ScopeChanged only, as in Problem
    std::vector<AccountRef> added = {};
    std::vector<AccountRef> removed = {};
    bool redactionsChanged = false;
};

// An answer, or the Refusal that stands in its place.
template <class T> using Answer = std::variant<T, Refusal>;

inline Refusal refusalOf(const Error &error)
{
    const bool busy = error.kind == ErrorKind::StorageLocked || error.kind == ErrorKind::StorageFull;
    return {busy ? ProblemKind::Overloaded : ProblemKind::Fault, name(error.kind), busy ? 1000 : 0};
}

} // namespace Counterfoil

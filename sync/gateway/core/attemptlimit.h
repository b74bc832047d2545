#pragma once

#include "clock.h"

#include <string>
#include <unordered_map>

namespace Counterfoil {

// How often somebody may fail: `burst` times at once, then one more every `refillMs`. Knows at most
// `maxNames` names; beyond that those forgotten first are those who have failed least.
class AttemptLimit
{
public:
    struct Rule
    {
        std::int64_t burst = 5;
        std::int64_t refillMs = 30'000;
    };
    static constexpr std::size_t maxNames = 10'000;

    explicit AttemptLimit(Rule rule)
        : m_rule(rule)
    { }

    std::int64_t waitMs(const std::string &name, BootTime now) const; // until the next attempt; 0: now
    void failed(const std::string &name, BootTime now);
    void succeeded(const std::string &name) { m_clearAt.erase(name); }
    std::size_t size() const { return m_clearAt.size(); }

private:
    void forgetSome(BootTime now);

    Rule m_rule;
    std::unordered_map<std::string, std::int64_t> m_clearAt; // when all failures will have been forgiven
};

} // namespace Counterfoil

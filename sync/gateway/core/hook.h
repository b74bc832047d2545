#pragma once

#include "fieldtable.h"
#include "result.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace Counterfoil {

// A server of the supplier's that is asked before a command is done, or told after a record changed.
// docs/hooks.md.
struct Hook
{
    enum class When { Before, After };

    static constexpr std::int64_t usualTimeoutMs = 3'000;

    std::string name; // unique; its place in the log is kept under it
    When when = When::After;
    std::vector<const RecordType *> kinds; // of which it hears
    std::string url;                       // https, or http on this machine
    std::string secret;                    // bytes; signs what it is sent
    std::int64_t timeoutMs = usualTimeoutMs;
};

// One call of a hook.
struct HookQuestion
{
    std::uint64_t number = 0; // of the call
    std::shared_ptr<const Hook> hook;
    std::string id; // of the event: the same whenever it is told again
    std::string body;
};

// The body of an answer with status 200 to 299; an Error for everything else.
using HookAnswer = Result<std::string>;

// Calls hooks, so that nobody waits for them.
class HookCaller
{
public:
    virtual ~HookCaller() = default;

    // `answered` is called once, from any thread, after Hook::timeoutMs at the latest.
    virtual void call(const HookQuestion &question, std::function<void(HookAnswer)> answered) = 0;
    // Drops what is under way: no `answered` is called once this has returned.
    virtual void stop() = 0;
};

} // namespace Counterfoil

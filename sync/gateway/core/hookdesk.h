#pragma once

#include "gatewaystate.h"
#include "hookcodec.h"

#include <map>

namespace Counterfoil {

// Says which hooks are to be called now, and what came of it. docs/hooks.md.
class HookDesk
{
public:
    explicit HookDesk(GatewayState &state)
        : m_state(state)
    { }

    void setHooks(std::vector<Hook> hooks);

    // Whether somebody is to be asked before it is done; then ask(), and take() has the answer.
    bool asksBefore(const Command &command) const;
    void ask(const std::string &person, const Command &command);

    // What all hooks together said of a command; an Error when one of them gave no answer that can be used.
    struct Heard
    {
        std::string command; // its key
        Result<HookSaying> saying;
    };

    std::vector<HookQuestion> questions(); // each to be answered by take(), in whatever order
    std::optional<Heard> take(const HookQuestion &question, const HookAnswer &answer);

private:
    using HookPtr = std::shared_ptr<const Hook>;

    // A command that waits for what its hooks say, one after the other.
    struct Consultation
    {
        std::vector<HookPtr> hooks;
        std::string person;
        Command command; // as amended so far
        HookSaying saying;
        std::uint64_t asked = 0; // the call under way; 0: none
    };
    // Where an after-hook stands in the log.
    struct Delivery
    {
        HookPlace stored;
        bool placed = false;
        std::int64_t reached = 0; // told, or of no interest to the hook
        std::uint64_t asked = 0;
        std::int64_t telling = 0; // the entry that is being told
        int failures = 0;         // in a row
        std::optional<BootTime> failingSince;
        std::optional<BootTime> notBefore;
    };

    HookQuestion call(const HookPtr &hook, std::string id, std::string body);
    std::optional<HookQuestion> nextEvent(const HookPtr &hook, Delivery &delivery);
    bool findPlace(const Hook &hook, Delivery &delivery, const LogState &log);
    Result<std::optional<HookQuestion>> tell(const HookPtr &hook, Delivery &delivery, const LogEntry &entry,
                                             const std::string &epoch);
    void keepPlace(const Hook &hook, Delivery &delivery);
    std::optional<Heard> heardBefore(Consultation &consultation, const HookQuestion &question,
                                     const HookAnswer &answer);
    void told(const Hook &hook, Delivery &delivery, const HookAnswer &answer);

    GatewayState &m_state;
    std::vector<HookPtr> m_hooks;
    std::map<std::string, Consultation> m_consultations; // by the command's key
    std::map<std::string, Delivery> m_deliveries;        // by the hook's name
    std::size_t m_underWay = 0;
    std::uint64_t m_lastCall = 0;
};

} // namespace Counterfoil

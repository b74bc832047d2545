#pragma once

#include "command.h"
#include "result.h"

// What a gateway says to the hooks of others, and what they answer; docs/hooks.md.
namespace Counterfoil {

namespace Limits {
inline constexpr std::size_t hookSentenceBytes = 1'000; // that a person will read
}

// {"id","hook","when":"before","person","command":{…}}
std::string encodeBeforeEvent(const std::string &id, const std::string &hook, const std::string &person,
                              const Command &command);
// {"id","hook","when":"after","change":{…}}; `change` as encodeChange() made it.
std::string encodeAfterEvent(const std::string &id, const std::string &hook, const std::string &change);

// What a before-hook said.
struct HookSaying
{
    bool refuses = false;
    std::string sentence = {}; // for the person; of a refusal or an amendment
    AnyRecord record = {};     // of an amendment: what the command is to ask for instead; null: as it was
};

// {"id","decision":"allow"|"refuse"|"amend","sentence","record":{…}}. A BadReply is everything that is not
// that, such as another event's ID, a refusal without a sentence, and an amendment of a field that nobody may
// ask for or of anything but a "save" or "request": what somebody saw and agreed to is not exchanged behind
// them.
Result<HookSaying> decodeHookSaying(std::string_view json, std::string_view id, const Command &command);

} // namespace Counterfoil

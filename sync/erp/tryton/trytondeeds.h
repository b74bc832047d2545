#pragma once

#include "cartrules.h"
#include "trytonthings.h"

// What the clerk's parts say alike.
namespace Counterfoil::TrytonDeeds {

inline const Objection returnIsDecided{
    "return-decided", "This return is past deciding and taking back. Call the supplier about it."};

// What Tryton refuses is an answer, with its own sentence; anything else leaves open what happened.
inline Result<std::optional<CommandEffect>> answerOf(const Error &error)
{
    if (error.kind != ErrorKind::Rejected)
        return error;
    return std::optional(rejected({"refused", error.userText.toStdString()}));
}

inline std::optional<CommandEffect> applied(std::int64_t id)
{
    CommandEffect effect;
    effect.target = trytonKey("", id);
    return effect;
}

inline std::optional<CommandEffect> conflict(const std::string &target, std::int64_t version,
                                             const AnyRecord &theirs)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Conflict;
    effect.target = target;
    effect.theirVersion = version;
    effect.theirs = theirs;
    return effect;
}

inline QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

} // namespace Counterfoil::TrytonDeeds

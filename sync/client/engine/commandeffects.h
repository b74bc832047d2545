#pragma once

#include "attachment.h"
#include "documenteffects.h"
#include "effects.h"
#include "outboxentry.h"

#include <string>
#include <variant>
#include <vector>

// What CommandSender wants done. Whoever drives it carries the effects out in order. SendRequest and
// AbortRequest are over connections of its own, with ids of its own; RefuseToken and WakeIn are what they
// are to Downloads.
namespace Counterfoil {

// What is to be written into the outbox: OutboxFile::willSend(), told() and attemptFailed(). stored() answers
// it, with the outbox as it is then. At most one is under way.
struct NoteSending // before the request leaves
{
    std::string key;
};

struct NoteOutcome
{
    CommandOutcome outcome;
};

struct NoteFailed // a sending that settled nothing
{
    std::string key;
    Error error;
};

struct ReadPiece // of a file on this computer, at most Limits::uploadPieceBytes from there on; pieceRead()
{
    Attachment file;
    std::int64_t offset = 0;
};

using OutboxWork = std::variant<NoteSending, NoteOutcome, NoteFailed>;

using SenderEffect = std::variant<SendRequest, AbortRequest, OutboxWork, ReadPiece, RefuseToken, WakeIn>;
using SenderEffects = std::vector<SenderEffect>;

} // namespace Counterfoil

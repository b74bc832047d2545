#pragma once

#include "change.h"
#include "clock.h"
#include "error.h"
#include "signinport.h"
#include "syncport.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

// What the engine wants done. Whoever drives it carries the effects out in order and reports back by
// calling the engine's events; the transport does it with sockets, the simulation with a virtual network.
namespace Counterfoil {

// The moment of an event, on both clocks.
struct Now
{
    BootTime boot;
    Instant wall;
};

using RequestId = std::uint64_t;
using SocketId = std::uint64_t;

// Redirects are not to be followed. `bearer` and `body` are secrets and never logged.
struct SendRequest
{
    RequestId id = 0;
    std::string method;
    std::string target;         // path and query, encoded
    std::string body;           // JSON, or bytes of a file; empty: none
    std::string bearer;         // access token; empty: none
    std::int64_t timeoutMs = 0; // without a byte from the other side
    bool isFile = false;        // the body is bytes
};

struct AbortRequest // no answer is wanted any more
{
    RequestId id = 0;
};

struct HttpAnswer
{
    int status = 0;
    std::string body; // unpacked
};

struct OpenSocket
{
    SocketId id = 0;
    std::string target;
    std::string bearer;
};

struct CloseSocket // at once, without waiting for the other side
{
    SocketId id = 0;
};

struct SendText
{
    SocketId id = 0;
    std::string text;
};

// Connections kept for reuse may be dead without knowing it (a pulled cable, a sleep): make new ones.
struct DropConnections
{ };

enum class TimerId {
    Ping,    // the next heartbeat
    Silence, // how long an answer may be missing
    Next,    // when to begin again: backoff, poll
};

struct StartTimer // replaces a running one of the same id
{
    TimerId id = TimerId::Next;
    std::int64_t inMs = 0;
};

struct StopTimer
{
    TimerId id = TimerId::Next;
};

// Store work. Each is one transaction. The engine has at most one under way; the answer is stored().
struct LoadState
{ };

struct ApplyChanges
{
    std::vector<Change> changes;
    std::string cursor;       // covers them
    std::int64_t covered = 0; // the place in the log that the cursor stands for
};

// With `listing` a partial fill: only what an earlier scope did not show is listed, and what is here already
// stays without being listed again.
struct BeginFill
{
    std::vector<std::string> kinds;
    std::string cursor;
    std::string listing; // `next` of every kind's first page; empty: of a whole fill
};

struct ApplyFillPage
{
    const RecordType *kind = nullptr;
    std::vector<Change> rows;
    std::string next;
    bool listed = false;
    std::int64_t total = 0;
};

struct FinishFill
{ };

// The documents of the accounts go before, and what the outbox has of them: OutboxFile::withdraw().
struct Purge
{
    std::vector<std::string> accounts;
};

// The documents go before. What a person did goes only where the access to it has ended.
struct PurgeEverything
{
    std::vector<std::string> lost; // accounts; OutboxFile::withdraw()
    bool ended = false;            // access as a whole; OutboxFile::withdrawEverything()
};

using StoreWork
    = std::variant<LoadState, ApplyChanges, BeginFill, ApplyFillPage, FinishFill, Purge, PurgeEverything>;

struct KindFill
{
    std::string kind;
    std::string next;
    bool listed = false;
    std::int64_t done = 0;
    std::int64_t total = 0;
};

// The answer to LoadState and FinishFill; empty for all other work.
struct StoredState
{
    std::string cursor;
    bool filling = false;
    std::vector<KindFill> fills;
    std::vector<std::string> incomplete; // kinds that have to be filled although there is a cursor
    std::int64_t covered = 0;            // the place in the log that the cursor stands for; 0: not known
};

struct SaveTokens
{
    std::string refreshToken;
};

struct ForgetTokens
{ };

struct Publish
{
    SyncStatus status;
};

// Once for each change, when nothing of what was lost is here any more.
struct TellScope
{
    ScopeChange change;
};

// The cache is complete, and shows what this person sees. What the outbox has of an account that is not among
// it goes, as with a Purge: the log may not have been able to say that it was lost.
struct WithdrawUnseen
{ };

// The gateway has outcomes of commands to tell: CommandSender::nudged().
struct AskOutcomes
{
    bool anew = false; // those told before as well: this may be another log, with other numbers
};

// Comes before the SaveTokens and the store work of this person. `person.gateway` is not set.
struct SignedIn
{
    Person person;
};

struct SignInFailed
{
    Error error;
};

struct SignInNeeded
{
    Error reason;
};

using Effect = std::variant<SendRequest, AbortRequest, OpenSocket, CloseSocket, SendText, DropConnections,
                            StartTimer, StopTimer, StoreWork, SaveTokens, ForgetTokens, Publish, TellScope,
                            WithdrawUnseen, AskOutcomes, SignedIn, SignInFailed, SignInNeeded>;
using Effects = std::vector<Effect>;

} // namespace Counterfoil

#pragma once

#include "notoffered.h"

// The messages of protocol v1 that are not records of the business. They have field tables like
// records, so that one codec reads and writes both and the API description covers both.
namespace Counterfoil {

// Bounds that both ends keep; a message beyond one is refused as a whole.
namespace Limits {
inline constexpr std::size_t requestBytes = 1024 * 1024;   // a cart twice, at worst
inline constexpr std::size_t pageBytes = 32 * 1024 * 1024; // of a page, unpacked
inline constexpr std::size_t pageChanges = 2'000;
inline constexpr std::size_t frameBytes = 1024 * 1024; // of a WebSocket message
inline constexpr std::size_t frameChanges = 200;       // a longer range is to be pulled
inline constexpr std::size_t recordBytes = 4 * 1024 * 1024;
inline constexpr std::size_t documentBytes = 64 * 1024 * 1024;
inline constexpr std::int64_t documentWaitMs = 30'000; // while the ERP makes one; then it is refused
inline constexpr int jsonDepth = 16;
inline constexpr std::size_t outcomes = 200;             // asked for at once
inline constexpr std::size_t unfinishedCommands = 1'000; // of one person, at the gateway and in an outbox
inline constexpr std::size_t commandKeyBytes = 64;
inline constexpr std::size_t keyBytes = 256;         // of any other key, name or code in a command or outcome
inline constexpr std::size_t reasonBytes = 4 * 1024; // of the sentence in an outcome
inline constexpr std::size_t differences = 300;      // in an outcome
inline constexpr std::int64_t quoteWaitMs = 15'000;  // while the ERP looks; then it is refused
inline constexpr std::size_t theirsBytes
    = 128 * 1024; // of the record in an outcome; a larger one is left out
inline constexpr std::size_t uploadPieceBytes = 512 * 1024; // of a file in one request
inline constexpr std::size_t members = 500;                 // in one answer of GET /v1/users
inline constexpr std::size_t memberNameBytes = 128;         // of a sign-in name and of the person's name
inline constexpr std::size_t memberAccounts = 500;          // named for one person
inline constexpr std::size_t passwordCharacters = 12;       // at least, of one that a person chooses
} // namespace Limits

// POST /v1/session. The password travels in the body only.
struct SessionRequest
{
    std::string user;
    std::string password;
    std::string device; // a name for the person's list of devices

    static const RecordType type;
};

// POST /v1/session/refresh
struct RefreshRequest
{
    std::string refreshToken;

    static const RecordType type;
};

// The answer to both. Access tokens go into "Authorization: Bearer", never into a URL.
struct SessionAnswer
{
    std::string accessToken;
    std::int64_t accessExpiresInMs = 0;
    std::string refreshToken; // the one before it stays good until this one is first used
    std::string user;
    std::string displayName;
    std::string role;
    bool seesPrices = false;
    bool seesInvoices = false;
    std::string supplier;
    std::string contact;                // the key of the contact that this person is; empty: none
    bool invitesPeople = false;         // may use /v1/users
    bool speaksForSupplier = false;     // a customer's own administrator does not
    std::vector<NotOffered> notOffered; // what the ERP cannot do
    // Signed in with the first password of an invitation: nothing but POST /v1/session/password is answered.
    bool mustChangePassword = false;

    static const RecordType type;
};

// The first line of every page of changes and of every snapshot page; the changes follow, one a line.
// The last line is a PageEnd, so that a page cut short is known as such.
struct PageHead
{
    std::string from;  // changes: the cursor asked for. Snapshot: empty
    std::string to;    // changes: the cursor after this page. Snapshot: the token for the next page
    bool more = false; // something is known to follow
    std::int64_t total
        = 0; // snapshot: rows of this kind in scope. Changes: how many are still to come, this page included
    std::int64_t toSeq = 0; // changes: the place in the log that `to` stands for
    std::int64_t lagMs = 0; // how far the gateway may be behind its ERP
    bool erpDown = false;

    static const RecordType type;
};

struct PageEnd
{
    std::int64_t count = -1; // of changes in the page

    static const RecordType type;
};

// POST /v1/snapshot: fixes the cursor from which replay goes on once everything has been listed. With
// ?beyond=CURSOR, one that is refused as scope-changed: only what that one's scope did not show will be
// listed, and the replay goes on from where that one was.
struct SnapshotAnswer
{
    std::string cursor;
    std::string listing; // for `next` of every kind's first page; empty: leave it out

    static const RecordType type;
};

// Every WebSocket message of the gateway. `frame`:
//   "changes"  the range (from, to] with its changes; may be empty
//   "pong"     the answer to a ping; its range is empty or small, like that of "changes"
//   "pull"     more happened than fits: pull from your cursor
//   "outcomes" a command of this person's came to an end: ask for outcomes
//   "scope"    what this person may see has changed, or the cursor cannot be answered: ask /v1/changes
//   "bye"      the session has ended; `reason` is a problem type
struct LiveFrame
{
    std::string frame;
    std::string from;
    std::string to;
    std::int64_t toSeq = 0; // the place in the log that `to` stands for
    std::int64_t ping = 0;  // of the ping that is answered
    std::int64_t lagMs = 0;
    bool erpDown = false;
    std::string reason;
    // The "changes" of the frame follow this table's fields in the same JSON object, as an array.

    static const RecordType type;
};

// The client's only WebSocket message.
struct LivePing
{
    std::int64_t ping = 0; // rising; the answer repeats it

    static const RecordType type;
};

struct CommandRef
{
    std::string command; // its key

    static const RecordType type;
};

// POST /v1/commands/outcomes
struct OutcomesRequest
{
    std::vector<CommandRef> commands; // at most Limits::outcomes

    static const RecordType type;
};

struct AccountRef
{
    std::string account; // its key

    static const RecordType type;
};

// What somebody may order, or approve, without anybody else, with freight and tax.
struct LimitEntry
{
    std::string account; // its key; and its branches that have none of their own; empty: wherever no other is
    Decimal amount;      // whole units of the account's currency

    static const RecordType type;
};

// Somebody who may sign in, as /v1/users has it. What is sent there replaces what was, but for `user` and
// `invited`.
struct MemberEntry
{
    std::string user; // the sign-in name
    std::string displayName;
    std::string role;
    std::vector<AccountRef> accounts; // branches are included without being named
    bool pricesWithheld = false;
    bool invoicesWithheld = false;
    bool disabled = false;
    bool invited = false;                // has not chosen a password yet
    std::vector<LimitEntry> limits = {}; // none: there is no limit
    bool setsLimits = false;             // sent: `limits` replace what was; else they stay

    static const RecordType type;
};

// GET /v1/users?after=USER
struct MemberList
{
    std::vector<MemberEntry> members; // by `user`; at most Limits::members
    bool more = false;                // ask again, `after` the last one

    static const RecordType type;
};

// POST /v1/users. Said once; only its hash is kept.
struct InvitationAnswer
{
    std::string user;
    std::string firstPassword;
    std::int64_t expiresInMs = 0; // unless the person has chosen another by then

    static const RecordType type;
};

// POST /v1/session/password
struct PasswordChange
{
    std::string password; // as it is now
    std::string newPassword;

    static const RecordType type;
};

// RFC 9457 problem details, media type application/problem+json.
struct Problem
{
    std::string
        typeUri; // "type" on the wire; stable, see problems.h: "urn:counterfoil:problem:cursor-expired"
    std::string title;
    std::int64_t status = 0;
    std::string detail;
    std::string requestId;
    std::int64_t retryAfterMs = 0;
    std::vector<AccountRef> added;   // scope-changed only: accounts gained,
    std::vector<AccountRef> removed; // and lost
    bool redactionsChanged = false;  // scope-changed only: what is withheld differs now

    static const RecordType type;
};

} // namespace Counterfoil

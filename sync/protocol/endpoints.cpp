#include "endpoints.h"

#include "quote.h"
#include "uploadmessages.h"

namespace Counterfoil {

namespace {

using enum ProblemKind;
using Body = Endpoint::Body;
using Place = EndpointParameter::Place;

constexpr ProblemKind signInProblems[] = {Malformed, SignInFailed, AccessEnded, TooLarge, RateLimited};
constexpr ProblemKind refreshProblems[] = {Malformed, TokenRefused, AccessEnded, TooLarge, RateLimited};
constexpr ProblemKind tokenProblems[] = {TokenRefused};
constexpr ProblemKind passwordProblems[]
    = {Malformed, TokenRefused, AccessEnded, WrongPassword, PasswordRefused, TooLarge, RateLimited};
constexpr ProblemKind snapshotProblems[]
    = {Malformed,   TokenRefused, AccessEnded, PasswordChangeNeeded, CursorExpired, CursorOtherEpoch,
       CursorAhead, ScopeChanged, Overloaded};
constexpr ProblemKind commandProblems[]
    = {Malformed, TokenRefused, AccessEnded,     PasswordChangeNeeded, Forbidden,    NotFound,
       KeyReused, TooLarge,     TooManyCommands, Overloaded,           UploadMissing};
constexpr ProblemKind quoteProblems[]
    = {Malformed, TokenRefused, AccessEnded, PasswordChangeNeeded, Forbidden,
       NotFound,  TooLarge,     Overloaded,  QuoteUnavailable,     QuotesNotOffered};
constexpr ProblemKind announceProblems[]
    = {Malformed, TokenRefused, AccessEnded, PasswordChangeNeeded, Forbidden,
       NotFound,  KeyReused,    TooLarge,    UploadRefused,        Overloaded};
constexpr ProblemKind uploadProblems[] = {Malformed, TokenRefused, AccessEnded,   PasswordChangeNeeded,
                                          NotFound,  TooLarge,     UploadRefused, Overloaded};
constexpr ProblemKind givenUploadProblems[]
    = {TokenRefused, AccessEnded, PasswordChangeNeeded, NotFound, RangeNotSatisfiable};
constexpr ProblemKind outcomesProblems[]
    = {Malformed, TokenRefused, AccessEnded, PasswordChangeNeeded, TooLarge};
constexpr ProblemKind membersProblems[] = {TokenRefused, AccessEnded, PasswordChangeNeeded, Forbidden};
constexpr ProblemKind inviteProblems[]
    = {Malformed,    TokenRefused,    AccessEnded, PasswordChangeNeeded, Forbidden,
       MemberExists, BeyondOwnRights, TooLarge,    RateLimited};
constexpr ProblemKind memberProblems[]
    = {Malformed,       TokenRefused,      AccessEnded, PasswordChangeNeeded, Forbidden, MemberNotFound,
       BeyondOwnRights, LastAdministrator, TooLarge};
constexpr ProblemKind listingProblems[]
    = {Malformed,     TokenRefused,     AccessEnded, PasswordChangeNeeded, UnknownKind,
       CursorExpired, CursorOtherEpoch, CursorAhead, ScopeChanged};
constexpr ProblemKind changesProblems[] = {Malformed,     TokenRefused,     AccessEnded, PasswordChangeNeeded,
                                           CursorExpired, CursorOtherEpoch, CursorAhead, ScopeChanged};
constexpr ProblemKind documentProblems[]
    = {TokenRefused,        AccessEnded, PasswordChangeNeeded, DocumentNotFound,
       RangeNotSatisfiable, Overloaded,  DocumentUnavailable,  DocumentDamaged};
constexpr ProblemKind liveProblems[]
    = {Malformed, TokenRefused, AccessEnded, PasswordChangeNeeded, Overloaded};

constexpr EndpointParameter after{"after", Place::Query, true,
                                  "The cursor up to which the client has everything"};
constexpr EndpointParameter fixed{"after", Place::Query, true,
                                  "The cursor from which to replay once all is listed"};
constexpr EndpointParameter limit{"limit", Place::Query, false, "At most so many changes in the page"};
constexpr EndpointParameter kind{"kind", Place::Path, true, "A kind of record, such as order"};
constexpr EndpointParameter next{"next", Place::Query, false,
                                 "The token from the page before; absent for the first page"};
constexpr EndpointParameter beyondSequence{"beyond", Place::Query, false,
                                           "A cursor that /v1/changes refused as scope-changed, without "
                                           "redactionsChanged: only what it did not show is listed"};
constexpr EndpointParameter user{"user", Place::Path, true, "A sign-in name"};
constexpr EndpointParameter afterUser{"after", Place::Query, false, "The last sign-in name known"};
constexpr EndpointParameter document{"key", Place::Path, true, "The key of a document's record"};
constexpr EndpointParameter range{"Range", Place::Header, false,
                                  "One range of bytes, such as bytes=1000-; several get the whole document"};
constexpr EndpointParameter ifRange{"If-Range", Place::Header, false,
                                    "The ETag known; if it is another one, the whole document comes"};
constexpr EndpointParameter ifNoneMatch{"If-None-Match", Place::Header, false,
                                        "The ETag known; if it is this one, nothing but 304 comes"};
constexpr EndpointParameter uploadId{"upload", Place::Path, true,
                                     "The ID of an upload, made by who sends it"};
constexpr EndpointParameter uploadOffset{
    "offset", Place::Query, true, "Where the body goes on; elsewhere than at `received` it is passed over"};
constexpr EndpointParameter none{};

constexpr Endpoint table[] = {
    {"POST",
     "/v1/session",
     "Sign in",
     false,
     {none, none, none},
     &SessionRequest::type,
     Body::Json,
     &SessionAnswer::type,
     signInProblems},
    {"POST",
     "/v1/session/refresh",
     "Exchange the refresh token for new tokens",
     false,
     {none, none, none},
     &RefreshRequest::type,
     Body::Json,
     &SessionAnswer::type,
     refreshProblems},
    {"DELETE",
     "/v1/session",
     "Sign out: the session's tokens end",
     true,
     {none, none, none},
     nullptr,
     Body::None,
     nullptr,
     tokenProblems},
    {"POST",
     "/v1/session/password",
     "Choose another password: the person's other sessions end",
     true,
     {none, none, none},
     &PasswordChange::type,
     Body::None,
     nullptr,
     passwordProblems},
    {"POST",
     "/v1/snapshot",
     "Fix the cursor from which to replay once everything has been listed",
     true,
     {beyondSequence, none, none},
     nullptr,
     Body::Json,
     &SnapshotAnswer::type,
     snapshotProblems},
    {"GET",
     "/v1/snapshot/{kind}",
     "List the records of a kind as they are now, newest first, page by page",
     true,
     {kind, fixed, next, limit},
     nullptr,
     Body::Page,
     nullptr,
     listingProblems},
    {"GET",
     "/v1/changes",
     "The changes after a cursor, oldest first",
     true,
     {after, limit, none},
     nullptr,
     Body::Page,
     nullptr,
     changesProblems},
    {"GET",
     "/v1/documents/{key}",
     "The bytes of a document, which the ERP issues when they are first asked for",
     true,
     {document, range, ifRange, ifNoneMatch},
     nullptr,
     Body::Document,
     nullptr,
     documentProblems},
    {"POST",
     "/v1/quotes",
     "Today's prices, stock and eligibility, as the ERP has them at this moment; nothing changes",
     true,
     {none, none, none},
     &QuoteRequest::type,
     Body::Json,
     &Quote::type,
     quoteProblems},
    {"POST",
     "/v1/uploads",
     "Announce a file, or ask how much of it has arrived",
     true,
     {none, none, none},
     &UploadRequest::type,
     Body::Json,
     &UploadAnswer::type,
     announceProblems},
    {"PUT",
     "/v1/uploads/{upload}",
     "A piece of it, as application/octet-stream, of at most 512 KiB",
     true,
     {uploadId, uploadOffset, none},
     nullptr,
     Body::Json,
     &UploadAnswer::type,
     uploadProblems},
    {"GET",
     "/v1/uploads/{upload}",
     "The file, for who sees the account once something refers to it",
     true,
     {uploadId, none, none},
     nullptr,
     Body::Document,
     nullptr,
     givenUploadProblems},
    {"POST",
     "/v1/commands",
     "Ask the ERP for something; the same key may come again and gets the same outcome",
     true,
     {none, none, none},
     nullptr,
     Body::OneOutcome,
     nullptr,
     commandProblems,
     true},
    {"POST",
     "/v1/commands/outcomes",
     "What became of commands of one's own",
     true,
     {none, none, none},
     &OutcomesRequest::type,
     Body::Outcomes,
     nullptr,
     outcomesProblems},
    {"GET",
     "/v1/users",
     "Who may sign in for the administrator's own accounts",
     true,
     {afterUser, none, none},
     nullptr,
     Body::Json,
     &MemberList::type,
     membersProblems},
    {"POST",
     "/v1/users",
     "Invite somebody; the answer holds their first password",
     true,
     {none, none, none},
     &MemberEntry::type,
     Body::Json,
     &InvitationAnswer::type,
     inviteProblems},
    {"PUT",
     "/v1/users/{user}",
     "Change what somebody may see and do, or end their access",
     true,
     {user, none, none},
     &MemberEntry::type,
     Body::Json,
     &MemberEntry::type,
     memberProblems},
    {"GET",
     "/v1/live",
     "Upgrade to a WebSocket that carries changes as they happen",
     true,
     {after, none, none},
     nullptr,
     Body::WebSocket,
     nullptr,
     liveProblems},
    {"GET",
     "/v1/openapi.json",
     "This description",
     false,
     {none, none, none},
     nullptr,
     Body::Json,
     nullptr,
     {}},
    {"GET",
     "/v1/asyncapi.json",
     "The description of /v1/live",
     false,
     {none, none, none},
     nullptr,
     Body::Json,
     nullptr,
     {}},
    {"GET",
     "/healthz",
     "Whether the gateway works",
     false,
     {none, none, none},
     nullptr,
     Body::Text,
     nullptr,
     {}},
    {"GET",
     "/metrics",
     "Figures for Prometheus",
     false,
     {none, none, none},
     nullptr,
     Body::Text,
     nullptr,
     {}},
};

} // namespace

std::span<const Endpoint> endpoints()
{
    return table;
}

} // namespace Counterfoil

#include "endpoints.h"

namespace Counterfoil {

namespace {

using enum ProblemKind;
using Body = Endpoint::Body;
using Place = EndpointParameter::Place;

constexpr ProblemKind signInProblems[] = {Malformed, SignInFailed, AccessEnded, TooLarge, RateLimited};
constexpr ProblemKind refreshProblems[] = {Malformed, TokenRefused, AccessEnded, TooLarge, RateLimited};
constexpr ProblemKind tokenProblems[] = {TokenRefused};
constexpr ProblemKind snapshotProblems[] = {TokenRefused, AccessEnded, Overloaded};
constexpr ProblemKind listingProblems[] = {Malformed,     TokenRefused,     AccessEnded, UnknownKind,
                                           CursorExpired, CursorOtherEpoch, CursorAhead, ScopeChanged};
constexpr ProblemKind changesProblems[]
    = {Malformed, TokenRefused, AccessEnded, CursorExpired, CursorOtherEpoch, CursorAhead, ScopeChanged};
constexpr ProblemKind documentProblems[]
    = {TokenRefused, AccessEnded,         DocumentNotFound, RangeNotSatisfiable,
       Overloaded,   DocumentUnavailable, DocumentDamaged};
constexpr ProblemKind liveProblems[] = {Malformed, TokenRefused, AccessEnded, Overloaded};

constexpr EndpointParameter after{"after", Place::Query, true,
                                  "The cursor up to which the client has everything"};
constexpr EndpointParameter fixed{"after", Place::Query, true,
                                  "The cursor from which to replay once all is listed"};
constexpr EndpointParameter limit{"limit", Place::Query, false, "At most so many changes in the page"};
constexpr EndpointParameter kind{"kind", Place::Path, true, "A kind of record, such as order"};
constexpr EndpointParameter next{"next", Place::Query, false,
                                 "The token from the page before; absent for the first page"};
constexpr EndpointParameter document{"key", Place::Path, true, "The key of a document's record"};
constexpr EndpointParameter range{"Range", Place::Header, false,
                                  "One range of bytes, such as bytes=1000-; several get the whole document"};
constexpr EndpointParameter ifRange{"If-Range", Place::Header, false,
                                    "The ETag known; if it is another one, the whole document comes"};
constexpr EndpointParameter ifNoneMatch{"If-None-Match", Place::Header, false,
                                        "The ETag known; if it is this one, nothing but 304 comes"};
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
     "/v1/snapshot",
     "Fix the cursor from which to replay once everything has been listed",
     true,
     {none, none, none},
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

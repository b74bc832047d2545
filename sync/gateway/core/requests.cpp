#include "requests.h"

#include "codec.h"
#include "endpoints.h"
#include "kinds.h"

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

constexpr std::size_t usualRequestBytes = 64 * 1024; // of all but a command, which may hold a cart twice
constexpr int defaultPageChanges = 500;
// Of the lines of one page; under Limits::pageBytes, and small enough to be sent and packed quickly.
constexpr std::size_t pageLineBytes = 8 * 1024 * 1024;

HttpResponse ndjson(const PageHead &head, const std::vector<std::string> &lines)
{
    return {200, "application/x-ndjson", encodePage(head, lines), 0};
}

std::string queryValue(const HttpRequest &request, const char *name)
{
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

// The value of ?limit=, within what a page may hold; nothing when it is no number.
std::optional<int> limitOf(const HttpRequest &request)
{
    const std::string text = queryValue(request, "limit");
    if (text.empty())
        return defaultPageChanges;
    int limit = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size() || limit < 1)
        return std::nullopt;
    return std::min(limit, static_cast<int>(Limits::pageChanges));
}

bool isLoopback(const std::string &peer)
{
    return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

} // namespace

std::span<const Requests::Route> Requests::routes()
{
    static constexpr Route all[] = {
        {"POST", "/v1/session", &Requests::signIn},
        {"DELETE", "/v1/session", &Requests::signOut},
        {"POST", "/v1/session/refresh", &Requests::refresh},
        {"POST", "/v1/session/password", &Requests::changePassword},
        {"GET", "/v1/changes", &Requests::changes},
        {"POST", "/v1/snapshot", &Requests::fixSnapshot},
        {"GET", "/v1/snapshot/", &Requests::list},
        {"GET", "/v1/documents/", &Requests::document},
        {"POST", "/v1/quotes", &Requests::quote},
        {"POST", "/v1/uploads", &Requests::beginUpload},
        {"PUT", "/v1/uploads/", &Requests::takeUpload},
        {"GET", "/v1/uploads/", &Requests::giveUpload},
        {"POST", "/v1/commands", &Requests::command},
        {"POST", "/v1/commands/outcomes", &Requests::outcomes},
        {"GET", "/v1/users", &Requests::members},
        {"POST", "/v1/users", &Requests::invite},
        {"PUT", "/v1/users/", &Requests::changeMember},
        {"GET", "/v1/live", &Requests::liveWithoutUpgrade},
        {"GET", "/v1/openapi.json", &Requests::openApi},
        {"GET", "/v1/asyncapi.json", &Requests::asyncApi},
        {"GET", "/healthz", &Requests::health},
        {"GET", "/metrics", &Requests::figures},
    };
    return all;
}

std::size_t Requests::bodyBytes(std::string_view path)
{
    if (path.starts_with("/v1/uploads/"))
        return Limits::uploadPieceBytes;
    return path == "/v1/commands" ? Limits::requestBytes : usualRequestBytes;
}

HttpResponse Requests::answer(const HttpRequest &request)
{
    if (request.body.size() > bodyBytes(request.path))
        return m_state.problem({ProblemKind::TooLarge});
    std::string allowed;
    for (const Route &route : routes()) {
        const bool takesName = route.path.back() == '/';
        if (takesName ? !request.path.starts_with(route.path) : request.path != route.path)
            continue;
        const bool gets = route.method == "GET";
        if (request.method == route.method || (gets && request.method == "HEAD"))
            return (this->*route.handler)(request,
                                          takesName ? request.path.substr(route.path.size()) : std::string());
        ((allowed += allowed.empty() ? "" : ", ") += route.method) += gets ? ", HEAD" : "";
    }
    if (allowed.empty())
        return m_state.problem({ProblemKind::NotFound});
    HttpResponse refusal = m_state.problem({ProblemKind::MethodNotAllowed});
    refusal.headers.emplace_back("Allow", allowed);
    return refusal;
}

HttpResponse Requests::sessionAnswer(const Answer<SessionAnswer> &answer)
{
    if (const auto *refusal = std::get_if<Refusal>(&answer))
        return m_state.problem(*refusal);
    return {200, "application/json", encode(std::get<SessionAnswer>(answer)), 0};
}

HttpResponse Requests::signIn(const HttpRequest &request, const std::string &)
{
    const auto message = decode<SessionRequest>(request.body);
    if (!message)
        return m_state.problem({ProblemKind::Malformed, "the body is no sign-in"});
    return sessionAnswer(m_state.sessions.signIn(*message, request.peer));
}

HttpResponse Requests::refresh(const HttpRequest &request, const std::string &)
{
    const auto message = decode<RefreshRequest>(request.body);
    if (!message)
        return m_state.problem({ProblemKind::Malformed, "the body is no refresh"});
    return sessionAnswer(m_state.sessions.refresh(message->refreshToken));
}

HttpResponse Requests::signOut(const HttpRequest &request, const std::string &)
{
    const auto caller = m_state.sessions.authenticate(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&caller))
        return m_state.problem(*refusal);
    if (const auto done = m_state.sessions.signOut(std::get<Caller>(caller).session); !done)
        return m_state.problem(refusalOf(done.error()));
    return {204, {}, {}, 0};
}

HttpResponse Requests::changePassword(const HttpRequest &request, const std::string &)
{
    const auto caller = m_state.sessions.authenticate(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&caller))
        return m_state.problem(*refusal);
    const auto message = decode<PasswordChange>(request.body);
    if (!message)
        return m_state.problem({ProblemKind::Malformed, "the body is no change of a password"});
    const auto done = m_state.sessions.changePassword(std::get<Caller>(caller), *message);
    if (const auto *refusal = std::get_if<Refusal>(&done))
        return m_state.problem(*refusal);
    return {204, {}, {}, 0};
}

PageHead Requests::pageHead() const
{
    PageHead head;
    const auto freshness = m_state.freshness();
    head.lagMs = freshness.lagMs;
    head.erpDown = freshness.erpDown;
    return head;
}

HttpResponse Requests::changes(const HttpRequest &request, const std::string &)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto limit = limitOf(request);
    if (!limit)
        return m_state.problem({ProblemKind::Malformed, "'limit' is no number above 0"});
    const std::string after = queryValue(request, "after");
    const auto place = m_state.place(after, caller);
    if (const auto *refusal = std::get_if<Refusal>(&place))
        return m_state.problem(*refusal);

    const auto range = readRange(m_state.store, *caller.scope, std::get<std::int64_t>(place), caller.log.last,
                                 {static_cast<std::size_t>(*limit), pageLineBytes});
    if (!range)
        return m_state.problem(refusalOf(range.error()));
    const auto to = m_state.cursorAt(range->to, caller);
    if (const auto *refusal = std::get_if<Refusal>(&to))
        return m_state.problem(*refusal);
    PageHead head = pageHead();
    head.from = after;
    head.to = std::get<std::string>(to);
    head.toSeq = range->to;
    head.more = range->to < caller.log.last;
    head.total = static_cast<std::int64_t>(range->lines.size()) + range->remaining;
    return ndjson(head, range->lines);
}

HttpResponse Requests::fixSnapshot(const HttpRequest &request, const std::string &)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto answer = snapshot(std::get<GatewayState::Admitted>(admitted), queryValue(request, "beyond"));
    if (const auto *refusal = std::get_if<Refusal>(&answer))
        return m_state.problem(*refusal);
    return {200, "application/json", encode(std::get<SnapshotAnswer>(answer)), 0};
}

// Beyond a cursor, the replay goes on from there: what has been in sight all along may have changed since.
Answer<SnapshotAnswer> Requests::snapshot(const GatewayState::Admitted &caller, const std::string &beyond)
{
    // A listing of what has been read so far would be a picture of nothing that ever was.
    if (!m_state.erpWatch.hasEverRead())
        return Refusal{ProblemKind::Overloaded, "still reading the ERP for the first time"};
    SnapshotAnswer answer;
    std::int64_t from = caller.log.last;
    if (!beyond.empty()) {
        const auto old = m_state.cursorOf(beyond, caller);
        if (const auto *refusal = std::get_if<Refusal>(&old))
            return *refusal;
        const auto &known = std::get<Cursor>(old);
        const auto accounts = m_state.accountsBeyond(known.scope, caller);
        if (const auto *refusal = std::get_if<Refusal>(&accounts))
            return *refusal;
        from = known.sequence;
        answer.listing = ListingToken{0, {}, known.scope}.toString();
    }
    auto cursor = m_state.cursorAt(from, caller);
    if (const auto *refusal = std::get_if<Refusal>(&cursor))
        return *refusal;
    answer.cursor = std::get<std::string>(std::move(cursor));
    return answer;
}

HttpResponse Requests::list(const HttpRequest &request, const std::string &kindName)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const Scope &scope = *caller.scope;
    const auto limit = limitOf(request);
    const std::string next = queryValue(request, "next");
    const auto token = ListingToken::parse(next);
    GatewayStore::Listing listing;
    listing.kind = findKind(kindName);
    if (!listing.kind)
        return m_state.problem({ProblemKind::UnknownKind});
    if (!limit || (!next.empty() && !token))
        return m_state.problem({ProblemKind::Malformed, "'limit' is no number above 0, or 'next' no token"});
    // Every page of a listing has to be of one scope, and one that can still be replayed.
    const auto place = m_state.place(queryValue(request, "after"), caller);
    if (const auto *refusal = std::get_if<Refusal>(&place))
        return m_state.problem(*refusal);
    listing.accounts = scope.accounts();
    listing.audience = scope.audience();
    std::set<std::string> beyond;
    if (token && !token->beyond.empty()) {
        auto accounts = m_state.accountsBeyond(token->beyond, caller);
        if (const auto *refusal = std::get_if<Refusal>(&accounts))
            return m_state.problem(*refusal);
        beyond = std::get<std::set<std::string>>(std::move(accounts));
        listing.accounts = &beyond;
    }
    if (token && !token->key.empty())
        listing.after = std::pair(token->sortTime, token->key);
    listing.limit = *limit;
    listing.maxBytes = pageLineBytes;
    // A kind out of this person's sight has no rows, so that a client lists every kind it knows alike.
    if (!scope.sees(*listing.kind))
        return ndjson(pageHead(), {});
    auto listed = m_state.store.list(listing);
    if (!listed)
        return m_state.problem(refusalOf(listed.error()));
    const auto total = m_state.store.count(listing);
    if (!total)
        return m_state.problem(refusalOf(total.error()));

    PageHead head = pageHead();
    head.total = *total;
    head.more = listed->more;
    if (head.more)
        head.to = ListingToken{listed->rows.back().sortTime, listed->rows.back().key,
                               token ? token->beyond : std::string()}
                      .toString();
    std::vector<std::string> lines;
    lines.reserve(listed->rows.size());
    for (ListedRow &row : listed->rows) {
        auto line = scope.recordLine(*listing.kind, std::move(row.text));
        if (!line)
            return m_state.problem(refusalOf(line.error()));
        lines.push_back(*std::move(line));
    }
    return ndjson(head, lines);
}

HttpResponse Requests::document(const HttpRequest &request, const std::string &key)
{
    return m_desk.answer(request, key);
}

HttpResponse Requests::beginUpload(const HttpRequest &request, const std::string &)
{
    return m_uploads.begin(request);
}

HttpResponse Requests::takeUpload(const HttpRequest &request, const std::string &id)
{
    return m_uploads.take(request, id);
}

HttpResponse Requests::giveUpload(const HttpRequest &request, const std::string &id)
{
    return m_uploads.give(request, id);
}

HttpResponse Requests::quote(const HttpRequest &request, const std::string &)
{
    return m_quotes.answer(request);
}

HttpResponse Requests::command(const HttpRequest &request, const std::string &)
{
    return m_commands.receive(request);
}

HttpResponse Requests::outcomes(const HttpRequest &request, const std::string &)
{
    return m_commands.outcomes(request);
}

HttpResponse Requests::members(const HttpRequest &request, const std::string &)
{
    return m_members.list(request, queryValue(request, "after"));
}

HttpResponse Requests::invite(const HttpRequest &request, const std::string &)
{
    return m_members.invite(request);
}

HttpResponse Requests::changeMember(const HttpRequest &request, const std::string &name)
{
    return m_members.change(request, name);
}

HttpResponse Requests::liveWithoutUpgrade(const HttpRequest &, const std::string &)
{
    return m_state.problem({ProblemKind::Malformed, "this address speaks WebSocket only"});
}

HttpResponse Requests::openApi(const HttpRequest &, const std::string &)
{
    static const std::string document = openApiDocument();
    return {200, "application/json", document, 0};
}

HttpResponse Requests::asyncApi(const HttpRequest &, const std::string &)
{
    static const std::string document = asyncApiDocument();
    return {200, "application/json", document, 0};
}

HttpResponse Requests::health(const HttpRequest &, const std::string &)
{
    if (const auto state = m_state.store.logState(); !state)
        return m_state.problem(refusalOf(state.error()));
    const bool erpDown = m_state.erpWatch.isDown();
    return {200, "text/plain; charset=utf-8", erpDown ? "ok, but the ERP cannot be reached\n" : "ok\n", 0};
}

// For who runs the gateway: from the same machine, or with the token of an administrator of the supplier's.
HttpResponse Requests::figures(const HttpRequest &request, const std::string &)
{
    if (!isLoopback(request.peer)) {
        const auto caller = m_state.sessions.authenticate(request.bearer);
        if (const auto *refusal = std::get_if<Refusal>(&caller))
            return m_state.problem(*refusal);
        const User &user = std::get<Caller>(caller).user;
        if (user.role != "admin" || !user.accounts.empty() || user.firstPasswordUntil.isSet())
            return m_state.problem({ProblemKind::Forbidden});
    }
    const auto state = m_state.store.logState();
    if (!state)
        return m_state.problem(refusalOf(state.error()));
    const Metrics::Gauges gauges{
        m_state.live.size(), m_desk.waits(),           m_commands.unfinished(),  state->first,
        state->last,         m_state.erpWatch.lagMs(), m_state.erpWatch.isDown()};
    return {200, "text/plain; version=0.0.4; charset=utf-8", m_state.metrics.text(gauges), 0};
}

} // namespace Counterfoil

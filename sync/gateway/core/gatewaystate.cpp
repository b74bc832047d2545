#include "gatewaystate.h"

#include "account.h"
#include "codec.h"

#include <QLoggingCategory>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(stateLog, "counterfoil.gateway")

constexpr std::size_t requestIdBytes = 9;
constexpr std::size_t maxRememberedScopes = 100'000; // beyond that they are written down once more
constexpr int loadAtOnce = 2'000;
constexpr std::size_t loadBytes = 16 * 1024 * 1024;

std::vector<AccountRef> refsOf(const std::vector<std::string> &accounts)
{
    std::vector<AccountRef> refs;
    refs.reserve(accounts.size());
    for (const std::string &account : accounts)
        refs.push_back({account});
    return refs;
}

Instant provenAtOf(GatewayStore &store)
{
    const auto state = store.logState();
    return state ? state->provenAt : Instant();
}

} // namespace

GatewayState::GatewayState(GatewayStore &gatewayStore, const Clock &systemClock, Random &chance,
                           GatewaySettings given)
    : store(gatewayStore)
    , clock(systemClock)
    , random(chance)
    , settings(std::move(given))
    , sessions(store.people(), clock, random, settings)
    , live(metrics)
    , erpWatch(clock, provenAtOf(store))
{ }

Outcome eachAccount(GatewayStore &store, const std::function<void(const Account &)> &visit)
{
    GatewayStore::Listing listing;
    listing.kind = &Account::type;
    listing.limit = loadAtOnce;
    listing.maxBytes = loadBytes;
    for (;;) {
        const auto listed = store.list(listing);
        if (!listed)
            return listed.error();
        for (const ListedRow &row : listed->rows) {
            const auto change = decodeChange(row.text);
            if (!change)
                return change.error();
            if (const auto *account = change->record.as<Account>())
                visit(*account);
        }
        if (!listed->more)
            return Done();
        listing.after = std::pair(listed->rows.back().sortTime, listed->rows.back().key);
    }
}

// Which account is whose branch. Tried again with the next request when the store cannot be read now.
Outcome GatewayState::load()
{
    if (loaded)
        return Done();
    const auto done = eachAccount(store, [this](const Account &account) { tree.set(account); });
    loaded = done.ok();
    return done;
}

Answer<GatewayState::Admitted> GatewayState::admit(const std::string &accessToken)
{
    if (const auto done = load(); !done)
        return refusalOf(done.error());
    auto caller = sessions.authenticate(accessToken);
    if (auto *refusal = std::get_if<Refusal>(&caller))
        return std::move(*refusal);
    if (std::get<Caller>(caller).user.firstPasswordUntil.isSet())
        return Refusal{ProblemKind::PasswordChangeNeeded};
    auto state = store.logState();
    if (!state)
        return refusalOf(state.error());
    Admitted admitted{std::get<Caller>(std::move(caller)), nullptr, *std::move(state)};
    admitted.scope = std::make_shared<const Scope>(admitted.caller.user, tree);
    return admitted;
}

Refusal GatewayState::scopeChanged(const std::string &oldHash, const Admitted &admitted)
{
    const auto text = store.scopeText(admitted.caller.user.name, oldHash);
    if (!text)
        return refusalOf(text.error());
    if (!*text)
        return {ProblemKind::CursorExpired, "it is no longer known what this cursor could see"};
    const auto difference = admitted.scope->differenceFrom(**text, tree);
    return {ProblemKind::ScopeChanged,   {}, 0, refsOf(difference.added), refsOf(difference.removed),
            difference.redactionsChanged};
}

Answer<Cursor> GatewayState::cursorOf(const std::string &text, const Admitted &admitted) const
{
    auto cursor = Cursor::parse(text);
    if (!cursor)
        return Refusal{ProblemKind::Malformed, "not a cursor of this protocol"};
    if (cursor->epoch != admitted.log.epoch)
        return Refusal{ProblemKind::CursorOtherEpoch};
    if (cursor->sequence > admitted.log.last)
        return Refusal{ProblemKind::CursorAhead};
    if (cursor->sequence < admitted.log.first)
        return Refusal{ProblemKind::CursorExpired, "older than the log keeps"};
    return *std::move(cursor);
}

Answer<std::int64_t> GatewayState::place(const std::string &cursorText, const Admitted &admitted)
{
    const auto cursor = cursorOf(cursorText, admitted);
    if (const auto *refusal = std::get_if<Refusal>(&cursor))
        return *refusal;
    const auto &known = std::get<Cursor>(cursor);
    if (known.scope != admitted.scope->hash())
        return scopeChanged(known.scope, admitted);
    return known.sequence;
}

// Of a scope that sees everything, what is new cannot be listed by account.
Answer<std::set<std::string>> GatewayState::accountsBeyond(const std::string &oldHash,
                                                           const Admitted &admitted)
{
    const Scope &scope = *admitted.scope;
    const auto text = store.scopeText(admitted.caller.user.name, oldHash);
    if (!text)
        return refusalOf(text.error());
    if (!*text || !scope.accounts())
        return Refusal{ProblemKind::CursorExpired, "what is new cannot be told apart"};
    const auto difference = scope.differenceFrom(**text, tree);
    if (difference.redactionsChanged)
        return Refusal{ProblemKind::CursorExpired, "what is withheld differs"};
    // Whoever asks was told of gains alone, and would keep what was lost since.
    if (!difference.removed.empty())
        return scopeChanged(oldHash, admitted);
    return std::set<std::string>(difference.added.begin(), difference.added.end());
}

Answer<std::string> GatewayState::cursorAt(std::int64_t sequence, const Admitted &admitted)
{
    const Scope &scope = *admitted.scope;
    const std::string &user = admitted.caller.user.name;
    const std::string held = scope.hash() + user;
    if (!rememberedScopes.contains(held)) {
        if (const auto done = store.rememberScope(user, scope.hash(), scope.text(), clock.now()); !done)
            return refusalOf(done.error());
        if (rememberedScopes.size() >= maxRememberedScopes)
            rememberedScopes.clear();
        rememberedScopes.insert(held);
    }
    return Cursor{admitted.log.epoch, sequence, scope.hash()}.toString();
}

HttpResponse GatewayState::problem(const Refusal &refusal)
{
    const ProblemType &type = problemType(refusal.kind);
    Problem problem;
    problem.typeUri = type.uri;
    problem.title = type.title;
    problem.status = type.status;
    problem.detail = refusal.detail;
    problem.requestId = random.token(requestIdBytes);
    problem.retryAfterMs = refusal.retryAfterMs;
    problem.added = refusal.added;
    problem.removed = refusal.removed;
    problem.redactionsChanged = refusal.redactionsChanged;
    if (refusal.kind == ProblemKind::Fault || refusal.kind == ProblemKind::Overloaded)
        qCWarning(stateLog, "Request %s failed: %s", problem.requestId.c_str(), refusal.detail.c_str());
    return {type.status, "application/problem+json", encode(problem), refusal.retryAfterMs};
}

} // namespace Counterfoil

#include "sessions.h"

#include "digest.h"
#include "gatewaycore.h"
#include "scope.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::size_t sessionIdBytes = 16;
constexpr std::size_t maxNameBytes = 128;
constexpr std::size_t maxTokenBytes = 256;
// Successors of one refresh token, all of whose answers may have been lost.
constexpr std::size_t maxIssued = 4;

Refusal tokenRefused(const char *why)
{
    return {ProblemKind::TokenRefused, why};
}

Refusal accessEnded()
{
    return {ProblemKind::AccessEnded, "this user is disabled"};
}

} // namespace

Sessions::Sessions(PeopleStore &people, const Clock &clock, Random &random, const GatewaySettings &settings)
    : m_people(people)
    , m_clock(clock)
    , m_random(random)
    , m_settings(settings)
{ }

Answer<SessionAnswer> Sessions::signIn(const SessionRequest &request, const std::string &peer)
{
    if (request.user.empty() || request.user.size() > maxNameBytes
        || request.password.size() > maxPasswordBytes || request.device.size() > maxNameBytes)
        return Refusal{ProblemKind::Malformed, "user, password or device is empty or too long"};
    const BootTime now = m_clock.sinceBoot();
    const std::string userAtPeer = request.user + '\n' + peer;
    const std::int64_t wait = std::max({m_perUserAndPeer.waitMs(userAtPeer, now),
                                        m_perUser.waitMs(request.user, now), m_perPeer.waitMs(peer, now)});
    if (wait > 0)
        return Refusal{ProblemKind::RateLimited, "too many failed attempts to sign in", wait};

    auto user = passwordHolder(request);
    if (const auto *refusal = std::get_if<Refusal>(&user)) {
        if (refusal->kind == ProblemKind::SignInFailed) {
            m_perUserAndPeer.failed(userAtPeer, now);
            m_perUser.failed(request.user, now);
            m_perPeer.failed(peer, now);
        }
        return *refusal;
    }
    m_perUserAndPeer.succeeded(userAtPeer);
    const User &holder = std::get<User>(user);
    if (holder.disabled)
        return accessEnded();
    SessionRow session;
    session.id = m_random.token(sessionIdBytes);
    session.user = holder.name;
    session.device = request.device;
    return issue(std::move(session), holder);
}

Answer<User> Sessions::passwordHolder(const SessionRequest &request)
{
    auto user = m_people.user(request.user);
    if (!user)
        return refusalOf(user.error());
    if (!*user && m_nobodysHash.empty()) {
        if (auto hash = hashPassword(m_random.token(secretBytes), m_random, m_settings.passwordCost))
            m_nobodysHash = *std::move(hash);
    }
    // A name that nobody has costs the same time as a wrong password, so that names cannot be probed.
    const bool right = verifyPassword(request.password, *user ? (*user)->passwordHash : m_nobodysHash);
    const bool tooLate
        = *user && (*user)->firstPasswordUntil.isSet() && (*user)->firstPasswordUntil <= m_clock.now();
    if (!*user || !right || tooLate)
        return Refusal{ProblemKind::SignInFailed, {}};
    return **std::move(user);
}

Answer<SessionAnswer> Sessions::refresh(const std::string &refreshToken)
{
    const auto dot = refreshToken.find('.');
    if (dot == std::string::npos || refreshToken.size() > maxTokenBytes)
        return tokenRefused("no refresh token");
    const auto found = m_people.session(refreshToken.substr(0, dot));
    if (!found)
        return refusalOf(found.error());
    if (!*found || (*found)->expiresAt <= m_clock.now())
        return tokenRefused("the session has ended");
    SessionRow session = **found;
    if (!takeRefreshToken(session, sha256Hex(refreshToken))) {
        if (const auto done = m_people.removeSession(session.id); !done)
            return refusalOf(done.error());
        return tokenRefused("an outdated refresh token was used; the session has ended");
    }
    const auto user = m_people.user(session.user);
    if (!user)
        return refusalOf(user.error());
    if (!*user || (*user)->disabled)
        return accessEnded();
    return issue(std::move(session), **user);
}

// False for a token that was superseded. A successor's first use retires the one before it.
bool Sessions::takeRefreshToken(SessionRow &session, const std::string &hash) const
{
    if (equalInConstantTime(session.usedRefresh, hash))
        return true;
    const auto issued = std::ranges::find_if(session.issuedRefresh, [&hash](const std::string &known) {
        return equalInConstantTime(known, hash);
    });
    if (issued == session.issuedRefresh.end())
        return false;
    session.usedRefresh = hash;
    session.issuedRefresh.clear();
    return true;
}

Answer<SessionAnswer> Sessions::issue(SessionRow session, const User &user)
{
    const Instant now = m_clock.now();
    SessionAnswer answer;
    answer.accessToken = m_random.token(secretBytes);
    answer.accessExpiresInMs = m_settings.accessTokenMs;
    answer.refreshToken = session.id + '.' + m_random.token(secretBytes);
    answer.user = user.name;
    answer.displayName = user.displayName;
    answer.role = user.role;
    answer.seesPrices = seesPrices(user);
    answer.seesInvoices = seesInvoices(user);
    answer.supplier = m_settings.supplier;
    answer.contact = user.contact;
    answer.invitesPeople = user.role == "admin";
    answer.speaksForSupplier = speaksForSupplier(user);
    answer.notOffered = m_settings.notOffered;
    answer.mustChangePassword = user.firstPasswordUntil.isSet();

    const std::string hash = sha256Hex(answer.refreshToken);
    if (session.usedRefresh.empty())
        session.usedRefresh = hash;
    else
        session.issuedRefresh.push_back(hash);
    if (session.issuedRefresh.size() > maxIssued)
        session.issuedRefresh.erase(session.issuedRefresh.begin());
    session.expiresAt = Instant{now.ms + m_settings.sessionMs};
    if (const auto done = m_people.putSession(session, sha256Hex(answer.accessToken),
                                              Instant{now.ms + m_settings.accessTokenMs}, now);
        !done)
        return refusalOf(done.error());
    return answer;
}

Answer<Done> Sessions::changePassword(const Caller &caller, const PasswordChange &change)
{
    const User &user = caller.user;
    const BootTime now = m_clock.sinceBoot();
    if (const auto wait = m_passwordChanges.waitMs(user.name, now); wait > 0)
        return Refusal{ProblemKind::RateLimited, "too many attempts to change the password", wait};
    const std::string &next = change.newPassword;
    if (change.password.size() > maxPasswordBytes || next.size() > maxPasswordBytes)
        return Refusal{ProblemKind::Malformed, "a password that is too long"};
    if (!verifyPassword(change.password, user.passwordHash)) {
        m_passwordChanges.failed(user.name, now);
        return Refusal{ProblemKind::WrongPassword};
    }
    const auto characters = std::ranges::count_if(next, [](char c) { return (c & 0xc0) != 0x80; });
    if (static_cast<std::size_t>(characters) < Limits::passwordCharacters || next == change.password)
        return Refusal{ProblemKind::PasswordRefused};
    m_passwordChanges.succeeded(user.name);
    const auto hash = hashPassword(next, m_random, m_settings.passwordCost);
    if (!hash)
        return refusalOf(hash.error());
    if (const auto done = m_people.changePassword(user.name, *hash, caller.session); !done)
        return refusalOf(done.error());
    return Done();
}

Answer<Caller> Sessions::authenticate(const std::string &accessToken)
{
    if (accessToken.empty() || accessToken.size() > maxTokenBytes)
        return tokenRefused("no access token");
    const auto access = m_people.access(sha256Hex(accessToken));
    if (!access)
        return refusalOf(access.error());
    if (!*access || (*access)->expiresAt <= m_clock.now())
        return tokenRefused("the access token has expired or was revoked");
    auto caller = reauthorise((*access)->session);
    if (auto *known = std::get_if<Caller>(&caller))
        known->tokenExpiresAt = (*access)->expiresAt;
    return caller;
}

Answer<Caller> Sessions::reauthorise(const std::string &sessionId)
{
    const auto session = m_people.session(sessionId);
    if (!session)
        return refusalOf(session.error());
    if (!*session || (*session)->expiresAt <= m_clock.now())
        return tokenRefused("the session has ended");
    auto user = m_people.user((*session)->user);
    if (!user)
        return refusalOf(user.error());
    if (!*user || (*user)->disabled)
        return accessEnded();
    const auto expiry = m_people.lastAccessExpiry(sessionId);
    if (!expiry)
        return refusalOf(expiry.error());
    return Caller{**std::move(user), sessionId, *expiry};
}

} // namespace Counterfoil

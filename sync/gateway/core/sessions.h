#pragma once

#include "attemptlimit.h"
#include "clock.h"
#include "messages.h"
#include "password.h"
#include "peoplestore.h"
#include "random.h"
#include "refusal.h"

namespace Counterfoil {

struct GatewaySettings;

// Who a request comes from.
struct Caller
{
    User user;
    std::string session;
    Instant tokenExpiresAt;
};

// Sign-in and tokens. An access token lives minutes; a refresh token is good until its successor is
// first used, so a lost answer signs nobody out, and any older one ends the session, since only a
// thief or a broken client would send it.
class Sessions
{
public:
    Sessions(PeopleStore &people, const Clock &clock, Random &random, const GatewaySettings &settings);

    Answer<SessionAnswer> signIn(const SessionRequest &request, const std::string &peer);
    Answer<SessionAnswer> refresh(const std::string &refreshToken);
    Answer<Caller> authenticate(const std::string &accessToken);
    // For an open connection: whether the session still stands and its user may still come in.
    Answer<Caller> reauthorise(const std::string &session);
    // Ends the person's other sessions.
    Answer<Done> changePassword(const Caller &caller, const PasswordChange &change);
    Outcome signOut(const std::string &session) { return m_people.removeSession(session); }

private:
    Answer<SessionAnswer> issue(SessionRow session, const User &user);
    Answer<User> passwordHolder(const SessionRequest &request);
    bool takeRefreshToken(SessionRow &session, const std::string &hash) const;

    PeopleStore &m_people;
    const Clock &m_clock;
    Random &m_random;
    const GatewaySettings &m_settings;
    // Tight for one person from one place, loose for a person from everywhere, so that a stranger who
    // guesses does not lock the person out.
    AttemptLimit m_perUserAndPeer{{5, 30'000}};
    AttemptLimit m_perUser{{60, 10'000}};
    AttemptLimit m_perPeer{{30, 2'000}};
    AttemptLimit m_passwordChanges{{5, 30'000}};
    std::string m_nobodysHash;
};

} // namespace Counterfoil

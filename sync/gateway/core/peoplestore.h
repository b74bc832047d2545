#pragma once

#include "decimal.h"
#include "instant.h"
#include "result.h"

#include <optional>
#include <string>
#include <vector>

namespace Counterfoil {

// What somebody may order, or approve, without anybody else, with freight and tax.
struct OrderLimit
{
    std::string account; // and its branches that have none of their own; empty: wherever no other one is
    Decimal amount;      // whole units of the account's currency

    bool operator==(const OrderLimit &) const = default;
};

inline constexpr Decimal mostOrderLimit = Decimal::fromInteger(1'000'000'000);

// Somebody who may sign in.
struct User
{
    std::string name; // what is typed to sign in; unique
    std::string displayName;
    std::string role; // see findRole()
    // Keys; branches are included without being named. None: of a csr or admin, all; of others, nothing.
    std::vector<std::string> accounts;
    std::string passwordHash; // see hashPassword()
    bool disabled = false;
    bool pricesWithheld = false; // whatever the role
    bool invoicesWithheld = false;
    std::string contact;        // the key of the contact that this person is; empty: none
    Instant firstPasswordUntil; // set: was invited, has not chosen a password yet, and may until then
    std::vector<OrderLimit> limits = {}; // none: there is no limit
};

// One sign-in on one device. Tokens are kept as their SHA-256 only.
struct SessionRow
{
    std::string id;
    std::string user;
    std::string device;
    std::string usedRefresh;                // the refresh token that was used last, or the first one
    std::vector<std::string> issuedRefresh; // its successors, none of which has been used yet; newest last
    Instant expiresAt;                      // unless it is refreshed before
};

struct AccessRow
{
    std::string session;
    Instant expiresAt;
};

// People, their sessions and their tokens. Another process may write here too (an administrator's
// command line), so nothing is remembered between two calls.
class PeopleStore
{
public:
    virtual ~PeopleStore() = default;

    // Rises whenever a user or the set of sessions changed, so that open connections are looked at anew.
    virtual Result<std::int64_t> rightsVersion() = 0;

    virtual Result<std::optional<User>> user(const std::string &name) = 0;
    virtual Result<std::vector<User>> users() = 0; // by name
    virtual Outcome putUser(const User &user) = 0; // new or changed
    // The person chose a password: invitation and sessions end, but for the one that is kept.
    virtual Outcome changePassword(const std::string &user, const std::string &passwordHash,
                                   const std::string &keptSession)
        = 0;

    virtual Result<std::optional<SessionRow>> session(const std::string &id) = 0;
    virtual Outcome putSession(const SessionRow &session, const std::string &accessHash,
                               Instant accessExpiresAt,
                               Instant now)
        = 0;                                                  // together with an access token for it
    virtual Outcome removeSession(const std::string &id) = 0; // and its access tokens

    virtual Result<std::optional<AccessRow>> access(const std::string &hash) = 0;
    virtual Result<Instant> lastAccessExpiry(const std::string &session) = 0; // none: no token
    virtual Outcome removeExpired(Instant now) = 0;
};

} // namespace Counterfoil

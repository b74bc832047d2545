#pragma once

#include "gatewaystate.h"

namespace Counterfoil {

// Who may sign in, as administrators see and change them: /v1/users. A supplier's administrator (no accounts
// named) looks after everybody, any other after people all of whose accounts lie within their own. Nobody can
// give more than they have, and the last administrator of a level cannot be taken away by their own kind.
class Members
{
public:
    explicit Members(GatewayState &state)
        : m_state(state)
    { }

    HttpResponse list(const HttpRequest &request, const std::string &after);
    HttpResponse invite(const HttpRequest &request);
    HttpResponse change(const HttpRequest &request, const std::string &name);

private:
    Answer<GatewayState::Admitted> admit(const HttpRequest &request);
    std::optional<Refusal> refusalOfGrant(const GatewayState::Admitted &admin, const User &user) const;
    std::optional<Refusal> refusalOfLimits(const GatewayState::Admitted &admin,
                                           const std::vector<OrderLimit> &before,
                                           const std::vector<OrderLimit> &after) const;
    std::optional<Refusal> lastAdministrator(const GatewayState::Admitted &admin, const User &before,
                                             const User &after) const;

    GatewayState &m_state;
    AttemptLimit m_invitations{{20, 30'000}}; // of one administrator; names that are taken can be noticed
};

} // namespace Counterfoil

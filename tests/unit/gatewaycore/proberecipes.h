#pragma once

#include "endpoints.h"
#include "neighbours.h"
#include "quote.h"

// Requests that name what is another company's, made from the table of endpoints.
namespace Counterfoil::Testing {

struct TenantProbe
{
    HttpRequest request;
    bool live = false; // for openLive()
};
using Probes = std::vector<TenantProbe>;

class ProbeRecipes
{
public:
    explicit ProbeRecipes(const Neighbours &neighbours)
        : m_all(neighbours)
    { }

    // Nothing for an endpoint that nobody has thought of.
    std::optional<Probes> probes(const Endpoint &endpoint, const ProbeAttacker &attacker) const;

private:
    // `target`: what stands behind the endpoint's fixed part, encoded.
    void add(Probes &probes, const ProbeAttacker &attacker, const std::string &target,
             const std::string &body = {}) const;
    std::vector<std::string> cursors(const ProbeAttacker &attacker) const;
    static std::string theirQuery();

    void nothingToName(const ProbeAttacker &attacker, Probes &probes) const;
    void signIn(const ProbeAttacker &attacker, Probes &probes) const;
    void refresh(const ProbeAttacker &attacker, Probes &probes) const;
    void password(const ProbeAttacker &attacker, Probes &probes) const;
    void snapshot(const ProbeAttacker &attacker, Probes &probes) const;
    void list(const ProbeAttacker &attacker, Probes &probes) const;
    void changes(const ProbeAttacker &attacker, Probes &probes) const;
    void document(const ProbeAttacker &attacker, Probes &probes) const;
    void announce(const ProbeAttacker &attacker, Probes &probes) const;
    void upload(const ProbeAttacker &attacker, Probes &probes) const;
    void live(const ProbeAttacker &attacker, Probes &probes) const;
    void outcomes(const ProbeAttacker &attacker, Probes &probes) const;
    void members(const ProbeAttacker &attacker, Probes &probes) const;
    static std::vector<MemberEntry> entries(const std::string &user);
    void invite(const ProbeAttacker &attacker, Probes &probes) const;
    void changeMember(const ProbeAttacker &attacker, Probes &probes) const;

    // Whatever is said, something of theirs is in it.
    std::vector<Command> foreignCommands(const std::string &key) const;
    void quote(const ProbeAttacker &attacker, Probes &probes) const;
    void command(const ProbeAttacker &attacker, Probes &probes) const;

    const Neighbours &m_all;
    mutable const Endpoint *m_endpoint = nullptr;
};

} // namespace Counterfoil::Testing
